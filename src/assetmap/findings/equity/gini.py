"""Gini's coefficient on people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.findings.equity.concentration import concentration
from assetmap.findings.equity.people import NOBODY, Figure, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]


TOGETHER = 16
"""Places in a handful: of more, more pairs are looked at; of fewer, the tables are longer."""


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
    order of their values, a few together: Σ p_i (y_i P_before - (P y)_before) over all handfuls
    is a product of two small tables, and within a handful every pair is looked at.
    """
    order = np.argsort(values, kind="stable")
    y, p, of = (_in_handfuls(one[order]) for one in (values, people, unit))
    shape = (len(y), units)
    at = (np.arange(len(y))[:, None] * units + of).ravel()
    held = np.bincount(at, weights=p.ravel(), minlength=len(y) * units).reshape(shape)
    total = np.bincount(at, weights=(p * y).ravel(), minlength=len(y) * units).reshape(shape)
    apart = total.T @ (np.cumsum(held, axis=0) - held)
    apart -= held.T @ (np.cumsum(total, axis=0) - total)
    pairs = (of[:, :, None] * units + of[:, None, :]).ravel()
    both = np.maximum(y[:, :, None] - y[:, None, :], 0) * p[:, :, None] * p[:, None, :]
    apart += np.bincount(pairs, weights=both.ravel(), minlength=units**2).reshape(units, units)
    whole: Numbers = apart + apart.T
    return whole


def _in_handfuls(values: NDArray[np.generic]) -> NDArray[Any]:
    """Rows of ``TOGETHER``; the last is filled up with zeros: nobody, who is apart from nobody."""
    rows = -(-len(values) // TOGETHER)
    filled = np.zeros(rows * TOGETHER, dtype=values.dtype)
    filled[: len(values)] = values
    return filled.reshape(rows, TOGETHER)


def drawn_gini(apart: Numbers, people: Numbers, total: Numbers, times: Numbers) -> Numbers:
    """The coefficient in each draw: ``times`` is draws by units, the rest by unit.

    G = Σ Σ m m D / (2 Σ m Py Σ m P); empty where a draw holds nobody who has any.
    """
    below = 2 * (times @ total) * (times @ people)
    above = np.einsum("du,du->d", times @ apart, times)
    out: Numbers = np.divide(above, below, out=np.full(len(times), np.nan), where=below > 0)
    return out
