"""All measures of fairness of one subject in one table, each with its reason where undefined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from assetmap.findings.equity.atkinson import atkinson
from assetmap.findings.equity.concentration import (
    concentration,
    erreygers,
    generalised_concentration,
    wagstaff,
)
from assetmap.findings.equity.gap import gap, relative_gap
from assetmap.findings.equity.gini import gini
from assetmap.findings.equity.names import (
    ABSOLUTE,
    ATKINSON_HALF,
    ATKINSON_ONE,
    BEYOND,
    CONCENTRATION,
    DEPTH,
    ERREYGERS,
    FIFTHS,
    FIRST_TENTH,
    GENERALISED,
    GINI,
    LAST_TENTH,
    PALMA,
    RELATIVE,
    REST,
    RII,
    RII_MEAN,
    SEVERITY,
    SII,
    TENTHS,
    THEIL_L,
    THEIL_T,
    WAGSTAFF,
    unit_of,
)
from assetmap.findings.equity.palma import palma
from assetmap.findings.equity.people import NOBODY, Figure, mean_between, shared
from assetmap.findings.equity.poverty import excess, shortfall
from assetmap.findings.equity.slope import slope
from assetmap.findings.equity.spread import Spread, intervals
from assetmap.findings.equity.theil import theil_l, theil_t
from assetmap.frames import table_of
from assetmap.frames.fairness import COMPUTED, EVERYBODY, FAIRNESS, NOT_COMPUTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol

    import pandas as pd

    from assetmap.findings.equity.people import Numbers

    Row = dict[str, object]

    class Statistic(Protocol):
        """A measure of values and people, in the line that ``order`` gives."""

        def __call__(self, values: Numbers, people: Numbers, order: Numbers) -> Figure:
            """The measure."""


FIGURES = ("value", "low", "high", "people")
OF_FAR = {BEYOND, DEPTH, SEVERITY}
"""Measures of values as they are, out of reach and all."""
OF_PLACES = OF_FAR | {GINI, THEIL_T, THEIL_L, ATKINSON_HALF, ATKINSON_ONE}
"""Measures that see differences inside areas; all others are of areas in line."""
Kind = Literal["minutes", "amount", "share"]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is shared out, and its places: where people live and what they have there.

    Attributes
    ----------
    name
        As people would say it: ``minutes to a library``.
    kind
        ``minutes`` (less is better), ``amount``, or ``share`` between 0 and 1.
    unit
        Of the value.
    places
        One row a place: ``area_id``, ``people``, ``value``; none empty. Minutes may be infinite:
        out of reach.
    cut_off_min
        How far was searched; minutes out of reach count as these, and the status says so.
    line
        The minimum standard, in the unit of the value.
    """

    name: str
    kind: Kind
    unit: str
    places: pd.DataFrame
    cut_off_min: float | None = None
    line: float | None = None

    @cached_property
    def spread(self) -> Spread:
        """The places in order, as arrays."""
        return Spread.of(self.places, cut_off=self.cut_off_min)


def _slope_part(name: str) -> Statistic:
    def part(values: Numbers, people: Numbers, order: Numbers) -> Figure:
        figure: Figure = getattr(slope(values, people, order), name)
        return figure

    return part


def _mean_of(low: float, high: float) -> Statistic:
    def mean(values: Numbers, people: Numbers, order: Numbers) -> Figure:
        held = shared(values, people)
        found = mean_between(held.y, order, held.p, stretch=(low, high)) if held else None
        return NOBODY if found is None else Figure(found)

    return mean


ENDS = {FIRST_TENTH: _mean_of(0.0, 0.1), LAST_TENTH: _mean_of(0.9, 1.0)}
"""What the two ends of the line have; the gap is their difference."""


def _whatever_the_order(measure: Callable[[Numbers, Numbers], Figure]) -> Statistic:
    def without_order(values: Numbers, people: Numbers, order: Numbers) -> Figure:
        del order
        return measure(values, people)

    return without_order


