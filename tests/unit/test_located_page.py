"""The page of a choice: the question of its model, every site counted, and what is not known."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from assetmap.frames.located import Located
from assetmap.publish.located import MOST, _paper
from assetmap.publish.words import words_of

WORDS = words_of({})


def _located(*, unit: str = "people", sites: int = 1, unknown: float = 0.0) -> Located:
    chosen = pd.DataFrame({"to_id": [f"s{n}" for n in range(sites)],
                           "name": [f"Site {n}" for n in range(sites)]})  # fmt: skip
    alone = chosen.assign(people=9.0, newly=9.0, newly_deprived=0.0)
    ruled = pd.DataFrame({"to_id": ["x"], "name": ["X"], "rule": ["stated"], "found": ["damp"],
                          "wanted": [""]})  # fmt: skip
    return Located(
        model="any", standard="a library", place="Town", as_of=dt.date(2026, 11, 1),
        straight=False, invented=False, candidates="sites of a file", unit=unit,
        numbers={"value": 9.0, "by_hand": 9.0, "bound": 9.0, "gap": 0.0, "people": 90.0,
                 "unserved": 0.0, "unknown": unknown},
        stopped=False, tables={"chosen": chosen, "candidates": alone, "ruled_out": ruled},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "asked"),
    [
        ("people", "bring most people near a library"),
        ("sites", "How few new sites"),
        ("person-minutes", "shortest, all people together"),
        ("minutes", "the longest walk to a library shortest"),
    ],
)
def test_each_model_asks_its_own_question(unit: str, asked: str) -> None:
    assert asked in _paper(_located(unit=unit), WORDS).parts[0].lines[0]


def test_parts_are_numbered_as_they_come() -> None:
    """Without a front there is no third part to leave out."""
    headings = [part.heading for part in _paper(_located(), WORDS).parts]
    assert [one[:2] for one in headings] == ["1.", "2.", "3.", "4."]


def test_more_sites_than_are_named_are_counted() -> None:
    lines = _paper(_located(sites=MOST + 3), WORDS).parts[1].lines
    assert lines[0].endswith("and 3 more.")
    assert "more" not in _paper(_located(sites=MOST), WORDS).parts[1].lines[0]


def test_people_whose_places_of_today_are_not_known_are_said() -> None:
    known, some = _located(), _located(unknown=40.0)
    assert not [one for one in _paper(known, WORDS).parts[1].lines if "do not know" in one]
    assert [one for one in _paper(some, WORDS).parts[1].lines if one.startswith("For 40 residents")]
    assert "For 40 residents not all of today's places are known." in some.lines()
    assert not [one for one in known.lines() if "not all of today" in one]
