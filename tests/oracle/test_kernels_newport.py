"""Compiled searches against scipy's on the streets of Newport, whole tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.streets import contracted, graph_of, read_streets
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from assetmap.network.kernels import (
    UNREACHED,
    Graph,
    accumulate,
    k_nearest,
    many_to_many,
    nearest,
    reach,
    seeds_at,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real

CUT_OFF_CM = 120_000


@pytest.fixture(scope="module")
def newport(data_dir: Path) -> tuple[Graph, np.ndarray]:
    """The streets in whole centimetres, and the same arcs' lengths unrounded."""
    streets = contracted(read_streets(data_dir / "newport" / "newport-2023-06-13.osm.pbf"))
    graph, x, y = graph_of(streets)
    lengths = {}
    where = {point: node for node, point in enumerate(zip(x, y, strict=True))}
    ends = [(streets.x[end], streets.y[end]) for end in (streets.u, streets.v)]
    u, v = ([where[point] for point in zip(*end, strict=True)] for end in ends)
    for start, stop, length_m in zip(u, v, streets.length_m, strict=True):
        lengths[start, stop] = lengths[stop, start] = length_m * 100
    start = np.repeat(np.arange(graph.nodes), np.diff(graph.ptr))
    return graph, np.array([lengths[arc] for arc in zip(start, graph.idx, strict=True)])


@pytest.fixture(scope="module")
def picks(newport: tuple[Graph, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    nodes = newport[0].nodes
    return rng.integers(0, nodes, 700), rng.integers(0, nodes, 200)


@pytest.fixture(scope="module")
def costs(newport: tuple[Graph, np.ndarray], picks: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """From every origin to every node, infinite beyond the cut-off."""
    return scipys(newport[0], picks[0])


def scipys(graph: Graph, origins: np.ndarray) -> np.ndarray:
    weights = csr_array((graph.w.astype(float), graph.idx, graph.ptr))
    return dijkstra(weights, indices=origins, limit=CUT_OFF_CM)


def test_the_whole_table_of_reach(newport, picks, costs) -> None:
    found = reach(newport[0], seeds_at(picks[0]), cut_off_cm=CUT_OFF_CM)
    row, node = np.nonzero(np.isfinite(costs))
    np.testing.assert_array_equal(np.repeat(np.arange(len(costs)), np.diff(found.ptr)), row)
    np.testing.assert_array_equal(found.node, node)
    np.testing.assert_array_equal(found.cost_cm, costs[row, node])


def test_the_whole_table_of_pairs(newport, picks, costs) -> None:
    found = many_to_many(newport[0], seeds_at(picks[0]), seeds_at(picks[1]), cut_off_cm=CUT_OFF_CM)
    table = costs[:, picks[1]]
    from_code, to_code = np.nonzero(np.isfinite(table))
    np.testing.assert_array_equal(found.from_code, from_code)
    np.testing.assert_array_equal(found.to_code, to_code)
    np.testing.assert_array_equal(found.cost_cm, table[from_code, to_code])


def test_the_nearest_of_every_node(newport, picks) -> None:
    table = scipys(newport[0], picks[1]).T  # Newport is walked both ways at one cost
    found = nearest(newport[0], [seeds_at(picks[1])], cut_off_cm=CUT_OFF_CM)[0]
    least = table.min(axis=1)
    np.testing.assert_array_equal(found, np.where(np.isfinite(least), least, UNREACHED))
    best = k_nearest(newport[0], seeds_at(picks[1]), k=5, cut_off_cm=CUT_OFF_CM)
    order = np.argsort(table, axis=1, kind="stable")[:, :5]
    ranked = np.take_along_axis(table, order, axis=1)
    np.testing.assert_array_equal(best.to_code, np.where(np.isfinite(ranked), order, -1))
    np.testing.assert_array_equal(best.cost_cm, np.where(np.isfinite(ranked), ranked, UNREACHED))


def test_the_people_around_every_node(newport, picks, costs) -> None:
    people = np.random.default_rng(6).integers(0, 90, newport[0].nodes)
    limits = [40_000, 80_000, 120_000]
    found = accumulate(newport[0], people, thresholds_cm=limits, threads=2).sums[:, 0]
    for t, limit in enumerate(limits):
        np.testing.assert_array_equal(found[picks[0], t], (costs <= limit) @ people)


def test_rounding_to_centimetres_costs_less_than_one_an_edge(newport, picks) -> None:
    """Half a centimetre an edge either way: along the path of the one and of the other."""
    graph, lengths_cm = newport
    origins = picks[0][:40]
    whole = csr_array((graph.w.astype(float), graph.idx, graph.ptr))
    exact = csr_array((lengths_cm, graph.idx, graph.ptr))
    rounded, by_rounded = dijkstra(whole, indices=origins, return_predecessors=True)
    true, by_true = dijkstra(exact, indices=origins, return_predecessors=True)
    found = reach(graph, seeds_at(origins), cut_off_cm=2**30 - 1)
    np.testing.assert_array_equal(found.cost_cm, rounded[np.isfinite(rounded)])
    for i in range(len(origins)):
        assert (rounded[i] - true[i] <= 0.5 * edges(by_true[i], true[i]) + 1e-6).all()
        assert (true[i] - rounded[i] <= 0.5 * edges(by_rounded[i], rounded[i]) + 1e-6).all()


def edges(before: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """How many edges the path to each node has; no edge of Newport has length 0."""
    count = np.zeros(len(before))
    for node in np.argsort(cost):
        if before[node] >= 0:
            count[node] = count[before[node]] + 1
    return count
