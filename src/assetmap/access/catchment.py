"""What every floating catchment shares: pairs, weights, demand and supply on the same codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.pairs import Pairs, origins_of, pairs_to
from assetmap.errors import Fault, MethodError
from assetmap.provenance import Caution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.access.decay import Decay


class Catchment(NamedTuple):
    """The pairs that a curve gives weight, with demand by origin and supply by opportunity.

    A facility without supply is nobody's choice and has no pair here.
    """

    pairs: Pairs
    weight: NDArray[np.float64]
    demand: NDArray[np.float64]
    supply: NDArray[np.float64]

    def at_origins(self, values: NDArray[np.float64], name: str) -> pd.Series:
        """A Series on every origin."""
        return pd.Series(values, index=self.pairs.origins, name=name)


def catchment_of(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> Catchment:
    """The catchment of every facility: pairs whose weight ``W_ij = f(c_ij)`` is above zero.

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    demand
        People by ``from_id``, for every origin.
    supply
        Capacity by ``to_id``, for the facilities that count.
    decay
        A curve of :mod:`assetmap.access.decay`.

    Raises
    ------
    MethodError
        With every fault: origins without demand or demand without origin, ids twice, amounts
        that are negative or not a number.
    """
    origins = origins_of(costs)
    faults = faults_of(demand, "demand") + faults_of(supply, "supply")
    asking = pd.Index(demand.index, dtype="str")
    same = asking.equals(origins)  # as from one study: much quicker to see than who is missing
    strangers = 0 if same else len(origins.symmetric_difference(asking))
    if strangers:
        what = f"{strangers} origins stand in COSTS or in demand alone"
        attempt = "people of every origin that was routed, and of no other"
        faults.append(Fault(what=what, where="demand", attempt=attempt))
    if faults:
        raise MethodError(faults)
    offered = supply.sort_index()
    pairs = pairs_to(costs, offered.index)
    weight = decay(pairs.cost_min)
    amount = offered.to_numpy(dtype=np.float64)
    kept = (weight > 0) & (amount[pairs.to_code] > 0)
    return Catchment(
        pairs=pairs.those(kept),
        weight=weight[kept],
        demand=(demand if same else demand.reindex(origins)).to_numpy(dtype=np.float64),
        supply=amount,
    )


def faults_of(amounts: pd.Series, name: str) -> list[Fault]:
    """What is wrong with amounts by id: ids twice, amounts negative or not a number."""
    numbers = amounts.to_numpy(dtype=np.float64)
    wrong = int((~np.isfinite(numbers) | (numbers < 0)).sum())
    faults = [Fault(what="ids occur twice", where=name)] if amounts.index.has_duplicates else []
    if wrong:
        faults.append(Fault(what=f"{wrong} amounts negative or not a number", where=name))
    return faults


def shared_out(amount: NDArray[np.float64], among: NDArray[np.float64]) -> NDArray[np.float64]:
    """``amount / among``, and 0 where there is nobody to share among."""
    return np.divide(amount, among, out=np.zeros_like(amount, dtype=np.float64), where=among > 0)


def stranded_supply(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """The supply that no person's catchment holds, by ``to_id``; 0 where somebody's does.

    ``S_j`` where ``Σ_k P_k W_kj = 0``. What a catchment measure shares out is the supply less
    this: ``Σ P_i A_i = Σ S_j - Σ stranded``.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    pressed = found.pairs.by_opportunity(found.weight * found.demand[found.pairs.from_code])
    left = np.where(pressed > 0, 0.0, found.supply)
    return pd.Series(left, index=found.pairs.opportunities, name="stranded")


def tell_stranded(stranded: pd.Series, *, about: str) -> tuple[Caution, ...]:
    """The caution for supply that nobody's catchment holds, or none.

    ``about`` names the category or measure.
    """
    lost = stranded[stranded > 0]
    if lost.empty:
        return ()
    places, verb = ("place", "has") if len(lost) == 1 else ("places", "have")
    text = (
        f"{len(lost)} {places} of {about} {verb} nobody within reach: "
        f"{float(lost.sum()):g} of {about}'s capacity is in nobody's share."
    )
    return (Caution(code="supply_stranded", about=about, text=text, count=len(lost)),)
