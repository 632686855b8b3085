"""p-median: the sites that make everybody's travel least in sum; with capacity where given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, diags_array, hstack, kron

from assetmap.errors import Fault, MethodError
from assetmap.scenarios.locate.greedy import greedy, median_gain, swapped
from assetmap.scenarios.locate.lagrange import lower_bound
from assetmap.scenarios.locate.problem import Answer, Ask, refuse
from assetmap.scenarios.locate.solver import Model, Rows, how_many, one_row, sites_of, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Numbers, Problem

NAME, FULL = "p-median", "capacitated p-median"
SMALL = 60_000
"""Pairs up to which HiGHS gets the whole model; beyond, a Lagrangian bound is told."""


def p_median(problem: Problem, ask: Ask) -> Answer:
    """The p sites with the least sum of people times cost, everybody at the nearest open site.

    ``min Σ w_i c_ij x_ij``, ``Σ_j x_ij = 1``, ``x_ij ≤ y_j``, ``Σ y = p``. With ``capacity``,
    ``Σ_i w_i x_ij ≤ K_j y_j`` and the people of one place may be shared among sites. With
    ``ask.cap``, the mean of the most deprived fifth is at most that.

    Large models get their bound by Lagrangian relaxation, and the best sites found.

    Raises
    ------
    MethodError
        As :func:`assetmap.scenarios.locate.problem.refuse`; where somebody reaches no site and
        ``ask.unreached`` does not say what that counts as; where no choice keeps the capacity or
        the cap, whichever it is.

    References
    ----------
    Hakimi 1964, Operations Research 12, 450; Cornuejols, Fisher and Nemhauser 1977, Management
    Science 23, 789.
    """
    full = problem.capacity is not None
    name = FULL if full else NAME
    refuse(problem, ask, model=name, heeds=("need_weight", "cap"))
    cost, weights = _filled(problem, ask, name), ask.weights(problem)
    by_hand = greedy(problem, ask, median_gain(cost, weights))
    if ask.budget is None:
        by_hand = swapped(cost, weights, by_hand, problem.fixed)
    if not full and ask.cap is None and cost.size > SMALL:
        bound, sites = lower_bound(problem, ask, cost, by_hand)
        if ask.budget is None:
            sites = swapped(cost, weights, sites, problem.fixed)
        value, stopped = _value(cost, weights, sites), False
    else:
        sites, value, bound, stopped = _exact(problem, ask, cost, name)
    hand_value = _value(cost, weights, by_hand)
    if not full and ask.cap is None and hand_value < value:
        sites, value = by_hand, hand_value
    return Answer(
        model=name,
        chosen=problem.chosen(sites),
        value=value,
        bound=min(bound, value),
        greedy=problem.chosen(by_hand),
        greedy_value=hand_value,
        stopped=stopped,
        people=float(problem.people.sum()),
        unserved=float(problem.people[np.isinf(problem.cost_min).all(axis=1)].sum()),
    )


def _filled(problem: Problem, ask: Ask, name: str) -> Numbers:
    """Costs without gaps: who reaches no site counts as ``unreached``."""
    if ask.unreached is not None:
        return np.minimum(problem.cost_min, ask.unreached)
    if np.isinf(problem.cost_min).any():
        what = "somebody cannot reach some site"
        attempt = "say what a person who reaches none counts as (the cut-off of the costs)"
        raise MethodError(Fault(what=what, where=f"locate, {name}", attempt=attempt))
    return problem.cost_min


def _value(cost: Numbers, weights: Numbers, sites: NDArray[np.int64]) -> float:
    return float(weights @ cost[:, sites].min(axis=1))


def _exact(
    problem: Problem, ask: Ask, cost: Numbers, name: str
) -> tuple[NDArray[np.int64], float, float, bool]:
    """Sites, value, bound and whether time ran out, of HiGHS."""
    model = _model(problem, ask, cost)
    try:
        found = solve(model, seconds=ask.seconds)
    except MethodError:
        raise MethodError(_fault(problem, ask, name)) from None
    if found.x is None:
        what = f"no sites were found within {ask.seconds:g} s"
        raise MethodError(Fault(what=what, where=f"locate, {name}", attempt="more time"))
    return sites_of(problem, found.x), float(model.cost @ found.x), found.bound, found.stopped


def _model(problem: Problem, ask: Ask, cost: Numbers) -> Model:
    """Variables y, then x by rows of demand; x are shares, whole where nothing limits a site."""
    demand, sites = cost.shape
    width = sites + demand * sites
    none = csr_array((demand, sites))
    everybody = kron(diags_array(np.ones(demand)), np.ones((1, sites)))
    open_only = kron(np.ones((demand, 1)), diags_array(np.ones(sites)))
    rows = [
        Rows(hstack([none, everybody]).tocsr(), 1.0, 1.0),
        Rows(hstack([-open_only, diags_array(np.ones(demand * sites))]).tocsr(), -np.inf, 0.0),
        *how_many(problem, ask, width),
        *_limits(problem, ask, cost),
    ]
    return Model(
        cost=np.r_[np.zeros(sites), (ask.weights(problem)[:, None] * cost).ravel()],
        rows=rows,
        whole=np.r_[np.ones(sites, dtype=bool), np.zeros(demand * sites, dtype=bool)],
        low=np.r_[problem.fixed.astype(np.float64), np.zeros(demand * sites)],
        high=np.ones(width),
    )


def _limits(problem: Problem, ask: Ask, cost: Numbers) -> list[Rows]:
    """The capacity of sites, and the cap on the mean of the most deprived fifth."""
    demand, sites = cost.shape
    rows = []
    if problem.capacity is not None:
        people = kron(problem.people[None], diags_array(np.ones(sites)))
        room = diags_array(-problem.capacity)
        rows.append(Rows(hstack([room, people]).tocsr(), -np.inf, 0.0))
    if ask.cap is not None:
        deprived = problem.people * problem.deprived
        mean = (deprived[:, None] * cost / deprived.sum()).ravel()
        rows.append(Rows(one_row(mean, sites + demand * sites, after=sites), 0.0, ask.cap))
    return rows


def _fault(problem: Problem, ask: Ask, name: str) -> Fault:
    """Which constraint cannot be kept."""
    asked = []
    if problem.capacity is not None:
        asked.append("room for everybody")
    if ask.cap is not None:
        asked.append(f"a mean of at most {ask.cap:g} for the most deprived fifth")
    what = f"no choice of sites meets the constraint: {' and '.join(asked)}"
    return Fault(what=what, where=f"locate, {name}", attempt="more sites, or without it")
