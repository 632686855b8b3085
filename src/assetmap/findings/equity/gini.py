"""Gini's coefficient on people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.findings.equity.concentration import concentration
from assetmap.findings.equity.people import NOBODY, Figure, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]


def gini(values: ArrayLike, people: ArrayLike) -> Figure:
    """G = Σ_i Σ_j p_i p_j |y_i - y_j| / (2μ): 0 = all alike, towards 1 = one has all.

    It is the concentration index with people put in line by their own values. Undefined where
    a value is below zero, or nobody has any.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    if (held.y < 0).any():
        return undefined("some values are below zero")
    if held.mean == 0:
        return undefined("nobody has any")
    return concentration(values, people, order=held.y)


def pair_differences(
    values: Numbers, people: Numbers, unit: NDArray[np.int64], *, units: int
) -> Numbers:
    """Σ_i Σ_j P_i P_j |y_i - y_j| over places i of one unit and j of another: units by units.

    With it the coefficient of any draw of units is a quotient of three sums. Places are taken in
    order of their values, and each unit once, so that no table of pairs of places is made.
    """
    order = np.argsort(values, kind="stable")
    y, p, of = values[order], people[order], unit[order]
    apart = np.empty((units, units))
    for one in range(units):
        held = np.where(of == one, p, 0.0)
        below, weighted = np.cumsum(held), np.cumsum(held * y)
        both = p * (y * below - weighted)
        apart[one] = np.bincount(of, weights=both, minlength=units)
    whole: Numbers = apart + apart.T
    return whole


def drawn_gini(apart: Numbers, people: Numbers, total: Numbers, times: Numbers) -> Numbers:
    """The coefficient in each draw: ``times`` is draws by units, the rest by unit.

    G = Σ Σ m m D / (2 Σ m Py Σ m P); empty where a draw holds nobody who has any.
    """
    below = 2 * (times @ total) * (times @ people)
    above = np.einsum("du,uv,dv->d", times, apart, times, optimize=True)
    out: Numbers = np.divide(above, below, out=np.full(len(times), np.nan), where=below > 0)
    return out
