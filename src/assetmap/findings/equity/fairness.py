"""All measures of fairness of one subject in one table, each with its reason where undefined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from assetmap.findings.equity.atkinson import atkinson
from assetmap.findings.equity.concentration import (
    concentration,
    erreygers,
    generalised_concentration,
    wagstaff,
)
from assetmap.findings.equity.gap import gap, relative_gap
from assetmap.findings.equity.gini import gini
from assetmap.findings.equity.interval import bootstrap_interval
from assetmap.findings.equity.palma import palma
from assetmap.findings.equity.poverty import excess, shortfall
from assetmap.findings.equity.slope import slope
from assetmap.findings.equity.theil import theil_l, theil_t
from assetmap.frames import table_of
from assetmap.frames.fairness import EQUITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.findings.equity.interval import Statistic
    from assetmap.findings.equity.people import Figure, Numbers

Kind = Literal["minutes", "amount", "share"]

GAP = "absolute gap, most against least deprived fifth"
RATIO = "relative gap, most against least deprived fifth"
SII = "slope index of inequality"
CONCENTRATION = "concentration index"
GINI = "Gini"
BEYOND = "people beyond the standard"
HEADLINES = (GAP, RATIO, SII, CONCENTRATION, GINI, BEYOND)
"""The measures that get an interval."""


def _slope_part(name: str) -> Statistic:
    def part(values: Numbers, people: Numbers, order: Numbers) -> Figure:
        figure: Figure = getattr(slope(values, people, order), name)
        return figure

    return part


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
        GAP: gap,
        "absolute gap, most deprived fifth against the rest": partial(gap, against="rest"),
        RATIO: relative_gap,
        "relative gap, most deprived fifth against the rest": partial(relative_gap, against="rest"),
        SII: _slope_part("sii"),
        "relative index of inequality (Kunst and Mackenbach)": _slope_part("rii"),
        "relative index of inequality (Pamuk, by the mean)": _slope_part("rii_mean"),
        CONCENTRATION: concentration,
        "generalised concentration index": generalised_concentration,
        GINI: _whatever_the_order(gini),
        "Theil T": _whatever_the_order(theil_t),
        "Theil L": _whatever_the_order(theil_l),
        "Atkinson, ε = 0.5": _whatever_the_order(partial(atkinson, epsilon=0.5)),
        "Atkinson, ε = 1": _whatever_the_order(partial(atkinson, epsilon=1.0)),
        "Palma-type ratio": palma,
    }
    if kind == "share":
        found["Erreygers index"] = erreygers
        found["Wagstaff index"] = wagstaff
    if line is not None:
        poverty = excess if kind == "minutes" else shortfall
        names = (BEYOND, "depth beyond the standard", "severity beyond the standard")
        for alpha, name in enumerate(names):
            found[name] = _whatever_the_order(partial(poverty, line=line, alpha=alpha))
    return found


def fairness(
    areas: pd.DataFrame, *, subject: str, by: str, kind: Kind, seed: int, line: float | None = None
) -> pd.DataFrame:
    """EQUITY of one subject: every measure that fits it, with intervals for the headlines.

    Parameters
    ----------
    areas
        One row an area or origin: ``value``, ``people``, ``order`` (1 = most deprived), and
        ``block`` where neighbours are to be drawn together.
    subject
        What is shared out, as people would say it.
    by
        What ``order`` is.
    kind
        ``minutes`` (less is better), ``amount``, or ``share`` between 0 and 1.
    seed
        Of the bootstrap.
    line
        The minimum standard, in the unit of the value.

    Raises
    ------
    MethodError
        Where a value is empty: leave unmeasured areas out first, and say so.
    """
    columns = [areas[name].to_numpy("float64") for name in ("value", "people", "order")]
    blocks = areas["block"].to_numpy() if "block" in areas else None
    rows = []
    for name, measure in measures(kind, line=line).items():
        figure = measure(*columns)
        between = None
        if name in HEADLINES and figure.value is not None:
            between = bootstrap_interval(measure, *columns, seed=seed, blocks=blocks)
        low, high = between or (None, None)
        rows.append((subject, by, name, figure.value, low, high, figure.reason or None))
    table = pd.DataFrame(rows, columns=list(EQUITY.names))
    return table_of(EQUITY, {name: table[name] for name in EQUITY.names})
