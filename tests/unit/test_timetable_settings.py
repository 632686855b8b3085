"""``[timetable]``: what it means, and every way in which it cannot be meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from assetmap.study.timetable import NamedPlace, Timetable, faults_of_timetable, seconds_between

DAY, SUNDAY = dt.date(2023, 6, 13), dt.date(2023, 6, 18)


def test_without_feeds_nothing_is_asked() -> None:
    assert Timetable().moments() == {}


def test_profiles_and_their_moments() -> None:
    evening = (dt.time(20), dt.time(21))
    asked = Timetable(feeds=("gtfs",), day=DAY, evening=evening, sunday=SUNDAY, step_free=True)
    found = asked.moments()
    assert list(found) == ["transit", "transit_evening", "transit_sunday", "transit_step_free"]
    assert found["transit"] == (DAY, (dt.time(8), dt.time(9)))
    assert found["transit_sunday"][0] == SUNDAY
    assert list(Timetable(feeds=("gtfs",), day=DAY).moments()) == ["transit"]


def test_windows_in_seconds() -> None:
    assert seconds_between((dt.time(8, 15), dt.time(9, 15))) == (29_700, 33_300)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"feeds": ("gtfs",)}, "feeds need day"),
        ({"day": DAY}, "without feeds.*not measured from stops alone.*name a timetable"),
        ({"peak": ("09:15", "08:15")}, "a window starts before it ends"),
        ({"feeds": ("gtfs",), "day": DAY, "sunday": DAY}, "is a Tuesday"),
        ({"window": ("09:00", "08:00")}, "a window starts before it ends"),
        ({"evening": ("20:00", "20:00")}, "a window starts before it ends"),
        ({"changes": 8}, "less than or equal to 7"),
        ({"cut_off_min": 0}, "greater than 0"),
        ({"dya": DAY}, "Extra inputs"),
    ],
)
def test_what_means_nothing_is_refused(said, why) -> None:
    with pytest.raises(ValidationError, match=why):
        Timetable(**said)


def test_faults_beside_the_model() -> None:
    place = NamedPlace(name="Hospital", at=(-3.0, 51.6))
    asked = Timetable(feeds=("gtsf",), day=DAY, place=(place, place))
    told = list(faults_of_timetable(asked, mode="straight", ids=["gtfs"], path=Path("study.toml")))
    said = " ".join(str(fault) for fault in told)
    assert len(told) == 3
    assert "needs streets" in said
    assert "'Hospital' twice" in said
    assert "did you mean 'gtfs'?" in said
    assert "not measured from stops alone, as NaPTAN lists them" in said
