"""A town on one street, 6 km long, with two buses; every figure can be worked on paper.

Metres east; walking 80 m a minute, so 800 m is 10 minutes:

    home 0 · stop A 400 · stop B 2400 · shop 2800 · stop C 4400 · hospital 4800

Line 1 leaves A at 8:10 and 8:40 and calls at B 10 minutes later; line 2 leaves B at 8:25 and
8:55 and calls at C 10 minutes later. Stop C is barred to wheelchair users.
"""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Point
from tests.town.lattice_town import CRS, streets_of

from assetmap.frames.hold import hold
from assetmap.frames.timetable import CONTRACTS, Timetable
from assetmap.network.graph import build_graph
from assetmap.network.snap import Ground

HOME, SHOP, HOSPITAL = 0.0, 2800.0, 4800.0
PLACES = {"A": 400.0, "B": 2400.0, "C": 4400.0}
RUNS = {
    "1a": ("1", ["A", "B"], "08:10"), "1b": ("1", ["A", "B"], "08:40"),
    "2a": ("2", ["B", "C"], "08:25"), "2b": ("2", ["B", "C"], "08:55"),
}  # fmt: skip


def clock(time: str) -> int:
    """Seconds after midnight of 08:10."""
    return int(time[:2]) * 3600 + int(time[3:]) * 60


def bus_streets() -> Ground:
    """The street."""
    cuts = [-1000.0, 1000.0, 3000.0, 6000.0]
    streets = streets_of([((a, 0.0), (b, 0.0)) for a, b in pairwise(cuts)])
    return Ground(build_graph(streets, profile="standard").table)


def points(*metres: float) -> np.ndarray:
    """Places on the street."""
    return np.array([(x, 0.0) for x in metres])


def bus_timetable(*, transfers=(), pathways=(), stops=None, unknown: str = "unknown") -> Timetable:
    """The TIMETABLE of both lines, on Tuesday 13 June 2023 alone."""
    places = {name: (x, 0.0, "stop", None) for name, x in PLACES.items()} | (stops or {})
    calls = [
        (trip, position, stop, clock(leaves) + 600 * position)
        for trip, (_, called, leaves) in RUNS.items()
        for position, stop in enumerate(called)
    ]
    tables = {
        "stops": gpd.GeoDataFrame(
            {
                "stop_id": list(places), "code": list(places), "public_code": None,
                "name": list(places),
                "kind": [place[2] for place in places.values()],
                "parent_id": [place[3] for place in places.values()],
                "wheelchair": ["no" if name == "C" else unknown for name in places],
            },
            geometry=[Point(place[:2]) for place in places.values()],
            crs=CRS,
        ),
        "routes": pd.DataFrame(
            {"route_id": ["1", "2"], "name": ["1", "2"], "mode": "bus", "route_type": 3}
        ),
        "trips": pd.DataFrame(
            {"trip_id": list(RUNS), "route_id": [run[0] for run in RUNS.values()],
             "service_id": "given:W", "direction": 0, "headsign": None, "wheelchair": "yes"}
        ),
        "stop_times": pd.DataFrame(
            [(*call, call[3], True, True) for call in calls],
            columns=CONTRACTS["stop_times"].names,
        ),
        "service_days": pd.DataFrame({"service_id": ["given:W"], "day": ["2023-06-13"]}),
        "transfers": pd.DataFrame(list(transfers), columns=CONTRACTS["transfers"].names),
        "pathways": pd.DataFrame(list(pathways), columns=CONTRACTS["pathways"].names),
    }  # fmt: skip
    held = {
        name: hold(table, CONTRACTS[name], crs=CRS if name == "stops" else None)
        for name, table in tables.items()
    }
    return Timetable(**{**held, "stops": gpd.GeoDataFrame(held["stops"])})
