"""The assessment page: ten parts in a fixed order, the same for the screen and for paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.publish.assessment_equality import equality_part
from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.assessment_people import gains_part, nearby_part, reach_part
from assetmap.publish.assessment_places import places_part
from assetmap.publish.held import held_lines
from assetmap.publish.plain import plain, shown
from assetmap.publish.rounding import hundredths, whole
from assetmap.publish.sureness import FLAGGED, stands_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.words import Words


NOTHING = "Do nothing"
LONGEST = 1_000
"""Characters of what a person wrote about a scenario: a paragraph."""
MINUTES = 60
"""Of an hour: walks saved are told in hours, all people together."""


def parts_of(assessed: Assessed, ground: Ground, words: Words) -> tuple[Part, ...]:
    """The ten parts of an assessment."""
    return (
        _options(assessed, ground, words),
        _site(assessed, words),
        nearby_part(assessed, ground, words),
        reach_part(assessed, ground, words),
        gains_part(assessed, ground, words),
        places_part(assessed, ground, words),
        equality_part(assessed, words),
        _said(assessed, words),
        _confidence(assessed, ground, words),
        _data(assessed, ground, words),
    )


def _options(assessed: Assessed, ground: Ground, words: Words) -> Part:
    """Every option side by side, today and doing nothing among them; and what they cost."""
    say, scenario = words.say, assessed.scenario
    table = ground.comparison
    priced = bool(table[["capital", "yearly"]].notna().any(axis=None))
    columns = ["option", "newly", "newly_deprived", "lose", "hours_saved", "flags", "near"]
    columns += ["capital", "yearly"] if priced else []
    rows = [_option(row, words, priced=priced) for row in table.to_dict("records")]
    decision, about = (plain(one, longest=LONGEST) for one in (scenario.decision, scenario.about))
    lines = [decision or say("assess.no_decision"), about]
    lines += _costs(assessed, words)
    grid = Grid(tuple(say(f"assess.{one}") for one in columns), tuple(rows))
    return Part("h1", say("assess.h1"), tuple(filter(None, lines)), (grid,))


def _option(row: Mapping[Any, Any], words: Words, *, priced: bool) -> tuple[str, ...]:
    names = {
        "today": words.say("assess.today"),
        "do nothing": words.say("assess.do_nothing"),
        "with new homes": words.say("assess.with_homes", name=shown(row["option"])),
    }
    cells = [names.get(str(row["variant"]), shown(row["option"]))]
    numbers = {"newly_within": 1, "newly_within_deprived": 1, "no_longer_within": 1,
               "minutes_saved": MINUTES, "flags_stay": 1}  # fmt: skip
    cells += [
        words.say("assess.not_known") if pd.isna(row[one]) else whole(row[one] / unit)
        for one, unit in numbers.items()
    ]
    cells.append("" if pd.isna(row["near"]) else whole(row["near"]))
    if priced:
        cells += [_sum(row[one], "£", words) for one in ("capital", "yearly")]
    return tuple(cells)


def _sum(value: float | None, currency: str, words: Words) -> str:
    if value is None or pd.isna(value):
        return words.say("assess.not_known")
    return f"{'-' if value < 0 else ''}{currency}{abs(value):,.0f}"


def _costs(assessed: Assessed, words: Words) -> list[str]:
    money = assessed.scenario.money
    if money is None:
        return [words.say("assess.no_cost")]
    table = assessed.tables["money"]
    told = table[table[["capital", "yearly"]].notna().any(axis="columns")].iloc[1:]
    lines = [
        words.say(
            "assess.cost_line",
            what=f"{words.say(f'assess.{kind}')} {row['what']}",
            sum=_sum(row[kind], shown(money.currency), words),
        )
        for row in told.to_dict("records")
        for kind in ("capital", "yearly")
        if pd.notna(row[kind])
    ]
    source = words.say("assess.cost_source", year=money.price_year, source=shown(money.source))
    return [*lines, source]


def _site(assessed: Assessed, words: Words) -> Part:
    say = words.say
    lines = [say("assess.status", status=shown(assessed.scenario.status))]
    for site in assessed.sites.to_dict("records"):
        name = f"{shown(site['name'])} ({say('assess.' + str(site['what']))})"
        dated = isinstance(site["opens"], str)
        lines.append(
            say("assess.opens", name=name, date=words.date(dt.date.fromisoformat(site["opens"])))
            if dated
            else say("assess.no_date", name=name)
        )
    grids = _years(assessed, words)
    facts = [f"{shown(key)}: {shown(text)}." for key, text in assessed.scenario.facts.items()]
    return Part("h2", say("assess.h2"), (*lines, *held_of(assessed, words), *facts), grids)


def held_of(assessed: Assessed, words: Words) -> list[str]:
    """How the places are held; of several, each by its name in a line of its own."""
    rows = assessed.tables["holdings"].to_dict("records")
    told = [(shown(row["name"]) or shown(row["to_id"]), held_lines(row, words)) for row in rows]
    if len(assessed.sites) == 1:
        return [line for _, lines in told for line in lines]
    return [
        words.say("assess.held", name=name, lines=" ".join(lines)) for name, lines in told if lines
    ]


def _years(assessed: Assessed, words: Words) -> tuple[Grid, ...]:
    """Gains and losses from every day on which something begins or ends: works among them."""
    table = assessed.tables["years"]
    rows = tuple(
        (words.date(dt.date.fromisoformat(row["from"])), whole(row["newly_within"]),
         whole(row["no_longer_within"]))
        for row in table.to_dict("records")
    )  # fmt: skip
    columns = tuple(words.say(f"assess.{one}") for one in ("from_day", "newly", "lose"))
    return (Grid(columns, rows),) if rows else ()


def _said(assessed: Assessed, words: Words) -> Part:
    said = assessed.scenario.said
    lines = [
        words.say("assess.said_how", key=shown(key).capitalize(), text=plain(text, longest=LONGEST))
        for key, text in said.items()
    ]
    return Part("h8", words.say("assess.h8"), tuple(lines) or (words.say("assess.said_none"),))


def _confidence(assessed: Assessed, ground: Ground, words: Words) -> Part:
    say = words.say
    grids = _ranking(ground, words)
    shaken = [say("assess.shaken", draws=whole(ground.ranking["draws"].max()))] if grids else []
    shaken += _verdict(ground, words) if grids else []
    lines = [say("assess.confidence"), *(shaken or [say("assess.not_shaken")])]
    lines += map(shown, assessed.notes)
    if len(ground.beliefs):
        first, second = (shown(ground.beliefs[one].iloc[0]) for one in ("first", "second"))
        lines.append(say("assess.believe", first=first, second=second))
        lines += [
            say("assess.belief", assumption=row["assumption"], needed=row["needed"])
            for row in ground.beliefs.to_dict("records")
        ]
    else:
        lines.append(say("assess.no_rival"))
    return Part("h9", say("assess.h9"), tuple(lines), grids)


def _ranking(ground: Ground, words: Words) -> tuple[Grid, ...]:
    """How often each option comes first when the uncertain inputs are shaken."""
    if not len(ground.ranking):
        return ()
    say = words.say
    rows = tuple(
        (
            say("assess.do_nothing") if row["option"] == NOTHING else shown(row["option"]),
            say("assess.in_100", n=hundredths(row["first"])),
            say("assess.in_100", n=hundredths(row["better_than_today"])),
            say("assess.from_to", low=whole(row["people_p5"]), high=whole(row["people_p95"])),
        )
        for row in ground.ranking.to_dict("records")
    )
    names = ("option", "comes_first", "better", "net_people")
    return (Grid(tuple(say(f"assess.{one}") for one in names), rows),)


def _verdict(ground: Ground, words: Words) -> list[str]:
    """How sure it is which option comes first; nothing where only doing nothing is beside one."""
    options = ground.ranking[ground.ranking["option"] != NOTHING]
    if len(options) < 2 or not options["first"].max() > 0:  # noqa: PLR2004 - nothing to choose between
        return []
    first = options.sort_values(["first", "option"], ascending=[False, True]).iloc[0]
    word = words.say(f"sure.{stands_of(FLAGGED[0], float(first['first']))}").lower()
    said = words.say("assess.verdict", option=shown(first["option"]), word=word,
                     n=hundredths(first["first"]))  # fmt: skip
    return [said]


def _data(assessed: Assessed, ground: Ground, words: Words) -> Part:
    say = words.say
    author = shown(assessed.scenario.author) or say("assess.not_known")
    made = say("assess.made", version=ground.version, run=ground.run, study=ground.study,
               author=author)  # fmt: skip
    files = ", ".join(f"{name}.csv" for name in sorted(assessed.tables))
    return Part(
        "h10",
        say("assess.h10"),
        (
            say("assess.method"),
            say("assess.data", n=len(ground.vintages)),
            made,
            say("assess.tables", files=files),
        ),
    )
