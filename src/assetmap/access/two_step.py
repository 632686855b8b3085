"""Two-step floating catchments: 2SFCA, E2SFCA, KD2SFCA and Ga2SFCA, by the curve they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.catchment import catchment_of, shared_out

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assetmap.access.catchment import Catchment
    from assetmap.access.decay import Decay


def two_step(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """Each origin's share of the supply within reach, after all who compete for it.

    ``R_j = S_j / Σ_k P_k W_kj``, ``A_i = Σ_j R_j W_ij``

    The curve makes the method: :func:`~assetmap.access.decay.binary` 2SFCA,
    :func:`~assetmap.access.decay.step` E2SFCA, :func:`~assetmap.access.decay.epanechnikov`
    KD2SFCA, :func:`~assetmap.access.decay.dai` Ga2SFCA. Scaling the curve changes nothing.
    ``Σ P_i A_i = Σ S_j`` less the supply that nobody reaches.

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    demand
        People by ``from_id``, for every origin.
    supply
        Capacity by ``to_id``, for the facilities that count.
    decay
        The curve.

    Returns
    -------
    Series
        Supply for each person, by ``from_id``; 0 where no facility is within reach. Origins
        without people have a value too: what a person there would have.

    Raises
    ------
    MethodError
        As :func:`~assetmap.access.catchment.catchment_of`.

    References
    ----------
    Luo and Wang 2003, Environ Plann B 30, 865; Luo and Qi 2009, Health Place 15, 1100.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    share = found.weight * _ratio(found)[found.pairs.to_code]
    return found.at_origins(found.pairs.by_origin(share), "two_step")


def supply_ratio(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """The first step alone, by ``to_id``: supply for each (weighted) person of the catchment.

    ``R_j = S_j / Σ_k P_k W_kj``; its inverse is the pressure on a place. 0 where nobody reaches
    it, which :func:`~assetmap.access.catchment.stranded_supply` tells apart from no supply.
    """
    found = catchment_of(costs, demand, supply, decay=decay)
    return pd.Series(_ratio(found), index=found.pairs.opportunities, name="supply_ratio")


def _ratio(found: Catchment) -> NDArray[np.float64]:
    pressed = found.pairs.by_opportunity(found.weight * found.demand[found.pairs.from_code])
    return shared_out(found.supply, pressed)
