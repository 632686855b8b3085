"""Sums of what lies within reach of every node, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.bucket import BEGUN, FAR, REACHED, Scratch, set_out, spread
from assetmap.network.kernels.compiled import compiled
from assetmap.network.kernels.lanes import Asked, Ground, Totals, add_up, settle, survey

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    I32 = NDArray[np.int32]

LEFT, FOLLOWING = 0, 1


@compiled
def sums_around(
    graph: Graph,
    work: Scratch,
    ground: Ground,
    waiting: I32,
    free: I32,
    members: I32,
    turn: NDArray[np.int64],
    stop: int,
    asked: Asked,
    cut_off: int,
    near: int,
    shift: int,
    totals: Totals,
) -> bool:
    """Cumulative and decayed sums of the values around the nodes up to ``stop - 1``.

    Neighbouring nodes see nearly the same ground. One plain search around a node finds it; then
    the costs from that node and from those ``near`` it are settled over it side by side. ``turn``
    says how many nodes wait and which comes after them. The result is False where the search or
    the ground needs more room: then call again.
    """
    dist, _, _, _, _, state = work
    sums, flat, _ = totals
    lanes, reach, room = len(members), cut_off + near, len(ground.order)
    left, following = turn[LEFT], turn[FOLLOWING]
    while left > 0 or following < stop:
        while left < len(waiting) and following < stop:
            waiting[left] = following
            left += 1
            following += 1
        if state[BEGUN] == 0:
            state[REACHED] = 0
            set_out(work, waiting, free, 0, 1, 0, shift)
        state[BEGUN] = 1
        if not spread(graph, work, reach, shift) or state[REACHED] >= room:
            turn[LEFT], turn[FOLLOWING] = left, following
            return False
        state[BEGUN] = 0
        count, kept, far = 0, 0, np.int64(0)
        for i in range(left):
            node = waiting[i]
            d = np.int64(dist[node])
            if count < lanes and d <= near:
                members[count] = node
                count += 1
                far = d if d > far else far
            else:
                waiting[kept] = node
                kept += 1
        left = kept
        size = survey(graph, work, ground, cut_off + far, shift)
        settle(ground, size, np.uint64(lanes), members, count)
        add_up(ground, size, np.uint64(lanes), asked, totals)
        for at in range(sums.shape[1]):
            for lane in range(count):
                sums[members[lane], at] = flat[at * lanes + lane]
                flat[at * lanes + lane] = 0.0
    return True


@compiled
def sums_given(
    graph: Graph,
    work: Scratch,
    sources: I32,
    free: I32,
    at: int,
    asked: Asked,
    cut_off: int,
    shift: int,
    sums: NDArray[np.float64],
) -> int:
    """The same sums, each source of the reversed graph giving its values to what it reaches.

    The result is the first source not done, for want of room.
    """
    dist, touched, _, _, _, state = work
    values, thresholds, decays, bin_shift = asked
    last = decays.shape[1] - 1
    while at < len(sources):
        source = sources[at]
        if state[BEGUN] == 0:
            state[REACHED] = 0
            set_out(work, sources, free, at, at + 1, 0, shift)
        done = spread(graph, work, cut_off, shift)
        state[BEGUN] = 0 if done else 1
        if not done:
            break
        for at_touched in range(state[REACHED]):
            node = touched[at_touched]
            d = dist[node]
            dist[node] = FAR
            slot = np.int64(d) >> bin_shift
            slot = slot if slot < last else last
            column = 0
            for i in range(values.shape[1]):
                value = values[source, i]
                for t in range(len(thresholds)):
                    if d <= thresholds[t]:
                        sums[node, column + t] += value
                column += len(thresholds)
                for t in range(len(decays)):
                    sums[node, column + t] += value * decays[t, slot]
                column += len(decays)
        at += 1
    return at
