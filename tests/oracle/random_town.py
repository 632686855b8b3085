"""Random towns: streets with everything that is awkward, and points about them."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from assetmap.frames.streets import Streets

BNG = "EPSG:27700"


class Town(NamedTuple):
    streets: Streets
    origins: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    assets: pd.DataFrame


def town(seed: int) -> Town:
    """Random streets: chains, loops, parallels, one-ways, islands, cut nodes; points about them."""
    draw = np.random.default_rng(seed)
    side = int(draw.integers(2, 6))
    x, y = (axis.ravel() * 100.0 for axis in np.meshgrid(np.arange(side), np.arange(side)))
    x, y = x + draw.uniform(-30, 30, x.size), y + draw.uniform(-30, 30, y.size)
    u, v = draw.integers(0, side * side, (2, 2 * side * side))
    near = np.hypot(x[u] - x[v], y[u] - y[v]) < 180
    u, v = u[near], v[near]
    x, y, u, v = bent(draw, x, y, u, v)
    m = len(u)
    streets = Streets(
        x=x,
        y=y,
        barrier=np.where(draw.random(len(x)) < 0.05, 1, 0).astype(np.uint8),
        u=u,
        v=v,
        length_m=np.hypot(x[u] - x[v], y[u] - y[v]),
        highway=np.zeros(m, np.uint8),
        steps=draw.random(m) < 0.1,
        wheelchair=draw.integers(0, 4, m).astype(np.uint8),
        kerb_raised=np.zeros(m, bool),
        incline_percent=np.full(m, np.nan, np.float32),
        surface=np.zeros(m, np.uint8),
        oneway=draw.choice([0, 0, 0, 0, 1, -1], m).astype(np.int8),
    )
    return Town(streets, *points(draw, side))


def bent(draw, x, y, u, v):
    """Every segment in up to five pieces, so that there are chains; some of no length."""
    xs, ys, ends = [*x], [*y], []
    for a, b in zip(u.tolist(), v.tolist(), strict=True):
        at = a
        for share in np.sort(draw.random(draw.integers(0, 5))):
            xs.append(x[a] + share * (x[b] - x[a]) + draw.uniform(-5, 5))
            ys.append(y[a] + share * (y[b] - y[a]) + draw.uniform(-5, 5))
            if draw.random() < 0.2:
                ends.append((at, len(xs) - 1))
                xs.append(xs[-1])
                ys.append(ys[-1])
                ends.append((len(xs) - 2, len(xs) - 1))
            else:
                ends.append((at, len(xs) - 1))
            at = len(xs) - 1
        ends.append((at, b))
    u, v = np.array(ends, np.int32).reshape(-1, 2).T
    return np.array(xs), np.array(ys), u, v


def points(draw, side):
    count, doors, sites = int(draw.integers(1, 25)), int(draw.integers(1, 25)), 6
    spots = draw.uniform(-80, side * 100 + 40, (count, 2))
    gates = draw.uniform(-80, side * 100 + 40, (doors + sites, 2))
    gates[0] = spots[0]  # an origin on an asset
    origins = gpd.GeoDataFrame(
        {"from_id": [f"o{n:02}" for n in draw.permutation(count)], "people": 1.0},
        geometry=[Point(*spot) for spot in spots],
        crs=BNG,
    )
    site = [*range(sites), *draw.integers(0, sites, doors)]
    entrances = gpd.GeoDataFrame(
        {"to_id": [f"a{n}" for n in site], "entrance": np.arange(len(site))},
        geometry=[Point(*gate) for gate in gates],
        crs=BNG,
    )
    assets = pd.DataFrame(
        {"to_id": [f"a{n}" for n in range(sites)], "category": ["park", "shop", "park"] * 2}
    )
    return origins, entrances, assets
