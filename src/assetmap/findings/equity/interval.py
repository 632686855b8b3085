"""How much a figure hangs on which neighbourhoods are counted: a seeded bootstrap.

Every draw is a row of a matrix of how often each neighbourhood was drawn, so that two thousand
draws of a figure are a few sums over matrices.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]

DRAWS = 1999
ENDS = (2.5, 97.5)
MOST_UNITS = 5_000
"""As many areas as are drawn anew. Of a country no interval is told: it would be narrower than the
figures are rounded, and its draws, and all pairs of its areas, would fill tens of GB."""
SAYS = (
    "sensitivity to which neighbourhoods are included; the authority is all there is, no sample; "
    f"none beyond {MOST_UNITS:,} areas"
)


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
    """The steps of every draw: their shares of people, Σ p y of each, and where they end in line.

    ``summed`` is Σ p y of a step and all before it.
    """

    p: Numbers
    part: Numbers
    end: Numbers
    summed: Numbers

    @classmethod
    def of(cls, line: Drawn) -> Steps:
        """The steps of a line that was drawn."""
        people = line.people.sum(axis=1, keepdims=True)
        p, part = line.people / people, line.total / people
        return cls(p, part, np.cumsum(p, axis=1), np.cumsum(part, axis=1))

    @property
    def mean(self) -> Numbers:
        """μ of each draw; empty where nobody was drawn."""
        return self.summed[:, -1]

    def up_to(self, place: float) -> Numbers:
        """Σ p y of the people before a place in the line, in each draw; steps split pro rata."""
        before = np.count_nonzero(self.end < place, axis=1)
        at = np.minimum(before, self.end.shape[1] - 1)[:, None]
        p, part, end, summed = (np.take_along_axis(one, at, axis=1)[:, 0] for one in self)
        beyond = np.divide(end - place, p, out=np.zeros(len(p)), where=p > 0)
        found: Numbers = summed - part * beyond
        return found


def drawn(
    values: ArrayLike, people: ArrayLike, order: ArrayLike, *, seed: int,
    blocks: ArrayLike | None = None,
) -> Drawn | None:  # fmt: skip
    """Areas, or whole blocks of neighbours, drawn 1,999 times with replacement.

    Draws are a function of the seed and of what the areas are, not of their order in the table.
    None with fewer than two areas or blocks, of which none can be drawn anew, and with more than
    ``MOST_UNITS``.

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
    if not can_be_drawn(units):
        return None
    times = drawn_times(units, seed=seed)
    times = times if blocks is None else times[:, unit]
    return Drawn(_by_step(times * weight, line), _by_step(times * (weight * y), line), times, rows)


def can_be_drawn(units: int) -> bool:
    """Whether so many areas are drawn anew: one cannot be, and a country's need not be."""
    return 2 <= units <= MOST_UNITS  # noqa: PLR2004 - one cannot be drawn anew


@lru_cache(maxsize=1)
def drawn_times(units: int, *, seed: int) -> Numbers:
    """How often each of some units was drawn: draws by units; not to be written in.

    One subject after another asks for the same.
    """
    picked = np.random.default_rng(seed).integers(units, size=(DRAWS, units))
    flat = (np.arange(DRAWS)[:, None] * units + picked).ravel()
    counts = np.bincount(flat, minlength=DRAWS * units).reshape(DRAWS, units)
    times: Numbers = counts.astype(np.float64)
    times.flags.writeable = False
    return times


def _by_step(amounts: Numbers, line: Numbers) -> Numbers:
    """Columns of areas as sums of those that tie in the line, along it."""
    by = np.argsort(line, kind="stable")
    starts = np.flatnonzero(np.diff(line[by], prepend=-np.inf))
    along = amounts if (by == np.arange(len(by))).all() else amounts[:, by]
    sums: Numbers = along
    if len(starts) < len(line):
        sums = np.add.reduceat(along, starts, axis=1)
    return sums


def interval(figures: Numbers) -> tuple[float, float] | None:
    """2.5th and 97.5th percentiles; None where fewer than half of the draws have a figure."""
    known = figures[np.isfinite(figures)]
    if len(known) < len(figures) / 2:
        return None
    low, high = np.percentile(known, ENDS)
    return float(low), float(high)


def intervals_of(figures: Sequence[Numbers]) -> list[tuple[float, float] | None]:
    """:func:`interval` of several figures, each of as many draws."""
    known = [bool(np.isfinite(one).all()) for one in figures]
    whole = np.array([one for one, all_of_it in zip(figures, known, strict=True) if all_of_it])
    ends = iter(np.percentile(whole, ENDS, axis=1).T.tolist() if len(whole) else [])
    return [
        tuple(next(ends)) if all_of_it else interval(one)
        for one, all_of_it in zip(figures, known, strict=True)
    ]


def drawn_mean(line: Steps, stretch: tuple[float, float]) -> Numbers:
    """The mean of people in a stretch of the line in each draw, steps split pro rata."""
    low, high = stretch
    mean: Numbers = (line.up_to(high) - line.up_to(low)) / (high - low)
    return mean


def drawn_slope(line: Steps) -> tuple[Numbers, Numbers]:
    """The fitted beginning and end of the line in each draw (SII = end - beginning)."""
    ranks = line.end - line.p / 2
    middle = _dot(line.p, ranks)
    together = _dot(line.part, ranks) - middle * line.mean
    b = _ratio(together, _dot(line.p, ranks**2) - middle**2)
    a = line.mean - b * middle
    return a, a + b


def drawn_concentration(line: Steps) -> Numbers:
    """C_G = μ C, the generalised concentration index, in each draw."""
    ranks = line.end - line.p / 2
    whole: Numbers = 2 * (_dot(line.part, ranks) - line.mean * _dot(line.p, ranks))
    return whole


def _dot(one: Numbers, other: Numbers) -> Numbers:
    """Σ over the steps of each draw."""
    found: Numbers = np.einsum("ds,ds->d", one, other)
    return found


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """A quotient; empty where there is nothing to divide by."""
    out: Numbers = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
    return out
