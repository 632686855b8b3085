"""Compiled searches against scipy's, whole tables, on 200 graphs with every kind of oddity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from assetmap.network.kernels import (
    Graph,
    Pairs,
    Seeds,
    csr,
    many_to_many,
    many_to_many_blocks,
    reach,
    reverse,
    seeds,
    seeds_at,
)

GRAPHS = range(200)


class Case(NamedTuple):
    graph: Graph
    costs: np.ndarray
    origins: Seeds
    destinations: Seeds
    cut_off_cm: int


def all_costs(n: int, u: np.ndarray, v: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Least costs between all nodes by scipy.

    Only stored entries are edges there and stored zeros are edges of length 0, so the matrix is
    given in its parts: conversions drop zeros and add up parallel edges.
    """
    least: dict[tuple[int, int], int] = {}
    for start, stop, length in zip(u.tolist(), v.tolist(), w.tolist(), strict=True):
        least[start, stop] = min(length, least.get((start, stop), length))
    rows = sorted(least)
    ptr = np.searchsorted([row[0] for row in rows], np.arange(n + 1))
    data = np.array([least[row] for row in rows], dtype=float)
    idx = np.array([row[1] for row in rows], dtype=np.int32)
    return dijkstra(csr_array((data, idx, ptr), shape=(n, n)))


def case(seed: int) -> Case:
    """Directed arcs with loops, parallels, zeros and islands; several seeds a code, some none."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 60))
    m = int(rng.integers(0, 4 * n))
    u, v = rng.integers(0, n, (2, m))
    w = rng.integers(0, 400, m) * (rng.random(m) > 0.15)
    origins, destinations = (some_seeds(rng, n) for _ in range(2))
    return Case(
        csr(n, u, v, w), all_costs(n, u, v, w), origins, destinations, int(rng.integers(0, 1500))
    )


def some_seeds(rng: np.random.Generator, n: int) -> Seeds:
    codes = int(rng.integers(0, 25))
    rows = int(rng.integers(0, 3 * codes + 1))
    code = rng.integers(0, codes, rows) if codes else np.zeros(rows, int)
    return seeds(codes, code, rng.integers(0, n, rows), rng.integers(0, 300, rows))


def table(found: Case, origins: Seeds, destinations: Seeds) -> np.ndarray:
    """The obvious way: the least over all ways in and all ways out; infinite beyond the cut-off."""
    whole = np.full((origins.count, destinations.count), np.inf)
    for i in range(origins.count):
        for a in range(origins.ptr[i], origins.ptr[i + 1]):
            for j in range(destinations.count):
                for b in range(destinations.ptr[j], destinations.ptr[j + 1]):
                    way = found.costs[origins.node[a], destinations.node[b]]
                    cost = origins.cost_cm[a] + way + destinations.cost_cm[b]
                    whole[i, j] = min(whole[i, j], cost)
    whole[whole > found.cut_off_cm] = np.inf
    return whole


def assert_same(pairs: Pairs, expected: np.ndarray) -> None:
    from_code, to_code = np.nonzero(np.isfinite(expected))
    np.testing.assert_array_equal(pairs.from_code, from_code)
    np.testing.assert_array_equal(pairs.to_code, to_code)
    np.testing.assert_array_equal(pairs.cost_cm, expected[from_code, to_code])


def test_the_oracle_knows_edges_of_length_zero() -> None:
    costs = all_costs(3, np.array([0, 1, 0]), np.array([1, 2, 1]), np.array([0, 5, 7]))
    assert costs.tolist() == [[0, 0, 5], [np.inf, 0, 5], [np.inf, np.inf, 0]]


@pytest.mark.parametrize("seed", GRAPHS)
def test_many_to_many_is_scipys_from_either_side(seed: int) -> None:
    found = case(seed)
    for origins, destinations in (
        (found.origins, found.destinations),
        (found.destinations, found.origins),
        (found.origins, found.origins),
    ):
        pairs = many_to_many(
            found.graph, origins, destinations, cut_off_cm=found.cut_off_cm, threads=1
        )
        assert_same(pairs, table(found, origins, destinations))


@pytest.mark.parametrize("seed", GRAPHS[::4])
def test_reach_is_scipys(seed: int) -> None:
    found = case(seed)
    reached = reach(found.graph, found.origins, cut_off_cm=found.cut_off_cm, threads=1)
    expected = table(found, found.origins, seeds_at(np.arange(found.graph.nodes)))
    for i, row in enumerate(expected):
        inside = slice(reached.ptr[i], reached.ptr[i + 1])
        np.testing.assert_array_equal(reached.node[inside], np.flatnonzero(np.isfinite(row)))
        np.testing.assert_array_equal(reached.cost_cm[inside], row[np.isfinite(row)])


@pytest.mark.parametrize("seed", GRAPHS[::10])
def test_reverse_holds_the_same_costs_turned_round(seed: int) -> None:
    found = case(seed)
    whole = found._replace(cut_off_cm=2**29, costs=found.costs.T)
    every = seeds_at(np.arange(found.graph.nodes))
    pairs = many_to_many(reverse(found.graph), every, every, cut_off_cm=2**29, threads=1)
    assert_same(pairs, table(whole, every, every))
    for part, again in zip(found.graph, reverse(reverse(found.graph)), strict=True):
        np.testing.assert_array_equal(part, again)


@pytest.mark.parametrize("most", [1, 7, 40, 10_000])
@pytest.mark.parametrize("seed", GRAPHS[::40])
def test_blocks_follow_each_other_and_hold_no_more_than_asked(seed: int, most: int) -> None:
    found = case(seed)
    blocks = list(
        many_to_many_blocks(
            found.graph,
            found.origins,
            found.destinations,
            cut_off_cm=found.cut_off_cm,
            threads=2,
            max_pairs=most,
        )
    )
    columns = (np.concatenate([[], *column]) for column in zip(*blocks, strict=True))
    assert_same(Pairs(*columns), table(found, found.origins, found.destinations))
    for block in blocks:
        assert len(block.cost_cm) <= most or len(set(block.from_code.tolist())) == 1


@pytest.mark.parametrize("seed", GRAPHS[::20])
def test_threads_and_want_of_room_change_nothing(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = case(seed)
    expected = many_to_many(
        found.graph, found.origins, found.destinations, cut_off_cm=found.cut_off_cm, threads=1
    )
    monkeypatch.setattr("assetmap.network.kernels.bucket.ROOM", 1)
    monkeypatch.setattr("assetmap.network.kernels.search.ROOM", 1)
    for threads in (1, 2, 5):
        again = many_to_many(
            found.graph,
            found.origins,
            found.destinations,
            cut_off_cm=found.cut_off_cm,
            threads=threads,
        )
        for column, same in zip(expected, again, strict=True):
            np.testing.assert_array_equal(column, same)
