"""Sums around nodes against the obvious way: all costs by scipy, then a product."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from assetmap.network.kernels import accumulate, csr


def case(seed: int) -> tuple:
    rng = np.random.default_rng(2000 + seed)
    n = int(rng.integers(1, 150))
    m = int(rng.integers(0, 4 * n))
    u, v = rng.integers(0, n, (2, m))
    graph = csr(n, u, v, rng.integers(0, 300, m) * (rng.random(m) > 0.1))
    costs = dijkstra(csr_array((graph.w.astype(float), graph.idx, graph.ptr), shape=(n, n)))
    few = rng.random(n) < rng.choice([0.05, 0.9])
    values = rng.integers(0, 50, (n, 2)) * few[:, None]
    thresholds = np.cumsum(rng.integers(1, 400, 3))
    return graph, costs, values, thresholds


@pytest.mark.parametrize("seed", range(120))
def test_sums_are_products_of_the_whole_table(seed: int) -> None:
    graph, costs, values, thresholds = case(seed)
    bins = int(thresholds[-1]) // 16 + 1
    decays = np.stack([np.exp(-np.arange(bins) / 9), np.linspace(1, 0, bins)])
    found = accumulate(graph, values, thresholds_cm=thresholds, decays=decays, bin_cm=16, threads=1)
    for t, threshold in enumerate(thresholds):
        # Whole numbers: exact.
        np.testing.assert_array_equal(found.sums[:, :, t], (costs <= threshold) @ values)
    bin_of = np.where(np.isfinite(costs), costs, 0).astype(int) // 16
    for t, decay in enumerate(np.pad(decays, ((0, 0), (0, 1)))):
        weights = np.where(np.isfinite(costs), decay[np.minimum(bin_of, bins)], 0)
        np.testing.assert_allclose(found.decayed[:, :, t], weights @ values, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(0, 120, 12))
def test_threads_and_want_of_room_change_not_a_bit(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, _, values, thresholds = case(seed)
    monkeypatch.setattr("assetmap.network.kernels.totals.PIECE", 16)
    decays = np.exp(-np.arange(900) / 70)[None]
    settings = {"thresholds_cm": thresholds, "decays": decays}
    expected = accumulate(graph, values, threads=1, **settings)
    monkeypatch.setattr("assetmap.network.kernels.bucket.ROOM", 1)
    monkeypatch.setattr("assetmap.network.kernels.totals.GROUND", 1)
    for threads in (1, 2, 3):
        found = accumulate(graph, values, threads=threads, **settings)
        np.testing.assert_array_equal(found.sums, expected.sums)
        np.testing.assert_array_equal(found.decayed, expected.decayed)


def test_a_bin_of_one_centimetre_is_exact() -> None:
    # Two nodes 70 cm apart with 1 and 10 people: e^0 + 10 e^-0.7 and 10 e^0 + e^-0.7.
    graph = csr(2, [0, 1], [1, 0], [70, 70])
    decays = np.exp(-np.arange(101) / 100)[None]
    found = accumulate(graph, [1, 10], decays=decays).decayed[:, 0, 0]
    np.testing.assert_allclose(found, [1 + 10 * np.exp(-0.7), 10 + np.exp(-0.7)], rtol=1e-15)
