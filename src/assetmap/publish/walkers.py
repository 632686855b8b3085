"""How what is near differs for people who walk at another pace or use a wheelchair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.places import shares_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

USUAL_ORDER = ("standard", "older", "pram", "wheelchair")


@dataclass(frozen=True, kw_only=True)
class Walkers:
    """One kind of walker: what they are called, and the share near each measured standard."""

    profile: str
    label: str
    shares: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The table: one row a standard, one column a kind of walker."""

    labels: dict[str, str]
    walkers: tuple[Walkers, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.walkers) > 1 and bool(self.labels)


def compared(edition: Edition, places: Sequence[Place], words: Words) -> Compared:
    """The share of the measured people near each standard, for each profile that was measured."""
    named = set(edition.area_access["profile"].unique())
    columns = tuple(
        Walkers(profile=profile, label=words.say(f"walkers.{profile}"),
                shares=people_near(edition, places, profile=profile))
        for profile in USUAL_ORDER
        if profile in named
    )  # fmt: skip
    known = {key for column in columns for key in column.shares}
    labels = {key: label for key, label in edition.labels.items() if key in known}
    return Compared(labels=labels, walkers=columns)


def people_near(
    edition: Edition,
    places: Sequence[Place],
    *,
    profile: str | None = None,
    measure: str | None = None,
) -> dict[str, float]:
    """``Σ P_i s_i / Σ P_i`` over the areas where the standard is measured, by standard."""
    by_area = shares_of(edition, profile=profile, measure=measure)
    sums: dict[str, tuple[float, float]] = {}
    for place in places:
        for key, share in by_area.get(place.area_id, {}).items():
            near, people = sums.get(key, (0.0, 0.0))
            sums[key] = (near + place.people * share, people + place.people)
    return {key: near / people for key, (near, people) in sums.items() if people > 0}
