"""Sums of what lies within reach of every node, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.bucket import BEGUN, FAR, REACHED, Scratch, enter, spread
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
    lanes = len(members)
    sums, decayed, flat, _ = totals
    reach = cut_off + near
    while turn[LEFT] > 0 or turn[FOLLOWING] < stop:
        left = turn[LEFT]
        while left < len(waiting) and turn[FOLLOWING] < stop:
            waiting[left] = turn[FOLLOWING]
            left += 1
            turn[FOLLOWING] += 1
        turn[LEFT] = left
        if work.state[BEGUN] == 0:
            work.state[REACHED] = 0
            enter(work, waiting[0], np.int32(0), shift)
        work.state[BEGUN] = 1
        if not spread(graph, work, reach, shift):
            return False
        arcs = 0
        for i in range(work.state[REACHED]):
            arcs += graph.ptr[work.touched[i] + 1] - graph.ptr[work.touched[i]]
        if work.state[REACHED] >= len(ground.order) or arcs > len(ground.idx):
            return False
        work.state[BEGUN] = 0
        count, kept, far = np.int64(0), 0, np.int64(0)
        for i in range(left):
            node = waiting[i]
            if count < lanes and work.dist[node] <= near:
                members[count] = node
                count += 1
                far = max(far, np.int64(work.dist[node]))
            else:
                waiting[kept] = node
                kept += 1
        turn[LEFT] = kept
        size = survey(graph, work, ground, cut_off + far, shift)
        settle(ground, size, np.uint64(lanes), members, count)
        add_up(ground, size, np.uint64(lanes), asked, totals)
        for i in range(size):
            ground.rank[ground.order[i]] = -1
        at = 0
        for column in range(sums.shape[1]):
            for t in range(sums.shape[2]):
                for lane in range(count):
                    sums[members[lane], column, t] = flat[at + lane]
                at += lanes
            for t in range(decayed.shape[2]):
                for lane in range(count):
                    decayed[members[lane], column, t] = flat[at + lane]
                at += lanes
    return True


@compiled
def sums_given(
    graph: Graph,
    work: Scratch,
    sources: I32,
    at: int,
    asked: Asked,
    cut_off: int,
    shift: int,
    totals: Totals,
) -> int:
    """The same sums, each source of the reversed graph giving its values to what it reaches.

    The result is the first source not done, for want of room.
    """
    sums, decayed, _, _ = totals
    last = asked.decays.shape[1] - 1
    while at < len(sources):
        source = sources[at]
        if work.state[BEGUN] == 0:
            work.state[REACHED] = 0
            enter(work, source, np.int32(0), shift)
        done = spread(graph, work, cut_off, shift)
        work.state[BEGUN] = 0 if done else 1
        if not done:
            break
        for i in range(work.state[REACHED]):
            node = work.touched[i]
            d = work.dist[node]
            work.dist[node] = FAR
            for column in range(sums.shape[1]):
                value = asked.values[source, column]
                for t in range(sums.shape[2]):
                    if d <= asked.thresholds[t]:
                        sums[node, column, t] += value
                for t in range(decayed.shape[2]):
                    part = asked.decays[t, min(d >> asked.bin_shift, last)]
                    decayed[node, column, t] += value * part
        at += 1
    return at
