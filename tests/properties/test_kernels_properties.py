"""What must hold of searches on any graph."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.network.kernels import (
    Graph,
    accumulate,
    csr,
    k_nearest_from,
    many_to_many,
    nearest,
    seeds,
    spatial_order,
)


@st.composite
def arcs(draw: st.DrawFn) -> tuple[int, np.ndarray]:
    n = draw(st.integers(1, 25))
    node = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(node, node, st.integers(0, 500)), max_size=70))
    return n, np.array(rows, dtype=np.int64).reshape(-1, 3)


@st.composite
def given_seeds(draw: st.DrawFn, n: int) -> tuple[int, np.ndarray]:
    codes = draw(st.integers(1, 8))
    row = st.tuples(st.integers(0, codes - 1), st.integers(0, n - 1), st.integers(0, 200))
    rows = draw(st.lists(row, max_size=16))
    return codes, np.array(rows, dtype=np.int64).reshape(-1, 3)


def graph_of(town: tuple[int, np.ndarray]) -> Graph:
    return csr(town[0], *town[1].T)


@given(st.data())
def test_row_order_means_nothing(data: st.DataObject) -> None:
    town = data.draw(arcs())
    ends = [data.draw(given_seeds(town[0])) for _ in range(2)]
    expected = many_to_many(
        graph_of(town), *(seeds(codes, *rows.T) for codes, rows in ends), cut_off_cm=900
    )
    mixed = np.random.default_rng(data.draw(st.integers(0, 99)))
    found = many_to_many(
        csr(town[0], *mixed.permutation(town[1]).T),
        *(seeds(codes, *mixed.permutation(rows).T) for codes, rows in ends),
        cut_off_cm=900,
    )
    for column, same in zip(found, expected, strict=True):
        np.testing.assert_array_equal(column, same)


@given(st.data())
def test_new_numbers_for_nodes_change_no_cost(data: st.DataObject) -> None:
    n, rows = data.draw(arcs())
    ends = [data.draw(given_seeds(n)) for _ in range(2)]
    new = np.random.default_rng(data.draw(st.integers(0, 99))).permutation(n)

    def pairs(number: np.ndarray) -> list[np.ndarray]:
        graph = csr(n, number[rows[:, 0]], number[rows[:, 1]], rows[:, 2])
        both = (
            seeds(codes, given[:, 0], number[given[:, 1]], given[:, 2]) for codes, given in ends
        )
        return [*many_to_many(graph, *both, cut_off_cm=900)]

    for column, same in zip(pairs(new), pairs(np.arange(n)), strict=True):
        np.testing.assert_array_equal(column, same)


@given(st.data(), st.integers(0, 900), st.integers(0, 900))
def test_a_longer_cut_off_only_adds(data: st.DataObject, one: int, other: int) -> None:
    town = data.draw(arcs())
    ends = [seeds(codes, *rows.T) for codes, rows in (data.draw(given_seeds(town[0])),) * 2]
    short, long = (
        many_to_many(graph_of(town), *ends, cut_off_cm=cut_off) for cut_off in sorted((one, other))
    )
    inside = long.cost_cm <= min(one, other)
    for column, same in zip(short, long, strict=True):
        np.testing.assert_array_equal(column, same[inside])


@given(st.data())
def test_another_destination_takes_nobody_farther(data: st.DataObject) -> None:
    town = data.draw(arcs())
    codes, rows = data.draw(given_seeds(town[0]))
    more = np.vstack([rows, [[codes, data.draw(st.integers(0, town[0] - 1)), 0]]])
    before, after = nearest(
        graph_of(town), [seeds(codes, *rows.T), seeds(codes + 1, *more.T)], cut_off_cm=900
    )
    assert (after <= before).all()


@given(st.data())
def test_the_first_of_the_nearest_is_the_least_pair(data: st.DataObject) -> None:
    town = data.draw(arcs())
    origins, to = (seeds(c, *rows.T) for c, rows in (data.draw(given_seeds(town[0])),) * 2)
    pairs = many_to_many(graph_of(town), origins, to, cut_off_cm=900)
    found = k_nearest_from(graph_of(town), origins, to, k=to.count, cut_off_cm=900).pairs()
    for column, same in zip(found, pairs, strict=True):
        np.testing.assert_array_equal(column, same)


@settings(max_examples=50)
@given(arcs(), st.integers(0, 400), st.integers(1, 400))
def test_wider_thresholds_hold_no_less(
    town: tuple[int, np.ndarray], narrow: int, more: int
) -> None:
    values = np.arange(town[0])
    found = accumulate(graph_of(town), values, thresholds_cm=[narrow, narrow + more]).sums[:, 0]
    assert (found[:, 0] >= values).all()
    assert (found[:, 1] >= found[:, 0]).all()


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=40))
def test_spatial_order_is_a_permutation(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).reshape(-1, 2).T
    assert sorted(spatial_order(x, y).tolist()) == list(range(len(points)))
