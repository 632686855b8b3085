"""Which areas the streets reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.layers.origins import make_origins

if TYPE_CHECKING:
    import geopandas as gpd


def make_street_reach(
    areas: gpd.GeoDataFrame,
    streets: gpd.GeoSeries,
    *,
    reach_m: float,
    centres: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """Whether the streets reach each area: columns ``area_id`` and ``streets_cover``.

    They do where its centre is within ``reach_m`` of a street, the equal case included.

    Parameters
    ----------
    areas
        AREAS.
    streets
        Points along the streets that walkers can use: those of one connected whole, since an
        island of streets leads nowhere.
    centres
        PLACES, the population-weighted centre of each area; an area without one, and every area
        where None, is taken at the middle of its shape.
    """
    middles = areas.geometry.centroid
    if centres is not None:
        homes = make_origins(areas, {"centres": centres}).table
        found = homes[homes["basis"] != "area centre"].drop_duplicates("area_id")
        at = pd.Series(found.geometry.to_numpy(), index=found["area_id"])
        published = areas["area_id"].map(at)
        middles = middles.where(published.isna().to_numpy(), published.to_numpy())
    near = streets.sindex.query(middles, predicate="dwithin", distance=reach_m)[0]
    reached = np.isin(np.arange(len(areas)), near)
    return pd.DataFrame({"area_id": areas["area_id"].to_numpy(), "streets_cover": reached})
