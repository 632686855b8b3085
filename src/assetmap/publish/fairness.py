"""How fair access is: two figures and bars for everybody, the rest for whoever checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.publish.plain import known, shown
from assetmap.publish.rounding import hundredths, people_read, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.scene import Scene
    from assetmap.publish.words import Words

    Told = Mapping[str, object] | None

MOST, LEAST = "mean, most deprived tenth", "mean, least deprived tenth"
IN_LINE = "deprivation, in line"
MINUTES = "minutes to "
COMPUTED = "computed"
EVERYBODY = "everybody"
ROUND_M = 10
LEAST_SAID_MIN = 0.5
LONGEST = 100
"""Length of the longest bar, in the units of its own drawing."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One service: what people with most and with least need have to walk, as drawn and said."""

    label: str
    most: float
    least: float
    most_said: str
    least_said: str
    most_bar: int = 0
    least_bar: int = 0


def fair(scene: Scene) -> Told:
    """At most three figures, in sentences, and a table with bars in it; None without any."""
    edition, words = scene.edition, scene.words
    pairs = with_bars(pairs_of(edition, words))
    said = [*_free_space(edition, words), *_largest_gaps(pairs, edition, words)]
    if not said and not pairs:
        return None
    return {
        "said": said,
        "pairs": pairs,
        "straight": edition.facts.straight,
    }


def pairs_of(edition: Edition, words: Words) -> tuple[Pair, ...]:
    """Each service's mean for the tenths of people here with most and with least need."""
    table = _table(edition, "fairness")
    chosen = table[
        table["by"].eq(IN_LINE)
        & table["measure"].isin([MOST, LEAST])
        & table["of_what"].str.startswith(MINUTES)
        & table["status"].eq(COMPUTED)
    ]
    ends = {
        (str(row["of_what"]), str(row["measure"])): float(row["value"])
        for row in chosen.to_dict("records")
    }
    names = sorted({name for name, _ in ends})
    return tuple(
        Pair(
            label=words.told(shown(name.removeprefix(MINUTES))),
            most=ends[name, MOST],
            least=ends[name, LEAST],
            most_said=_way(ends[name, MOST], edition, words),
            least_said=_way(ends[name, LEAST], edition, words),
        )
        for name in names
        if (name, MOST) in ends and (name, LEAST) in ends
    )


