"""Three-step floating catchments: people choose among facilities before they press on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.catchment import catchment_of, shared_out

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay


def three_step(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """Each origin's share of supply when demand is split among the facilities within reach.

    ``G_ij = W_ij / Σ_k W_ik``, ``R_j = S_j / Σ_k P_k G_kj W_kj``, ``A_i = Σ_j G_ij R_j W_ij``

    Demand is not counted at every facility, as in two steps, but by its choice of one. A new
    facility re-routes demand, so some origins may lose. 0 where no facility is within reach; a
    facility without supply is no choice. ``Σ P_i A_i = Σ S_j`` less what nobody reaches.

    References
    ----------
    Wan, Zou and Sternberg 2012, Int J Geogr Inf Sci 26, 1073.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    pairs, weight = found.pairs, found.weight
    chosen = weight / pairs.by_origin(weight)[pairs.from_code]
    pressed = pairs.by_opportunity(found.demand[pairs.from_code] * chosen * weight)
    ratio = shared_out(found.supply, pressed)
    return found.at_origins(pairs.by_origin(chosen * ratio[pairs.to_code] * weight), "three_step")
