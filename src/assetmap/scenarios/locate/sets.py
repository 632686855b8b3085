"""Set covering: the fewest sites that bring everybody within a standard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from assetmap.scenarios.locate.greedy import cover_gain, greedy
from assetmap.scenarios.locate.problem import Answer, Ask, covers, refuse
from assetmap.scenarios.locate.solver import Model, Rows, sites_of, solve

if TYPE_CHECKING:
    from assetmap.scenarios.locate.problem import Problem

NAME = "set covering"
NEARLY = 1e-6


def set_covering(problem: Problem, ask: Ask) -> Answer:
    """The fewest sites that bring everybody within the standard who can be brought.

    ``min Σ y_j`` with ``Σ_j a_ij y_j ≥ 1`` for every i that any site covers; people whom none
    covers are told as ``unserved``. The value counts new sites only; p and budget play no part.

    Raises
    ------
    MethodError
        As :func:`assetmap.scenarios.locate.problem.refuse`.

    References
    ----------
    Toregas et al. 1971, Operations Research 19, 1363.
    """
    ask = replace(ask, p=None, budget=None)
    refuse(problem, ask, model=NAME)
    near = covers(problem, ask.within)
    can = near.any(axis=1)
    needed = np.unique(near[can], axis=0)
    free = (~problem.fixed).astype(np.float64)
    by_hand = greedy(problem, ask, cover_gain(needed, np.ones(len(needed))))
    found = solve(
        Model(
            cost=free,
            rows=[Rows(csr_array(needed.astype(np.float64)), 1.0, np.inf)],
            whole=np.ones(len(free), dtype=bool),
            low=problem.fixed.astype(np.float64),
            high=np.ones(len(free)),
        ),
        seconds=ask.seconds,
    )
    sites = by_hand if found.x is None else sites_of(problem, found.x)
    value = float(free[sites].sum())
    return Answer(
        model=NAME,
        chosen=problem.chosen(sites),
        value=value,
        bound=min(value, float(np.ceil(found.bound - NEARLY))),
        greedy=problem.chosen(by_hand),
        greedy_value=float(free[by_hand].sum()),
        stopped=found.stopped,
        people=float(problem.people[can].sum()),
        unserved=float(problem.people[~can].sum()),
    )
