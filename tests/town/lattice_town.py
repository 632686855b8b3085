"""Streets drawn by hand: lines between places, each a street both ways unless said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
from shapely import Point

from assetmap.frames.streets import Streets

if TYPE_CHECKING:
    from collections.abc import Sequence

CRS = "EPSG:27700"
Place = tuple[float, float]


def streets_of(lines: Sequence[tuple[Place, Place]], *, oneway: Sequence[int] = ()) -> Streets:
    """Streets from pairs of places; equal places are one node. One way as drawn where 1."""
    places = sorted({place for line in lines for place in line})
    node = {place: number for number, place in enumerate(places)}
    x, y = np.array(places, float).reshape(-1, 2).T
    u, v = np.array([[node[a], node[b]] for a, b in lines], np.int32).reshape(-1, 2).T
    count = len(lines)
    return Streets(
        x=x,
        y=y,
        barrier=np.zeros(len(places), np.uint8),
        u=u,
        v=v,
        length_m=np.hypot(x[u] - x[v], y[u] - y[v]),
        highway=np.zeros(count, np.uint8),
        steps=np.zeros(count, bool),
        wheelchair=np.zeros(count, np.uint8),
        kerb_raised=np.zeros(count, bool),
        incline_percent=np.full(count, np.nan, np.float32),
        surface=np.zeros(count, np.uint8),
        oneway=np.array(oneway or [0] * count, np.int8),
    )


def points_at(key: str, *places: tuple[str, float, float]) -> gpd.GeoDataFrame:
    """Points by name and place, their names in the column ``key``."""
    return gpd.GeoDataFrame(
        {key: [name for name, _, _ in places]},
        geometry=[Point(x, y) for _, x, y in places],
        crs=CRS,
    )
