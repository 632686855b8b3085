"""Coverage by swaps: a choice that is known, shaken and swapped again while that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.scenarios import draws
from assetmap.scenarios.locate.greedy import SWAPS

if TYPE_CHECKING:
    from assetmap.scenarios.locate.greedy import Sites
    from assetmap.scenarios.locate.problem import Flags, Numbers, Problem

ROUNDS, PATIENCE = 160, 60
"""How often a choice is shaken at most, and how often without a better one."""
FEWEST, KINDS = 2, 3
"""Two, three or four sites are exchanged at once when a choice is shaken."""
LEAST = 1e-9


def swapped_cover(near: Numbers, weight: Numbers, sites: Sites, fixed: Flags) -> Sites:
    """The sites after the best swap of one open for one closed, until none covers more.

    Who is covered once loses it with that site, who is covered twice does not: what every swap
    gains is one product of matrices.

    Parameters
    ----------
    near
        Demand by sites, 1 where within the standard.
    """
    held = sites.copy()
    for _ in range(SWAPS):
        times = near[:, held].sum(axis=1)
        once = np.where(times == 1, weight, 0.0)[:, None] * near[:, held]
        open_again = np.column_stack([np.where(times == 0, weight, 0.0), once]).T @ near
        profit = (open_again[0] + open_again[1:] - once.sum(axis=0)[:, None]).T
        profit[:, fixed[held]] = -np.inf
        profit[held] = -np.inf
        site, out = np.unravel_index(int(np.argmax(profit)), profit.shape)
        if profit[site, out] <= LEAST * max(1.0, float(weight.sum())):
            break
        held[out] = site
    return np.sort(held)


def searched(problem: Problem, near: Numbers, weight: Numbers, sites: Sites) -> Sites:
    """The best choice that shaking and swapping finds; never worse than ``sites``.

    In every round two to four of the new sites give way to others, drawn by the round and the
    site's id, and swaps follow: the same question has the same answer.

    References
    ----------
    Lourenço, Martin and Stützle 2003, *Iterated local search*, Handbook of Metaheuristics.
    """
    best = now = swapped_cover(near, weight, sites, problem.fixed)
    opened, shut = _apart(problem, now)
    if min(len(opened), len(shut)) < 1:
        return best
    chance = draws.uniform(
        0, range(ROUNDS), kind="locate", what=draws.named(problem.to_ids)
    )  # fmt: skip
    top = held = _covered(near, weight, now)
    since = 0
    for number, luck in enumerate(chance):
        moved = swapped_cover(near, weight, _shaken(problem, now, luck, number), problem.fixed)
        value = _covered(near, weight, moved)
        since += 1
        if value >= held:
            now, held = moved, value
        if value > top:
            best, top, since = moved, value, 0
        if since == PATIENCE:
            break
    return best


def _apart(problem: Problem, sites: Sites) -> tuple[Sites, Sites]:
    """New sites that are open, and candidates that are not."""
    free = np.flatnonzero(~problem.fixed)
    return np.intersect1d(sites, free), np.setdiff1d(free, sites)


def _shaken(problem: Problem, sites: Sites, luck: Numbers, number: int) -> Sites:
    opened, shut = _apart(problem, sites)
    many = min(FEWEST + number % KINDS, len(opened), len(shut))
    out = opened[np.argsort(luck[opened], kind="stable")[:many]]
    into = shut[np.argsort(luck[shut], kind="stable")[:many]]
    return np.union1d(np.setdiff1d(sites, out), into)


def _covered(near: Numbers, weight: Numbers, sites: Sites) -> float:
    return float(weight[near[:, sites].any(axis=1)].sum())
