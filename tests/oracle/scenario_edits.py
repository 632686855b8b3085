"""Edits of every kind, drawn for a study: what the oracle and the properties try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.frames import table_of
from assetmap.frames.scenario import EDITS
from assetmap.study.options import themes_of

if TYPE_CHECKING:
    from random import Random

    from assetmap.scenarios.edits import Town

CATEGORIES = ("library", "community_centre", "park", "gp_surgery", "food_shop")
PLACES, STREETS = ("add", "remove", "move", "change", "homes"), ("link", "close")
THEMES = themes_of()


def edits_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """EDITS of these rows, numbered."""
    table = pd.DataFrame(
        [{"edit": number, **row} for number, row in enumerate(rows, start=1)],
        columns=list(EDITS.names),
    )
    return table_of(EDITS, {name: table[name] for name in EDITS.names})


def drawn_edit(kind: str, town: Town, rng: Random) -> dict[str, Any]:
    """An edit of this kind, near somebody's home."""
    home = town.origins.geometry.iloc[rng.randrange(len(town.origins))]
    x, y = home.x + rng.uniform(-80, 80), home.y + rng.uniform(-80, 80)
    there = town.assets[town.assets["category"].isin(CATEGORIES)]["to_id"]
    asset = there.iloc[rng.randrange(len(there))]
    point = f"POINT ({x} {y})"
    line = f"LINESTRING ({x} {y}, {x + rng.uniform(-250, 250)} {y + rng.uniform(-250, 250)})"
    changed = rng.choice(
        [
            {"supply": 7.0},
            {"opening_hours": rng.choice(("Mo-Su 00:00-24:00", "Mo 09:00-10:00"))},
            {"entrances": f"MULTIPOINT ({x} {y}, {x + 40} {y})"},
            {"wheelchair": "yes", "opening_hours": "Tu 19:00-20:00", "supply": 3.0},
        ]
    )
    of_kind: dict[str, dict[str, Any]] = {
        "add": {"category": rng.choice(CATEGORIES), "place": point, "supply": rng.randint(2, 50)},
        "remove": {"asset": asset},
        "move": {"asset": asset, "place": point},
        "change": {"asset": asset, **changed},
        "link": {"place": line},
        "close": {"place": line},
        "homes": {"dwellings_low": 50.0, "dwellings_high": 90.0, "household_size": 2.3,
                  "place": point},
    }  # fmt: skip
    return {"kind": kind, **of_kind[kind]}
