"""What is open at the times that a study asks for: figures for the page, columns for the files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.frames import Column
from assetmap.frames.hours import DAY_MIN, OPEN_STATES
from assetmap.publish.rounding import hundredths
from assetmap.publish.walkers import people_near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words


@dataclass(frozen=True, kw_only=True)
class OpenTimes:
    """The table: one row a service, one column a time; what each cell says."""

    week: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]


def open_times(edition: Edition, places: Sequence[Place], words: Words) -> OpenTimes | None:
    """Who is near a service that is open, without and with the places whose hours are not known.

    The first column is who is near one at all. None where the study asks for no time.
    """
    if edition.open_times is None:
        return None
    moments = edition.open_times.sort_values("at_min").to_dict("records")
    bounds = [
        [
            people_near(edition, places, measure=f"share_{bound}_{one['moment']}")
            for bound in ("open", "maybe_open")
        ]
        for one in moments
    ]
    near = people_near(edition, places)
    rows = {
        label: (
            _said(near[key], near[key], edition, words),
            *(_said(low[key], high[key], edition, words) for low, high in bounds),
        )
        for key, label in edition.labels.items()
        if key in near and all(key in low for low, _ in bounds)
    }
    days = [dt.date.fromisoformat(str(one["day"])) for one in moments]
    first = days[0] - dt.timedelta(days=int(moments[0]["at_min"]) // DAY_MIN)
    columns = tuple(
        words.say("open.at", day=words.say(f"day.{day.isoweekday()}"), clock=str(one["clock"]))
        for day, one in zip(days, moments, strict=True)
    )
    return OpenTimes(week=words.date(first), columns=columns, rows=rows) if rows else None


def _said(low: float, high: float, edition: Edition, words: Words) -> str:
    """One figure where both are read alike, else from which to which."""
    least, most = hundredths(low), hundredths(high)
    way = "_straight" if edition.facts.straight else ""
    if least == most:
        return words.say(f"near.share{way}", n=least)
    return words.say(f"open.between{way}", low=least, high=most)


def with_open(edition: Edition, assets: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """Assets with a column for each time asked for, and what the columns say."""
    moments, states = edition.open_times, edition.open_at
    if moments is None or states is None:
        return assets, ()
    wide = states.pivot_table(index="to_id", columns="moment", values="open", aggfunc="first")
    columns = tuple(
        Column(
            f"open_{one['moment']}",
            "text",
            f"Open on {one['day']} at {one['clock']}; empty = not asked of its kind",
            choices=OPEN_STATES,
            nullable=True,
        )
        for one in moments.to_dict("records")
    )
    joined = assets.join(wide.add_prefix("open_"), on="to_id", how="left", validate="1:1")
    return joined.reindex(columns=[*assets.columns, *(column.name for column in columns)]), columns
