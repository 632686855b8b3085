"""How good a p-median can be at most: a bound by Lagrangian relaxation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.scenarios.locate.problem import Ask, Flags, Numbers, Problem

STEPS = 600
PATIENCE = 25
MEMORY = 0.7
"""How much of the last direction is kept, so that steps do not go to and fro."""
CLOSE = 1e-4
"""A gap at which more steps are not worth their time."""


def lower_bound(
    problem: Problem, ask: Ask, cost: Numbers, sites: NDArray[np.int64]
) -> tuple[float, NDArray[np.int64]]:
    """A value that no choice of sites can go below, and the sites that came with it.

    Each place's wish to be served once is given a price λ_i: ``Σ λ + min_y Σ_j y_j r_j`` with
    ``r_j = Σ_i min(0, w_i c_ij - λ_i)`` is a bound for every λ; steps along the subgradient
    raise it. ``sites`` is a choice that is known, whose value steers them.

    References
    ----------
    Cornuejols, Fisher and Nemhauser 1977, Management Science 23, 789; Held, Wolfe and Crowder
    1974, Mathematical Programming 6, 62.
    """
    weighted = ask.weights(problem)[:, None] * cost
    held = np.sort(weighted[:, sites], axis=1)
    best_known = float(held[:, 0].sum())
    price = held[:, min(1, held.shape[1] - 1)].copy()
    best, at_best, since, scale = -np.inf, price, 0, 1.0
    found = sites
    course = np.zeros_like(price)
    reduced = np.empty_like(weighted)
    for _ in range(STEPS):
        np.minimum(np.subtract(weighted, price[:, None], out=reduced), 0, out=reduced)
        worth = reduced.sum(axis=0)
        chosen = _cheapest(problem, ask, worth)
        bound = float(price.sum() + chosen @ worth)
        since += 1
        if bound > best:
            best, at_best, since = bound, price, 0
            found = np.flatnonzero(chosen == 1)
        if since == PATIENCE:
            scale, since, price, course = scale / 2, 0, at_best, np.zeros_like(price)
            continue
        taken = np.flatnonzero(chosen)
        slope = 1 - (reduced[:, taken] < 0) @ chosen[taken]
        course = slope + MEMORY * course
        norm = float(course @ course)
        if norm == 0 or best_known - best <= CLOSE * best_known:
            break
        price = price + scale * (best_known - bound) / norm * course
    return best, found


def _cheapest(problem: Problem, ask: Ask, rho: Numbers) -> Numbers:
    """How much of each site the relaxed problem opens: existing ones, and the p best (or money)."""
    opened = problem.fixed.astype(np.float64)
    free: Flags = ~problem.fixed
    if ask.budget is None or problem.spend is None:
        order = np.argsort(np.where(free, rho, np.inf), kind="stable")
        opened[order[: ask.p]] = 1.0
        return opened
    ratio = np.where(free & (rho < 0), rho / np.maximum(problem.spend, 1e-9), np.inf)
    left = ask.budget
    for site in np.argsort(ratio, kind="stable"):
        if left <= 0 or ratio[site] == np.inf:
            break
        share = min(1.0, left / max(float(problem.spend[site]), 1e-9))
        opened[site], left = share, left - share * problem.spend[site]
    return opened
