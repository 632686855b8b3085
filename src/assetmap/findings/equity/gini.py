"""Gini's coefficient on people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.findings.equity.concentration import concentration
from assetmap.findings.equity.people import NOBODY, Figure, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


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
