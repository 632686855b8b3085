"""The gap between the most deprived people and others: absolute and relative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from assetmap.findings.equity.people import NOBODY, Figure, mean_between, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Against = Literal["least", "rest"]


def _means(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, share: float, against: Against
) -> tuple[float, float] | None:
    held = shared(values, people)
    if held is None:
        return None
    others = (1 - share, 1.0) if against == "least" else (share, 1.0)
    most = mean_between(held.y, order, held.p, stretch=(0.0, share))
    rest = mean_between(held.y, order, held.p, stretch=others)
    return None if most is None or rest is None else (most, rest)


def gap(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, share: float = 0.2,
    against: Against = "least",
) -> Figure:  # fmt: skip
    """Mean of the most deprived people less that of the least deprived, or of all others.

    y_most - y_rest on people: the first ``share`` of the line from most to least deprived,
    areas across the line split pro rata. Undefined where there is nobody.
    """
    means = _means(values, people, order, share=share, against=against)
    return NOBODY if means is None else Figure(means[0] - means[1])


def relative_gap(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, share: float = 0.2,
    against: Against = "least",
) -> Figure:  # fmt: skip
    """Mean of the most deprived people divided by that of the least deprived, or of all others.

    1 = no gap. It may move against the absolute gap: report both. Undefined where the others'
    mean is not above zero.
    """
    means = _means(values, people, order, share=share, against=against)
    if means is None:
        return NOBODY
    if means[1] <= 0:
        return undefined("the others' mean is not above zero: there is nothing to divide by")
    return Figure(means[0] / means[1])
