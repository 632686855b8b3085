"""The measures that a study asks for by name, for whoever checks: figures with their settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.over_all import over_all
from assetmap.publish.plain import plain, shown
from assetmap.publish.rounding import people_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

LONG = 600
LARGE = 100
USUAL_ORDER = ("standard", "older", "pram", "wheelchair")


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """A measure for one kind of service and walker: its mean over people, its ends over areas."""

    service: str
    pace: str
    mean: str
    low: str
    high: str
    unit: str
    people: str


@dataclass(frozen=True, kw_only=True)
class AskedMeasure:
    """One measure with its settings, as METHODS has them, and its figures."""

    name: str
    settings: str
    rows: tuple[AskedRow, ...]


def asked_measures(edition: Edition, words: Words) -> tuple[AskedMeasure, ...]:
    """Every measure that the study names, in its order; none where it names none."""
    labels = edition.labels
    return tuple(
        AskedMeasure(
            name=words.told(shown(name)),
            settings=words.told(plain(settings, longest=LONG)),
            rows=_rows(measure, edition, labels, words),
        )
        for measure, (name, settings) in edition.asked.items()
    )


def _rows(
    measure: str, edition: Edition, labels: Mapping[str, str], words: Words
) -> tuple[AskedRow, ...]:
    known = set(edition.area_access["profile"].unique())
    return tuple(
        AskedRow(
            service=labels[category] if category in labels else words.told(shown(category)),
            pace=words.say(f"walkers.{profile}"),
            mean=_figure(found.mean),
            low=_figure(found.low),
            high=_figure(found.high),
            unit=words.told(shown(found.unit)),
            people=people_read(found.people),
        )
        for profile in USUAL_ORDER
        if profile in known
        for category, found in over_all(edition, measure, profile=profile).items()
    )


def _figure(number: float) -> str:
    """Three digits that count; a large number whole."""
    return f"{number:,.0f}" if abs(number) >= LARGE else f"{number:.3g}"
