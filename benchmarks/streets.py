"""Real walking streets as a plain graph, and exact copies of them side by side for larger sizes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import osmium
from pyproj import Transformer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from assetmap.network.kernels import Graph, csr, spatial_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
NO_WALKING = frozenset(
    {
        "motorway",
        "motorway_link",
        "construction",
        "proposed",
        "raceway",
        "bus_guideway",
        "escape",
        "abandoned",
        "razed",
        "corridor_planned",
    }
)
SEAM_M = 300.0


class Streets(NamedTuple):
    """Undirected segments between numbered points of a projected plane, lengths in metres."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    length_m: NDArray[np.float64]


def data_folder() -> Path:
    return Path(os.environ.get("ASSETMAP_DATA", ROOT.parent / "shared" / "data"))


def newport_file() -> Path:
    return data_folder() / "newport" / "newport-2023-06-13.osm.pbf"


def read_streets(path: Path, crs: str = "EPSG:27700") -> Streets:
    """Every walkable way of the extract, one segment between each two of its nodes."""
    ids: list[int] = []
    lonlat: list[tuple[float, float]] = []
    sizes: list[int] = []
    ways = osmium.FileProcessor(str(path)).with_locations()
    ways = ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if not _walkable(way.tags):
            continue
        valid = [node for node in way.nodes if node.location.valid()]
        ids += [node.ref for node in valid]
        lonlat += [(node.location.lon, node.location.lat) for node in valid]
        sizes.append(len(valid))
    _, first, number = np.unique(ids, return_index=True, return_inverse=True)
    lon, lat = np.array(lonlat)[first].T
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
    way_of = np.repeat(np.arange(len(sizes)), sizes)
    inside = way_of[1:] == way_of[:-1]
    u, v = number[:-1][inside], number[1:][inside]
    return _largest_part(Streets(x, y, u, v, np.hypot(x[u] - x[v], y[u] - y[v])))


def _walkable(tags: osmium.osm.TagList) -> bool:
    foot = tags.get("foot")
    if tags.get("highway") in NO_WALKING or tags.get("area") == "yes" or foot in {"no", "private"}:
        return False
    return tags.get("access") not in {"no", "private"} or foot in {
        "yes",
        "designated",
        "permissive",
    }


def _tidy(streets: Streets) -> Streets:
    """Loops dropped, the shortest of parallel segments kept, unused points dropped."""
    x, y, u, v, length = streets
    low, high = np.minimum(u, v), np.maximum(u, v)
    order = np.lexsort((length, high, low))
    low, high, length = low[order], high[order], length[order]
    new = np.r_[True, (np.diff(low) != 0) | (np.diff(high) != 0)][: len(low)] & (low != high)
    used, ends = np.unique(np.r_[low[new], high[new]], return_inverse=True)
    u, v = np.split(ends, 2)
    return Streets(x[used], y[used], u, v, length[new])


def _largest_part(streets: Streets) -> Streets:
    tidy = _tidy(streets)
    n = len(tidy.x)
    links = coo_array((np.ones(len(tidy.u)), (tidy.u, tidy.v)), shape=(n, n))
    _, part = connected_components(links, directed=False)
    keep = part[tidy.u] == np.bincount(part).argmax()
    return _tidy(tidy._replace(u=tidy.u[keep], v=tidy.v[keep], length_m=tidy.length_m[keep]))


def contracted(streets: Streets) -> Streets:
    """Chains of points with two segments replaced by one segment of their whole length."""
    x, y, u, v, length = streets
    degree = np.bincount(np.r_[u, v], minlength=len(x))
    beside: list[list[tuple[int, float]]] = [[] for _ in x]
    for start, stop, metres in zip(u.tolist(), v.tolist(), length.tolist(), strict=True):
        beside[start].append((stop, metres))
        beside[stop].append((start, metres))
    rows = []
    for start in np.flatnonzero(degree != 2).tolist():
        for first, metres in beside[start]:
            before, at, total = start, first, metres
            while degree[at] == 2:
                onward = beside[at][0] if beside[at][0][0] != before else beside[at][1]
                before, at, total = at, onward[0], total + onward[1]
            if start < at:
                rows.append((start, at, total))
    ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    return _tidy(Streets(x, y, ends[:, 0], ends[:, 1], np.array([row[2] for row in rows])))


def tiled(streets: Streets, nodes: int) -> Streets:
    """At least ``nodes`` points: copies side by side, joined every 300 m along their seams."""
    x, y, u, v, length = streets
    n = len(x)
    copies = -(-nodes // n)
    across = int(np.ceil(np.sqrt(copies)))
    copy = np.arange(copies)
    column, row = copy % across, copy // across
    wide, high = np.ptp(x) + 50, np.ptp(y) + 50
    xs = (x + (column * wide)[:, None]).ravel()
    ys = (y + (row * high)[:, None]).ravel()
    base = (copy * n)[:, None]
    joins = np.concatenate(
        [
            _seam(streets, copy[:-1][column[:-1] < across - 1], step=1, across=False),
            _seam(streets, copy[: max(0, copies - across)], step=across, across=True),
        ]
    )
    gap = np.hypot(xs[joins[:, 0]] - xs[joins[:, 1]], ys[joins[:, 0]] - ys[joins[:, 1]])
    return Streets(
        xs,
        ys,
        np.r_[(u + base).ravel(), joins[:, 0]],
        np.r_[(v + base).ravel(), joins[:, 1]],
        np.r_[np.tile(length, copies), gap],
    )


def _seam(
    streets: Streets, copies: NDArray[np.int64], *, step: int, across: bool
) -> NDArray[np.int64]:
    """Pairs of points, in each copy and the one ``step`` further, that face each other."""
    x, y = (streets.y, streets.x) if across else (streets.x, streets.y)
    along = np.arange(y.min(), y.max(), SEAM_M)
    from scipy.spatial import cKDTree  # noqa: PLC0415 - no part of what is measured elsewhere

    tree = cKDTree(np.c_[x, y])
    near = tree.query(np.c_[np.full(len(along), x.max()), along])[1]
    far = tree.query(np.c_[np.full(len(along), x.min()), along])[1]
    pairs = np.unique(np.c_[near, far], axis=0)
    n = len(streets.x)
    whole = pairs[None] + (copies[:, None, None] + np.array([0, step])) * n
    return whole.reshape(-1, 2)


def graph_of(streets: Streets) -> tuple[Graph, NDArray[np.float64], NDArray[np.float64]]:
    """The graph both ways in whole centimetres, nodes along a curve, and their coordinates."""
    order = spatial_order(streets.x, streets.y)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    u, v = place[streets.u], place[streets.v]
    w = np.rint(streets.length_m * 100).astype(np.int64)
    graph = csr(len(order), np.r_[u, v], np.r_[v, u], np.r_[w, w])
    return graph, streets.x[order], streets.y[order]
