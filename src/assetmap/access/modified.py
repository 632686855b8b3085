"""The modified two-step catchment, in which far supply is partly nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.catchment import catchment_of, shared_out

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay


def modified(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """Each origin's share of supply, lessened by how far everybody has to travel for it.

    ``A_i = Σ_j S_j W_ij² / Σ_k P_k W_kj``

    Unlike in two steps, the curve's scale matters, and ``Σ P_i A_i ≤ Σ S_j``: what is missing is
    supply that distance keeps from use. 0 where no facility is within reach.

    References
    ----------
    Delamater 2013, Health Place 24, 30.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    pairs, weight = found.pairs, found.weight
    ratio = shared_out(found.supply, pairs.by_opportunity(weight * found.demand[pairs.from_code]))
    return found.at_origins(pairs.by_origin(weight**2 * ratio[pairs.to_code]), "modified")
