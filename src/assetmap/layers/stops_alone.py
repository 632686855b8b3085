"""Bus stops of a study without a timetable: how many, and which routes call, never how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from assetmap.frames.hold import hold, table_of
from assetmap.frames.stops import STOPS_ALONE, STOPS_BY_AREA

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

SAME_STOP_M = 30.0
"""A listed stop this near a known one is that stop; the two sides of a road are farther apart, or
share their routes."""


def make_stops_alone(
    assets: gpd.GeoDataFrame, listed: Sequence[gpd.GeoDataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """STOPS_ALONE and STOPS_BY_AREA of the study's bus stops, from ASSETS and STOP_ROUTES.

    A listed stop gives its routes to the nearest bus stop within 30 m. A stop that no list has is
    one whose routes are not known, not one without routes.
    """
    own = (assets["category"] == "bus_stop") & (assets["role"] == "study")
    stops = assets[own].sort_values("to_id").reset_index(drop=True)
    calls = _calls(stops, listed)
    by_stop = calls.groupby("to_id")["route"]
    table = pd.DataFrame(
        {
            "to_id": stops["to_id"],
            "name": stops["name"],
            "area_id": stops["area_id"],
            "routes": stops["to_id"].map(by_stop.size()).astype("Int64"),
            "which": stops["to_id"].map(by_stop.agg(" ".join)),
        }
    )
    return hold(table, STOPS_ALONE), _by_area(table, calls)


def _calls(stops: gpd.GeoDataFrame, listed: Sequence[gpd.GeoDataFrame]) -> pd.DataFrame:
    """Each stop with each of its routes, once, in order."""
    parts = [pd.DataFrame({"to_id": [], "route": []}, dtype="str")]
    for rows in listed:
        tree = shapely.STRtree(stops.geometry.to_numpy())
        (row, stop), _ = tree.query_nearest(
            rows.geometry.to_numpy(), max_distance=SAME_STOP_M, return_distance=True
        )
        found = {"to_id": stops["to_id"].to_numpy()[stop], "route": rows["route"].to_numpy()[row]}
        parts.append(pd.DataFrame(found))
    whole = pd.concat(parts, ignore_index=True).drop_duplicates()
    return whole.sort_values(["to_id", "route"], ignore_index=True)


def _by_area(table: pd.DataFrame, calls: pd.DataFrame) -> pd.DataFrame:
    here = table.dropna(subset="area_id")
    counts = here.groupby("area_id").agg(
        stops=("to_id", "size"), known=("routes", "count"), routes_a_stop=("routes", "mean")
    )
    placed = calls.merge(here[["to_id", "area_id"]], how="inner", on="to_id", validate="m:1")
    routes = placed.groupby("area_id")["route"].nunique().reindex(counts.index)
    columns = {
        "area_id": counts.index,
        "stops": counts["stops"].to_numpy(np.int64),
        "known": counts["known"].to_numpy(np.int64),
        "routes": routes.astype("Int64").array,
        "routes_a_stop": counts["routes_a_stop"].to_numpy(dtype=np.float64, na_value=np.nan),
    }
    return table_of(STOPS_BY_AREA, columns)
