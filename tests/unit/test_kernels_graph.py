"""Graphs, seeds and searches at their edges: nothing, one node, words that make no sense."""

from __future__ import annotations

import numpy as np
import pytest

from assetmap.errors import MethodError
from assetmap.network.kernels import (
    LIMIT_CM,
    UNREACHED,
    accumulate,
    csr,
    k_nearest,
    k_nearest_from,
    many_to_many,
    many_to_many_blocks,
    nearest,
    reach,
    reverse,
    seeds,
    seeds_at,
    spatial_order,
)


def test_rows_are_in_order_without_loops_and_with_the_least_of_parallels() -> None:
    graph = csr(3, [2, 0, 0, 1, 0], [0, 2, 1, 1, 2], [5, 9, 4, 1, 7])
    assert graph.ptr.tolist() == [0, 2, 2, 3]
    assert graph.idx.tolist() == [1, 2, 0]
    assert graph.w.tolist() == [4, 7, 5]
    back = reverse(graph)
    assert back.ptr.tolist() == [0, 1, 2, 3]
    assert back.idx.tolist() == [2, 0, 0]
    assert back.w.tolist() == [5, 4, 7]


@pytest.mark.parametrize(
    ("arcs", "told"),
    [
        (([0], [1, 0], [1]), "as many starts"),
        (([0, 7], [1, 0], [1, 1]), "1 ends of arcs are not nodes"),
        (([0, -1], [1, 0], [1, 1]), "1 ends of arcs are not nodes"),
        (([0, 1], [1, 0], [1, -1]), "1 arcs negative"),
        (([0, 1], [1, 0], [1, LIMIT_CM + 1]), "1 arcs negative or too long"),
        (([0, 1], [1, 0], [1, 2.5]), "not whole centimetres"),
        (([0, 1], [1, 0], [1, np.nan]), "not whole centimetres"),
        (([0, 9], [1, 0], [1, -1]), "arcs negative"),
    ],
)
def test_arcs_that_make_no_graph_are_refused(arcs: tuple, told: str) -> None:
    with pytest.raises(MethodError, match=told):
        csr(2, *arcs)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (([0], [0, 0], [0]), "as many codes"),
        (([3], [0], [0]), "codes outside 0 to 2"),
        (([0], [0], [-1]), "negative"),
        (([0], [0], [0.5]), "not whole"),
    ],
)
def test_seeds_that_make_no_sense_are_refused(rows: tuple, told: str) -> None:
    with pytest.raises(MethodError, match=told):
        seeds(3, *rows)


def test_searches_refuse_what_they_cannot_do() -> None:
    graph, here, away = csr(2, [0], [1], [5]), seeds_at([0]), seeds_at([2])
    with pytest.raises(MethodError, match="does not have"):
        many_to_many(graph, here, away, cut_off_cm=5)
    for cut_off in (-1, LIMIT_CM + 1):
        with pytest.raises(MethodError, match="a cut-off of"):
            reach(graph, here, cut_off_cm=cut_off)
    with pytest.raises(MethodError, match="the 0 nearest"):
        k_nearest(graph, here, k=0, cut_off_cm=5)
    with pytest.raises(MethodError, match="more than 1 pairs"):
        many_to_many(graph, seeds_at([0, 0]), here, cut_off_cm=5, max_pairs=1)
    with pytest.raises(MethodError, match="does not have"):
        many_to_many_blocks(graph, here, away, cut_off_cm=5)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"thresholds_cm": [5, 5]}, "do not rise"),
        ({"thresholds_cm": [-1]}, "do not rise"),
        ({"decays": [[np.nan]]}, "not numbers"),
        ({"decays": [1.0]}, "decays by bins"),
        ({"bin_cm": 3}, "bins of 3 cm"),
    ],
)
def test_sums_refuse_what_they_cannot_do(settings: dict, told: str) -> None:
    with pytest.raises(MethodError, match=told):
        accumulate(csr(2, [0], [1], [5]), [1, 1], **settings)
    with pytest.raises(MethodError, match="3 values for 2 nodes"):
        accumulate(csr(2, [0], [1], [5]), [1, 1, 1])


