"""How much a figure hangs on which neighbourhoods are counted: a seeded bootstrap.

Every draw is a row of a matrix of how often each neighbourhood was drawn, so that two thousand
draws of a figure are a few sums over matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

DRAWS = 1999
SAYS = "sensitivity to which neighbourhoods are included; the authority is all there is, no sample"


class Drawn(NamedTuple):
    """People along the line in every draw; areas that tie are one step of it.

    ``people`` and ``total`` (Σ P y) are draws by steps; ``times`` draws by areas, in the order
    ``rows`` of the table.
    """

    people: Numbers
    total: Numbers
    times: Numbers
    rows: NDArray[np.int64]

    @property
    def mean(self) -> Numbers:
        """μ of each draw; empty where nobody was drawn."""
        return _ratio(self.total.sum(axis=1), self.people.sum(axis=1))


class Steps(NamedTuple):
    """The steps of every draw: their share of people, their mean, and where they end in line."""

    p: Numbers
    y: Numbers
    end: Numbers
    mean: Numbers

    @classmethod
    def of(cls, line: Drawn) -> Steps:
        """The steps of a line that was drawn."""
        p = line.people / line.people.sum(axis=1, keepdims=True)
        return cls(p, _ratio(line.total, line.people, empty=0.0), np.cumsum(p, axis=1), line.mean)


def drawn(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, seed: int,
    blocks: ArrayLike | None = None,
) -> Drawn | None:  # fmt: skip
    """Areas, or whole blocks of neighbours, drawn 1,999 times with replacement.

    Draws are a function of the seed and of what the areas are, not of their order in the table.
    None with fewer than two areas or blocks: one cannot be drawn anew.

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
    picked = np.random.default_rng(seed).integers(units, size=(DRAWS, units))
    flat = (np.arange(DRAWS)[:, None] * units + picked).ravel()
    counts = np.bincount(flat, minlength=DRAWS * units).reshape(DRAWS, units)
    times = counts[:, unit].astype(np.float64)
    steps, step = np.unique(line, return_inverse=True)
    onto = np.zeros((len(y), len(steps)))
    onto[np.arange(len(y)), step] = weight
    return Drawn(times @ onto, times @ (onto * y[:, None]), times, rows)


def interval(figures: Numbers) -> tuple[float, float] | None:
    """2.5th and 97.5th percentiles; None where fewer than half of the draws have a figure."""
    known = figures[np.isfinite(figures)]
    if len(known) < len(figures) / 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def drawn_mean(line: Steps, stretch: tuple[float, float]) -> Numbers:
    """The mean of people in a stretch of the line in each draw, steps split pro rata."""
    start = np.maximum(line.end - line.p, stretch[0])
    inside = np.clip(np.minimum(line.end, stretch[1]) - start, 0, None)
    return _ratio((inside * line.y).sum(axis=1), inside.sum(axis=1))


def drawn_slope(line: Steps) -> tuple[Numbers, Numbers]:
    """The fitted beginning and end of the line in each draw (SII = end - beginning)."""
    p, y, ranks = line.p, line.y, line.end - line.p / 2
    away = ranks - (p * ranks).sum(axis=1, keepdims=True)
    b = _ratio((p * away * y).sum(axis=1), (p * away**2).sum(axis=1))
    a = line.mean - b * (p * ranks).sum(axis=1)
    return a, a + b


def drawn_concentration(line: Steps) -> Numbers:
    """C_G = μ C, the generalised concentration index, in each draw."""
    away = line.end - line.p / 2 - 0.5
    whole: Numbers = 2 * (line.p * (line.y - line.mean[:, None]) * away).sum(axis=1)
    return whole


def _ratio(above: Numbers, below: Numbers, *, empty: float = np.nan) -> Numbers:
    """A quotient; empty where there is nothing to divide by."""
    out: Numbers = np.divide(above, below, out=np.full(below.shape, empty), where=below > 0)
    return out
