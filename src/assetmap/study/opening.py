"""``[opening]`` of ``study.toml``: the times at which a study asks what is open."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from assetmap.errors import Fault, nearest_name
from assetmap.sources.spec import Slug  # noqa: TC001 - pydantic reads it at run time
from assetmap.study.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


class Moment(Frozen):
    """``[[opening.at]]``: a day and a time of day, under a name that columns end with."""

    name: Slug
    day: Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    time: dt.time

    @field_validator("time")
    @classmethod
    def _by_the_clock_on_the_wall(cls, time: dt.time) -> dt.time:
        if time.tzinfo is not None or time.second or time.microsecond:
            message = "a time is hours and minutes by the clock on the wall, as 19:30"
            raise ValueError(message)
        return time


class Opening(Frozen):
    """``[opening]``: what is open when; nothing is asked where ``at`` is empty."""

    at: tuple[Moment, ...] = ()
    week_of: dt.date | None = None
    """First day of the week whose hours count; without it, ``study.as_of``."""
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """Whose public holidays count; without it, GB in the nations of the United Kingdom."""
    standards: tuple[str, ...] = ()
    """Whose places are asked about; where none is named, those where somebody must open up."""


def country_of(asked: Opening, nation: str) -> str:
    """The country whose public holidays count; empty where a study elsewhere names none."""
    return asked.country or ("" if nation == "elsewhere" else "GB")


def faults_of_opening(
    asked: Opening, *, nation: str, use: Collection[str], path: Path
) -> Iterator[Fault]:
    """What is wrong with the times asked for, and with the standards they are asked of."""
    names = [one.name for one in asked.at]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Fault(what=f"opening.at: '{name}' is asked for twice", where=str(path))
    for standard_id in asked.standards:
        if standard_id not in use:
            hint = nearest_name(standard_id, use) or "add it to standards.use"
            what = f"opening.standards: no standard '{standard_id}' in use"
            yield Fault(what=what, where=str(path), attempt=hint)
    if asked.at and not country_of(asked, nation):
        what = "opening: whose public holidays count is not said"
        yield Fault(what=what, where=str(path), attempt='country = "BR", by ISO 3166')
