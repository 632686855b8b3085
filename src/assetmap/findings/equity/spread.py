"""A subject's places with their people and where these stand in line, and its drawn intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.findings.equity.gini import drawn_gini, pair_differences
from assetmap.findings.equity.interval import (
    Steps,
    drawn,
    drawn_concentration,
    drawn_mean,
    drawn_slope,
    intervals_of,
)
from assetmap.findings.equity.names import (
    ABSOLUTE,
    BEYOND,
    CONCENTRATION,
    ERREYGERS,
    FIFTHS,
    GENERALISED,
    GINI,
    RELATIVE,
    REST,
    RII,
    RII_MEAN,
    SII,
    TENTHS,
    WAGSTAFF,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.equity.interval import Drawn

    Numbers = NDArray[np.float64]

GAPS = {
    FIFTHS: ((0.0, 0.2), (0.8, 1.0)),
    TENTHS: ((0.0, 0.1), (0.9, 1.0)),
    REST: ((0.0, 0.2), (0.2, 1.0)),
}
"""The stretches of the line that each gap compares."""


class Areas(NamedTuple):
    """Each area's people, their sum of the value and its mean, and its place in line."""

    people: Numbers
    total: Numbers
    mean: Numbers
    order: Numbers


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Places in order of their areas; ``unit`` numbers the areas, ``order`` is their line.

    ``far`` are the values as they are, ``counted`` with what is out of reach at the cut-off;
    ``area_ids`` are the areas, sorted.
    """

    counted: Numbers
    far: Numbers
    people: Numbers
    order: Numbers
    unit: NDArray[np.int64]
    area_ids: pd.Index
    unreached_people: float

    @classmethod
    def of(cls, places: pd.DataFrame, *, cut_off: float | None) -> Spread:
        """All places, at one place in the line."""
        code, ids = pd.factorize(places["area_id"], sort=True)
        far, people = (places[name].to_numpy(np.float64) for name in ("value", "people"))
        rows = np.lexsort((people, far, code))
        far, people = far[rows], people[rows]
        lost = np.isinf(far)
        return cls(
            counted=far if cut_off is None else np.where(lost, cut_off, far),
            far=far,
            people=people,
            order=np.ones(len(far)),
            unit=code[rows].astype(np.int64),
            area_ids=pd.Index(ids),
            unreached_people=float(people[lost].sum()),
        )

    def along(self, order: pd.Series) -> Spread:
        """The places of areas that have a place in the line, by ``area_id``."""
        line = order.reindex(self.area_ids).to_numpy(np.float64)
        known = ~np.isnan(line)
        kept = known[self.unit]
        far, people, unit = self.far[kept], self.people[kept], self.unit[kept]
        return Spread(
            counted=self.counted[kept],
            far=far,
            people=people,
            order=line[unit],
            unit=(np.cumsum(known) - 1)[unit],
            area_ids=self.area_ids[known],
            unreached_people=float(people[np.isinf(far)].sum()),
        )

    @cached_property
    def by_area(self) -> Areas:
        """The areas, in order of ``area_ids``."""
        first = np.flatnonzero(np.diff(self.unit, prepend=-1))
        people, total = self.summed(self.people), self.summed(self.people * self.counted)
        mean = np.divide(total, people, out=np.zeros(len(people)), where=people > 0)
        if len(first):
            # a mean lies between its values: rounding must not set apart areas that are alike
            least, most = (end.reduceat(self.counted, first) for end in (np.minimum, np.maximum))
            mean = np.where(people > 0, mean.clip(least, most), 0.0)
        return Areas(people, total, mean, self.order[first])

    def summed(self, values: Numbers) -> Numbers:
        """One value a place, summed over each area."""
        sums = np.bincount(self.unit, weights=values, minlength=len(self.area_ids))
        return sums.astype(np.float64, copy=False)


def intervals(
    spread: Spread, *, seed: int, kind: str, line: float | None
) -> dict[str, tuple[float, float] | None]:
    """The intervals of the gaps, slopes, concentration indices, Gini and people beyond a line.

    Areas are drawn whole, 1,999 times; the same draws serve every measure. Empty with fewer than
    two areas, or more than are drawn.
    """
    areas = spread.by_area
    held = drawn(areas.mean, areas.people, areas.order, seed=seed)
    if held is None:
        return {}
    with np.errstate(divide="ignore", invalid="ignore"):
        found = _of_line(held)
        found |= _bounded(held, found[GENERALISED]) if kind == "share" else {}
        found[GINI] = _gini(spread, held)
        if line is not None:
            found[BEYOND] = _beyond(spread, held, kind=kind, line=line)
    return dict(zip(found, intervals_of(list(found.values())), strict=True))


def _of_line(held: Drawn) -> dict[str, Numbers]:
    line = Steps.of(held)
    found: dict[str, Numbers] = {}
    for name, (most, others) in GAPS.items():
        first, second = drawn_mean(line, most), drawn_mean(line, others)
        found[f"{ABSOLUTE} {name}"] = first - second
        found[f"{RELATIVE} {name}"] = np.where(second > 0, first / second, np.nan)
    begin, end = drawn_slope(line)
    found[SII] = end - begin
    found[RII] = np.where(begin > 0, end / begin, np.nan)
    found[RII_MEAN] = (end - begin) / line.mean
    whole = drawn_concentration(line)
    found[GENERALISED] = whole
    found[CONCENTRATION] = whole / line.mean
    return found


def _bounded(held: Drawn, whole: Numbers) -> dict[str, Numbers]:
    room = held.mean * (1 - held.mean)
    return {
        ERREYGERS: 4 * whole,
        WAGSTAFF: np.where(room > 0, whole / room, np.nan),
    }


def _gini(spread: Spread, held: Drawn) -> Numbers:
    areas, order = spread.by_area, held.rows
    apart = pair_differences(spread.counted, spread.people, spread.unit, units=len(spread.area_ids))
    apart = apart[np.ix_(order, order)]
    return drawn_gini(apart, areas.people[order], areas.total[order], held.times)


def _beyond(spread: Spread, held: Drawn, *, kind: str, line: float) -> Numbers:
    poor = spread.far > line if kind == "minutes" else spread.far < line
    count = spread.summed(spread.people * poor)[held.rows]
    share: Numbers = (held.times @ count) / held.people.sum(axis=1)
    return share
