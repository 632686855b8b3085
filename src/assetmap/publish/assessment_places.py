"""Of an assessment: what is there already, whom it draws, and where those who lose would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.frames.scenario import OF_PLACES
from assetmap.publish.assessment_parts import Part
from assetmap.publish.held import ends_lines, soon
from assetmap.publish.hours_words import hours_in_words
from assetmap.publish.plain import known, shown
from assetmap.publish.rounding import hundredths, people_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.words import Words

MOST = 3


def places_part(assessed: Assessed, ground: Ground, words: Words) -> Part:
    """Overlap, whom it draws from where, crowding, and the next place of those who lose."""
    lines = [
        *_overlap(assessed, words),
        *_drawn(assessed, words),
        *_crowding(assessed, ground, words),
        *_alternatives(assessed, ground, words),
    ]
    return Part("h6", words.say("assess.h6"), tuple(lines))


def _overlap(assessed: Assessed, words: Words) -> list[str]:
    table = assessed.tables["overlap"]
    if not assessed.scenario.edits["kind"].isin(OF_PLACES).any():
        return [words.say("assess.no_place")]
    if not len(table):
        return [words.say("assess.unknown_overlap" if assessed.unknown else "assess.no_overlap")]
    table = table.sort_values("overlap", ascending=False, kind="stable")
    own = table["other_id"].str.startswith(f"{assessed.scenario.id}:")
    there = table[~own].drop_duplicates("other_id").head(MOST).to_dict("records")
    pair = pd.Series([frozenset(ids) for ids in table[own][["to_id", "other_id"]].to_numpy()])
    among = table[own][~pair.duplicated().to_numpy()].head(MOST).to_dict("records")
    key = "assess.overlap_of" if len(assessed.sites) > 1 else "assess.overlap"
    said = [_shared(key, row, words) for row in there] or [words.say("assess.no_overlap")]
    return [*said, *(_shared("assess.overlap_own", row, words) for row in among)]


def _shared(key: str, row: Mapping[Any, Any], words: Words) -> str:
    """How many of the people near one place are near another too."""
    name, other = (
        shown(row[named]) or shown(row[code])
        for named, code in (("name", "to_id"), ("other", "other_id"))
    )
    return words.say(key, share=hundredths(row["overlap"]), name=name, other=other)


def _drawn(assessed: Assessed, words: Words) -> list[str]:
    """The places that most people would have no longer, or newly, as their nearest."""
    table = assessed.tables["drawn"]
    own = set(assessed.scenario.edits["asset"].dropna())
    new = table["to_id"].str.startswith(f"{assessed.scenario.id}:")
    rest = table[~new & ~table["to_id"].isin(own)]
    rest = rest.reindex(rest["drawn"].abs().sort_values(ascending=False).index).head(MOST)
    return [
        words.say(
            "assess.drawn" if row["drawn"] < 0 else "assess.takes",
            other=shown(row["name"]),
            n=people_read(abs(row["drawn"])),
        )
        for row in rest.to_dict("records")
    ]


def _crowding(assessed: Assessed, ground: Ground, words: Words) -> list[str]:
    return [
        words.say(
            "assess.crowded" if row["change"] < 0 else "assess.eased",
            n=people_read(row["people"]),
            standard=shown(ground.labels.get(row["standard_id"], row["standard_id"])),
        )
        for row in assessed.tables["crowding"].to_dict("records")
    ]


def _alternatives(assessed: Assessed, ground: Ground, words: Words) -> list[str]:
    table = assessed.tables["alternatives"]
    if not len(table):
        return []
    lines = []
    for row in table.sort_values("people", ascending=False).head(MOST).to_dict("records"):
        if not known(row["to_id"]):
            lines.append(words.say("assess.nothing_left", n=people_read(row["people"])))
            continue
        lines.append(_alternative(row, words, straight=ground.straight))
        dated = {name: row[name] if soon(row[name], ground.as_of) else None
                 for name in ("lease_end", "funding_end")}  # fmt: skip
        lines += [f"{shown(row['name'])}: {line}" for line in ends_lines(dated, words)]
    text = assessed.scenario.mitigation
    said = words.say("assess.mitigation", text=shown(text)) if text else ""
    good = [
        words.say(
            "assess.made_good",
            n=people_read(row["restored"]) if row["restored"] else "0",
            lose=people_read(row["lose"]),
            standard=shown(ground.labels.get(row["standard_id"], row["standard_id"])),
        )
        for row in assessed.tables["mitigation"].to_dict("records")
    ]
    return [*lines, said or words.say("assess.no_mitigation"), *good]


def _alternative(row: Mapping[Any, Any], words: Words, *, straight: bool) -> str:
    unknown = words.say("assess.not_known")
    supply = row["supply"]
    counted = pd.notna(supply) and float(supply) != 1
    said = words.say(
        "assess.about_alternative" if straight else "assess.alternative",
        n=people_read(row["people"]),
        name=shown(row["name"]),
        minutes=f"{row['minutes']:.0f}",
        hours=hours_in_words(row["opening_hours"], row["hours_read"], words),
        step=unknown if row["wheelchair"] == "unknown" else shown(row["wheelchair"]),
        supply=f"{supply:g}" if counted else unknown,
    )
    near = row["within_standard"]
    return said + (" " + words.say("assess.restored", n=people_read(near)) if near else "")
