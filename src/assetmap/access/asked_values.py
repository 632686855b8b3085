"""What a measure that is asked for by name comes to at every origin, and in which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import pandas as pd

from assetmap.access.availability import spatial_availability
from assetmap.access.balanced import balanced
from assetmap.access.cumulative import cumulative, cumulative_interval
from assetmap.access.diminishing import diminishing
from assetmap.access.diversity import theme_diversity, themes_within
from assetmap.access.gravity import gravity
from assetmap.access.huff import huff
from assetmap.access.modified import modified
from assetmap.access.nearest import nearest_mean
from assetmap.access.provision import provision
from assetmap.access.raam import raam
from assetmap.access.three_step import three_step
from assetmap.access.two_step import two_step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from assetmap.access.decay import Decay
    from assetmap.access.measured import Place

M2_A_HECTARE = 10_000.0
SHARED = {
    "two_step": two_step,
    "three_step": three_step,
    "modified": modified,
    "huff": huff,
    "balanced": balanced,
}
"""Measures that share a supply out among people: told for each 1,000 of them."""
OF_THEMES: dict[str, tuple[Callable[..., pd.Series], str]] = {
    "themes_within": (themes_within, "themes"),
    "theme_diversity": (theme_diversity, "Shannon's index"),
}
"""Measures of all their standards at once."""


class Offer(NamedTuple):
    """Who asks and what is offered: people by ``from_id``, amounts by ``to_id``, their unit."""

    demand: pd.Series
    supply: pd.Series
    unit: str


def offer_of(measure: str, place: Place, to_ids: Collection[str], demand: pd.Series) -> Offer:
    """What these assets offer to the measure: their capacity; to ``provision`` their hectares.

    Where none of them has a size, provision too is of capacity. Of those that have, one whose
    size is not known offers no hectares: what there is is at least so much.
    """
    ids = pd.Index(place.assets["to_id"])
    if measure == "provision":
        size_m2 = pd.Series(place.assets["size_m2"].to_numpy(), index=ids).reindex(list(to_ids))
        if size_m2.notna().any():
            return Offer(demand, size_m2.fillna(0.0) / M2_A_HECTARE, "hectares")
    supply = pd.Series(place.assets["supply"].to_numpy(), index=ids).reindex(list(to_ids))
    return Offer(demand, supply, "supply")


def themes_told(
    measure: str, costs: pd.DataFrame, assets: pd.DataFrame, *, numbers: Mapping[str, float]
) -> tuple[pd.Series, str]:
    """What the themes within the minutes asked for come to at every origin, and its unit."""
    told, unit = OF_THEMES[measure]
    return told(costs, assets, **numbers), unit


def value_of(
    measure: str,
    costs: pd.DataFrame,
    offer: Offer,
    *,
    decay: Decay | None,
    numbers: Mapping[str, float],
) -> tuple[pd.Series, str]:
    """The measure at every origin, and its unit; ``decay`` is there where the measure takes one."""
    demand, supply, offered = offer
    ids, curve = supply.index, cast("Decay", decay)
    if measure in SHARED:
        shared = SHARED[measure](costs, demand, supply, decay=curve, **numbers)
        return 1000 * shared, "supply per 1,000 people"
    others: dict[str, tuple[Callable[[], pd.Series], str]] = {
        "provision": (
            lambda: provision(costs, demand, supply, decay=curve),
            f"{offered} per 1,000 people",
        ),
        "availability": (
            lambda: _for_each(
                spatial_availability(costs, demand, supply, decay=curve, **numbers), demand
            ),
            "supply per 1,000 people",
        ),
        "raam": (lambda: raam(costs, demand, supply, **numbers), "cost, higher is worse"),
        "gravity": (lambda: gravity(costs, supply, decay=curve), "supply"),
        "diminishing": (
            lambda: diminishing(costs, ids, decay=curve, **numbers),
            "choices",
        ),
        "nearest_mean": (lambda: nearest_mean(costs, ids, k=int(numbers["k"])), "min"),
        "cumulative": (lambda: cumulative(costs, supply, **numbers), "supply"),
        "cumulative_interval": (lambda: cumulative_interval(costs, supply, **numbers), "supply"),
    }
    made, unit = others[measure]
    return made(), unit


def _for_each(whole: pd.Series, demand: pd.Series) -> pd.Series:
    """What falls to an origin as a whole, for each 1,000 of its people; empty where nobody is.

    Its mean over people is ``1000 Σ V / Σ P``, however finely an area is cut into origins.
    """
    people = demand.reindex(whole.index)
    return 1000 * whole / people.where(people > 0)
