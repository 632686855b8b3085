"""The ratio between the two ends of the line of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.findings.equity.people import NOBODY, Figure, mean_between, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def palma(values: ArrayLike, people: ArrayLike, order: ArrayLike) -> Figure:
    """Mean of the least deprived tenth of people over that of the most deprived four tenths.

    People, not areas: an area across a line is split pro rata, and areas that tie are split
    alike. Undefined where the most deprived have none.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    least = mean_between(held.y, order, held.p, stretch=(0.9, 1.0))
    most = mean_between(held.y, order, held.p, stretch=(0.0, 0.4))
    if least is None or most is None:
        return NOBODY
    if most <= 0:
        return undefined("the mean of the most deprived four tenths is not above zero")
    return Figure(least / most)
