"""How much lies within a number of minutes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assetmap.access.catchment import faults_of
from assetmap.access.decay import binary
from assetmap.access.gravity import gravity
from assetmap.access.pairs import pairs_to
from assetmap.errors import Fault, MethodError


def cumulative(costs: pd.DataFrame, supply: pd.Series, *, cut_off_min: float) -> pd.Series:
    """The supply within the cut-off, the equal case included.

    ``C_i(τ) = Σ_j S_j 1[c_ij ≤ τ]``

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``; its own cut-off must be no
        shorter.
    supply
        What is counted, by ``to_id``: 1 each for a count of places.
    cut_off_min
        τ, minutes.

    Returns
    -------
    Series
        By ``from_id``, every origin; 0 where nothing is within it. Never less for a longer
        cut-off.

    Raises
    ------
    MethodError
        For a cut-off or supply that is negative or not a number, and ids twice.

    References
    ----------
    Wachs and Kumagai 1973, Socio-Econ Plann Sci 7, 437.
    """
    return gravity(costs, supply, decay=binary(cut_off_min=cut_off_min)).rename("cumulative")


def cumulative_interval(
    costs: pd.DataFrame, supply: pd.Series, *, from_min: float, to_min: float
) -> pd.Series:
    """The supply within reach, averaged over every cut-off from one to another.

    ``(1/(b - a)) ∫ C_i(τ) dτ = Σ_j S_j clip((b - c_ij)/(b - a), 0, 1)``

    What is within a counts whole, what is beyond b not at all, and a minute more never lets a
    place fall off a cliff. The average is over all τ, not over whole minutes.

    Raises
    ------
    MethodError
        Unless ``0 ≤ from_min < to_min``; else as :func:`cumulative`.

    References
    ----------
    Tomasiello et al. 2023, Appl Geogr 157, 103007.
    """
    if not 0 <= from_min < to_min < np.inf:
        what = f"cut-offs from {from_min} to {to_min} min are no interval"
        raise MethodError(Fault(what=what, where="cumulative_interval"))
    faults = faults_of(supply, "supply")
    if faults:
        raise MethodError(faults)
    offered = supply.sort_index()
    pairs = pairs_to(costs, offered.index)
    held = np.clip((to_min - pairs.cost_min) / (to_min - from_min), 0.0, 1.0)
    sums = pairs.by_origin(held * offered.to_numpy(dtype=np.float64)[pairs.to_code])
    return pd.Series(sums, index=pairs.origins, name="cumulative_interval")