@pytest.mark.parametrize("n", [0, 1, 3])
def test_graphs_without_arcs(n: int) -> None:
    graph = csr(n, [], [], [])
    every = seeds_at(np.arange(n))
    pairs = many_to_many(graph, every, every, cut_off_cm=0)
    assert pairs.from_code.tolist() == pairs.to_code.tolist() == list(range(n))
    assert pairs.cost_cm.tolist() == [0] * n
    assert reach(graph, every, cut_off_cm=10).node.tolist() == list(range(n))
    assert nearest(graph, [every, seeds(2, [], [], [])], cut_off_cm=9).tolist() == [
        [0] * n,
        [UNREACHED] * n,
    ]
    assert k_nearest(graph, every, k=2, cut_off_cm=9).to_code.tolist() == [
        [i, -1] for i in range(n)
    ]
    assert accumulate(graph, np.ones(n), thresholds_cm=[0]).sums.ravel().tolist() == [1] * n
    assert spatial_order(np.zeros(n), np.zeros(n)).tolist() == list(range(n))


def test_no_codes_and_codes_on_no_street() -> None:
    graph = csr(2, [0, 1], [1, 0], [5, 5])
    none, nowhere, here = seeds(0, [], [], []), seeds(2, [], [], []), seeds_at([1])
    for origins, to in ((none, here), (here, none), (nowhere, here), (here, nowhere)):
        assert len(many_to_many(graph, origins, to, cut_off_cm=9).cost_cm) == 0
        found = k_nearest_from(graph, origins, to, k=1, cut_off_cm=9)
        assert found.to_code.tolist() == [[-1]] * origins.count


def test_a_cut_off_of_zero_and_one_way_steps() -> None:
    # 0 -> 1 at no cost, 1 -> 2 at 5 cm, never back.
    graph = csr(3, [0, 1], [1, 2], [0, 5])
    every = seeds_at([0, 1, 2])
    for cut_off_cm, expected in (
        (0, [(0, 0), (0, 1), (1, 1), (2, 2)]),
        (4, [(0, 0), (0, 1), (1, 1), (2, 2)]),
        (5, [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]),
    ):
        pairs = many_to_many(graph, every, every, cut_off_cm=cut_off_cm)
        assert list(zip(pairs.from_code, pairs.to_code, strict=True)) == expected


def test_several_ways_in_and_out() -> None:
    # A street of three nodes, 100 cm apart. The origin enters at 0 for 30 and at 2 for 250; the
    # park has gates at 1 for 5 and at 2 for 0. By 0 and 1: 30 + 100 + 5 = 135; by 2: 250.
    graph = csr(3, [0, 1, 1, 2], [1, 0, 2, 1], [100] * 4)
    origin = seeds(1, [0, 0], [0, 2], [30, 250])
    park = seeds(1, [0, 0], [1, 2], [5, 0])
    assert many_to_many(graph, origin, park, cut_off_cm=135).cost_cm.tolist() == [135]
    assert len(many_to_many(graph, origin, park, cut_off_cm=134).cost_cm) == 0
    assert k_nearest_from(graph, origin, park, k=1, cut_off_cm=999).cost_cm.tolist() == [[135]]


def test_ties_go_to_the_lower_code_whatever_is_searched_first() -> None:
    # Both destinations are 100 cm from node 1; the one with the higher number comes first in space.
    graph = csr(3, [1, 1, 0, 2], [0, 2, 1, 1], [100] * 4)
    to = seeds(2, [1, 0], [0, 2], [0, 0])
    found = k_nearest(graph, to, k=1, cut_off_cm=100)
    assert found.to_code.ravel().tolist() == [1, 0, 0]


def test_arrays_that_cannot_be_written_are_taken() -> None:
    graph = csr(2, [0, 1], [1, 0], [5, 5])
    for part in graph:
        part.flags.writeable = False
    ends = seeds_at([0, 1])
    for part in ends:
        part.flags.writeable = False
    assert many_to_many(graph, ends, ends, cut_off_cm=9).cost_cm.tolist() == [0, 5, 5, 0]


def test_the_curve_steps_from_a_cell_to_its_neighbour() -> None:
    # On a square of 8 by 8 points every step along a Hilbert curve is one cell, across or up.
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(8), np.arange(8)))
    order = spatial_order(x, y)
    steps = np.abs(np.diff(x[order])) + np.abs(np.diff(y[order]))
    assert steps.tolist() == [1] * 63
