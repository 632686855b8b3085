"""What every measure of fairness stands on: people's shares, their order, and what is undefined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A number, or the reason why there is none: ``value`` is None where it is not defined."""

    value: float | None
    reason: str = ""


def undefined(reason: str) -> Figure:
    """No number, and why."""
    return Figure(None, reason)


NOBODY = undefined("nobody lives there")


NIL = 1e-12
"""Less than this share of the greatest value is nothing: what rounding leaves of a zero."""


class Shared(NamedTuple):
    """Values, and the share of people that has each; shares add up to 1."""

    y: Numbers
    p: Numbers

    @property
    def mean(self) -> float:
        """μ = Σ p y."""
        return float((self.p * self.y).sum())

    @property
    def nil(self) -> float:
        """What is too little to divide by."""
        return float(NIL * np.abs(self.y).max())

    @property
    def equal(self) -> bool:
        """Whether everybody has the same."""
        held = self.y[self.p > 0]
        return bool((held == held[0]).all())


def shared(values: ArrayLike, people: ArrayLike) -> Shared | None:
    """The values with shares of people; None where there is nobody.

    Raises
    ------
    MethodError
        For arrays of different lengths, values that are not numbers, people below zero.
    """
    y = np.asarray(values, dtype=np.float64)
    weight = np.asarray(people, dtype=np.float64)
    faults = []
    if y.shape != weight.shape or y.ndim != 1:
        faults.append(Fault(what=f"{y.shape} values for {weight.shape} numbers of people"))
    if np.isnan(y).any():
        attempt = "leave unmeasured areas out, and say so, before asking how fair access is"
        faults.append(Fault(what=f"{int(np.isnan(y).sum())} values are empty", attempt=attempt))
    if not np.isfinite(weight).all() or (weight < 0).any():
        faults.append(Fault(what="numbers of people are empty or below zero"))
    if faults:
        raise MethodError(faults)
    total = weight.sum()
    return Shared(y, weight / total) if total > 0 else None


def places_in_line(order: ArrayLike, p: Numbers) -> tuple[Numbers, Numbers]:
    """Where each area's people stand in a line of all people, from 0 to 1: from and to.

    ``order`` runs from the most to the least deprived; areas that tie stand side by side over
    the same stretch of the line, so that their order in the table means nothing.
    """
    _, group = np.unique(np.asarray(order, dtype=np.float64), return_inverse=True)
    size: Numbers = np.bincount(group, weights=p).astype(np.float64)
    end: Numbers = np.cumsum(size)
    return (end - size)[group], end[group]


def midpoints(order: ArrayLike, p: Numbers) -> Numbers:
    """R: the middle of each area's place in the line, Σ_{k<j} p_k + p_j / 2; ties alike."""
    start, end = places_in_line(order, p)
    middle: Numbers = (start + end) / 2
    return middle


def people_between(order: ArrayLike, p: Numbers, *, low: float, high: float) -> Numbers:
    """The share of all people that each area has in a stretch of the line, split pro rata."""
    start, end = places_in_line(order, p)
    length = end - start
    inside = np.clip(np.minimum(end, high) - np.maximum(start, low), 0, None)
    share: Numbers = p * np.divide(inside, length, out=np.zeros_like(p), where=length > 0)
    return share


def mean_between(
    values: Numbers, order: ArrayLike, p: Numbers, *, stretch: Sequence[float]
) -> float | None:
    """The mean of people in a stretch of the line; None where nobody stands there."""
    inside = people_between(order, p, low=stretch[0], high=stretch[1])
    total = inside.sum()
    return float((values * inside).sum() / total) if total > 0 else None
