"""Concentration indices: whether access is gathered among the more or the less deprived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.findings.equity.people import NOBODY, Figure, midpoints, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def generalised_concentration(values: ArrayLike, people: ArrayLike, order: ArrayLike) -> Figure:
    """C_G = 2 Σ p (y - μ)(R - 1/2) = μ C: the absolute index, defined for gains and losses too.

    Above zero = gathered among the less deprived.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    if held.equal:
        return Figure(0.0)
    away = midpoints(order, held.p) - 0.5
    return Figure(float(2 * (held.p * (held.y - held.mean) * away).sum()))


def concentration(values: ArrayLike, people: ArrayLike, order: ArrayLike) -> Figure:
    """C = (2/μ) Σ p (y - μ)(R - 1/2), from -1 to 1; above 0 = among the less deprived.

    Undefined where a value is below zero or the mean is zero: then use the generalised index,
    or shares of the benefit.

    References
    ----------
    Wagstaff, Paci and van Doorslaer 1991, Social Science and Medicine 33, 545.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    if (held.y < 0).any():
        return undefined("some values are below zero: use the generalised index")
    if held.mean == 0:
        return undefined("the mean is zero: use the generalised index")
    whole = generalised_concentration(values, people, order).value or 0.0
    return Figure(whole / held.mean)


def erreygers(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, low: float = 0, high: float = 1
) -> Figure:
    """E = 4 μ C / (u - l) for a value with bounds l and u, its theoretical ones.

    Undefined where values lie outside the bounds. Bounds observed in the data would change with
    every outlier.

    References
    ----------
    Erreygers 2009, Journal of Health Economics 28, 504.
    """
    refused = _outside(values, people, low=low, high=high)
    if refused is not None:
        return refused
    whole = generalised_concentration(values, people, order).value or 0.0
    return Figure(4 * whole / (high - low))


def wagstaff(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, low: float = 0, high: float = 1
) -> Figure:
    """W = (u - l) μ C / ((u - μ)(μ - l)): C / (1 - μ) on 0 to 1.

    Undefined where everybody is at one of the bounds, or values lie outside them.

    References
    ----------
    Wagstaff 2005, Health Economics 14, 429.
    """
    refused = _outside(values, people, low=low, high=high)
    if refused is not None:
        return refused
    held = shared(values, people)
    if held is None:
        return NOBODY
    room = (high - held.mean) * (held.mean - low)
    if room <= 0:
        return undefined("everybody is at one of the bounds")
    whole = generalised_concentration(values, people, order).value or 0.0
    return Figure((high - low) * whole / room)


def _outside(values: ArrayLike, people: ArrayLike, *, low: float, high: float) -> Figure | None:
    held = shared(values, people)
    if held is None:
        return NOBODY
    if high <= low or (held.y < low).any() or (held.y > high).any():
        return undefined(f"values lie outside the bounds {low:g} to {high:g}")
    return None
