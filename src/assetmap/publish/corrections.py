"""Corrections as everybody may read them: what was put right and what that changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assetmap.publish.plain import capfirst, plain, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.scene import Scene
    from assetmap.publish.words import Words

LONG = 400
COLUMNS = ("thing", "deed", "as_of", "role", "evidence", "decided_by", "changed", "figures")


def listed(scene: Scene) -> Mapping[str, object]:
    """Every correction of an asset that everybody may see; of who told, only in what role."""
    found = scene.edition.more.get("corrections")
    rows = [] if found is None else found[1].sort_values("number").to_dict("records")
    names = scene.edition.public_assets.set_index("to_id")["name"].to_dict()
    told = [_row(row, names, scene.words) for row in rows if row["visibility"] == "public"]
    return {"corrections": told, "columns": COLUMNS}


def _row(
    row: Mapping[object, object], names: Mapping[object, object], words: Words
) -> dict[str, str]:
    name = names.get(row["to_id"]) or row["name"]
    changed, figures, evidence = (
        plain(row[name], longest=LONG) for name in ("changed", "figures", "evidence")
    )
    return {
        "thing": shown(name) or f"{shown(row['to_id'])} ({words.say('corrections.gone')})",
        "deed": words.say(f"corrections.{row['deed']}"),
        "as_of": words.date(dt.date.fromisoformat(str(row["as_of"]))),
        "role": words.say(f"corrections.{row['role']}"),
        "evidence": words.told(evidence),
        "decided_by": words.told(shown(row["decided_by"])),
        "changed": words.say("corrections.nothing")
        if changed == "nothing"
        else capfirst(words.told(changed)),
        "figures": words.say("corrections.no_figures")
        if figures == "none"
        else capfirst(words.told(figures)),
    }
