"""Nearest destinations against the obvious way: all costs, sorted."""

from __future__ import annotations

import numpy as np
import pytest

from assetmap.network.kernels import (
    UNREACHED,
    Ranked,
    Seeds,
    csr,
    k_nearest,
    k_nearest_from,
    many_to_many,
    nearest,
    seeds,
    seeds_at,
)

GRAPHS = range(120)


def case(seed: int) -> tuple:
    """Few different lengths, so that ties abound; a fourth of them 0."""
    rng = np.random.default_rng(1000 + seed)
    n = int(rng.integers(1, 50))
    m = int(rng.integers(0, 5 * n))
    u, v = rng.integers(0, n, (2, m))
    graph = csr(n, u, v, rng.integers(0, 4, m) * 100)
    codes = int(rng.integers(0, 15))
    rows = 2 * codes
    code = rng.integers(0, max(codes, 1), rows)
    to = seeds(codes, code, rng.integers(0, n, rows), rng.integers(0, 3, rows) * 50)
    rows = 20
    origins = seeds(10, rng.integers(0, 10, rows), rng.integers(0, n, rows), np.arange(rows) * 10)
    return graph, origins, to, int(rng.integers(0, 900))


def ranked(graph, origins: Seeds, to: Seeds, *, k: int, cut_off_cm: int) -> Ranked:
    """The first ``k`` of all pairs of an origin, by cost and then by code."""
    pairs = many_to_many(graph, origins, to, cut_off_cm=cut_off_cm, threads=1)
    codes = np.full((origins.count, k), -1)
    costs = np.full((origins.count, k), UNREACHED)
    for i in range(origins.count):
        own = np.flatnonzero(pairs.from_code == i)
        best = own[np.lexsort((pairs.to_code[own], pairs.cost_cm[own]))][:k]
        codes[i, : len(best)] = pairs.to_code[best]
        costs[i, : len(best)] = pairs.cost_cm[best]
    return Ranked(codes, costs)


def assert_same(found: Ranked, expected: Ranked) -> None:
    np.testing.assert_array_equal(found.to_code, expected.to_code)
    np.testing.assert_array_equal(found.cost_cm, expected.cost_cm)


@pytest.mark.parametrize("k", [1, 3, 20])
@pytest.mark.parametrize("seed", GRAPHS)
def test_k_nearest_of_nodes_and_origins(seed: int, k: int) -> None:
    graph, origins, to, cut_off_cm = case(seed)
    every = seeds_at(np.arange(graph.nodes))
    nodes = k_nearest(graph, to, k=k, cut_off_cm=cut_off_cm)
    assert_same(nodes, ranked(graph, every, to, k=k, cut_off_cm=cut_off_cm))
    found = k_nearest_from(graph, origins, to, k=k, cut_off_cm=cut_off_cm)
    assert_same(found, ranked(graph, origins, to, k=k, cut_off_cm=cut_off_cm))


@pytest.mark.parametrize("seed", GRAPHS[::2])
def test_nearest_of_several_categories(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph, origins, to, cut_off_cm = case(seed)
    every = seeds_at(np.arange(graph.nodes))
    expected = [
        ranked(graph, every, some, k=1, cut_off_cm=cut_off_cm).cost_cm[:, 0]
        for some in (to, origins)
    ]
    monkeypatch.setattr("assetmap.network.kernels.bucket.ROOM", 1)
    for threads in (1, 2):
        found = nearest(graph, [to, origins], cut_off_cm=cut_off_cm, threads=threads)
        np.testing.assert_array_equal(found, np.array(expected))


def test_pairs_of_ranked_hold_what_is_reached() -> None:
    found = Ranked(np.array([[2, 0], [1, -1], [-1, -1]]), np.array([[5, 9], [7, -1], [-1, -1]]))
    pairs = found.pairs()
    assert pairs.from_code.tolist() == [0, 0, 1]
    assert pairs.to_code.tolist() == [0, 2, 1]
    assert pairs.cost_cm.tolist() == [9, 5, 7]
