"""Closures the other way round: what can be lost with least harm, and who stands on one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.problem import Answer, Ask, Problem, covers

if TYPE_CHECKING:
    from assetmap.scenarios.locate.problem import Flags


def least_harm(problem: Problem, ask: Ask, *, closing: int) -> Answer:
    """The closures that leave most people within the standard: coverage by those that stay.

    ``problem`` holds the sites of today; ``chosen`` are those to *close*, the value is the weight
    that loses cover.

    Raises
    ------
    MethodError
        Where as many are to close as there are, or fewer than one.
    """
    there = len(problem.to_ids)
    if not 1 <= closing < there:
        what = f"{closing} of the {there} places of today that meet the standard are to close"
        attempt = f"close from 1 to {there - 1}" if there > 1 else "give candidates for new places"
        raise MethodError(Fault(what=what, where="locate, closures", attempt=attempt))
    open_now = problem._replace(fixed=np.zeros(there, dtype=bool))
    kept = maximal_coverage(open_now, replace(ask, p=there - closing, budget=None))
    near = covers(problem, ask.within)
    weight = float(ask.weights(problem)[near.any(axis=1)].sum())
    people = float(problem.people[near.any(axis=1)].sum())
    closed = tuple(sorted(set(problem.to_ids) - set(kept.chosen)))
    return replace(
        kept,
        model="closures",
        chosen=closed,
        value=weight - kept.value,
        bound=weight - kept.bound,
        greedy=tuple(sorted(set(problem.to_ids) - set(kept.greedy))),
        greedy_value=weight - kept.greedy_value,
        people=people - kept.people,
    )


def single_points(problem: Problem, within: float) -> pd.DataFrame:
    """Who would be left with nothing within the standard if one place closed.

    Columns ``to_id``, ``people`` (within the standard of it), ``only`` (for whom it is the only
    one), ``only_deprived`` (of these, in the most deprived fifth); the most ``only`` first.
    """
    near: Flags = covers(problem, within)
    last = near & (near.sum(axis=1) == 1)[:, None]
    table = pd.DataFrame(
        {
            "to_id": problem.to_ids,
            "people": problem.people @ near,
            "only": problem.people @ last,
            "only_deprived": (problem.people * problem.deprived) @ last,
        }
    )
    return table.sort_values(["only", "to_id"], ascending=[False, True], ignore_index=True)
