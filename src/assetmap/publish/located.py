"""A choice of sites written: what was asked, the answer with its gap, and the other choices."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from assetmap.frames.located import MINUTES
from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.atomic import whole_folder
from assetmap.publish.front_picture import front_picture
from assetmap.publish.paper import Paper, write_paper, write_rows
from assetmap.publish.plain import shown
from assetmap.publish.rounding import whole
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assetmap.frames.located import Located
    from assetmap.publish.words import Words

PAGE = "located.html"
MOST = 12
ASKED = {
    "sites": "locate.asked_sites",
    "person-minutes": "locate.asked_person-minutes",
    MINUTES: "locate.asked_minutes",
}
"""The question of a model, by what its answer is counted in; of coverage in people."""


def write_located(located: Located, folder: Path, *, words: Mapping[str, str]) -> Path:
    """The tables as CSV, and the page as HTML and PDF; the path of the page.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    said = words_of(words)
    with whole_folder(folder) as draft:
        for name, table in located.tables.items():
            write_rows(table, draft / f"{name}.csv")
        write_paper(draft / PAGE, _paper(located, said), said)
    return folder / PAGE


def _paper(located: Located, words: Words) -> Paper:
    say = words.say
    banners = [say("assess.alone")]
    banners += [say("assess.estimate")] if located.straight else []
    banners += [say("assess.invented")] if located.invented else []
    parts = [_asked(located, words), _answer(located, words)]
    if "front" in located.tables:
        parts.append(_front(located, words))
    parts.append(_each(located, words))
    if "ruled_out" in located.tables:
        parts.append(_ruled(located, words))
    named = tuple(
        part._replace(heading=say("locate.numbered", n=number, heading=part.heading))
        for number, part in enumerate(parts, start=1)
    )
    return Paper(
        say("locate.title", standard=shown(located.standard), place=shown(located.place)),
        say("assess.kicker", place=shown(located.place), date=words.date(located.as_of)),
        tuple(banners),
        named,
    )


def _asked(located: Located, words: Words) -> Part:
    say = words.say
    key = "locate.asked_closing" if located.closures else ASKED.get(located.unit, "locate.asked")
    lines = [say(key, standard=shown(located.standard))]
    if located.candidates:
        lines.append(say("locate.candidates", what=shown(located.candidates)))
    lines.append(say("locate.model", model=located.model))
    return Part("h1", say("locate.h1"), tuple(lines))


def _answer(located: Located, words: Words) -> Part:
    say, one = words.say, located.numbers
    chosen = located.tables["chosen"].to_dict("records")
    first = [shown(row["name"]) for row in chosen[:MOST]]
    more = [say("assess.and_more", n=len(chosen) - MOST)] if len(chosen) > MOST else []
    names = words.joined([*first, *more])
    key = "locate.close" if located.closures else "locate.open"
    lines = [say(key, names=names) if chosen else say("locate.nothing")]
    counted, rest = ("lost", "near_none") if located.closures else ("counted", "unserved")
    lines.append(say(f"locate.{counted}", people=whole(one["people"])))
    if one["unknown"]:
        key = "locate.unknown_closing" if located.closures else "locate.unknown"
        lines.append(say(key, people=whole(one["unknown"])))
    lines += [say(f"locate.{rest}", rest=whole(one["unserved"]))] if one["unserved"] else []
    value, hand, bound = (located.read(one[name]) for name in ("value", "by_hand", "bound"))
    lines.append(say("locate.numbers", value=value, unit=located.unit, hand=hand, bound=bound))
    lines.append(say("locate.proven") if not one["gap"] else
                 say("locate.gap", gap=f"{one['gap']:.2%}"))  # fmt: skip
    lines += [say("locate.stopped")] if located.stopped else []
    return Part("h2", say("locate.h2"), tuple(lines))


def _front(located: Located, words: Words) -> Part:
    say, table = words.say, located.tables["front"]
    named = located.tables["candidates"].set_index("to_id")["name"]
    rows = tuple(
        (str(number), whole(row["people"]), whole(row["deprived"]), f"{row['gap']:.2%}",
         words.joined([shown(named[one]) for one in str(row["chosen"]).split(";") if one in named]))
        for number, row in enumerate(table.to_dict("records"), start=1)
    )  # fmt: skip
    columns = tuple(say(f"locate.{one}") for one in ("choice", "all", "deprived", "left", "sites"))
    grids, several = (Grid(columns, rows, wide=len(columns) - 1),), len(table) > 1
    said = (say("locate.front" if several else "locate.front_one"),
            say("locate.ends", why=shown(located.ends)))  # fmt: skip
    if not several:
        return Part("h3", say("locate.h3"), said, grids)
    picture, alt = front_picture(table, words), say("locate.picture")
    return Part("h3", say("locate.h3"), said, grids, picture, alt)


def _ruled(located: Located, words: Words) -> Part:
    """Candidates that the file's own rules rule out, and why; and what could not be checked."""
    say = words.say
    rows = tuple(
        (shown(row["name"]), say(f"locate.rule_{row['rule']}"), _dated(row, "found", words),
         _dated(row, "wanted", words))
        for row in located.ruled()
    )  # fmt: skip
    columns = tuple(say(f"locate.{one}") for one in ("site", "rule", "found", "wanted"))
    lines = [say("locate.ruled") if rows else say("locate.none_ruled")]
    lines += [
        say("locate.unchecked", name=shown(row["name"]), rule=say(f"locate.rule_{row['rule']}"))
        for row in located.ruled(out=False)[:MOST]
    ]
    grids = (Grid(columns, rows, wide=len(columns) - 1),) if rows else ()
    return Part("h5", say("locate.h5"), tuple(lines), grids)


def _dated(row: Mapping[Any, Any], name: str, words: Words) -> str:
    """What is found or wanted, days as a person writes them."""
    text = shown(row[name])
    if row["rule"] in {"lease_end", "funding_end"} and text[:1].isdigit():
        return words.date(dt.date.fromisoformat(text))
    return text


def _each(located: Located, words: Words) -> Part:
    """Every candidate alone; of closures, who stands on one place."""
    say = words.say
    if located.closures:
        table, names = located.tables["single_points"], ("people", "only", "only_deprived")
    else:
        table, names = located.tables["candidates"], ("people", "newly", "newly_deprived")
    rows = tuple(
        (shown(row["name"]), *(whole(row[name]) for name in names))
        for row in table.head(MOST).to_dict("records")
    )
    columns = tuple(say(f"locate.{name}") for name in ("site", *names))
    lines = [say("locate.each_closing" if located.closures else "locate.each")]
    if len(table) > MOST:
        lines.append(say("locate.more", n=f"{len(table) - MOST:,}"))
    return Part("h4", say("locate.h4"), tuple(lines), (Grid(columns, rows),))
