"""The Huff catchment: larger and nearer facilities draw more of the demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.catchment import catchment_of, shared_out
from assetmap.access.decay import power

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay


def huff(
    costs: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    *,
    decay: Decay,
    beta: float = 1.0,
) -> pd.Series:
    """Each origin's share of supply when people choose by size and nearness.

    ``Prob_ij = S_j c_ij^-β / Σ_s S_s c_is^-β`` over the catchment,
    ``R_j = S_j / Σ_k P_k Prob_kj W_kj``, ``A_i = Σ_j Prob_ij R_j W_ij``

    Within a minute a facility draws as at one minute (``c^-β`` would have no end). A new facility
    re-routes demand, so some origins may lose. 0 where no facility is within reach.
    ``Σ P_i A_i = Σ S_j`` less what nobody reaches.

    Raises
    ------
    MethodError
        When β is not above zero; else as :func:`~assetmap.access.catchment.catchment_of`.

    References
    ----------
    Luo 2014, Health Place 30, 436.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    pairs, weight = found.pairs, found.weight
    drawn = found.supply[pairs.to_code] * power(beta=beta)(pairs.cost_min)
    chosen = drawn / pairs.by_origin(drawn)[pairs.from_code]
    pressed = pairs.by_opportunity(found.demand[pairs.from_code] * chosen * weight)
    ratio = shared_out(found.supply, pressed)
    return found.at_origins(pairs.by_origin(chosen * ratio[pairs.to_code] * weight), "huff")
