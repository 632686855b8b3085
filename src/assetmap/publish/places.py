"""Each neighbourhood in words and in the few numbers that a page shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.frames.results import LEVELS
from assetmap.publish.plain import plain, shown
from assetmap.publish.reasons import Said, Told, missing_themes, said_of
from assetmap.publish.rounding import people_read
from assetmap.publish.slugs import slugs_of
from assetmap.publish.style import LEVEL_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

UNKNOWN = LEVELS[-1]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One neighbourhood as the page tells it.

    ``shares`` holds the share of people near each standard, from 0 to 1; a standard that is not
    measured here is absent. ``key`` is a name made for the page, so that nothing that people
    typed ever becomes an id.
    """

    key: str
    area_id: str
    place: str
    name: str
    people: float
    about: str
    level: str
    short: str
    decile: int | None
    score: float | None
    shares: Mapping[str, float]
    missing: tuple[str, ...]
    said: Said
    slug: str
    need: bool
    access_margin: float | None
    need_margin: float | None
    robustness: float | None

    @property
    def code(self) -> int:
        """The number of its result, 1 to 6."""
        return LEVEL_CODE[self.level]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What is here first; then what is missing, and why it has its result."""
        here, rest = self.said.here, (*self.said.lacks, *self.said.why, *self.said.sure)
        return tuple(" ".join(part) for part in (here, rest) if part)


@dataclass(frozen=True, kw_only=True)
class Members:
    """Several neighbourhoods that are told as one: a ward, an authority."""

    members: tuple[Place, ...]

    @property
    def people(self) -> float:
        """Everybody who lives there."""
        return sum(place.people for place in self.members)

    @property
    def about(self) -> str:
        """The same, rounded for reading."""
        return people_read(self.people)


def places_of(edition: Edition, words: Words) -> tuple[Place, ...]:
    """The study's own neighbourhoods: by result, then by name, then by code."""
    shares, told = shares_of(edition), Told.of(edition, words)
    findings, unmeasured = _by_area(edition.of_own(edition.findings)), _unmeasured(edition)
    scores = edition.scores.set_index("area_id")["score"].dropna().to_dict()
    deciles = deciles_of(edition)
    slugs = slugs_of(zip(edition.own["area_id"], edition.own["place"], strict=True))
    made = []
    for number, row in enumerate(edition.own.drop(columns="geometry").to_dict("records")):
        area = str(row["area_id"])
        finding = findings.get(area, {})
        near, people = shares.get(area, {}), float(row["people"])
        level = str(finding.get("level", UNKNOWN))
        made.append(
            Place(
                key=f"p{number}",
                area_id=plain(area),
                place=shown(row["place"]) or plain(area),
                name=shown(row["name"]),
                people=people,
                about=people_read(people),
                level=level,
                short=words.short(level),
                decile=deciles.get(area),
                score=scores.get(area),
                shares=near,
                missing=missing_themes(finding) if finding else unmeasured.get(area, ()),
                said=said_of(finding, people, shares=near, told=told),
                slug=slugs[area],
                need=bool(finding.get("need", False)),
                access_margin=_number(finding.get("access_margin")),
                need_margin=_number(finding.get("need_margin")),
                robustness=_number(finding.get("robustness")),
            )
        )
    return tuple(in_order(made))


def in_order(places: Iterable[Place]) -> list[Place]:
    """By result, then by name, then by code."""
    return sorted(places, key=lambda it: (it.code, it.place.casefold(), it.area_id))


def _unmeasured(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Themes of which no standard is measured in an area; for areas that nobody judged."""
    measured = edition.coverage.groupby(["area_id", "theme"])["measured"].any()
    missing: dict[str, tuple[str, ...]] = {}
    for area, theme in sorted(measured.index[~measured]):
        missing[str(area)] = (*missing.get(str(area), ()), str(theme))
    return missing


def shares_of(
    edition: Edition, *, profile: str | None = None, measure: str | None = None
) -> dict[str, dict[str, float]]:
    """The share of people near each standard, by area; what is not measured is absent.

    For the profile and the measure that the page tells of, where none is named.
    """
    table = edition.access_by(measure or edition.facts.share_measure, profile)
    columns = (table[name].to_numpy() for name in ("area_id", "category", "value", "unit"))
    shares: dict[str, dict[str, float]] = {}
    for area, standard, value, unit in zip(*columns, strict=True):
        if (area, standard) in edition.measured and not math.isnan(value):
            share = value / 100 if unit.startswith("%") else value
            shares.setdefault(area, {})[standard] = float(share)
    return shares


def deciles_of(edition: Edition) -> dict[str, int]:
    """The published decile of the whole index, by area."""
    rows = edition.deprivation[edition.deprivation["domain"] == "imd"]
    return {
        str(area): int(decile) for area, decile in zip(rows["area_id"], rows["decile"], strict=True)
    }


def _by_area(table: pd.DataFrame) -> dict[str, dict[str, object]]:
    return {
        str(row["area_id"]): {str(key): value for key, value in row.items()}
        for row in table.to_dict("records")
    }


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, float) and not math.isnan(value) else None
