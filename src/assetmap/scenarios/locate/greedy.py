"""The answers a person would find: the best site first, then the next, then swaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Ask, Flags, Numbers, Problem

    Sites = NDArray[np.int64]

SWAPS = 200


def open_sites(problem: Problem) -> Sites:
    """What is there already."""
    return np.flatnonzero(problem.fixed)


def greedy(problem: Problem, ask: Ask, gain: Callable[[Sites], Numbers]) -> Sites:
    """Sites taken one after another, each time the one that gains most (for its money).

    ``gain`` tells what every site would add to those taken. Of equals the first by id is taken.
    """
    taken, left = list(open_sites(problem)), ask.budget if ask.budget is not None else np.inf
    spend = problem.spend if problem.spend is not None else np.zeros(len(problem.to_ids))
    while ask.p is None or len(taken) - problem.fixed.sum() < ask.p:
        gains = gain(np.array(taken, np.int64)).astype(np.float64)
        if ask.budget is not None:
            gains = np.divide(gains, spend, out=gains, where=spend > 0)
        gains[taken] = -np.inf
        if ask.budget is not None:
            gains[spend > left] = -np.inf
        best = int(np.argmax(gains))
        if gains[best] == -np.inf or (ask.p is None and gains[best] <= 0):
            break
        taken.append(best)
        left -= spend[best] if ask.budget is not None else 0.0
    return np.array(sorted(taken), np.int64)


def cover_gain(near: Flags, weights: Numbers) -> Callable[[Sites], Numbers]:
    """People newly covered by each site."""
    weighed = near * weights[:, None]

    def gain(taken: Sites) -> Numbers:
        fresh = ~near[:, taken].any(axis=1)
        found: Numbers = fresh @ weighed
        return found

    return gain


def median_gain(cost: Numbers, weights: Numbers) -> Callable[[Sites], Numbers]:
    """Cost that each site would save; before the first, how much cheaper than the dearest way."""
    dearest = cost.max()

    def gain(taken: Sites) -> Numbers:
        now = cost[:, taken].min(axis=1) if len(taken) else np.full(len(cost), dearest)
        saved: Numbers = weights @ np.maximum(now[:, None] - cost, 0)
        return saved

    return gain


class _Nearest(NamedTuple):
    """The nearest open site of each point of demand, its cost, and that of the second nearest."""

    site: Sites
    first: Numbers
    second: Numbers


def swapped(cost: Numbers, weights: Numbers, sites: Sites, fixed: Flags) -> Sites:
    """The sites after the best swap of one open for one closed, until none makes it cheaper.

    References
    ----------
    Teitz and Bart 1968, Operations Research 16, 955; Whitaker 1983, INFOR 21, 95.
    """
    held = sites.copy()
    for _ in range(SWAPS):
        near = _nearest(cost, held)
        profit = _profit(cost, weights, held, near)
        profit[:, fixed[held]] = -np.inf
        profit[held] = -np.inf
        site, out = np.unravel_index(int(np.argmax(profit)), profit.shape)
        if profit[site, out] <= 1e-9 * max(1.0, float(weights @ near.first)):
            break
        held[out] = site
    return np.sort(held)


def _nearest(cost: Numbers, held: Sites) -> _Nearest:
    of = cost[:, held]
    site = of.argmin(axis=1)
    rows = np.arange(len(cost))
    first = of[rows, site]
    others = of.copy()
    others[rows, site] = np.inf
    return _Nearest(site, first, others.min(axis=1))


def _profit(cost: Numbers, weights: Numbers, held: Sites, near: _Nearest) -> Numbers:
    """What opening each site (rows) and closing each open one (columns) saves together."""
    saved = weights @ np.maximum(near.first[:, None] - cost, 0)
    profit = np.empty((cost.shape[1], len(held)))
    for out in range(len(held)):
        those = near.site == out
        second = np.where(np.isinf(near.second[those]), cost.max(), near.second[those])
        first, weight = near.first[those], weights[those]
        new = np.minimum(np.maximum(cost[those], first[:, None]), second[:, None])
        profit[:, out] = saved - weight @ (new - first[:, None])
    return profit
