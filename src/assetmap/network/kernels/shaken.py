"""What people reach where destinations may be missing or stand elsewhere: many draws at once.

Draws lie side by side in memory, so that the processor takes several in one step, and what is near
a home is read once for all of them. Which costs are near enough and what they are worth is said by
the caller; on tables ``access`` says the same, and tests hold the two together.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.frames.costs import COST_DECIMALS
from assetmap.network.kernels.compiled import compiled_making, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    F64 = NDArray[np.float64]
    I64 = NDArray[np.int64]

TICKS = 10.0**COST_DECIMALS
COARSE, FINE = 0, 1


class Near(NamedTuple):
    """The destinations that each origin may go to, the nearest first.

    Attributes
    ----------
    ptr
        int64, where the rows of each origin begin, and the end.
    to
        int32, the destination of each row.
    cost_min
        Its travel cost; in order within an origin.
    east_m, north_m
        Where it lies from the origin.
    """

    ptr: I64
    to: NDArray[np.int32]
    cost_min: F64
    east_m: F64
    north_m: F64


class Choices(NamedTuple):
    """What is near each home, set by set: homes hold parts, parts hold sets, sets hold rows.

    Attributes
    ----------
    parts
        int64, where the parts of each home begin, and the end. A part is a group of sets of which
        one is enough, such as a theme with its standards.
    area, people
        Where each home counts, and how many live there.
    sets, group
        int64, where the sets of each part begin, and the end; the group that each part is of.
    rows, column, full
        int64, where the rows of each set begin, and the end; which set it is; and whether as many
        rows as are ever kept are there, so that others may lie beyond.
    to, cost_min, east_m, north_m
        The rows, as of :class:`Near`.
    """

    parts: I64
    area: I64
    people: F64
    sets: I64
    group: I64
    rows: I64
    column: I64
    full: NDArray[np.bool_]
    to: NDArray[np.int32]
    cost_min: F64
    east_m: F64
    north_m: F64


class Shaken(NamedTuple):
    """Which destinations are there, and by how much each has moved, in metres."""

    there: NDArray[np.bool_]
    east_m: F64
    north_m: F64


class Draws(NamedTuple):
    """What many draws assume, each array's last axis the draws.

    Attributes
    ----------
    stretch, min_a_m
        By how much costs are longer, and the minutes of a metre.
    east_m, north_m
        By how much each destination has moved; infinite for one that is gone.
    slack_min
        The most that a move of a destination of each set takes off a cost.
    limit_min
        Of each set: a cost up to it is within.
    far_min, width_min
        Of each set: a cost is good for ``(far - cost) / width``, from 0 to 1.
    weight
        Of each group.
    """

    stretch: F64
    min_a_m: F64
    east_m: F64
    north_m: F64
    slack_min: F64
    limit_min: F64
    far_min: F64
    width_min: F64
    weight: F64


class Reach(NamedTuple):
    """What the draws found, each array's last axis the draws.

    Attributes
    ----------
    within
        Areas by groups: people who have a set of the group within its limit.
    good
        By area: Σ people times the weighted mean of the best of each group.
    people
        By area: those with a weight above 0 to divide by.
    ran_out
        int64: sets that were full and of which nothing is left.
    """

    within: F64
    good: F64
    people: F64
    ran_out: I64


def reach_shaken(
    choices: Choices, draws: Draws, *, areas: int, cut_off_min: float, grid: float
) -> Reach:
    """What people of each area reach in each draw.

    The cost of a set is the least over its destinations that are there,
    ``c' = max(0, c stretch + min_a_m (|v + d| - |v|))``, with c the cost as it was, v the line to
    the destination and d its move: a walk is taken to be longer by what the straight line is. It
    is rounded as COSTS are; beyond the cut-off there is none.

    Parameters
    ----------
    grid
        Sums are taken apart at it, so that the order of homes decides no digit.
    """
    groups, count = draws.weight.shape
    sums = np.zeros((areas, groups + 2, 2, count))
    ran_out = np.zeros(count, dtype=np.int64)
    _sweep(choices, draws, cut_off_min, grid, sums, ran_out)
    whole = sums[:, :, COARSE]
    whole += sums[:, :, FINE]
    return Reach(whole[:, :groups], whole[:, groups], whole[:, groups + 1], ran_out)


@compiled_making
def _sweep(
    choices: Choices, draws: Draws, cut_off_min: float, grid: float, sums: F64, ran_out: I64
) -> None:
    """Fills ``sums``: areas by groups, the good and the people; coarse and fine; by draws."""
    count, groups = len(draws.stretch), len(draws.weight)
    least, best, near = np.empty(count), np.empty(count), np.empty(count, dtype=np.bool_)
    good, weight = np.empty(count), np.empty(count)
    for home in range(len(choices.area)):
        here, people = sums[choices.area[home]], choices.people[home]
        coarse = np.rint(people / grid) * grid
        fine = people - coarse
        for draw in range(count):
            good[draw] = weight[draw] = 0.0
        for part in range(choices.parts[home], choices.parts[home + 1]):
            for draw in range(count):
                best[draw] = 0.0
                near[draw] = False
            for one in range(choices.sets[part], choices.sets[part + 1]):
                column = choices.column[one]
                _least(choices, draws, choices.rows[one], choices.rows[one + 1],
                       draws.slack_min[column], least)  # fmt: skip
                full = choices.full[one]
                limit, far = draws.limit_min[column], draws.far_min[column]
                width = draws.width_min[column]
                for draw in range(count):
                    ran_out[draw] += full and least[draw] == np.inf
                    cost = np.rint(least[draw] * TICKS) / TICKS
                    cost = cost if cost <= cut_off_min else np.inf
                    near[draw] |= cost <= limit[draw]
                    # by a width of 0 it may be no number: as the second, it is passed over
                    ramp = max(best[draw], (far[draw] - cost) / width[draw])
                    best[draw] = min(1.0, ramp)
            group = choices.group[part]
            share, met = draws.weight[group], here[group]
            for draw in range(count):
                met[COARSE, draw] += coarse if near[draw] else 0.0
                met[FINE, draw] += fine if near[draw] else 0.0
                good[draw] += best[draw] * share[draw]
                weight[draw] += share[draw]
        for draw in range(count):
            some = weight[draw] > 0.0
            value = people * (good[draw] / weight[draw]) if some else 0.0
            much = np.rint(value / grid) * grid
            here[groups, COARSE, draw] += much
            here[groups, FINE, draw] += value - much
            here[groups + 1, COARSE, draw] += coarse if some else 0.0
            here[groups + 1, FINE, draw] += fine if some else 0.0


@inner
def _least(choices: Choices, draws: Draws, start: int, stop: int, slack: F64, least: F64) -> None:
    """Fills ``least``; rows come by cost: one that is too far off in every draw ends it."""
    count = len(least)
    for draw in range(count):
        least[draw] = np.inf
    for row in range(start, stop):
        cost, to = choices.cost_min[row], choices.to[row]
        open_still = 0
        for draw in range(count):
            open_still += cost * draws.stretch[draw] - slack[draw] <= least[draw]
        if open_still == 0:
            break
        east, north = choices.east_m[row], choices.north_m[row]
        line = math.sqrt(east * east + north * north)
        moved_east, moved_north = draws.east_m[to], draws.north_m[to]
        for draw in range(count):
            x, y = east + moved_east[draw], north + moved_north[draw]
            more = math.sqrt(x * x + y * y) - line
            now = cost * draws.stretch[draw] + more * draws.min_a_m[draw]
            now = max(0.0, now)
            least[draw] = min(least[draw], now)
