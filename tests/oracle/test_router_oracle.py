"""The router against scipy's search on the whole graph, points put in as nodes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from tests.oracle.random_town import town

from assetmap.network.graph import build_graph
from assetmap.network.impedance import impedance
from assetmap.network.keep import Keep
from assetmap.network.router import route
from assetmap.network.snap import snap

if TYPE_CHECKING:
    from assetmap.frames.streets import Streets
    from assetmap.network.graph import WalkGraph

SNAP_M = 60.0
EVERYTHING = Keep(cut_off_min=10_000, nearest=10_000)


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
    for s, both in least_of_parallels(streets, cost).items():
        here = [p for p in np.flatnonzero(on.placed) if graph.segments.street[on.segment[p]] == s]
        here.sort(key=lambda p: on.share[p])
        nodes = [int(ends[s, 0]), *range(count, count + len(here)), int(ends[s, 1])]
        count += len(here)
        if here and turned(streets, graph, s, on.segment[here[0]]):
            nodes[0], nodes[-1] = nodes[-1], nodes[0]
            both.reverse()
        arcs += street_arcs(nodes, [0.0, *on.share[here], 1.0], both)
        for p, node in zip(here, nodes[1:-1], strict=True):
            walk = int(np.rint(on.snap_m[p] * rate))
            arcs += [(-1 - p, node, walk), (node, -1 - p, walk)]
    arcs = [(count - 1 - a if a < 0 else a, count - 1 - b if b < 0 else b, w) for a, b, w in arcs]
    return least_costs(arcs, count, len(xy))


def street_arcs(nodes, share, costs):
    """Arcs between neighbours on one street, and both ways between those in one place."""
    arcs = []
    for total, way in zip(costs, (1, -1), strict=True):
        if total >= 0:
            places = np.rint(np.array(share) * total)
            arcs += zip(nodes[::way], nodes[::way][1:], np.diff(places)[::way], strict=False)
    for step in range(len(nodes) - 1):
        if share[step] == share[step + 1]:  # one place, though the segment be one-way
            arcs += [(nodes[step], nodes[step + 1], 0), (nodes[step + 1], nodes[step], 0)]
    return arcs


def least_of_parallels(streets: Streets, cost):
    """The first segment of each two nodes, and what the least of their segments costs each way."""
    least: dict[tuple[int, int], tuple[int, list[int]]] = {}
    for s, (u, v) in enumerate(zip(streets.u.tolist(), streets.v.tolist(), strict=True)):
        both = [int(cost.forward_cm[s]), int(cost.back_cm[s])]
        if max(both) < 0:
            continue
        s0, kept = least.setdefault((min(u, v), max(u, v)), (s, both))
        if streets.u[s0] != u:
            both.reverse()
        for way, cm in enumerate(both):
            if kept[way] < 0 or 0 <= cm < kept[way]:
                kept[way] = cm
    return dict(least.values())


def turned(streets: Streets, graph: WalkGraph, s: int, segment: int) -> bool:
    """Whether the graph's segment runs from v to u of the street."""
    start = graph.segments.ax[segment], graph.segments.ay[segment]
    return start != (streets.x[streets.u[s]], streets.y[streets.u[s]])


def least_costs(arcs, nodes, points):
    """Dijkstra between the points, over the least of parallel arcs."""
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
    # A point's own walk is a dead end: no way leads through it.
    slow = pd.DataFrame(cm, index=origins["from_id"], columns=entrances["to_id"]).T
    slow = slow.groupby(level=0).min().T.stack()  # noqa: PD013 - to a Series by both ids
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
    limit = kind.map(keep.within).astype(float)
    wanted = whole[(place <= keep.nearest) | ((whole["cost_min"] <= limit) & (limit > 0))]
    told = told.astype({"from_id": str, "to_id": str})
    pd.testing.assert_frame_equal(told.reset_index(drop=True), wanted.reset_index(drop=True))
