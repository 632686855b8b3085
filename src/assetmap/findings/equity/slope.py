"""Slope and relative index of inequality, by the method of England's public health office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.findings.equity.people import NOBODY, Figure, Shared, midpoints, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

Transform = Literal["none", "log", "logit"]


class Slope(NamedTuple):
    """The slope across the whole line of people, from most to least deprived.

    ``sii``: fitted value at its end less that at its beginning. ``rii``: (a + b) / a, of Kunst
    and Mackenbach. ``rii_mean``: b / μ, of Pamuk. ``intercept``: a, the fitted beginning.
    """

    sii: Figure
    rii: Figure
    rii_mean: Figure
    intercept: Figure


def slope(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, transform: Transform = "none"
) -> Slope:
    """SII and both RII: √p y = a √p + b √p R, R the midpoint of each group in the line.

    Above zero = the less deprived have more. With ``log`` (rates) or ``logit`` (proportions) the
    line is fitted to the transformed values and its two ends are turned back.

    Undefined: with fewer than two groups; RII where the fitted beginning is not above zero;
    RII_mean where the mean is zero; transforms where values lie outside their bounds.

    References
    ----------
    Mackenbach and Kunst 1997, Social Science and Medicine 44, 757; PHEindicatormethods.
    """
    held = shared(values, people)
    if held is None:
        return Slope(NOBODY, NOBODY, NOBODY, NOBODY)
    ranks = midpoints(order, held.p)
    if len(np.unique(ranks[held.p > 0])) < 2:  # noqa: PLR2004 - a line needs two points
        none = undefined("everybody is equally deprived: there is no line to fit")
        return Slope(none, none, none, none)
    inside = _inside(held.y, transform)
    if not inside:
        none = undefined(f"values outside the bounds of the {transform} transform")
        return Slope(none, none, none, none)
    begin, end = _ends(_forward(held.y, transform), held.p, ranks)
    return _slope(held, *_back(np.array([begin, end]), transform))


def _slope(held: Shared, begin: float, end: float) -> Slope:
    sii = 0.0 if held.equal else end - begin
    low = undefined("the fitted beginning is not above 0")
    rii = Figure(float(1 + sii / begin)) if begin > held.nil else low
    mean = held.mean
    zero = undefined("the mean is zero")
    by_mean = Figure(float(sii / mean)) if abs(mean) > held.nil else zero
    return Slope(Figure(float(sii)), rii, by_mean, Figure(float(begin)))


def _ends(y: Numbers, p: Numbers, ranks: Numbers) -> tuple[Numbers, Numbers]:
    """The fitted values at R = 0 and R = 1; ``y`` may hold many draws, one a row."""
    centred = ranks - (p * ranks).sum()
    mean = (p * y).sum(axis=-1)
    b = (p * centred * y).sum(axis=-1) / (p * centred**2).sum()
    a = mean - b * (p * ranks).sum()
    return a, a + b


def _inside(y: Numbers, transform: Transform) -> bool:
    if transform == "log":
        return bool((y > 0).all())
    return transform == "none" or bool(((y > 0) & (y < 1)).all())


def _forward(y: Numbers, transform: Transform) -> Numbers:
    if transform == "none":
        return y
    return np.log(y) if transform == "log" else np.log(y / (1 - y))


def _back(ends: Numbers, transform: Transform) -> Numbers:
    if transform == "none":
        return ends
    return np.exp(ends) if transform == "log" else 1 / (1 + np.exp(-ends))


class SlopeInterval(NamedTuple):
    """2.5th and 97.5th percentiles over the draws."""

    sii: tuple[float, float]
    rii: tuple[float, float]


def slope_interval(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, se: ArrayLike, seed: int,
    draws: int = 10_000,
) -> SlopeInterval:  # fmt: skip
    """The interval of SII and RII when each group's value is drawn from N(y, se).

    ``se`` of a published interval is (U - L) / (2 x 1.959964). The same seed gives the same
    interval; groups are drawn in the order of the line, so the table's order means nothing.

    Raises
    ------
    MethodError
        Where there is nobody, or no line to fit.
    """
    held = shared(values, people)
    key = np.asarray(order, dtype=np.float64)
    if held is None or len(np.unique(key)) != len(key) or len(key) < 2:  # noqa: PLR2004 - a line
        raise MethodError(Fault(what="an interval needs two groups or more, none of them tied"))
    line = np.argsort(key)
    y, p = held.y[line], held.p[line]
    spread = np.asarray(se, dtype=np.float64)[line]
    drawn = np.random.default_rng(seed).normal(y, spread, size=(draws, len(y)))
    begin, end = _ends(drawn, p, midpoints(key[line], p))
    low_high = [2.5, 97.5]
    sii, rii = np.percentile(end - begin, low_high), np.percentile(end / begin, low_high)
    return SlopeInterval((float(sii[0]), float(sii[1])), (float(rii[0]), float(rii[1])))
