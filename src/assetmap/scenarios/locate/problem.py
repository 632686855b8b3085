"""A choice of sites: who is to be served, by which sites, within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.access.pairs import pairs_to
from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Problem(NamedTuple):
    """Demand by sites.

    Attributes
    ----------
    cost_min
        Demand by sites, one-way minutes (or metres: the models do not care); infinite where there
        is no way.
    people
        At each point of demand.
    deprived
        Whether each point of demand lies in the most deprived fifth.
    fixed
        Whether each site is there already: it stays open and is not among the p.
    to_ids
        The sites.
    capacity
        People that each site can serve; None where capacity is not asked about.
    spend
        What opening each site costs; None where money is not asked about.
    """

    cost_min: Numbers
    people: Numbers
    deprived: Flags
    fixed: Flags
    to_ids: tuple[str, ...]
    capacity: Numbers | None = None
    spend: Numbers | None = None

    def chosen(self, sites: NDArray[np.int64]) -> tuple[str, ...]:
        """The ids of sites that are not there already, in order."""
        return tuple(sorted(self.to_ids[site] for site in sites if not self.fixed[site]))

    def served(self, sites: NDArray[np.int64]) -> Numbers:
        """The least cost of each point of demand to any of the sites; infinite where none."""
        if not len(sites):
            return np.full(len(self.people), np.inf)
        least: Numbers = self.cost_min[:, sites].min(axis=1)
        return least


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of a model.

    Attributes
    ----------
    p
        How many sites to open; None where the budget alone decides.
    budget
        The most that may be spent.
    within
        The standard, in the unit of the costs: who is as near as that is covered.
    need_weight
        λ: each person of the most deprived fifth counts ``1 + λ``. A weight.
    floor
        The most deprived fifth must be at least as well covered as everybody. A constraint.
    cap
        The most that the mean cost of the most deprived fifth may be. A constraint.
    unreached
        What a person who reaches no site counts as in a mean: the cut-off of the costs. None
        where everybody must reach one.
    seconds
        How long the exact solver may take; what it has found and proven by then is told.
    """

    p: int | None = None
    budget: float | None = None
    within: float = np.inf
    need_weight: float = 0.0
    floor: bool = False
    cap: float | None = None
    unreached: float | None = None
    seconds: float = 30.0

    def weights(self, problem: Problem) -> Numbers:
        """The weight of each point of demand: ``w' = w (1 + λ need)``."""
        weighted: Numbers = problem.people * (1 + self.need_weight * problem.deprived)
        return weighted


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model says.

    Attributes
    ----------
    chosen
        The sites to open; those that are there already are not named.
    value
        The model's own objective for them.
    bound
        No choice can do better than this.
    greedy, greedy_value
        The sites that a person would take one after another, and the objective for those.
    proven
        Whether the gap is nothing.
    stopped
        Whether the time limit came first.
    people
        People within the standard, for coverage; all who are served, for the other models.
    unserved
        People whom no site at all can serve, whatever is chosen.
    """

    model: str
    chosen: tuple[str, ...]
    value: float
    bound: float
    greedy: tuple[str, ...]
    greedy_value: float
    stopped: bool
    people: float
    unserved: float

    @property
    def gap(self) -> float:
        """|bound - value| / |value|: how much better another choice might still be."""
        apart = abs(self.bound - self.value)
        return 0.0 if apart <= 1e-6 * max(1.0, abs(self.value)) else apart / abs(self.value)

    @property
    def proven(self) -> bool:
        """Whether no choice is better."""
        return self.gap == 0.0


def problem_of(
    costs: pd.DataFrame,
    from_ids: pd.Index,
    people: Numbers,
    *,
    deprived: Flags,
    to_ids: Sequence[str],
    fixed: Collection[str],
) -> Problem:
    """The problem of these homes and sites, from COSTS; infinite where COSTS has no row.

    COSTS that keep only the nearest few hold no way to the others: for a choice among few sites
    that is no loss, since nobody goes to the ninth nearest.
    """
    pairs = pairs_to(costs, to_ids)
    cost = np.full((len(from_ids), len(pairs.opportunities)), np.inf)
    at = from_ids.get_indexer(pairs.origins[pairs.from_code])
    known = at >= 0
    cost[at[known], pairs.to_code[known]] = pairs.cost_min[known]
    ids = tuple(str(one) for one in pairs.opportunities)
    there = np.array([one in fixed for one in ids], dtype=bool)
    return Problem(cost, people, deprived, there, ids)


def covers(problem: Problem, within: float) -> Flags:
    """a: who is within the standard of which site, the equal case included."""
    near: Flags = np.round(problem.cost_min, COST_DECIMALS) <= np.round(within, COST_DECIMALS)
    return near & np.isfinite(problem.cost_min)


def refuse(problem: Problem, ask: Ask, *, model: str, heeds: Collection[str] = ()) -> None:
    """Nothing, where the question has an answer.

    Parameters
    ----------
    heeds
        What the model heeds of ``need_weight``, ``floor`` and ``cap``: the others are no option.

    Raises
    ------
    MethodError
        With everything that keeps it from having one.
    """
    faults = [
        Fault(what=what, where=f"locate, {model}", attempt=attempt)
        for what, attempt in (
            *_of_numbers(problem, ask),
            *_of_means(problem, ask),
            *_of_equity(ask, heeds),
        )
    ]
    if faults:
        raise MethodError(faults)


def _of_numbers(problem: Problem, ask: Ask) -> Iterator[tuple[str, str]]:
    free = int((~problem.fixed).sum())
    if not free:
        yield "there is no candidate site", "give candidates that are not there already"
    elif not np.isfinite(problem.cost_min[:, ~problem.fixed]).any():
        yield "no candidate can serve anyone", "look at where the candidates are on the map"
    elif np.isfinite(ask.within) and not covers(problem, ask.within)[:, ~problem.fixed].any():
        yield (f"no candidate is within {ask.within:g} of anyone",
               "a longer standard, or other candidates")  # fmt: skip
    if ask.p is not None and ask.p < 1:
        yield f"p is {ask.p}", "1 or more"
    if ask.p is not None and free and ask.p > free:
        yield f"p is {ask.p}, larger than the number of candidates, {free}", f"at most {free}"
    if ask.need_weight < 0:
        yield f"the weight of need is {ask.need_weight:g}", "0 or more"
    if not problem.deprived.any() and (ask.floor or ask.need_weight or ask.cap is not None):
        yield ("nobody here is known to live in the most deprived fifth",
               "a study with an index of deprivation")  # fmt: skip


def _of_equity(ask: Ask, heeds: Collection[str]) -> Iterator[tuple[str, str]]:
    asked = {
        "need_weight": (ask.need_weight > 0, "a weight of need", "coverage or p-median"),
        "floor": (ask.floor, "a floor of coverage", "coverage"),
        "cap": (ask.cap is not None, "a cap on a mean", "p-median"),
    }
    for name, (wanted, what, attempt) in asked.items():
        if wanted and name not in heeds:
            yield f"{what} is asked for, and this model has no use for it", attempt


def _of_means(problem: Problem, ask: Ask) -> Iterator[tuple[str, str]]:
    if not ask.seconds > 0:
        yield f"the time to prove it is {ask.seconds:g} s", "above 0"
    if ask.budget is None:
        return
    if problem.spend is None or np.isnan(problem.spend[~problem.fixed]).any():
        yield "a budget is given, and a candidate without its cost", "capital of every candidate"
    elif problem.spend[~problem.fixed].min(initial=np.inf) > ask.budget:
        least = problem.spend[~problem.fixed].min()
        yield f"the budget of {ask.budget:g} buys no candidate", f"the cheapest costs {least:g}"
