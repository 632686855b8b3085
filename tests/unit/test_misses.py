"""The nearest misses: as many as are flagged, the smallest change first."""

from __future__ import annotations

import pandas as pd
import pytest

from assetmap.findings.misses import nearest_misses
from assetmap.findings.rules import Rules

NAN = float("nan")
PLACES = pd.Series({one: one.upper() for one in "abcdefgh"})
JOINS = pd.DataFrame(
    [("c", 1, "left_behind", 0.25, "Would be left_behind if thresholds.hall were 1,000 m."),
     ("c", 2, "at_risk", 0.5, "Would be at_risk if rules.share_failing were 0.4."),
     ("d", 1, "need_only", 0.1, "Would be need_only.")],
    columns=["area_id", "order", "becomes", "change", "says"],
)  # fmt: skip


def findings(*rows):
    names = ["area_id", "level", "need", "need_margin", "poor_access", "access_margin", "benefit",
             "benefit_min"]  # fmt: skip
    return pd.DataFrame(rows, columns=names).assign(people=100.0)


FLAGGED = ("a", "left_behind", True, 5.0, True, 0.2, "no", 0.0)
OTHERS = [
    ("b", "need_only", True, 5.0, False, -0.3, "no", 0.0),
    ("c", "not_flagged", False, -40.0, False, -0.1, "no", 0.0),
    ("d", "access_only", False, -2.0, True, 0.1, "no", 0.0),
    ("e", "insufficient_data", False, NAN, False, NAN, "unknown", NAN),
    ("f", "access_only", True, 5.0, True, 0.1, "yes", 4.0),
    ("g", "not_flagged", False, -90.0, False, -0.4, "no", 0.0),
]


def misses(*rows, joins=JOINS):
    return nearest_misses(findings(*rows), joins, PLACES, rules=Rules())


def test_a_list_as_long_as_the_flagged():
    two = [FLAGGED, ("h", "at_risk", True, 5.0, True, 0.2, "unknown", NAN)]
    assert list(misses(*two, *OTHERS)["area_id"]) == ["c", "d"]


def test_five_where_nobody_is_flagged_the_smallest_change_first_then_the_least_short():
    table = misses(*OTHERS)
    # c alone would be flagged by one change. d: need 2 points short, 0.02. b: access 0.3 short.
    # f: (4 - 1)/10 = 0.3 of benefit too much. g: need 0.9 short
    assert list(table["area_id"]) == ["c", "d", "b", "f", "g"]
    assert list(table["lacks"]) == ["need; access", "need", "access", "no benefit", "need; access"]
    assert list(table["shortfall"]) == pytest.approx([0.4, 0.02, 0.3, 0.3, 0.9])
    assert table["would_join"].notna().tolist() == [True, False, False, False, False]


def test_what_cannot_be_spoken_of_is_no_miss():
    assert "e" not in set(misses(*OTHERS)["area_id"])


def test_fewer_areas_than_asked_for_are_all_there_are():
    assert list(misses(OTHERS[0])["area_id"]) == ["b"]
    assert misses(OTHERS[3]).empty


def test_row_order_means_nothing():
    pd.testing.assert_frame_equal(misses(*OTHERS), misses(*OTHERS[::-1]))
