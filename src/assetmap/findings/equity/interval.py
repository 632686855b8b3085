"""How much a figure hangs on which neighbourhoods are counted: a seeded bootstrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from assetmap.findings.equity.people import Figure

    Numbers = NDArray[np.float64]

LEAST_DRAWS = 1999
SAYS = "sensitivity to which neighbourhoods are included; the authority is all there is, no sample"


class Statistic(Protocol):
    """A measure of values and people, in the line that ``order`` gives."""

    def __call__(self, values: Numbers, people: Numbers, order: Numbers) -> Figure:
        """The measure."""


def bootstrap_interval(
    statistic: Statistic, values: ArrayLike, people: ArrayLike, order: ArrayLike, *,
    seed: int, blocks: ArrayLike | None = None,
) -> tuple[float, float] | None:  # fmt: skip
    """2.5th and 97.5th percentiles of a figure over draws of areas with replacement.

    Areas (or whole blocks of neighbours, as MSOAs, where named) are drawn 1,999 times within the
    authority. Draws are a function of the seed and of what the areas are, not of their order in
    the table. None with fewer than two areas or blocks, or where fewer than half of the draws
    have a figure.

    Raises
    ------
    MethodError
        For arrays of different lengths.

    References
    ----------
    Efron and Tibshirani 1993, An Introduction to the Bootstrap.
    """
    y, weight, line = (np.asarray(one, dtype=np.float64) for one in (values, people, order))
    label = np.arange(len(y)) if blocks is None else np.asarray(blocks)
    if len({len(y), len(weight), len(line), len(label)}) != 1:
        raise MethodError(Fault(what="values, people, order and blocks are of different lengths"))
    rows = np.lexsort((weight, y, line)) if blocks is None else np.lexsort((weight, y, line, label))
    y, weight, line, label = y[rows], weight[rows], line[rows], label[rows]
    unit = np.arange(len(y)) if blocks is None else np.unique(label, return_inverse=True)[1]
    units = int(unit.max(initial=-1)) + 1
    if units < 2:  # noqa: PLR2004 - one cannot be drawn anew
        return None
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(LEAST_DRAWS):
        times = np.bincount(rng.integers(units, size=units), minlength=units)[unit]
        here = times > 0
        figure = statistic(y[here], weight[here] * times[here], line[here])
        if figure.value is not None:
            found.append(figure.value)
    if len(found) < LEAST_DRAWS / 2:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
