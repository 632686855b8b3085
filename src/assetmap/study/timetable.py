"""``[timetable]`` of ``study.toml``: which feeds, on which day, and what people put up with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import Field, field_validator, model_validator

from assetmap.errors import Fault, nearest_name
from assetmap.sources.spec import Slug  # noqa: TC001 - pydantic reads it at run time
from assetmap.study.frozen import Frozen, LonLat, Minutes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

Window = tuple[dt.time, dt.time]
HOUR_S, MINUTE_S = 3600, 60
STOPS_ALONE = (
    "How well a place is served follows from how often something leaves, so it is not measured "
    "from stops alone, as NaPTAN lists them: name a timetable (GTFS) in feeds, or leave "
    "[timetable] out and keep the stops as assets, which are counted and walked to."
)


class NamedPlace(Frozen):
    """``[[timetable.place]]``: a place that matters, by its name and where one enters it."""

    name: str = Field(min_length=1, max_length=80)
    at: LonLat


class Timetable(Frozen):
    """``[timetable]``: public transport; nothing is asked where ``feeds`` is empty."""

    feeds: tuple[Slug, ...] = ()
    """Sources of kind ``timetable``."""
    day: dt.date | None = None
    """A usual working day, in school terms, that the feeds speak of."""
    window: Window = (dt.time(8), dt.time(9))
    """People set out at every minute from the first time to before the second."""
    evening: Window | None = None
    """The same in the evening of that day; none where the study does not ask."""
    sunday: dt.date | None = None
    """A Sunday that the feeds speak of; none where the study does not ask."""
    sunday_window: Window = (dt.time(10), dt.time(11))
    peak: Window = (dt.time(8, 15), dt.time(9, 15))
    """The hour of the service index, as the PTAL method has it."""
    cut_off_min: Minutes = 45
    reach_min: Minutes = 30
    """What can be reached within so long is told on the page."""
    walk_max_min: Minutes = 15
    """To the first stop, and from the last."""
    change_max_min: float = Field(default=10, ge=0)
    slack_min: float = Field(default=1, ge=0, le=30)
    """At a stop before getting on."""
    changes: int = Field(default=2, ge=0, le=7)
    step_free: bool = False
    """Whether journeys without steps are measured too, as profile ``transit_step_free``."""
    place: tuple[NamedPlace, ...] = ()

    @field_validator("window", "evening", "sunday_window", "peak")
    @classmethod
    def _forwards(cls, window: Window | None) -> Window | None:
        if window is not None and not window[0] < window[1]:
            message = "a window starts before it ends, as [08:00:00, 09:00:00]"
            raise ValueError(message)
        return window

    @model_validator(mode="after")
    def _feeds_need_a_day(self) -> Timetable:
        if self.model_fields_set and not self.feeds:
            message = f"nothing is known of times without feeds. {STOPS_ALONE}"
            raise ValueError(message)
        if self.feeds and self.day is None:
            message = "feeds need day = a usual working day that they speak of, as 2023-06-13"
            raise ValueError(message)
        if self.sunday is not None and self.sunday.isoweekday() != 7:  # noqa: PLR2004 - Sunday
            message = f"sunday = {self.sunday} is a {self.sunday:%A}"
            raise ValueError(message)
        return self

    def moments(self) -> dict[str, tuple[dt.date, Window]]:
        """Profile to the day and window in which people set out; none without feeds."""
        if not self.feeds or self.day is None:
            return {}
        found = {"transit": (self.day, self.window)}
        if self.evening:
            found["transit_evening"] = (self.day, self.evening)
        if self.sunday:
            found["transit_sunday"] = (self.sunday, self.sunday_window)
        if self.step_free:
            found["transit_step_free"] = (self.day, self.window)
        return found


def seconds_between(window: Window) -> tuple[int, int]:
    """A window in seconds after midnight."""
    start, end = (one.hour * HOUR_S + one.minute * MINUTE_S + one.second for one in window)
    return start, end


def faults_of_timetable(
    asked: Timetable, *, mode: str, ids: Collection[str], path: Path
) -> Iterator[Fault]:
    """What is wrong with the timetable asked for, beside what its model says."""
    if asked.feeds and mode != "streets":
        what = "timetable needs streets to walk to stops on"
        yield Fault(what=what, where=str(path), attempt="travel.mode = 'streets'")
    names = [one.name for one in asked.place]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield Fault(what=f"timetable.place names '{name}' twice", where=str(path))
    for feed in asked.feeds:
        if feed not in ids:
            hint = nearest_name(feed, ids) or "describe it in a [[source]] of kind 'timetable'"
            what = f"timetable.feeds names '{feed}', no source of kind 'timetable'. {STOPS_ALONE}"
            yield Fault(what=what, where=str(path), attempt=hint)
