"""Atkinson's index: the share of access that could be given up if the rest were shared evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.findings.equity.people import NOBODY, Figure, Shared, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def atkinson(values: ArrayLike, people: ArrayLike, *, epsilon: float) -> Figure:
    """A = 1 - (Σ p y^(1-ε))^(1/(1-ε)) / μ; for ε = 1, 1 - exp(Σ p ln y) / μ.

    ε is how much the worst off matter. With ε of 1 or more, anybody with none makes it 1, by its
    limit. Undefined for ε not above zero, values below zero, or where nobody has any.

    References
    ----------
    Atkinson 1970, Journal of Economic Theory 2, 244.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    y, p = held.y[held.p > 0], held.p[held.p > 0]
    reason = _why_not(held, epsilon)
    if reason:
        return undefined(reason)
    if held.equal:
        return Figure(0.0)
    return Figure(1 - _even(y, p, epsilon) / held.mean)


def _why_not(held: Shared, epsilon: float) -> str:
    if epsilon <= 0:
        return "ε must be above zero"
    if (held.y < 0).any():
        return "some values are below zero"
    return "nobody has any" if held.mean == 0 else ""


def _even(y: NDArray[np.float64], p: NDArray[np.float64], epsilon: float) -> float:
    """What each would need, shared evenly, for people to be as well off as now."""
    if epsilon >= 1 and (y == 0).any():
        return 0.0
    if epsilon == 1:
        return float(np.exp((p * np.log(y)).sum()))
    return float((p * y ** (1 - epsilon)).sum() ** (1 / (1 - epsilon)))
