"""Maximal coverage: the most people within a standard of p sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array, diags_array, hstack

from assetmap.errors import Fault, MethodError
from assetmap.scenarios.locate.greedy import cover_gain, greedy
from assetmap.scenarios.locate.problem import Answer, Ask, covers, refuse
from assetmap.scenarios.locate.searched import searched, swapped_cover
from assetmap.scenarios.locate.solver import (
    Model,
    Rows,
    how_many,
    one_row,
    relaxed,
    sites_of,
    solve,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Flags, Numbers, Problem

NAME = "maximal coverage"
SLACK = 1e-6


class _Demand(NamedTuple):
    """Who is near which site, with the weight, the people and the deprived people of each row."""

    near: Flags
    weight: Numbers
    people: Numbers
    deprived: Numbers

    def joined(self) -> _Demand:
        """Rows that the same sites cover, as one: the same answer from a smaller model."""
        near, group = np.unique(self.near, axis=0, return_inverse=True)
        weight, people, deprived = (
            np.bincount(group.ravel(), weights=one, minlength=len(near)).astype(np.float64)
            for one in (self.weight, self.people, self.deprived)
        )
        return _Demand(near, weight, people, deprived)

    def within(self, sites: NDArray[np.int64]) -> Flags:
        """Which rows these sites cover."""
        return np.asarray(self.near[:, sites].any(axis=1))

    def value(self, sites: NDArray[np.int64]) -> float:
        """Σ w z."""
        return float(self.weight[self.within(sites)].sum())


def maximal_coverage(problem: Problem, ask: Ask, *, least_deprived: float | None = None) -> Answer:
    """The p sites that bring most *people* (not areas) within the standard.

    ``max Σ w_i z_i``, ``z_i ≤ Σ_j a_ij y_j``, ``Σ y = p``, existing sites open. With
    ``ask.floor``, or with ``least_deprived`` people of the most deprived fifth to be covered, z
    is held to what the sites do cover, so that nobody is left out on paper to meet it.

    Raises
    ------
    MethodError
        As :func:`assetmap.scenarios.locate.problem.refuse`, and where no choice meets the
        constraint, which is named.

    References
    ----------
    Church and ReVelle 1974, Papers of the Regional Science Association 32, 101.
    """
    refuse(problem, ask, model=NAME, heeds=("need_weight", "floor"))
    demand = _Demand(covers(problem, ask.within), ask.weights(problem), problem.people,
                     problem.people * problem.deprived)  # fmt: skip
    joined = demand.joined()
    by_hand = _by_hand(problem, ask, joined)
    tried = [by_hand] if ask.budget is not None else [by_hand, _searched(problem, joined, by_hand)]
    fair = _fair(joined, ask, least_deprived)
    known = None if fair else max(demand.value(sites) for sites in tried)
    model = _model(problem, ask, joined, fair, known)
    try:
        found = solve(model, seconds=ask.seconds)
    except MethodError:
        raise MethodError(_fault(ask, least_deprived)) from None
    tried += [] if found.x is None else [sites_of(problem, found.x)]
    kept = [sites for sites in tried if _keeps(demand, sites, ask, least_deprived)]
    if not kept:
        what = f"nothing that keeps the constraint was found within {ask.seconds:g} s"
        raise MethodError(Fault(what=what, where=f"locate, {NAME}", attempt="more time"))
    sites = max(kept, key=demand.value)
    bound = min(-found.bound, _at_most(joined, ask, sites))
    if found.stopped:
        bound = min(bound, -relaxed(model, seconds=ask.seconds))
    return Answer(
        model=NAME,
        chosen=problem.chosen(sites),
        value=demand.value(sites),
        bound=max(bound, demand.value(sites)),
        greedy=problem.chosen(by_hand),
        greedy_value=demand.value(by_hand),
        stopped=found.stopped,
        people=float(problem.people[demand.within(sites)].sum()),
        unserved=float(problem.people[~demand.near.any(axis=1)].sum()),
    )


def _by_hand(problem: Problem, ask: Ask, demand: _Demand) -> NDArray[np.int64]:
    """One after another, then swaps; a budget buys one after another only."""
    sites = greedy(problem, ask, cover_gain(demand.near, demand.weight))
    if ask.budget is not None:
        return sites
    return swapped_cover(demand.near.astype(np.float64), demand.weight, sites, problem.fixed)


def _at_most(demand: _Demand, ask: Ask, sites: NDArray[np.int64]) -> float:
    """What no choice can pass, known without a solver.

    The weight that these sites cover, and the p most that any would add to it; with a budget, all
    that can be covered (Nemhauser, Wolsey and Fisher 1978, Mathematical Programming 14, 265).
    """
    all_of_it = float(demand.weight[demand.near.any(axis=1)].sum())
    if ask.p is None:
        return all_of_it
    fresh = np.where(demand.within(sites), 0.0, demand.weight)
    most = np.sort(fresh @ demand.near)[::-1][: ask.p]
    return min(all_of_it, demand.value(sites) + float(most.sum()))


def _searched(problem: Problem, demand: _Demand, sites: NDArray[np.int64]) -> NDArray[np.int64]:
    return searched(problem, demand.near.astype(np.float64), demand.weight, sites)


def _model(
    problem: Problem,
    ask: Ask,
    demand: _Demand,
    fair: list[tuple[Numbers, float]],
    known: float | None,
) -> Model:
    """Variables y, then z; at least as good as what is known, so that worse is not looked at."""
    sites, count = len(problem.to_ids), len(demand.weight)
    width = sites + count
    near = csr_array(demand.near.astype(np.float64))
    rows = [
        Rows(hstack([-near, diags_array(np.ones(count))]).tocsr(), -np.inf, 0.0),
        *how_many(problem, ask, width),
    ]
    if known is not None:
        least = known * (1 - SLACK)
        rows.append(Rows(one_row(demand.weight, width, after=sites), least, np.inf))
    if fair:
        covering = demand.near.sum(axis=1).astype(np.float64)
        rows.append(Rows(hstack([-near, diags_array(covering)]).tocsr(), 0.0, np.inf))
    rows += [Rows(one_row(of, width, after=sites), low, np.inf) for of, low in fair]
    return Model(
        cost=np.r_[np.zeros(sites), -demand.weight],
        rows=rows,
        whole=np.r_[np.ones(sites, dtype=bool), np.full(count, bool(fair))],
        low=np.r_[problem.fixed.astype(np.float64), np.zeros(count)],
        high=np.ones(width),
    )


def _fair(demand: _Demand, ask: Ask, least: float | None) -> list[tuple[Numbers, float]]:
    """Weights of z and the least that they must come to, for each constraint of equity."""
    rows: list[tuple[Numbers, float]] = []
    if ask.floor:
        shares = demand.deprived / demand.deprived.sum() - demand.people / demand.people.sum()
        rows.append((shares, 0.0))
    if least is not None:
        rows.append((demand.deprived, least))
    return rows


def _keeps(demand: _Demand, sites: NDArray[np.int64], ask: Ask, least: float | None) -> bool:
    """Whether sites keep what is asked for the most deprived fifth."""
    covered = demand.within(sites)
    return all(
        float(of[covered].sum()) >= low - SLACK * max(1.0, abs(low))
        for of, low in _fair(demand, ask, least)
    )


def _fault(ask: Ask, least: float | None) -> Fault:
    """Which constraint cannot be kept."""
    asked = "the most deprived fifth at least as well covered as everybody"
    if least is not None:
        asked = f"at least {least:,.0f} people of the most deprived fifth covered"
    if not ask.floor and least is None:
        asked = "so many sites for so much money"
    what = f"no choice of sites meets the constraint: {asked}"
    return Fault(what=what, where=f"locate, {NAME}", attempt="more sites, or without it")
