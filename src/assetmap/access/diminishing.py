"""Choice with diminishing returns: ten cafés do not outscore one library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.pairs import pairs_to
from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Collection

    from assetmap.access.decay import Decay


def diminishing(
    costs: pd.DataFrame, opportunities: Collection[str], *, decay: Decay, delta: float = 0.5
) -> pd.Series:
    """The worth of what is within reach, each further choice worth a share of the one before.

    ``D_i = Σ_k δ^(k-1) f(c_i(k))``, ``c_i(k)`` the cost of the k-th nearest

    With the curve at 1 throughout, n choices are worth ``(1 - δ^n)/(1 - δ)``, which never passes
    ``1/(1 - δ)``. δ = 0 counts the nearest alone, δ = 1 all alike. Ties do not matter, since
    equal costs weigh equally.

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    opportunities
        The ``to_id`` of one kind.
    decay
        The curve; it must not rise with cost.
    delta
        δ, from 0 to 1.

    Returns
    -------
    Series
        By ``from_id``, every origin; 0 where nothing is within reach.

    Raises
    ------
    MethodError
        When δ is outside [0, 1].

    References
    ----------
    A design choice, after the diminishing weights of the DfT Connectivity metric.
    """
    if not 0 <= delta <= 1:
        raise MethodError(
            Fault(what=f"delta must be from 0 to 1, not {delta}", where="diminishing")
        )
    pairs = pairs_to(costs, opportunities)
    order = np.lexsort((pairs.cost_min, pairs.from_code))
    ranked = pairs._replace(from_code=pairs.from_code[order], cost_min=pairs.cost_min[order])
    counts = np.bincount(ranked.from_code, minlength=len(pairs.origins))
    place = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    worth = decay(ranked.cost_min) * float(delta) ** place
    return pd.Series(ranked.by_origin(worth), index=pairs.origins, name="diminishing")