def measures(kind: Kind, *, line: float | None = None) -> dict[str, Statistic]:
    """The measures that fit a kind of value, by name.

    ``share`` values lie between 0 and 1 and get the bounded indices; a ``line`` (minimum
    standard) adds access poverty.
    """
    found: dict[str, Statistic] = {
        f"{ABSOLUTE} {FIFTHS}": gap,
        f"{RELATIVE} {FIFTHS}": relative_gap,
        f"{ABSOLUTE} {TENTHS}": partial(gap, share=0.1),
        f"{RELATIVE} {TENTHS}": partial(relative_gap, share=0.1),
        f"{ABSOLUTE} {REST}": partial(gap, against="rest"),
        f"{RELATIVE} {REST}": partial(relative_gap, against="rest"),
        SII: _slope_part("sii"),
        RII: _slope_part("rii"),
        RII_MEAN: _slope_part("rii_mean"),
        CONCENTRATION: concentration,
        GENERALISED: generalised_concentration,
        GINI: _whatever_the_order(gini),
        THEIL_T: _whatever_the_order(theil_t),
        THEIL_L: _whatever_the_order(theil_l),
        ATKINSON_HALF: _whatever_the_order(partial(atkinson, epsilon=0.5)),
        ATKINSON_ONE: _whatever_the_order(partial(atkinson, epsilon=1.0)),
        PALMA: palma,
    }
    if kind == "share":
        found[ERREYGERS] = erreygers
        found[WAGSTAFF] = wagstaff
    if line is not None:
        poverty = excess if kind == "minutes" else shortfall
        for alpha, name in enumerate((BEYOND, DEPTH, SEVERITY)):
            found[name] = _whatever_the_order(partial(poverty, line=line, alpha=alpha))
    return found


def fairness(subject: Subject, order: pd.Series, *, seed: int, by: str) -> list[Row]:
    """Rows of FAIRNESS of one subject along a line of people: every measure that fits it.

    Measures along the line are of areas (everybody in an area stands at the same place in it,
    so that their mean is all that counts); the others are of places, so that differences inside
    areas count. Intervals are those of :func:`assetmap.findings.equity.spread.intervals`.

    Parameters
    ----------
    order
        By ``area_id``, 1 = most deprived; areas without one are left out.
    seed
        Of the bootstrap.
    by
        What ``order`` is.

    Raises
    ------
    MethodError
        Where a value is empty: leave unmeasured places out first, and say so.
    """
    spread = subject.spread.along(order)
    areas = spread.by_area
    between = intervals(spread, seed=seed, kind=subject.kind, line=subject.line)
    rows: list[Row] = []
    for name, measure in (ENDS | measures(subject.kind, line=subject.line)).items():
        if name in OF_PLACES:
            values = spread.far if name in OF_FAR else spread.counted
            figure = measure(values, spread.people, spread.order)
        else:
            figure = measure(areas.mean, areas.people, areas.order)
        low, high = between.get(name) or (None, None)
        known = figure.value is not None
        rows.append(
            {
                "measure": name, "value": figure.value,
                "low": low if known else None, "high": high if known else None,
                "status": _status(figure, name, spread, subject),
            }
        )  # fmt: skip
    return as_rows(rows, subject=subject, by=by, people=float(spread.people.sum()))


def as_rows(
    rows: Iterable[Row],
    *,
    subject: Subject,
    by: str,
    people: float,
) -> list[Row]:
    """Rows of FAIRNESS that name a measure, a value, an interval and a status."""
    whole: Row = {"of_what": subject.name, "by": by, "group": EVERYBODY, "people": people}
    return [{**whole, **row, "unit": unit_of(str(row["measure"]), subject.unit)} for row in rows]


def as_fairness(rows: Sequence[Row]) -> pd.DataFrame:
    """FAIRNESS of rows; the contract's columns without rows where none is."""
    columns: dict[str, object] = {name: [row[name] for row in rows] for name in FAIRNESS.names}
    for name in FIGURES:
        columns[name] = np.array(columns[name], dtype=np.float64)  # None is empty
    return table_of(FAIRNESS, columns)


def _status(figure: Figure, name: str, spread: Spread, subject: Subject) -> str:
    """Whether a figure is computed, why not, and what it counts as what."""
    if figure.value is None:
        return f"{NOT_COMPUTED}{figure.reason}"
    return COMPUTED if name in OF_FAR else computed(spread, subject)


def computed(spread: Spread, subject: Subject) -> str:
    """``computed``, and how many people are out of reach and count with the cut-off."""
    if not spread.unreached_people:
        return COMPUTED
    return (
        f"{COMPUTED}: {spread.unreached_people:,.0f} people who reach none within "
        f"{subject.cut_off_min:g} minutes count as {subject.cut_off_min:g}"
    )
