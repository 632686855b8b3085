"""Whether the timetable knows the stops that the place is known to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.provenance import Caution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from assetmap.frames.timetable import Timetable

SAME_PLACE_M = {"bus_stop": 60.0, "rail_station": 400.0, "metro_station": 400.0}
"""A stop of the timetable this near a known one is that stop; stations are large."""
MODES = {
    "bus_stop": ("bus", "coach", "tram"),
    "rail_station": ("rail",),
    "metro_station": ("metro", "tram", "rail"),
}
NAMES = {"bus_stop": "bus stops", "rail_station": "railway stations",
         "metro_station": "metro and tram stops"}  # fmt: skip
AREA_CODE = r"^([0-9]{3})G"
"""How the code of a NaPTAN stop area begins: 910GNEWPRTG is the area of station 9100NEWPRTG."""
MOST = 0.5
"""Where it serves fewer than this share of them, the timetable is thought to be cropped."""


def make_known_stops(
    assets: gpd.GeoDataFrame, registers: Sequence[gpd.GeoDataFrame], ground: BaseGeometry
) -> gpd.GeoDataFrame:
    """The stops and stations that the study is known to have: ``category``, ``code``, geometry.

    Of each category those of the official registers (RAW_ASSETS of NaPTAN, whose rows are ATCO
    codes) that stand on the ground, where they name any; else ASSETS of the study, without codes.
    """
    shapely.prepare(ground)
    listed = [rows[shapely.intersects(ground, rows.geometry.to_numpy())] for rows in registers]
    parts = []
    for category in NAMES:
        coded = [rows[rows["category"] == category] for rows in listed]
        if any(len(rows) for rows in coded):
            part = pd.concat([rows.assign(code=rows["source_row"]) for rows in coded])
        else:
            own = (assets["category"] == category) & (assets["role"] == "study")
            part = assets[own].assign(code=None)
        parts.append(part[["category", "code", "geometry"]])
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=assets.crs)


def known_stops_told(
    timetable: Timetable, runs: pd.DataFrame, known: gpd.GeoDataFrame
) -> tuple[Caution, ...]:
    """What share of the study's known stops the timetable serves, and the kinds that it lacks.

    ``known`` is of :func:`make_known_stops`. A stop is served where a vehicle of its kind in RUNS
    calls at its ATCO code (the feed's id or code of the stop, or of its station: an area's code
    has a G where its station's has a 0) or near it: a bus stop within 60 m, a station within
    400 m. Told: ``stops_not_served`` where under half of a kind is, ``mode_missing`` where none
    is, ``stops_served`` otherwise.
    """
    served = _served(timetable, runs)
    told = []
    for category in NAMES:
        own = known[known["category"] == category]
        if len(own):
            calls = served[served["mode"].isin(MODES[category])]
            near = _near(own, calls["geometry"].to_numpy(), SAME_PLACE_M[category])
            there = near | own["code"].isin(_codes(calls)).to_numpy()
            told.append(_caution(category, int(there.sum()), len(own)))
    return tuple(told)


def _served(timetable: Timetable, runs: pd.DataFrame) -> pd.DataFrame:
    """Each stop with each mode that calls there."""
    calls = timetable.stop_times[["trip_id", "stop_id"]].drop_duplicates()
    modes = runs[["trip_id", "mode"]].drop_duplicates()
    pairs = calls.merge(modes, how="inner", on="trip_id", validate="m:1")
    pairs = pairs[["stop_id", "mode"]].drop_duplicates()
    stations = timetable.stops.set_index("stop_id")["code"]
    places = timetable.stops[["stop_id", "code", "public_code", "parent_id", "geometry"]]
    places = places.assign(station_code=places["parent_id"].map(stations))
    return pairs.merge(places, how="inner", on="stop_id", validate="m:1")


def _codes(calls: pd.DataFrame) -> set[str]:
    """Every code under which NaPTAN may know a stop that is called at."""
    codes = pd.concat([calls[name] for name in ("code", "public_code", "station_code")]).dropna()
    return set(codes) | set(codes.str.replace(AREA_CODE, r"\g<1>0", regex=True))


def _near(known: gpd.GeoDataFrame, points: np.ndarray, metres: float) -> np.ndarray:
    if not len(points):
        return np.zeros(len(known), dtype=bool)
    tree = shapely.STRtree(points)
    found = tree.query(known.geometry.to_numpy(), predicate="dwithin", distance=metres)
    return np.isin(np.arange(len(known)), found[0])


def _caution(category: str, served: int, known: int) -> Caution:
    name = NAMES[category]
    text = f"The timetable serves {served:,} of the {known:,} {name} known here."
    if not served:
        code = "mode_missing"
        text += " Journeys by them are missing from every time and index: they are too low."
    elif served < MOST * known:
        code = "stops_not_served"
        text += " It seems to be cut to part of the place: what it does not show may still run."
    else:
        code = "stops_served"
    return Caution(code=code, about=f"timetable {category}", text=text, count=known - served)
