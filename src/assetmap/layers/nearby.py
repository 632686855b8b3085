"""The boundaries that a study needs, of a whole nation's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd
    import pandas as pd


def make_nearby(
    boundaries: gpd.GeoDataFrame,
    geography: Sequence[pd.DataFrame],
    *,
    authorities: Collection[str],
    edge_m: float,
) -> gpd.GeoDataFrame:
    """The BOUNDARIES of the authorities and of all areas within ``edge_m`` of them.

    Where no authority is named, or none of its areas is known (which
    :func:`assetmap.layers.areas.make_areas` refuses), all boundaries stay.
    """
    own = make_own(boundaries, geography, authorities=authorities)
    if len(own) == len(boundaries):
        return boundaries
    ground = shapely.union_all(own.geometry.to_numpy())
    near = boundaries.sindex.query(ground, predicate="dwithin", distance=max(edge_m, 0.0))
    return boundaries.iloc[sorted(set(near))].reset_index(drop=True)


def make_own(
    boundaries: gpd.GeoDataFrame, geography: Sequence[pd.DataFrame], *, authorities: Collection[str]
) -> gpd.GeoDataFrame:
    """The BOUNDARIES of the authorities alone; all, where none of their areas is known."""
    ours = {
        area_id
        for table in geography
        for area_id in table.loc[
            (table["level"] == "authority") & table["unit_id"].isin(list(authorities)), "area_id"
        ]
    }
    own = boundaries[boundaries["area_id"].isin(ours)]
    return boundaries if own.empty else own
