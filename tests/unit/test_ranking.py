"""The order of options under draws, and who is near again: numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assetmap.network.kernels.shaken import Near
from assetmap.scenarios import ranking as order
from assetmap.scenarios.gain import Change, made_good


def test_firsts_are_shared_where_options_are_level() -> None:
    """Four draws: A leads in two, is level with B in one, and B leads in one."""
    people = np.array([[9.0, 8, 5, 1], [3, 8, 2, 4], [0, 0, 0, 0]])
    table, pairs = order.ranking(["A", "B", "Nothing"], people)
    assert table["first"].tolist() == [0.625, 0.375, 0.0]  # (1 + 1/2 + 1) / 4, (1/2 + 1) / 4
    assert table["better_than_today"].tolist() == [1.0, 1.0, 0.0]
    assert table["people"].tolist() == [5.0, 3.0, 0.0]  # the least that half do not exceed
    assert (table["people_p5"].iloc[0], table["people_p95"].iloc[0]) == (1.0, 9.0)
    before = pairs.set_index(["option", "other"])["before_it"]
    assert before["A", "B"] == 0.5  # two of four; the level draw is for neither
    assert before["B", "A"] == 0.25
    assert before["A", "Nothing"] == 1.0


def test_only_homes_with_another_place_or_another_cost_are_looked_at() -> None:
    """Of three homes the second has the same place a minute farther, the third one place less."""
    was = Near(np.array([0, 1, 2, 4]), np.array([0, 1, 0, 2], np.int32),
               np.array([5.0, 6, 1, 2]), np.zeros(4), np.zeros(4))  # fmt: skip
    now = Near(np.array([0, 1, 2, 3]), np.array([0, 1, 0], np.int32),
               np.array([5.0, 7, 1]), np.zeros(3), np.zeros(3))  # fmt: skip
    differ = order._differ(was, now)
    assert differ.tolist() == [False, True, True]


def test_who_loses_and_is_near_again() -> None:
    """10, 20 and 40 people; the closure takes the hall from the first two, of whom 20 get it back.

    The fourth, 80 people, lie outside and are in no count.
    """
    today, gone = np.ones((4, 1), bool), np.array([[False], [False], [True], [False]])
    alone = _change(today, gone)
    both = _change(today, np.array([[False], [True], [True], [True]]))
    table = made_good(alone, both, np.array([True, True, True, False]))
    assert table.to_dict("records") == [{"standard_id": "hall", "lose": 30.0, "restored": 20.0}]


def _change(before: np.ndarray, after: np.ndarray) -> Change:
    minutes = np.full((4, 1), 5.0)
    return Change(
        pd.Index(list("abcd")), np.array([10.0, 20, 40, 80]), ("hall",), np.ones((4, 1), bool),
        minutes, minutes, before, after,
    )  # fmt: skip
