"""Green space by the sizes and distances of a profile: who has it, and where it is lacking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.over_all import over_all
from assetmap.publish.plain import shown
from assetmap.publish.rounding import people_read, whole

if TYPE_CHECKING:
    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

LACKING, MET = "green_deficient", "green_headline"
M2_IN_HA = 10_000


@dataclass(frozen=True, kw_only=True)
class GreenRow:
    """One tier: what it asks for, and the share of people who have it (None: not measured)."""

    key: str
    label: str
    asks: str
    share: float | None
    people: str


def green_rows(edition: Edition, words: Words) -> tuple[GreenRow, ...]:
    """Every tier of the profiles that the study asks for, by distance; none where it asks none."""
    if edition.green_tiers is None:
        return ()
    lacking = over_all(edition, LACKING)
    ordered = edition.green_tiers.sort_values(["threshold_m", "standard_id"], kind="stable")
    rows = []
    for row in ordered.to_dict("records"):
        found = lacking.get(str(row["standard_id"]))
        rows.append(
            GreenRow(
                key=str(row["standard_id"]),
                label=shown(row["label"]),
                asks=_asks(row["min_size_m2"], row["threshold_m"], words),
                share=None if found is None else 1 - found.mean,
                people="" if found is None else people_read(found.people),
            )
        )
    return tuple(rows)


def green_met(edition: Edition) -> dict[str, float]:
    """The share of people who meet the headline of each profile that has one."""
    if edition.green_tiers is None:
        return {}
    return {name: found.mean for name, found in over_all(edition, MET).items()}


def green_shares(edition: Edition) -> dict[str, dict[str, float]]:
    """The share of each area's people who have each tier, by tier and area; where measured."""
    table = edition.access_by(LACKING)
    chosen = table[table["value"].notna()]
    shares: dict[str, dict[str, float]] = {}
    for row in chosen.to_dict("records"):
        shares.setdefault(str(row["category"]), {})[str(row["area_id"])] = 1 - float(row["value"])
    return shares


def _asks(size_m2: object, distance_m: float, words: Words) -> str:
    known = isinstance(size_m2, float) and size_m2 > 0
    key = "green.asks" if known else "green.asks_any"
    size = f"{size_m2 / M2_IN_HA:g}" if isinstance(size_m2, float) else ""
    return words.say(key, size=size, m=whole(distance_m))
