"""Who is within reach of at least one, and how many people are within reach of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.catchment import catchment_of
from assetmap.access.decay import binary
from assetmap.access.nearest import nearest_of_each
from assetmap.access.pairs import pairs_to

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def covered(
    costs: pd.DataFrame, opportunities: Collection[str], *, cut_off_min: float
) -> pd.Series:
    """Whether each origin has any of the opportunities within the cut-off, the equal case included.

    ``1[min_j c_ij ≤ τ]``; the mean over people is the coverage. Boolean by ``from_id``, every
    origin; False where nothing is within reach.

    Raises
    ------
    MethodError
        When the cut-off is negative or not a number.
    """
    pairs = pairs_to(costs, opportunities)
    within = binary(cut_off_min=cut_off_min)(pairs.cost_min)
    return pd.Series(pairs.by_origin(within) > 0, index=pairs.origins, name="covered")


def coverage(
    costs: pd.DataFrame, demand: pd.Series, opportunities: Collection[str], *, cut_off_min: float
) -> float:
    """The share of all people, the unreached included, who are within the cut-off of any.

    ``Σ P_i 1[N_i ≤ τ] / Σ P_i``; not a number where there are no people.

    Raises
    ------
    MethodError
        As :func:`~assetmap.access.catchment.catchment_of`.
    """
    supply = pd.Series(1.0, index=pd.Index(sorted(set(opportunities)), dtype="str", name="to_id"))
    found = catchment_of(costs, demand, supply, decay=binary(cut_off_min=cut_off_min))
    reached = found.pairs.by_origin(found.weight) > 0
    people = float(found.demand.sum())
    return float(found.demand[reached].sum()) / people if people > 0 else float("nan")


def people_covered(
    costs: pd.DataFrame, people: pd.Series, opportunities: Collection[str], *, cut_off_min: float
) -> float:
    """The people who are within the cut-off of any of the opportunities: ``Σ P_i 1[N_i ≤ τ]``.

    ``people`` are by ``from_id``; who is not among them is not counted.

    Raises
    ------
    MethodError
        When the cut-off is negative or not a number.
    """
    each = {"them": opportunities}
    return people_covered_of(costs, people.to_frame("them"), each, cut_off_min=cut_off_min)["them"]


def people_covered_of(
    costs: pd.DataFrame,
    people: pd.DataFrame,
    wanted: Mapping[str, Collection[str]],
    *,
    cut_off_min: float,
) -> dict[str, float]:
    """:func:`people_covered` of several sets of opportunities, by name; COSTS are read once.

    ``people`` has a column for each name, by ``from_id``.
    """
    near = nearest_of_each(costs, wanted)
    counted = people.reindex(near.index).fillna(0.0)
    within = binary(cut_off_min=cut_off_min)
    return {
        name: float(counted[name].to_numpy(np.float64)[within(near[name].fillna(np.inf)) > 0].sum())
        for name in wanted
    }


def people_within(
    costs: pd.DataFrame, demand: pd.Series, opportunities: Collection[str], *, cut_off_min: float
) -> pd.Series:
    """The people within the cut-off of each opportunity, by ``to_id``; 0 where nobody is.

    ``Σ_i P_i 1[c_ij ≤ τ]``, from travel costs and never from a polygon.

    Raises
    ------
    MethodError
        As :func:`~assetmap.access.catchment.catchment_of`.
    """
    supply = pd.Series(1.0, index=pd.Index(sorted(set(opportunities)), dtype="str", name="to_id"))
    found = catchment_of(costs, demand, supply, decay=binary(cut_off_min=cut_off_min))
    people = found.pairs.by_opportunity(found.demand[found.pairs.from_code])
    return pd.Series(people, index=found.pairs.opportunities, name="people_within")
