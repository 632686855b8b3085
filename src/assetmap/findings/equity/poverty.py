"""Access poverty: how many people are beyond a minimum standard, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.findings.equity.people import NOBODY, Figure, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def shortfall(values: ArrayLike, people: ArrayLike, *, line: float, alpha: float) -> Figure:
    """F_a = Σ p ((z - y)/z)^a over people with y < z: 0 headcount, 1 depth, 2 severity.

    For what is better when there is more of it. Undefined where the line is not above zero.

    References
    ----------
    Foster, Greer and Thorbecke 1984, Econometrica 52, 761.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    if line <= 0:
        return undefined("the line is not above zero")
    return _poverty((line - held.y) / line, held.y < line, held.p, alpha=alpha)


def excess(minutes: ArrayLike, people: ArrayLike, *, line: float, alpha: float) -> Figure:
    """F_a = Σ p ((t - z)/z)^a over people with t > z, for times: beyond the standard z.

    Infinite minutes (out of reach) count in the headcount, alpha = 0. Undefined with alpha above
    zero where anybody is out of reach: how far they are is not known.
    """
    held = shared(minutes, people)
    if held is None:
        return NOBODY
    if line <= 0:
        return undefined("the line is not above zero")
    if alpha > 0 and np.isinf(held.y[held.p > 0]).any():
        return undefined("some people are out of reach: how far is not known")
    return _poverty((held.y - line) / line, held.y > line, held.p, alpha=alpha)


def _poverty(
    share: NDArray[np.float64], poor: NDArray[np.bool_], p: NDArray[np.float64], *, alpha: float
) -> Figure:
    if alpha < 0:
        return undefined("alpha must not be below zero")
    lived = poor & (p > 0)
    parts = p[lived] if alpha == 0 else p[lived] * share[lived] ** alpha
    return Figure(float(parts.sum()))
