"""The rational agent access model, in towns small enough to balance by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tests.oracle.access_toy import series, town_of, toy

from assetmap.access.raam import raam
from assetmap.errors import MethodError

NONE = float("nan")


def test_the_toy():
    """Rho = 3500/15 = 233.33, tau = 60.

    X serves 2333.33 people at congestion 1, Y 1166.67. B is 15 min from both, so it fills the
    two evenly: D_X/2333.33 = D_Y/1166.67 with D_X + D_Y = 3500, both 1. A keeps to X (5 of 25
    min), C to Y. A: 5/60 + 1, B: 15/60 + 1, C: 8/60 + 1.
    """
    found = raam(*toy())
    assert found.to_numpy() == pytest.approx([13 / 12, 5 / 4, 17 / 15], abs=3e-6)


def test_one_place_is_travel_and_everybody():
    """Rho = 30/3 = 10, so congestion is (30/3)/10 = 1; with rho = 20 it is one half."""
    town = town_of([[6], [12]], [10, 20], [3])
    assert raam(*town).to_numpy() == pytest.approx([1.1, 1.2])
    assert raam(*town, rho=20.0).to_numpy() == pytest.approx([0.6, 0.7])
    assert raam(*town, tau_min=6.0).to_numpy() == pytest.approx([2.0, 3.0])


def test_a_queue_is_worth_a_walk_until_it_is_not():
    """90 people, places of equal size, 0 and 12 min away, tau 60, rho = 90/2 = 45.

    x/45 = 12/60 + (90 - x)/45: x = 49.5, cost 1.1 for all.
    """
    assert raam(*town_of([[0, 12]], [90], [1, 1])).to_numpy() == pytest.approx([1.1], abs=3e-6)
    # 60 min are worth a congestion of 1, but all 90 at the near place make 2: x = 67.5, cost 1.5
    assert raam(*town_of([[0, 60]], [90], [1, 1])).to_numpy() == pytest.approx([1.5], abs=3e-6)
    # at 121 min the near place is best even with everybody there
    assert raam(*town_of([[0, 121]], [90], [1, 1])).to_numpy() == pytest.approx([2.0], abs=3e-6)


def test_out_of_reach_is_empty_and_never_the_best():
    found = raam(*town_of([[6], [NONE]], [10, 20], [3]))
    assert np.isnan(found.iloc[1])
    # rho counts everybody: 30/3 = 10; only 10 people come: 10/3/10 = 1/3
    assert found.iloc[0] == pytest.approx(0.1 + 1 / 3)
    assert raam(*town_of([[NONE], [NONE]], [10, 20], [3])).isna().all()


def test_a_place_without_supply_is_no_choice():
    with_it = raam(*town_of([[6, 1], [12, 1]], [10, 20], [3, 0]))
    assert with_it.to_numpy() == pytest.approx([1.1, 1.2])
    assert raam(*town_of([[1]], [10], [0])).isna().all()


def test_where_nobody_lives_is_what_one_who_came_would_bear():
    """As with one place, and a third origin 18 min away where nobody lives."""
    found = raam(*town_of([[6], [12], [18]], [10, 20, 0], [3]))
    assert found.to_numpy() == pytest.approx([1.1, 1.2, 1.3])
    empty = raam(*town_of([[6], [12]], [0, 0], [3]))
    assert empty.to_numpy() == pytest.approx([0.1, 0.2])


@pytest.mark.parametrize("wrong", [{"tau_min": 0.0}, {"rho": -1.0}, {"rho": 0.0}, {"tolerance": 0}])
def test_settings_above_zero(wrong):
    with pytest.raises(MethodError, match="must be above 0"):
        raam(*toy(), **wrong)


def test_a_tolerance_that_cannot_be_met_is_said():
    with pytest.raises(MethodError, match="a larger tolerance"):
        raam(*toy(), tolerance=1e-300)


def test_a_large_town_settles():
    """Whoever is served is served at the least cost: no origin's best is above its result."""
    draw = np.random.default_rng(1)
    minutes = draw.integers(1, 60, (200, 12)).astype(float)
    minutes[draw.random(minutes.shape) < 0.5] = np.inf
    people, supply = draw.integers(1, 50, 200), draw.integers(1, 9, 12)
    found = raam(*town_of(minutes, people, supply), tau_min=20.0)
    assert (found.isna().to_numpy() == ~np.isfinite(minutes).any(axis=1)).all()
    floor = series(np.min(minutes, axis=1) / 20, found.index, "floor")
    assert (found.dropna() > floor[found.notna()]).all()
