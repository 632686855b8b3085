"""A neighbourhood in a few words, and what the three-leg test finds of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.findings.flag import Evidence, flag_areas
from assetmap.findings.rules import Rules
from assetmap.frames.hold import DTYPES
from assetmap.frames.legs import BENEFIT, QUALITY, THEME_SHARES
from assetmap.frames.results import NEED, SCORES

if TYPE_CHECKING:
    from assetmap.frames import Contract

OF = 10_000
NEAR = {"community": 0.1, "leisure": 0.1, "green": 0.1, "transport": 0.1}
FAR = {"community": 0.9, "leisure": 0.9, "green": 0.9, "transport": 0.9}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One neighbourhood: percentiles of deprivation, shares of people beyond standards, benefit.

    ``shares`` holds measured themes only: a theme that is not named is not measured.
    """

    nation: float | None = 50
    region: float | None = None
    authority: float | None = None
    named: float | None = None
    shares: dict[str, float] = field(default_factory=lambda: dict(NEAR))
    score: float | None = 0.5
    benefit: str = "no"
    minutes: float | None = None
    people: float = 1500
    straight: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unsnapped: float = 0
    status: str = "published"
    streets: bool = True
    survival: float | None = None
    affected: bool = False


def evidence_of(places: dict[str, Place], themes: tuple[str, ...]) -> Evidence:
    """The tables behind the places."""
    need = [
        (
            area,
            reference,
            "imd_ex_barriers",
            round(at * OF / 100),
            OF,
            at,
            math.ceil(at / 10),
            "published",
        )
        for area, place in places.items()
        for reference in ("nation", "region", "authority", "named")
        if (at := getattr(place, reference)) is not None
    ]
    shares = [
        (area, theme, place.shares.get(theme), theme in place.shares, theme in place.stale,
         theme in place.straight)
        for area, place in places.items()
        for theme in themes
    ]  # fmt: skip
    scores = [(area, place.score, None) for area, place in places.items()]
    benefit = [
        (area, place.benefit, place.minutes, None, None, False, place.affected)
        for area, place in places.items()
    ]
    quality = [
        (area, place.unsnapped, place.status, place.streets, place.survival)
        for area, place in places.items()
    ]
    rows = zip((NEED, THEME_SHARES, SCORES, BENEFIT, QUALITY),
               (need, shares, scores, benefit, quality), strict=True)  # fmt: skip
    return Evidence(*(_table(contract, table) for contract, table in rows))


def _table(contract: Contract, rows: list[tuple]) -> pd.DataFrame:
    """A table of the contract's kinds, not held to it: held tables would take most of the time."""
    table = pd.DataFrame(rows, columns=list(contract.names))
    return table.astype({column.name: DTYPES[column.kind] for column in contract.columns})


def areas_of(places: dict[str, Place]) -> pd.DataFrame:
    """The columns of AREAS that the test reads."""
    return pd.DataFrame(
        {
            "area_id": list(places),
            "role": "study",
            "people": np.array([place.people for place in places.values()], dtype=float),
        }
    )


def found(
    places: dict[str, Place],
    *,
    rules: Rules | None = None,
    themes: tuple[str, ...] = ("community", "leisure", "green", "transport"),
) -> pd.DataFrame:
    """FINDINGS by area."""
    told = flag_areas(areas_of(places), evidence_of(places, themes), rules=rules or Rules())
    return told.table.set_index("area_id")


def level(place: Place, *, rules: Rules | None = None) -> str:
    """The level of one neighbourhood among nine ordinary ones."""
    others = {f"other {number}": Place() for number in range(9)}
    return str(found({"here": place, **others}, rules=rules).loc["here", "level"])
