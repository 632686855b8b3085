"""Opening hours in words: what is plain is said, what is not stays as it was written."""

from __future__ import annotations

import pytest

from assetmap.publish.hours_said import hours_said
from assetmap.publish.words import words_of


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mo-Fr 09:00-17:00", "Monday to Friday, 09:00 to 17:00"),
        (
            "Mo-Fr 09:00-18:00; Sa 09:30-16:00",
            "Monday to Friday, 09:00 to 18:00; Saturday, 09:30 to 16:00",
        ),
        ("Tu,Fr 11:00-14:00", "Tuesday and Friday, 11:00 to 14:00"),
        ("Mo 9:00-12:00,13:00-17:00", "Monday, 9:00 to 12:00 and 13:00 to 17:00"),
        ("Mo-We,Sa 10:00-16:00", "Monday to Wednesday and Saturday, 10:00 to 16:00"),
        ("08:00-20:00; PH off", "every day, 08:00 to 20:00; public holidays, shut"),
        ("24/7", "day and night"),
    ],
)
def test_days_and_times_are_said(written: str, said: str) -> None:
    assert hours_said(written, words_of({})) == said


@pytest.mark.parametrize(
    "written",
    ["By arrangement", "Mo-Fr", "Mo-Fr 09:00+", "Apr-Sep Mo-Fr 09:00-17:00", "sunrise-sunset",
     "Mo[1] 10:00-12:00", 'Mo-Fr 09:00-17:00 || "ring"', "", ";", "Xx 09:00-10:00"],
)  # fmt: skip
def test_what_says_more_stays_as_it_was_written(written: str) -> None:
    assert hours_said(written, words_of({})) == written
