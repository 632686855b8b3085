"""The Pareto front: how much coverage of everybody costs coverage of the most deprived."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import MethodError
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.problem import Ask, covers

if TYPE_CHECKING:
    from assetmap.scenarios.locate.problem import Answer, Flags, Problem

MOST = 20


class Front(NamedTuple):
    """The choices that no other beats, and why there are no more."""

    table: pd.DataFrame
    why: str


def front(problem: Problem, ask: Ask) -> Front:
    """Every choice of sites that no other beats in both aims, from efficiency to equity.

    The most people covered; then the most of those choices that cover more people of the most
    deprived fifth, and so on (the ε-constraint). Columns ``people``, ``deprived``, ``chosen``
    (``;`` between), ``gap``; at most twenty rows. ``why`` names the constraint at which it ends.

    Raises
    ------
    MethodError
        As :func:`assetmap.scenarios.locate.cover.maximal_coverage`.

    References
    ----------
    Haimes, Lasdon and Wismer 1971, IEEE Transactions SMC 1, 296.
    """
    plain = replace(ask, need_weight=0.0)
    near = covers(problem, ask.within)
    rows: list[tuple[float, float, str, float]] = []
    least: float | None = None
    why = f"{MOST} choices are looked at; there may be more"
    while len(rows) < MOST:
        try:
            answer = maximal_coverage(problem, plain, least_deprived=least)
        except MethodError as error:
            if not rows:
                raise
            why = error.faults[0].what
            break
        deprived = _deprived(problem, near, answer)
        rows.append((answer.people, deprived, ";".join(answer.chosen), answer.gap))
        least = deprived + _step(problem)
    table = pd.DataFrame(rows, columns=["people", "deprived", "chosen", "gap"])
    return Front(table[~_beaten(table)].reset_index(drop=True), why)


def _deprived(problem: Problem, near: Flags, answer: Answer) -> float:
    chosen = [problem.to_ids.index(one) for one in answer.chosen]
    opened = np.union1d(np.flatnonzero(problem.fixed), chosen).astype(np.int64)
    return float((problem.people * problem.deprived)[near[:, opened].any(axis=1)].sum())


def _step(problem: Problem) -> float:
    """Less than anybody's weight, more than rounding."""
    there = (problem.people * problem.deprived)[problem.people * problem.deprived > 0]
    return float(min(there.min(initial=1.0) / 2, 1.0))


def _beaten(table: pd.DataFrame) -> pd.Series:
    """Rows that another equals or beats in both aims, and beats in one."""
    people, deprived = table["people"].to_numpy(), table["deprived"].to_numpy()
    as_good = (people >= people[:, None]) & (deprived >= deprived[:, None])
    better = (people > people[:, None]) | (deprived > deprived[:, None])
    return pd.Series((as_good & better).any(axis=1))
