"""A draw is what the rooms' own rules find on tables made anew, level by level and exactly."""

from __future__ import annotations

import numpy as np
import pytest
from tests.oracle.drawn_toy import base_of, slow_levels, toy

from assetmap.frames.results import LEVELS
from assetmap.scenarios.outcome import outcome
from assetmap.scenarios.tally import tally
from assetmap.scenarios.uncertain import Uncertain, drawn_of

TOWNS = [
    {"seed": 1, "detour": 1.3},
    {"seed": 2, "detour": None},
    {"seed": 3, "detour": 1.3, "benefit": False},
    {"seed": 4, "detour": None, "areas": 30},
]


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: f"town {town['seed']}")
def test_every_draw_is_what_the_rooms_find_on_drawn_tables(town):
    made = toy(**town)
    ground, base, known = base_of(made)
    drawn = drawn_of(ground, base, Uncertain(seed=7), known, range(12))
    seen = set()
    for assumed in (base, *drawn.assumed):
        fast, slow = outcome(ground, assumed), slow_levels(made, ground, assumed)
        assert list(slow["area_id"]) == list(ground.ids)
        assert np.array(LEVELS)[fast.level].tolist() == slow["level"].tolist()
        score = slow["score"].to_numpy()
        assert np.array_equal(fast.score, score, equal_nan=True)
        seen |= set(slow["level"])
    assert len(seen) >= 4, "a toy where nothing happens shows nothing"


def test_draws_shared_out_are_the_draws_done_at_once():
    ground, base, known = base_of(toy(5))
    whole = tally(ground, base, Uncertain(seed=7), known, range(60))
    halves = [
        tally(ground, base, Uncertain(seed=7), known, one) for one in (range(31), range(31, 60))
    ]
    for all_of_it, first, second in zip(whole[1:], halves[0][1:], halves[1][1:], strict=True):
        assert np.array_equal(all_of_it, np.concatenate([first, second]))
