"""The router against scipy's search on the whole graph, points put in as nodes of their own."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import Point

from assetmap.frames.streets import Streets
from assetmap.network.graph import WalkGraph, build_graph
from assetmap.network.impedance import impedance
from assetmap.network.keep import Keep
from assetmap.network.router import route
from assetmap.network.snap import snap

BNG = "EPSG:27700"
SNAP_M = 60.0
EVERYTHING = Keep(cut_off_min=10_000, nearest=10_000)


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


def split(streets: Streets, graph: WalkGraph, profile: str, xy):
    """The uncontracted graph with each point a node, at the end of its own walk; cm between all."""
    cost = impedance(streets, profile=profile)
    on = snap(graph, xy, snap_max_m=SNAP_M)
    arcs: list[tuple[int, int, float]] = []
    count = len(streets.x)
    ends = np.column_stack([streets.u, streets.v]).astype(int)
    for s, side in zip(*np.nonzero(cost.barred[ends]), strict=True):
        ends[s, side] = count
        count += 1
    rate = 8000 / graph.pace_m_min
    for s, (a, b) in enumerate(ends):
        here = [p for p in np.flatnonzero(on.placed) if graph.segments.street[on.segment[p]] == s]
        here.sort(key=lambda p: on.share[p])
        forward, back = int(cost.forward_cm[s]), int(cost.back_cm[s])
        nodes = [int(a), *range(count, count + len(here)), int(b)]
        count += len(here)
        for steps, total in ((nodes, forward), (nodes[::-1], back)):
            if total < 0:
                continue
            place = [0, *(int(np.rint(on.share[p] * total)) for p in here), total]
            lengths = np.diff(place) if steps is nodes else np.diff(place)[::-1]
            arcs += zip(steps, steps[1:], lengths.tolist(), strict=False)
        share = [0.0, *(on.share[p] for p in here), 1.0]
        for step in range(len(nodes) - 1):
            if share[step] == share[step + 1]:  # one place, though the segment be one-way
                arcs += [(nodes[step], nodes[step + 1], 0), (nodes[step + 1], nodes[step], 0)]
        for p, node in zip(here, nodes[1:-1], strict=True):
            walk = int(np.rint(on.snap_m[p] * rate))
            arcs += [(-1 - p, node, walk), (node, -1 - p, walk)]
    arcs = [(count - 1 - a if a < 0 else a, count - 1 - b if b < 0 else b, w) for a, b, w in arcs]
    return least_costs(arcs, count, len(xy))


def least_costs(arcs, nodes, points):
    """Dijkstra between the points; two centimetre-halves stand for arcs of no length."""
    total = nodes + points
    best: dict[tuple[int, int], float] = {}
    for a, b, w in arcs:
        best[a, b] = min(best.get((a, b), np.inf), w)
    if not best:
        return np.full((points, points), np.inf)
    a, b = np.array(list(best)).T
    # scipy takes a weight of 0 for no arc: 1e-6 cm instead, rounded off at the end.
    w = np.maximum(np.array(list(best.values()), float), 1e-6)
    matrix = coo_array((w, (a, b)), shape=(total, total)).tocsr()
    return np.rint(dijkstra(matrix, indices=np.arange(nodes, total))[:, nodes:])


@pytest.mark.parametrize("profile", ["standard", "older", "wheelchair"])
@pytest.mark.parametrize("seed", range(25))
def test_whole_tables_equal_scipys_search_on_every_segment(seed: int, profile: str) -> None:
    streets, origins, entrances, assets = town(seed)
    graph = build_graph(streets, profile=profile).table
    costs, _ = route(graph, origins, entrances, assets, keep=EVERYTHING, snap_max_m=SNAP_M).table
    tables = pd.concat([origins.geometry, entrances.geometry])
    xy = np.column_stack([tables.x, tables.y])
    cm = split(streets, graph, profile, xy)[: len(origins), len(origins) :]
    # No way leads through a point that is nobody's street: its own walk is a dead end.
    slow = pd.DataFrame(cm, index=origins["from_id"], columns=entrances["to_id"]).T
    slow = slow.groupby(level=0).min().T.stack()
    slow = slow[np.isfinite(slow)].sort_index()
    fast = costs.astype({"from_id": str, "to_id": str}).set_index(["from_id", "to_id"])["cost_min"]
    assert list(fast.index) == list(slow.index)
    np.testing.assert_array_equal(np.rint(fast.to_numpy(np.float64) * 8000), slow.to_numpy())


@pytest.mark.parametrize("seed", range(40))
def test_what_is_kept_of_whole_tables(seed: int) -> None:
    """The nearest k of each origin and category with all ties, and all within the minutes."""
    draw = np.random.default_rng(seed)
    given = town(seed)
    graph = build_graph(given.streets, profile="standard").table
    ends = given.origins, given.entrances, given.assets
    whole, _ = route(graph, *ends, keep=EVERYTHING, snap_max_m=SNAP_M).table
    keep = Keep(
        cut_off_min=float(draw.choice([0, 1, 3, 8])),
        nearest=int(draw.integers(0, 3)),
        within_min={"park": float(draw.choice([0, 2, 5]))},
    )
    told, _ = route(graph, *ends, keep=keep, snap_max_m=SNAP_M).table
    category = given.assets.set_index("to_id")["category"]
    whole = whole.astype({"from_id": str, "to_id": str})
    whole = whole[whole["cost_min"] <= keep.cut_off_min]
    kind = whole["to_id"].map(category)
    place = whole.groupby(["from_id", kind])["cost_min"].rank(method="min")
    limit = kind.map(lambda name: keep.within(name)).astype(float)
    wanted = whole[(place <= keep.nearest) | ((whole["cost_min"] <= limit) & (limit > 0))]
    told = told.astype({"from_id": str, "to_id": str})
    pd.testing.assert_frame_equal(told.reset_index(drop=True), wanted.reset_index(drop=True))
