"""The exact solver: HiGHS, with what it has found, proven and not had time for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Ask, Flags, Numbers, Problem

TIME_LIMIT, INFEASIBLE = 1, 2


class Rows(NamedTuple):
    """Constraints of one kind: ``low <= A x <= high``."""

    a: csr_array
    low: Numbers | float
    high: Numbers | float


class Model(NamedTuple):
    """The least ``cost @ x`` under the constraints; ``whole`` variables are whole numbers."""

    cost: Numbers
    rows: list[Rows]
    whole: Flags
    low: Numbers
    high: Numbers


class Solved(NamedTuple):
    """A solution (None where none was found in time), its bound, and whether time ran out."""

    x: Numbers | None
    bound: float
    stopped: bool


def solve(model: Model, *, seconds: float) -> Solved:
    """What HiGHS finds and proves within the time.

    Raises
    ------
    MethodError
        Where no x keeps all constraints; the caller says which of them was the user's.
    """
    found = milp(
        model.cost,
        integrality=model.whole.astype(np.uint8),
        bounds=Bounds(model.low, model.high),
        constraints=[LinearConstraint(*one) for one in model.rows],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        what = "no choice of sites keeps all that is asked"
        raise MethodError(Fault(what=what, where="locate"))
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
    x = None if found.x is None else np.asarray(found.x, np.float64)
    return Solved(x, bound, found.status == TIME_LIMIT)


def relaxed(model: Model, *, seconds: float) -> float:
    """The least cost where no variable needs to be whole: a bound, -inf without time for it.

    By an interior-point method, which takes a second where the solver's own start takes many.
    """
    parts: list[csr_array] = []
    limits: list[Numbers] = []
    for a, low, high in model.rows:
        for sign, limit in ((1.0, high), (-1.0, low)):
            ends = np.broadcast_to(np.asarray(limit, np.float64), a.shape[0]) * sign
            held = np.isfinite(ends)
            parts.append(a[held] * sign)
            limits.append(ends[held])
    found = linprog(
        model.cost,
        A_ub=vstack(parts),
        b_ub=np.concatenate(limits),
        bounds=np.column_stack([model.low, model.high]),
        method="highs-ipm",
        options={"time_limit": seconds},
    )
    return float(found.fun) if found.status == 0 else -np.inf


def how_many(problem: Problem, ask: Ask, width: int) -> list[Rows]:
    """Σ y = p over the candidates, and what they cost; sites are the first columns of x.

    With a budget, p is the most that are opened.
    """
    free = (~problem.fixed).astype(np.float64)
    rows = []
    if ask.p is not None:
        low = ask.p if ask.budget is None else 0
        rows.append(Rows(one_row(free, width), float(low), float(ask.p)))
    if ask.budget is not None and problem.spend is not None:
        money = np.where(problem.fixed, 0.0, problem.spend)
        rows.append(Rows(one_row(money, width), 0.0, float(ask.budget)))
    return rows


def one_row(values: Numbers, width: int, *, after: int = 0) -> csr_array:
    """A constraint's row: these values after so many columns, zeros elsewhere."""
    row = np.zeros((1, width))
    row[0, after : after + len(values)] = values
    return csr_array(row)


def sites_of(problem: Problem, x: Numbers) -> NDArray[np.int64]:
    """Which sites a solution opens, those there already among them."""
    opened = np.round(x[: len(problem.to_ids)]) == 1
    return np.flatnonzero(opened | problem.fixed)
