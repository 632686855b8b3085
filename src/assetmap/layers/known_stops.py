"""Whether the timetable knows the stops that the place is known to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.provenance import Caution

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

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
MOST = 0.5
"""Where it serves fewer than this share of them, the timetable is thought to be cropped."""


def known_stops_told(
    timetable: Timetable, runs: pd.DataFrame, assets: gpd.GeoDataFrame
) -> tuple[Caution, ...]:
    """What share of the study's known stops the timetable serves, and the kinds that it lacks.

    Known stops are ASSETS of the categories bus_stop, rail_station and metro_station inside the
    study. A bus stop is served where a bus of RUNS calls within 60 m of it, a station where a
    train does within 400 m. Told: ``stops_not_served`` where under half of a kind is,
    ``mode_missing`` where none is, ``stops_served`` otherwise.
    """
    served = _served(timetable, runs)
    told = []
    for category in NAMES:
        known = assets[(assets["category"] == category) & (assets["role"] == "study")]
        if len(known):
            points = served.loc[served["mode"].isin(MODES[category]), "geometry"]
            near = _near(known, points.to_numpy(), SAME_PLACE_M[category])
            told.append(_caution(category, int(near.sum()), len(known)))
    return tuple(told)


def _served(timetable: Timetable, runs: pd.DataFrame) -> pd.DataFrame:
    """Each stop with each mode that calls there."""
    calls = timetable.stop_times[["trip_id", "stop_id"]].drop_duplicates()
    modes = runs[["trip_id", "mode"]].drop_duplicates()
    pairs = calls.merge(modes, how="inner", on="trip_id", validate="m:1")
    pairs = pairs[["stop_id", "mode"]].drop_duplicates()
    places = timetable.stops[["stop_id", "geometry"]]
    return pairs.merge(places, how="inner", on="stop_id", validate="m:1")


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
