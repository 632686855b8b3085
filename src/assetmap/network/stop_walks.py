"""Walks from places to the stops and stations around them, along streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from assetmap.frames.costs import hold_costs
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.transit import on_streets, walks

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from assetmap.network.snap import Ground
    from assetmap.network.transit import Points


def route_to_stops(
    ground: Ground,
    places: gpd.GeoDataFrame,
    stops: gpd.GeoDataFrame,
    *,
    point_ids: Iterable[str],
    within_min: float,
    snap_max_m: float,
) -> pd.DataFrame:
    """COSTS from places (``from_id``) to stops and stations (``to_id``) within the minutes.

    A station that has entrances is reached where one comes to the nearest of them. Places and
    stops too far from any street have no row.
    """
    places = places.sort_values("from_id")
    to_ids = pd.Index(sorted(set(point_ids)))
    starts = on_streets(ground, shapely.get_coordinates(places.geometry), snap_max_m=snap_max_m)
    gates = _gates(ground, stops, to_ids, snap_max_m=snap_max_m)
    found = walks(ground.graph, starts, gates, cut_off_min=within_min)
    return hold_costs(
        pd.Index(places["from_id"]),
        to_ids,
        from_codes=found.from_code,
        to_codes=found.to_code,
        cost_min=(found.cost_cm / CM_A_MINUTE).astype(np.float32),
    )


def _gates(
    ground: Ground, stops: gpd.GeoDataFrame, to_ids: pd.Index, *, snap_max_m: float
) -> Points:
    """Where stops are come to: the entrances of a station that has any, else the stop itself."""
    gates = stops[(stops["kind"] == "entrance") & stops["parent_id"].isin(to_ids)]
    alone = stops[stops["stop_id"].isin(to_ids.difference(pd.Index(gates["parent_id"])))]
    code = to_ids.get_indexer(pd.Index([*gates["parent_id"], *alone["stop_id"]]))
    xy = shapely.get_coordinates([*gates.geometry, *alone.geometry])
    return on_streets(
        ground,
        xy.reshape(-1, 2),
        snap_max_m=snap_max_m,
        code=code.astype(np.int64),
        size=len(to_ids),
    )
