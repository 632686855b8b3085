"""How much lies within reach, what is near counting more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.catchment import faults_of
from assetmap.access.pairs import pairs_to
from assetmap.errors import MethodError

if TYPE_CHECKING:
    from assetmap.access.decay import Decay


def gravity(costs: pd.DataFrame, supply: pd.Series, *, decay: Decay) -> pd.Series:
    """The supply within reach, each by its nearness; nobody competes for it.

    ``A_i = Σ_j S_j f(c_ij)``

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    supply
        What is counted, by ``to_id``; a park's supply may be its size.
    decay
        The curve.

    Returns
    -------
    Series
        By ``from_id``, every origin; 0 where nothing is within reach.

    Raises
    ------
    MethodError
        For supply that is negative or not a number, and ids twice.

    References
    ----------
    Hansen 1959, J Am Inst Plann 25, 73.
    """
    faults = faults_of(supply, "supply")
    if faults:
        raise MethodError(faults)
    offered = supply.sort_index()
    pairs = pairs_to(costs, offered.index)
    drawn = offered.to_numpy(dtype=np.float64)[pairs.to_code] * decay(pairs.cost_min)
    return pd.Series(pairs.by_origin(drawn), index=pairs.origins, name="gravity")