def with_bars(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """The pairs with the length of their bars, all on one scale; none where all are at the door."""
    longest = max((max(pair.most, pair.least) for pair in pairs), default=0.0)
    if longest <= 0:
        return pairs
    return tuple(
        replace(
            pair,
            most_bar=round(LONGEST * pair.most / longest),
            least_bar=round(LONGEST * pair.least / longest),
        )
        for pair in pairs
    )


def _free_space(edition: Edition, words: Words) -> list[str]:
    table = _table(edition, "no_free_space")
    row = table[table["by"] == EVERYBODY]
    if row.empty or not known(row["share"].item()):
        return []
    share, people = float(row["share"].item()), float(row["without"].item())
    if not people:
        return [words.say("fair.free_all")]
    way = "_straight" if edition.facts.straight else ""
    return [words.say(f"fair.free{way}", people=people_read(people), n=hundredths(share))]


def _largest_gaps(pairs: tuple[Pair, ...], edition: Edition, words: Words) -> list[str]:
    """Where people with most need go farther than those with least, and where less far.

    The service with the largest difference of each kind; none that is nothing as it is read.
    """
    said = []
    for key, way in (("fair.gap_further", 1), ("fair.gap_nearer", -1)):
        apart = sorted((-way * (pair.most - pair.least), pair.label) for pair in pairs)
        if apart and -apart[0][0] >= LEAST_SAID_MIN:
            far = _way(-apart[0][0], edition, words)
            said.append(words.say(key, far=far, thing=apart[0][1]))
    if said:
        return [*said, words.say("fair.gap_largest")]
    return [words.say("fair.gap_none")] if pairs else []


def _way(minutes: float, edition: Edition, words: Words) -> str:
    """Minutes on streets; metres, as an estimate, along straight lines."""
    if edition.facts.straight:
        metres = ROUND_M * round(minutes * edition.facts.walk_m_min / ROUND_M)
        return words.say("fair.metres", m=whole(metres))
    return words.count("fair.minutes", int(whole(minutes).replace(",", "")))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the technical table."""

    of_what: str
    measure: str
    value: str
    interval: str
    status: str


def technical(scene: Scene) -> Told:
    """Every measure along the line of need, with its interval or why it is not computed."""
    table = _table(scene.edition, "fairness")
    rows = table[table["by"] == IN_LINE]
    if rows.empty:
        return None
    return {"figures": tuple(_figure(row, scene.words) for row in rows.to_dict("records"))}


def _figure(row: Mapping[Any, Any], words: Words) -> Figure:
    value = _digits(row["value"]) if known(row["value"]) else ""
    between = ""
    if known(row["low"]):
        low, high = _digits(row["low"]), _digits(row["high"])
        between = words.say("fairness.between", low=low, high=high)
    return Figure(
        of_what=words.told(shown(row["of_what"])),
        measure=words.told(shown(row["measure"])),
        value=words.say("fairness.minutes", n=value)
        if value and row["unit"] == "min"
        else words.number(value),
        interval=between,
        status=words.told(shown(row["status"])),
    )


def _digits(value: object) -> str:
    return f"{float(str(value)):.4g}"


@dataclass(frozen=True, kw_only=True)
class Plain:
    """One of the plain tables: the key of its words, its cells as text, row by row."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plainly(scene: Scene) -> Told:
    """The three plain tables; one without rows says so."""
    edition, words = scene.edition, scene.words
    schemes, free = _table(edition, "scheme_areas"), _table(edition, "no_free_space")
    supply = _table(edition, "supply_beside_need")
    if schemes.empty and free.empty and supply.empty:
        return None
    themes = edition.themes
    return {
        "tables": (
            Plain(
                key="schemes",
                columns=("thing", "inside", "rest"),
                rows=tuple(
                    (words.told(shown(row["of_what"])),
                     _cell(row["scheme_areas"], row["unit"], words),
                     _cell(row["rest"], row["unit"], words))
                    for row in schemes.to_dict("records")
                ),
            ),
            Plain(
                key="free",
                columns=("group", "people", "without"),
                rows=tuple(
                    (_group(row, words),
                     words.number(people_read(float(row["people"]))),
                     _cell(row["share"], "share", words))
                    for row in free.to_dict("records")
                ),
            ),
            Plain(
                key="supply",
                columns=("tenth", "theme", "places", "beyond"),
                rows=tuple(
                    (str(row["tenth"]), shown(themes.get(str(row["theme"]), row["theme"])),
                     words.number(_digits(row["per_10000"]) if known(row["per_10000"]) else ""),
                     _cell(row["beyond"], "share", words))
                    for row in supply.to_dict("records")
                ),
            ),
        )
    }  # fmt: skip


def _group(row: Mapping[Any, Any], words: Words) -> str:
    """A group's name; of a tenth of need, which the table numbers, the words for it."""
    number = str(row["group"])[:2]
    if row["by"] == "deprivation" and number.isdigit():
        return words.say(f"tenth.{int(number)}")
    return words.told(shown(row["group"]))


def _cell(value: object, unit: object, words: Words) -> str:
    if not known(value):
        return ""
    number = float(str(value))
    if unit == "share":
        return words.say("near.share", n=hundredths(number))
    return words.told(f"{number:.1f} {unit}".strip())


def _table(edition: Edition, name: str) -> pd.DataFrame:
    """A table of fairness in the order of its key; without rows where it was not made."""
    if name not in edition.more:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in ABSENT})
    contract, table = edition.more[name]
    return table.sort_values(list(contract.key), kind="stable")


ABSENT = ("of_what", "by", "measure", "group", "value", "status", "share", "without")
