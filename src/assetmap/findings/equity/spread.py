"""A subject's places with their people and where these stand in line, and its drawn intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.findings.equity.gini import drawn_gini, pair_differences
from assetmap.findings.equity.interval import (
    Steps,
    drawn,
    drawn_concentration,
    drawn_mean,
    drawn_slope,
    interval,
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


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Places in order of their areas; ``unit`` numbers the areas, ``order`` is their line.

    ``far`` are the values as they are, ``counted`` with what is out of reach at the cut-off.
    """

    counted: Numbers
    far: Numbers
    people: Numbers
    order: Numbers
    unit: NDArray[np.int64]
    unreached_people: float

    @classmethod
    def of(cls, places: pd.DataFrame, order: pd.Series, *, cut_off: float | None) -> Spread:
        """The places of areas that have a place in the line."""
        rows = places.assign(order=places["area_id"].map(order)).dropna(subset=["order"])
        rows = rows.sort_values(["area_id", "value", "people"], kind="stable")
        far = rows["value"].to_numpy(np.float64)
        people = rows["people"].to_numpy(np.float64)
        lost = np.isinf(far)
        return cls(
            counted=far if cut_off is None else np.where(lost, cut_off, far),
            far=far,
            people=people,
            order=rows["order"].to_numpy(np.float64),
            unit=np.unique(rows["area_id"], return_inverse=True)[1],
            unreached_people=float(people[lost].sum()),
        )

    def by_area(self) -> pd.DataFrame:
        """Each area's people, their sum and mean of the value, and its place in line."""
        table = pd.DataFrame(
            {
                "unit": self.unit,
                "people": self.people,
                "total": self.people * self.counted,
                "order": self.order,
            }
        )
        sums = table.groupby("unit").agg(
            people=("people", "sum"), total=("total", "sum"), order=("order", "first")
        )
        some = sums["people"] > 0
        return sums.assign(mean=(sums["total"] / sums["people"].where(some)).fillna(0.0))


def intervals(
    spread: Spread, *, seed: int, kind: str, line: float | None
) -> dict[str, tuple[float, float] | None]:
    """The intervals of the gaps, slopes, concentration indices, Gini and people beyond a line.

    Areas are drawn whole, 1,999 times; the same draws serve every measure. Empty with fewer than
    two areas.
    """
    areas = spread.by_area()
    parts = [areas[name].to_numpy(np.float64) for name in ("mean", "people", "order")]
    held = drawn(*parts, seed=seed)
    if held is None:
        return {}
    with np.errstate(divide="ignore", invalid="ignore"):
        found = _of_line(held)
        found |= _bounded(held, found[GENERALISED]) if kind == "share" else {}
        found[GINI] = _gini(spread, areas, held)
    if line is not None:
        found[BEYOND] = _beyond(spread, areas, held, kind=kind, line=line)
    return {name: interval(figures) for name, figures in found.items()}


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


def _gini(spread: Spread, areas: pd.DataFrame, held: Drawn) -> Numbers:
    apart = pair_differences(spread.counted, spread.people, spread.unit, units=len(areas))
    order = held.rows
    people, total = (areas[name].to_numpy(np.float64)[order] for name in ("people", "total"))
    return drawn_gini(apart[np.ix_(order, order)], people, total, held.times)


def _beyond(spread: Spread, areas: pd.DataFrame, held: Drawn, *, kind: str, line: float) -> Numbers:
    poor = spread.far > line if kind == "minutes" else spread.far < line
    count = np.bincount(spread.unit, weights=spread.people * poor, minlength=len(areas))
    people = areas["people"].to_numpy(np.float64)[held.rows]
    share: Numbers = (held.times @ count[held.rows]) / (held.times @ people)
    return share
