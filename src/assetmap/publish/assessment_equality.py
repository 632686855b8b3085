"""Of an assessment: a row for every protected characteristic, never blank and never 'no impact'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.publish.assessment_parts import Grid, Part
from assetmap.publish.plain import shown
from assetmap.publish.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames.assessed import Assessed
    from assetmap.publish.words import Words

CHARACTERISTICS = (
    ("age", ("age",)),
    ("disability", ("disability",)),
    ("gender", ("gender",)),
    ("marriage", ("marriage",)),
    ("maternity", ("maternity",)),
    ("race", ("ethnicity", "race")),
    ("religion", ("religion",)),
    ("sex", ("sex",)),
    ("orientation", ("orientation",)),
    ("carers", ("carers",)),
    ("cars", ("cars",)),
)
"""Key of the public words (``<key>_ask`` is whom to ask), and the kinds of groups that tell."""


def equality_part(assessed: Assessed, words: Words) -> Part:
    """Counts and effects where they are loaded, whom to ask where they are not; health prompts."""
    say = words.say
    groups = assessed.tables["groups"]
    rows = [
        (
            say(f"equality.{key}"),
            "; ".join(_effects(groups, kinds, words, unknown=assessed.unknown))
            or say("assess.no_data", who=say(f"equality.{key}_ask")),
        )
        for key, kinds in CHARACTERISTICS
    ]
    rows.append((say("equality.deprivation"), _deprived(assessed, words)))
    use = assessed.scenario.use
    told = "; ".join(f"{shown(key)} {shown(text)}" for key, text in use.items())
    lines = (
        say("assess.not_eqia"),
        say("assess.used", text=told) if told else say("assess.not_used"),
        say("assess.health"),
    )
    grid = Grid((say("assess.characteristic"), say("assess.effect")), tuple(rows))
    return Part("h7", say("assess.h7"), lines, (grid,))


def _effects(
    groups: pd.DataFrame, kinds: tuple[str, ...], words: Words, *, unknown: bool
) -> list[str]:
    """The effect on each group; that it is not known, where it cannot be told of anybody."""
    rows = groups[groups["by"].isin(kinds)]
    if unknown:
        return [words.say("assess.unknown_effect")] if len(rows) else []
    return [_effect(shown(row["group"]), row, words) for row in rows.to_dict("records")]


def _effect(group: str, row: Mapping[Any, Any], words: Words) -> str:
    return words.say(
        "assess.effect_of",
        group=group,
        gain=whole(row["newly_within"]),
        lose=whole(row["no_longer_within"]),
        people=whole(row["people"]),
    ).rstrip(".")


def _deprived(assessed: Assessed, words: Words) -> str:
    if assessed.tables["gains"]["decile"].isna().all():
        return words.say("assess.no_data", who=words.say("equality.deprivation_ask"))
    if assessed.unknown:
        return words.say("assess.unknown_effect")
    names = ("people", "newly_within", "no_longer_within")
    sums = {name: assessed.totals[f"{name}_deprived"] for name in names}
    return _effect(words.say("assess.residents"), sums, words)
