"""Hours as an assessment says them: read where they can be, else shortened as they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from assetmap.layers.hours import hours_in_order
from assetmap.publish.hours_words import LONGEST_GIVEN, hours_in_words
from assetmap.publish.words import words_of
from assetmap.study.scenarios import Assessments

if TYPE_CHECKING:
    from pathlib import Path

WORDS = words_of({})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Mo-Fr 9:00-17:00; PH off", "Monday to Friday 09:00-17:00; public holidays closed"),
        ("Mo,We 09:00-12:00", "Monday, Wednesday 09:00-12:00"),
        ("24/7", "always open"),
        (None, "not known"),
        ("", "not known"),
    ],
)
def test_hours_that_can_be_read_are_in_words(given: str | None, said: str) -> None:
    assert hours_in_words(given, hours_in_order(given), WORDS) == said


def test_hours_that_cannot_be_read_are_given_short_and_harmless() -> None:
    given = "Mo-Fr 09:00-17:00; Su Offopening_hours:covid19=\u202eopen " + "x" * 9_000
    assert hours_in_order(given) is None
    told = hours_in_words(given, hours_in_order(given), WORDS)
    assert told.startswith("given as “Mo-Fr 09:00-17:00; Su Off")
    assert told.endswith("…”, which we could not read")
    assert "\u202e" not in told
    assert len(told) < LONGEST_GIVEN + 50


def test_a_missing_pdf_is_told_with_how_to_get_it(tmp_path: Path) -> None:
    page = tmp_path / "assessment.html"
    made = Assessments(tmp_path, pd.DataFrame(), (), (page,))
    assert made.lines() == [
        "No PDF was written, since typst is not installed: pip install 'assetmap[report]'"
    ]
    assert made.told()["papers"] == []
    page.with_suffix(".pdf").write_bytes(b"%PDF")
    assert made.lines() == []
