"""A measure of AREA_ACCESS over the whole study: its mean over people, its ends over areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.publish.edition import Edition


@dataclass(frozen=True, kw_only=True)
class OverAll:
    """What a measure of one category comes to; ``people`` are those it speaks of."""

    mean: float
    low: float
    high: float
    people: float
    unit: str


def over_all(edition: Edition, measure: str, *, profile: str | None = None) -> dict[str, OverAll]:
    """``Σ P_i y_i / Σ P_i`` over the study's areas with a value, by category; absent without any.

    For the profile that the page tells of, where none is named.
    """
    table = edition.access_by(measure, profile)
    chosen = table[table["value"].notna() & (table["people"] > 0)]
    return {
        str(category): OverAll(
            mean=float((rows["value"] * rows["people"]).sum() / rows["people"].sum()),
            low=float(rows["value"].min()),
            high=float(rows["value"].max()),
            people=float(rows["people"].sum()),
            unit=str(rows["unit"].iloc[0]),
        )
        for category, rows in chosen.sort_values("area_id").groupby("category", sort=True)
    }
