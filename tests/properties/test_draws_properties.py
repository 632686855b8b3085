"""Draws are functions of what a thing is: not of its row, its neighbours or its process."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import MethodError
from assetmap.scenarios.draws import chosen, dirichlet, named, normal, placed, triangular, uniform

SEEDS = st.integers(0, 2**40)
THINGS = st.lists(
    st.tuples(
        st.sampled_from(["library", "school", "park"]),
        st.integers(-(10**7), 10**7),
        st.integers(-(10**7), 10**7),
    ),
    min_size=1,
    max_size=12,
)
MANY = np.arange(4000)
ONE = named(["a"])


def keys(things):
    categories, x_m, y_m = zip(*things, strict=True)
    return placed(categories, np.array(x_m, float), np.array(y_m, float))


@given(SEEDS, THINGS, st.randoms())
def test_a_draw_does_not_depend_on_the_row(seed, things, random):
    order = list(range(len(things)))
    random.shuffle(order)
    plain = uniform(seed, [0, 7], kind="there", what=keys(things))
    moved = uniform(seed, [0, 7], kind="there", what=keys([things[one] for one in order]))
    assert (plain[:, order] == moved).all()


@given(SEEDS, THINGS, THINGS)
def test_one_more_thing_leaves_all_other_draws_as_they_were(seed, things, more):
    before = uniform(seed, [3], kind="there", what=keys(things))
    after = uniform(seed, [3], kind="there", what=keys([*things, *more]))
    assert (after[:, : len(things)] == before).all()


@given(SEEDS, st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_draws_can_be_shared_out_among_processes(seed, draws):
    whole = normal(seed, draws, kind="threshold", what=ONE)
    apart = [normal(seed, [one], kind="threshold", what=ONE)[0] for one in draws]
    assert (whole == np.array(apart)).all()


@given(THINGS)
def test_a_place_is_known_to_the_metre(things):
    moved = [(category, x + 0.4, y - 0.4) for category, x, y in things]
    assert (keys(things) == keys(moved)).all()


@given(SEEDS)
def test_kinds_seeds_draws_and_things_are_apart(seed):
    base = uniform(seed, [1], kind="there", what=ONE)
    assert base != uniform(seed, [2], kind="there", what=ONE)
    assert base != uniform(seed + 1, [1], kind="there", what=ONE)
    assert base != uniform(seed, [1], kind="moved", what=ONE)
    assert base != uniform(seed, [1], kind="there", what=named(["b"]))
    assert keys([("park", 1, 2)]) != keys([("park", 2, 1)])


def test_uniform_draws_fill_the_unit_evenly():
    # 4,000 draws into ten bins: 400 each, spread sqrt(4000 * .1 * .9) = 19; five spreads = 95
    found = uniform(20260101, MANY, kind="there", what=named(["a", "b", "c"]))
    for column in found.T:
        counts, _ = np.histogram(column, bins=10, range=(0, 1))
        assert abs(counts - 400).max() < 95
    # two things are independent: correlation within five spreads of 1/sqrt(4000) = 0.016
    assert abs(np.corrcoef(found.T) - np.eye(3)).max() < 0.08


def test_normal_draws_have_mean_nought_and_spread_one():
    found = normal(20260101, MANY, kind="speed", what=ONE)
    assert abs(found.mean()) < 0.08
    assert abs(found.std() - 1) < 0.06


def test_triangular_draws_stay_between_their_ends_around_their_mean():
    # mean of a triangle = (1.2 + 1.3 + 1.6) / 3 = 1.3667
    found = triangular(1, MANY, kind="detour", what=ONE, ends=(1.2, 1.3, 1.6))
    assert found.min() >= 1.2
    assert found.max() <= 1.6
    assert abs(found.mean() - 4.1 / 3) < 0.01
    flat = triangular(1, [0], kind="detour", what=ONE, ends=(1.3, 1.3, 1.3))
    assert flat == pytest.approx(1.3)


def test_a_choice_is_drawn_by_its_share_and_never_where_it_has_none():
    found = chosen(1, MANY, kind="basis", what=ONE, shares=[1, 0, 3, 0])
    assert set(found.ravel()) == {0, 2}
    assert abs((found == 2).mean() - 0.75) < 0.04


def test_weights_sum_to_one_around_what_was_given():
    weights = np.array([0.5, 0.3, 0.2, 0.0])
    found = dirichlet(1, MANY, kind="weights", what=named("abcd"), alpha=10 * weights)
    assert found.sum(axis=1) == pytest.approx(1)
    assert abs(found.mean(axis=0) - weights).max() < 0.02
    assert (found[:, 3] == 0).all()
    # Dirichlet: variance of the first = .5 * .5 / (10 + 1) = 0.0227
    assert found[:, 0].var() == pytest.approx(0.25 / 11, rel=0.1)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: triangular(1, [0], kind="k", what=ONE, ends=(2, 1, 3)),
        lambda: chosen(1, [0], kind="k", what=ONE, shares=[]),
        lambda: chosen(1, [0], kind="k", what=ONE, shares=[0, 0]),
        lambda: dirichlet(1, [0], kind="k", what=ONE, alpha=[0]),
        lambda: dirichlet(1, [0], kind="k", what=ONE, alpha=[-1]),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked):
    with pytest.raises(MethodError):
        asked()
