"""p-centre: the sites that leave the farthest person least far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from assetmap.errors import Fault, MethodError
from assetmap.scenarios.locate.greedy import greedy
from assetmap.scenarios.locate.problem import Answer, Ask, refuse
from assetmap.scenarios.locate.solver import Model, Rows, how_many, sites_of, solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Flags, Numbers, Problem

NAME = "p-centre"


def p_centre(problem: Problem, ask: Ask) -> Answer:
    """The p sites that make the greatest cost of anybody least.

    ``min Z, Z ≥ Σ_j c_ij x_ij``: the least of the costs that occur within which p sites cover
    everybody, found by halving; each question is a covering. People whom no site reaches at all
    are told as ``unserved`` and left out; points without people do not count.

    Raises
    ------
    MethodError
        As :func:`assetmap.scenarios.locate.problem.refuse`; where no choice reaches everybody
        who can be reached.

    References
    ----------
    Minieka 1970, SIAM Review 12, 138.
    """
    refuse(problem, ask, model=NAME)
    can = np.isfinite(problem.cost_min).any(axis=1)
    cost = problem.cost_min[can & (problem.people > 0)]
    by_hand = greedy(problem, ask, _nearer(cost))
    worst = float(cost[:, by_hand].min(axis=1).max())
    steps = np.unique(cost[np.isfinite(cost)])
    steps = steps[(steps >= cost.min(axis=1).max()) & (steps < worst)]
    sites, low, high, stopped = by_hand, 0, len(steps), False
    while low < high and not stopped:
        middle = (low + high) // 2
        found, stopped = _covering(problem, ask, cost <= steps[middle])
        if found is not None:
            sites, high = found, middle
        elif not stopped:
            low = middle + 1
    value = float(cost[:, sites].min(axis=1).max())
    if not np.isfinite(value):
        limit = f"{ask.p} sites" if ask.budget is None else f"a budget of {ask.budget:g}"
        what = f"no choice meets the constraint: everybody reached with {limit}"
        attempt = "more sites (--p)" if ask.budget is None else "a larger budget (--budget)"
        raise MethodError(Fault(what=what, where=f"locate, {NAME}", attempt=attempt))
    return Answer(
        model=NAME,
        chosen=problem.chosen(sites),
        value=value,
        bound=float(steps[low]) if stopped else value,
        greedy=problem.chosen(by_hand),
        greedy_value=worst,
        stopped=stopped,
        people=float(problem.people[can].sum()),
        unserved=float(problem.people[~can].sum()),
    )


def _covering(problem: Problem, ask: Ask, near: Flags) -> tuple[NDArray[np.int64] | None, bool]:
    """Sites that cover every row, or None where p cannot; and whether time ran out."""
    count = len(problem.to_ids)
    model = Model(
        cost=(~problem.fixed).astype(np.float64),
        rows=[
            Rows(csr_array(np.unique(near, axis=0).astype(np.float64)), 1.0, np.inf),
            *how_many(problem, ask, count),
        ],
        whole=np.ones(count, dtype=bool),
        low=problem.fixed.astype(np.float64),
        high=np.ones(count),
    )
    try:
        found = solve(model, seconds=ask.seconds)
    except MethodError:
        return None, False
    return (None, True) if found.x is None else (sites_of(problem, found.x), False)


def _nearer(cost: Numbers) -> Callable[[NDArray[np.int64]], Numbers]:
    """How much less far the farthest person would be; of equals, the nearer mean."""
    far = float(cost[np.isfinite(cost)].max())
    filled = np.where(np.isfinite(cost), cost, 2 * far)

    def gain(taken: NDArray[np.int64]) -> Numbers:
        now = filled[:, taken].min(axis=1) if len(taken) else np.full(len(filled), 2 * far)
        after = np.minimum(filled, now[:, None])
        nearer: Numbers = 2 * far - after.max(axis=0) + 1e-9 * (2 * far - after.mean(axis=0))
        return nearer

    return gain
