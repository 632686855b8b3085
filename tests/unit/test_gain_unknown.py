"""Whose walk changes where today's reach is not known; and long lists of names cut short."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from assetmap.publish.assessment_people import MOST_NAMES, named
from assetmap.publish.words import words_of
from assetmap.scenarios.gain import Change
from assetmap.study.scenarios import Assessments


def test_a_walk_that_changes_unmeasured_is_told() -> None:
    """Of three homes the second walks 15 minutes, then 10, and is not measured: its 20 people."""
    before, after = np.array([[15.0], [15.0], [15.0]]), np.array([[5.0], [10.0], [15.0]])
    changed = Change(
        from_ids=pd.Index(["a", "b", "c"]),
        people=np.array([10.0, 20.0, 40.0]),
        standards=("library",),
        known=np.array([[True], [False], [False]]),
        before=before,
        after=after,
        within_before=before <= 10,
        within_after=after <= 10,
    )
    everybody, third = np.array([True, True, True]), np.array([False, False, True])
    assert changed.people_unknown(everybody) == 20
    assert changed.people_unknown(third) == 0
    assert not changed.only_unknown(everybody)  # the first is known
    assert changed.only_unknown(np.array([False, True, True]))
    assert not changed.only_unknown(third)  # nothing changes for it: that is known
    assert changed.newly.sum() == 1  # the first alone: the second is in no count
    assert changed.saved.sum() == 100  # 10 people by 10 minutes


def test_a_long_list_of_names_ends_in_one_and() -> None:
    """Two more than are named: the last comes as "and 2 more", not "and and"."""
    names = [f"Area {letter}" for letter in "ABCDEFGHIJKL"[: MOST_NAMES + 2]]
    told = named(names, words_of({}))
    assert told.endswith(" and 2 more")
    assert told.count(" and ") == 1


def test_what_is_not_known_is_no_number_on_the_command_line() -> None:
    rows = [
        {"option": "Today", "variant": "today", "newly_within": 0.0, "no_longer_within": 0.0,
         "minutes_saved": 0.0},
        {"option": "Hall", "variant": "", "newly_within": np.nan, "no_longer_within": np.nan},
        {"option": "Bridge", "variant": "", "newly_within": 0.0, "no_longer_within": 0.0,
         "minutes_saved": 6_211.0},
    ]  # fmt: skip
    lines = Assessments(Path("out"), pd.DataFrame(rows), (), ()).lines()
    assert lines[0] == "Today: 0 people newly within reach, 0 lose reach"
    assert lines[1] == "Hall: not known, since today's reach is not measured there"
    # 6,211 / 60 = 103.5
    assert lines[2].endswith("0 lose reach, walks 104 hours shorter in all")
