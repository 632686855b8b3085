"""What holds of every measure of fairness whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.findings.equity.fairness import measures
from assetmap.findings.equity.theil import theil_l_parts, theil_t_parts

UNEQUAL = {
    name: measure
    for name, measure in measures("share", line=0.5).items()
    if "standard" not in name and "ratio" not in name and "relative" not in name
}
values = st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.75, 0.9])
rows = st.lists(
    st.tuples(values, st.integers(0, 20), st.integers(1, 10)), min_size=1, max_size=20
).filter(lambda ones: sum(people for _, people, _ in ones) > 0)
few = settings(max_examples=60)


def arrays(table):
    return tuple(np.array(column, dtype=float) for column in zip(*table, strict=True))


def same(one, other):
    """Both undefined, or equal; a quotient of nearly nothing is large, and equal for its size."""
    return one == other or one == pytest.approx(other, rel=1e-6, abs=1e-9)


@few
@given(table=rows, seed=st.integers(0, 99))
def test_row_order_means_nothing(table, seed):
    turn = np.random.default_rng(seed).permutation(len(table))
    y, people, order = arrays(table)
    for name, measure in measures("share", line=0.5).items():
        first, again = measure(y, people, order), measure(y[turn], people[turn], order[turn])
        assert same(first.value, again.value), name


@few
@given(table=rows, value=values)
def test_equal_areas_give_no_inequality(table, value):
    _, people, order = arrays(table)
    for name, measure in UNEQUAL.items():
        figure = measure(np.full(len(table), value), people, order)
        assert figure.value is None or figure.value == pytest.approx(0, abs=1e-12), name


@few
@given(table=rows, times=st.integers(2, 5))
def test_only_shares_of_people_matter(table, times):
    y, people, order = arrays(table)
    for name, measure in measures("share", line=0.5).items():
        first, again = measure(y, people, order), measure(y, people * times, order)
        assert same(first.value, again.value), name


@few
@given(table=rows)
def test_splitting_an_area_changes_nothing(table):
    y, people, order = arrays(table)
    halves = people / 2
    for name, measure in measures("share", line=0.5).items():
        first = measure(y, people, order)
        again = measure(np.r_[y, y], np.r_[halves, halves], np.r_[order, order])
        assert same(first.value, again.value), name


@few
@given(table=rows)
def test_an_area_of_nobody_changes_nothing(table):
    y, people, order = arrays(table)
    for name, measure in measures("share", line=0.5).items():
        first = measure(y, people, order)
        again = measure(np.r_[y, 0.9], np.r_[people, 0], np.r_[order, 3])
        assert same(first.value, again.value), name


@few
@given(table=rows, seed=st.integers(0, 9))
def test_theil_between_and_within_add_up(table, seed):
    y, people, _ = arrays(table)
    groups = np.random.default_rng(seed).integers(0, 3, len(y))
    for parts in (theil_t_parts(y, people, groups), theil_l_parts(y, people, groups)):
        whole = parts.between.value + parts.within.value
        assert whole == pytest.approx(parts.total.value, rel=1e-9, abs=1e-9)
        assert parts.between.value >= -1e-12
        assert parts.within.value >= -1e-12


@few
@given(table=rows)
def test_turning_the_line_round_turns_the_sign(table):
    y, people, order = arrays(table)
    for name in ("slope index of inequality", "concentration index"):
        measure = measures("share")[name]
        first, again = measure(y, people, order), measure(y, people, -order)
        if first.value is not None:
            assert same(first.value, -again.value), name


@few
@given(table=rows)
def test_an_undefined_figure_has_a_reason(table):
    y, people, order = arrays(table)
    for measure in measures("minutes", line=0.5).values():
        figure = measure(y, people, order)
        assert (figure.value is None) == bool(figure.reason)
