"""Where today's reach is not measured, no gain and no loss is told: never a nought."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from assetmap.publish.assessment_equality import equality_part
from assetmap.publish.assessment_people import gains_part, reach_part
from assetmap.publish.assessment_places import places_part
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from assetmap.frames.assessed import Ground

WORDS = words_of({})


def _unknown() -> Any:
    """An assessment of which nothing is known, with groups that would read as noughts."""
    groups = {"by": ["age"], "group": ["Aged 65 and over"], "people": [9.0],
              "newly_within": [0.0], "no_longer_within": [0.0]}  # fmt: skip
    tables = {"groups": pd.DataFrame(groups), "gains": pd.DataFrame({"decile": [1]})}
    edits = pd.DataFrame({"kind": ["add"], "asset": pd.Series([None], dtype=str)})
    scenario = SimpleNamespace(id="s", use={}, edits=edits)
    none = dict.fromkeys(("overlap", "alternatives", "crowding"), pd.DataFrame())
    tables |= none | {"drawn": pd.DataFrame({"to_id": pd.Series(dtype=str), "drawn": []})}
    return SimpleNamespace(unknown=True, totals={}, scenario=scenario, tables=tables)


def test_what_is_not_known_is_not_told_as_nothing() -> None:
    one, ground = _unknown(), cast("Ground", None)
    for part in (reach_part(one, ground, WORDS), gains_part(one, ground, WORDS)):
        assert part.lines == (WORDS.say("assess.unknown"),)
        assert not part.grids
    assert places_part(one, ground, WORDS).lines == (WORDS.say("assess.unknown_overlap"),)
    rows = dict(equality_part(one, WORDS).grids[0].rows)
    not_known = WORDS.say("assess.unknown_effect")
    assert [name for name, told in rows.items() if told == not_known] == [
        WORDS.say("equality.age"), WORDS.say("equality.deprivation"),
    ]  # fmt: skip
    assert not [told for told in rows.values() if "0 gain" in told]
