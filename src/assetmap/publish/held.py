"""How places are held, in words: for a site of an assessment, and for the places of a study."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.plain import known, shown
from assetmap.publish.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from assetmap.frames.relied import Relied
    from assetmap.publish.words import Words

MOST = 12
SOON_YEARS = 5
"""Ends of lease or funding within these years of the study's day are on the page."""
NOT_LISTED = "not listed"
NO_GRADE = "grade not given"


def held_parts(relied: Relied, words: Words) -> tuple[Part, Part]:
    """Places whose lease or funding ends soon, and places that a public body could hand over."""
    return _ending(relied, words), _ready(relied, words)


def held_lines(row: Mapping[Any, Any], words: Words) -> list[str]:
    """What is known of how one place is held, a sentence a fact; nothing of what is not known."""
    say = words.say
    said = [
        say(f"held.{name}", **{name: say(f"held.{name}_{_slug(row[name])}")})
        for name in ("owner", "tenure")
        if known(row[name])
    ]
    said += ends_lines(row, words)
    said += _protected(row, words)
    if known(row["hire_cost"]):
        said.append(say("held.hire_cost", cost=f"{row['hire_cost']:g}"))
    if known(row["hours_free"]):
        said.append(say("held.hours_free", hours=f"{row['hours_free']:g}"))
    return said


def ends_lines(row: Mapping[Any, Any], words: Words) -> list[str]:
    """The ends of its lease and its funding, where they are known."""
    return [
        words.say(f"held.{name}", date=_date(row[name], words))
        for name in ("lease_end", "funding_end")
        if known(row[name])
    ]


def soon(day: object, of: dt.date) -> bool:
    """Whether a day is within five years of the study's."""
    return known(day) and str(day) <= f"{of.year + SOON_YEARS:04d}-{of:%m-%d}"


def _protected(row: Mapping[Any, Any], words: Words) -> list[str]:
    say, said = words.say, []
    if known(row["acv_regime"]):
        regime = say(f"held.regime_{_slug(row['acv_regime'])}")
        date, until = _date(row["acv_from"], words), row["acv_until"]
        said.append(
            say("held.acv_until", regime=regime, date=date, until=_date(until, words))
            if known(until)
            else say("held.acv", regime=regime, date=date)
        )
    if known(row["listed"]) and row["listed"] != NOT_LISTED:
        said.append(
            say("held.listed_no_grade")
            if row["listed"] == NO_GRADE
            else say("held.listed", grade=row["listed"])
        )
    return said


def _ending(relied: Relied, words: Words) -> Part:
    say, table = words.say, relied.tables["ending"]
    day = words.date(relied.as_of)
    if not len(table):
        return Part("h5", say("hubs.h5"), (say("hubs.no_end"),))
    first = table[table["ends"].map(lambda end: soon(end, relied.as_of))]
    if first.empty:
        return Part("h5", say("hubs.h5"), (say("hubs.no_soon", date=day),))
    rows = tuple(
        (shown(row["name"]), shown(relied.labels[row["standard_id"]]),
         _end(row, relied.as_of, words),
         say(f"hubs.end_{_slug(row['what'])}"), whole(row["only"]), whole(row["lost_by_then"]),
         whole(row["lost_by_then_deprived"]))
        for row in first.head(MOST).to_dict("records")
    )  # fmt: skip
    names = ("name", "standard", "ends", "end_of", "only", "lost_by_then", "deprived")
    columns = tuple(say(f"hubs.{one}") for one in names)
    lines = [say("hubs.ending", date=day)]
    if len(table) > len(rows):
        lines.append(say("hubs.more_ready", n=whole(len(table) - len(rows))))
    return Part("h5", say("hubs.h5"), tuple(lines), (Grid(columns, rows),))


def _end(row: Mapping[Any, Any], of: dt.date, words: Words) -> str:
    past = f" ({words.say('hubs.over')})" if row["ends"] < of.isoformat() else ""
    return _date(row["ends"], words) + past


def _ready(relied: Relied, words: Words) -> Part:
    say, table = words.say, relied.tables["ready"]
    if not len(table):
        return Part("h6", say("hubs.h6"), (say("hubs.no_ready"),))
    rows = tuple(
        (shown(row["name"]), _handed(row, words), _number(row["hours_free"], words),
         _number(row["hire_cost"], words), _short(row, words))
        for row in table.head(MOST).to_dict("records")
    )  # fmt: skip
    columns = tuple(
        say(f"hubs.{one}") for one in ("name", "handed", "free_hours", "hire", "protected")
    )
    more = [say("hubs.more_ready", n=whole(len(table) - MOST))] if len(table) > MOST else []
    return Part("h6", say("hubs.h6"), (say("hubs.ready"), *more), (Grid(columns, rows),))


def _handed(row: Mapping[Any, Any], words: Words) -> str:
    if row["ready"] == "when the lease ends":
        return words.say("hubs.handed_on", date=_date(row["ready_from"], words))
    return words.say(f"hubs.handed_{_slug(row['ready'])}")


def _short(row: Mapping[Any, Any], words: Words) -> str:
    """Its protections in a word each; not known where nothing is said of either."""
    if not known(row["acv_regime"]) and not known(row["listed"]):
        return words.say("assess.not_known")
    has = {"acv": known(row["acv_regime"]),
           "listed": known(row["listed"]) and row["listed"] != NOT_LISTED}  # fmt: skip
    return ", ".join(words.say(f"held.short_{one}") for one, is_so in has.items() if is_so)


def _number(value: float, words: Words) -> str:
    return f"{value:g}" if known(value) else words.say("assess.not_known")


def _date(text: object, words: Words) -> str:
    return words.date(dt.date.fromisoformat(str(text)))


def _slug(text: object) -> str:
    return str(text).replace(" ", "_")
