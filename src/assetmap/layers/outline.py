"""The study's ground: its own areas and the edge around them."""

from __future__ import annotations

import geopandas as gpd


def make_outline(areas: gpd.GeoDataFrame, *, edge_m: float) -> gpd.GeoDataFrame:
    """One shape: all ground within ``edge_m`` of the study's own areas.

    Assets and places outside of it are not read: nobody of the study could reach them within the
    cut-off, if the edge is wide enough for it.
    """
    own = areas[areas["role"] == "study"].geometry.union_all()
    return gpd.GeoDataFrame({"name": ["ground"]}, geometry=[own.buffer(edge_m)], crs=areas.crs)


def make_land(boundaries: gpd.GeoDataFrame, outline: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One shape: all ground of the boundaries within the outline; water is where there is none."""
    ground = outline.geometry.iloc[0]
    near = boundaries.geometry.iloc[boundaries.sindex.query(ground, predicate="intersects")]
    land = near.union_all().intersection(ground)
    return gpd.GeoDataFrame({"name": ["land"]}, geometry=[land], crs=boundaries.crs)
