"""Green space by size and distance: tiers, and who is in an area of deficiency."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from assetmap.access.nearest import nearest_of_each
from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACE_M_MIN = 80.0


@dataclass(frozen=True, kw_only=True)
class GreenTier:
    """One tier of a green-space standard.

    ``strict`` distances are stated as "less than", others include the equal case. ``measure`` is
    what the source asks for: ``route``, a walk from an access point, or ``straight``.
    """

    tier: str
    label: str
    categories: tuple[str, ...]
    min_size_m2: float
    distance_m: float
    distance_min: float
    measure: Literal["route", "straight"]
    strict: bool
    status: str


def green_tiers(profile: Mapping[str, Any]) -> tuple[GreenTier, ...]:
    """The tiers of one profile of ``_data/green_profiles.toml``, in its order.

    ``distance_min = distance_m / pace_m_min``, 80 m/min unless the profile names a pace. A tier
    without categories of its own has the profile's.

    Raises
    ------
    MethodError
        With every fault: tiers without a distance above zero, sizes below zero, no categories,
        a measure that is neither route nor straight.
    """
    pace = float(profile.get("pace_m_min", PACE_M_MIN))
    shared = profile.get("categories", ())
    tiers = [_tier(str(name), entry, shared, pace) for name, entry in profile["tier"].items()]
    faults = [
        Fault(what=f"tier '{one.tier}' is not sound: {one}", where="green profile")
        for one in tiers
        if not (
            0 < one.distance_min < math.inf
            and 0 <= one.min_size_m2 < math.inf
            and one.categories
            and one.measure in {"route", "straight"}
        )
    ]
    if faults:
        raise MethodError(faults)
    return tuple(tiers)


def _tier(
    name: str, entry: Mapping[str, Any], categories: Sequence[str], pace_m_min: float
) -> GreenTier:
    metres = float(entry["distance_m"])
    return GreenTier(
        tier=name,
        label=str(entry["label"]),
        categories=tuple(entry.get("categories", categories)),
        min_size_m2=float(entry.get("min_size_m2", 0)),
        distance_m=metres,
        distance_min=round(metres / pace_m_min, COST_DECIMALS),
        measure=entry.get("measure", "route"),
        strict=bool(entry.get("strict", False)),
        status=str(entry["status"]),
    )


def satisfying_tier(assets: pd.DataFrame, tier: GreenTier) -> list[str]:
    """The ``to_id`` of the sites of a tier **or larger**: a larger park satisfies smaller tiers.

    A site whose size is not known satisfies only a tier that asks for none.
    """
    fits = assets["category"].isin(tier.categories)
    fits &= assets["size_m2"].fillna(0.0) >= tier.min_size_m2
    return sorted(assets.loc[fits, "to_id"])


def green_nearest(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    tiers: Sequence[GreenTier],
    *,
    straight: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Minutes to the nearest site of each tier or larger: origins by tiers.

    Parameters
    ----------
    costs
        COSTS by street, every origin among the categories of ``from_id``.
    assets
        ASSETS; sizes are of whole sites, contiguous polygons dissolved.
    tiers
        Of :func:`green_tiers`.
    straight
        COSTS in a straight line at the same pace, used for the tiers that ask for it. Without it
        they too are measured by street, which is never nearer.

    Returns
    -------
    DataFrame
        Empty (NaN) where none is within the cut-off of the costs.
    """
    wanted = {one.tier: satisfying_tier(assets, one) for one in tiers}
    flown = {one.tier for one in tiers if straight is not None and one.measure == "straight"}
    found = nearest_of_each(costs, {tier: ids for tier, ids in wanted.items() if tier not in flown})
    if straight is not None and flown:
        lines = nearest_of_each(straight, {tier: wanted[tier] for tier in flown})
        found = found.join(lines, how="left", validate="1:1")
    return found[list(wanted)]


def deficiency(
    nearest_min: pd.DataFrame, tiers: Sequence[GreenTier], *, cut_off_min: float
) -> pd.DataFrame:
    """Whether each origin is in an area of deficiency for each tier: 1 yes, 0 no.

    It is when no site of that tier or larger is within the tier's distance.

    Parameters
    ----------
    nearest_min
        Of :func:`green_nearest`.
    tiers
        The same tiers.
    cut_off_min
        How far all sites were looked for: the cut-off of the costs that ``nearest_min`` was made
        from, or less where the ground beyond is not loaded.

    Returns
    -------
    DataFrame
        Origins by tiers; a tier whose distance is beyond the cut-off is not measured, so that an
        origin without a site within the distance is empty (NaN) there, never deficient.

    References
    ----------
    GiGL, areas of deficiency in access to public open space; London Plan 2021, Table 8.1.
    """
    columns: dict[str, pd.Series] = {}
    for one in tiers:
        minutes = nearest_min[one.tier].round(COST_DECIMALS)
        within = minutes.lt(one.distance_min) if one.strict else minutes.le(one.distance_min)
        lacking = 1.0 - within.astype("float64")
        told = one.distance_min <= cut_off_min + 10.0**-COST_DECIMALS
        columns[one.tier] = lacking if told else lacking.where(within)
    return pd.DataFrame(columns, index=nearest_min.index)


def headline_met(deficient: pd.DataFrame, headline: Sequence[Sequence[str]]) -> pd.Series:
    """Whether each origin meets the profile's headline: any tier of every group.

    ``(Doorstep or Local) and Neighbourhood`` is ``[[doorstep, local], [neighbourhood]]``. 1 met,
    0 not met; empty (NaN) where what is not measured could change the answer, and without a
    headline.
    """
    met = pd.Series(1.0 if len(headline) else np.nan, index=deficient.index, name="headline_met")
    for group in headline:
        held = 1.0 - deficient[list(group)]
        best = held.max(axis="columns")
        best = best.mask(held.isna().any(axis="columns") & (best != 1))
        met = (met * best).mask((met == 0) | (best == 0), 0.0)
    return met
