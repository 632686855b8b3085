"""Spatial availability: supply shared out once, in proportion to people and nearness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.access.catchment import catchment_of
from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay


def spatial_availability(
    costs: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    *,
    decay: Decay,
    alpha: float = 1.0,
) -> pd.Series:
    """The supply that falls to each origin as a whole, not to each of its people.

    ``F^p_i = P_i^alpha / Σ P^alpha``, ``F^c_ij = f_ij / Σ_i f_ij``,
    ``V_i = Σ_j S_j F^p_i F^c_ij / Σ_i F^p_i F^c_ij``

    ``Σ V_i = Σ S_j`` less what nobody reaches; with alpha = 1, ``V_i / P_i`` is the two-step value
    with the same curve. 0 where no facility is within reach, and where nobody lives.

    Raises
    ------
    MethodError
        When alpha is negative or not a number; else as
        :func:`~assetmap.access.catchment.catchment_of`.

    References
    ----------
    Soukhov et al. 2023, PLoS ONE 18(2), e0278468.
    """
    if not 0 <= alpha < np.inf:
        raise MethodError(Fault(what=f"alpha must be 0 or more, not {alpha}", where="availability"))
    found = catchment_of(costs, demand, supply, decay=decay)
    pairs = found.pairs
    people = np.where(found.demand > 0, found.demand**alpha, 0.0)
    # Both totals cancel in the third factor, so they are never formed
    factor = people[pairs.from_code] * found.weight
    whole = pairs.by_opportunity(factor)[pairs.to_code]
    part = np.divide(factor, whole, out=np.zeros_like(factor), where=whole > 0)
    return found.at_origins(pairs.by_origin(found.supply[pairs.to_code] * part), "availability")
