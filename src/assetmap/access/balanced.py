"""The balanced catchment: neither people nor supply are counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.catchment import catchment_of, shared_out

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay


def balanced(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """Each origin's share of level of service, with demand and service each handed out once.

    ``w^i_ij = W_ij / Σ_j W_ij``, ``w^j_ij = W_ij / Σ_i W_ij``, ``D_j = Σ_i P_i w^i_ij``,
    ``L_j = S_j / D_j``, ``A_i = Σ_j L_j w^j_ij``

    ``Σ D_j`` is the people within reach of any facility, and ``Σ A_i = Σ L_j``. 0 where no
    facility is within reach; a facility without supply is no choice. A new facility re-routes
    demand, so some origins may lose. A depends on how finely origins and places are cut: service
    is split among origins, not people, and a place in two halves offers its level twice.

    References
    ----------
    Páez, Higgins and Vivona 2019, PLoS ONE 14(6), e0218773.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    pairs, weight = found.pairs, found.weight
    chosen = weight / pairs.by_origin(weight)[pairs.from_code]
    served = weight / pairs.by_opportunity(weight)[pairs.to_code]
    level = shared_out(found.supply, pairs.by_opportunity(found.demand[pairs.from_code] * chosen))
    return found.at_origins(pairs.by_origin(level[pairs.to_code] * served), "balanced")
