"""Sums of what lies within reach of every node, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.bucket import FAR, REACHED, ROOM, enter, grown, spread
from assetmap.network.kernels.compiled import compiled
from assetmap.network.kernels.lanes import add_up, ground, settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    I32 = NDArray[np.int32]
    F64 = NDArray[np.float64]

WINDOW = 64
NEAR = 2
"""Sources whose searches run side by side lie within half the cut-off of one of them."""


@compiled
def sums_around(
    graph: Graph,
    start: int,
    stop: int,
    lanes: int,
    values: F64,
    thresholds: I32,
    decays: F64,
    bin_shift: int,
    cut_off: int,
    shift: int,
    sums: F64,
    decayed: F64,
) -> None:
    """Cumulative and decayed sums of the values around the nodes ``start`` to ``stop - 1``.

    Neighbouring nodes see nearly the same ground. One plain search around one of them finds it;
    then the costs from all of them are settled over it side by side, as vectors. Shapes: values
    (nodes, columns); decays (decays, bins + 1), the last bin 0; sums (nodes, columns,
    thresholds); decayed (nodes, columns, decays).
    """
    near = cut_off // NEAR
    reach = cut_off + near
    dist = np.full(len(graph.ptr) - 1, FAR, np.int32)
    rank = np.full(len(dist), -1, np.int32)
    touched = np.empty(len(dist), np.int32)
    head = np.full((reach >> shift) + 1, -1, np.int32)
    slots = np.zeros(len(head) + 1, np.int32)
    held, below = np.empty(ROOM, np.int32), np.empty(ROOM, np.int32)
    state = np.zeros(3, np.int64)
    waiting = np.empty(WINDOW, np.int32)
    members = np.empty(lanes, np.int32)
    order = np.empty(ROOM, np.int32)
    ptr, idx, w = np.empty(ROOM, np.uint32), np.empty(ROOM, np.uint32), np.empty(ROOM, np.int32)
    dirty = np.empty(ROOM, np.uint8)
    costs = np.empty(ROOM * lanes, np.int32)
    flat = np.empty(values.shape[1] * (len(thresholds) + len(decays)) * lanes, np.float64)
    bins = np.empty(lanes, np.uint32)
    left, following = 0, start
    while left > 0 or following < stop:
        while left < WINDOW and following < stop:
            waiting[left] = following
            left += 1
            following += 1
        state[REACHED] = 0
        enter(dist, touched, head, held, below, state, waiting[0], 0, shift)
        while not spread(graph, reach, shift, dist, touched, head, held, below, state):
            held = grown(held)
            below = grown(below)
        reached = state[REACHED]
        count, kept, far = 0, 0, 0
        for i in range(left):
            node = waiting[i]
            if count < lanes and dist[node] <= near:
                members[count] = node
                count += 1
                far = max(far, dist[node])
            else:
                waiting[kept] = node
                kept += 1
        left = kept
        arcs = 0
        for i in range(reached):
            arcs += graph.ptr[touched[i] + 1] - graph.ptr[touched[i]]
        if reached + 1 > len(ptr):
            order = np.empty(2 * reached, np.int32)
            ptr = np.empty(2 * reached, np.uint32)
            dirty = np.empty(2 * reached, np.uint8)
            costs = np.empty(2 * reached * lanes, np.int32)
        if arcs > len(idx):
            idx, w = np.empty(2 * arcs, np.uint32), np.empty(2 * arcs, np.int32)
        size = ground(
            graph, cut_off + far, shift, dist, touched, reached, slots, rank, order, ptr, idx, w
        )
        settle(size, np.uint64(lanes), members, count, rank, ptr, idx, w, dirty, costs)
        add_up(
            size,
            np.uint64(lanes),
            order,
            costs,
            values,
            thresholds,
            decays,
            bin_shift,
            flat,
            bins,
        )
        for i in range(size):
            rank[order[i]] = -1
        at = 0
        for column in range(values.shape[1]):
            for t in range(len(thresholds)):
                for lane in range(count):
                    sums[members[lane], column, t] = flat[at + lane]
                at += lanes
            for t in range(len(decays)):
                for lane in range(count):
                    decayed[members[lane], column, t] = flat[at + lane]
                at += lanes


@compiled
def sums_given(
    graph: Graph,
    sources: I32,
    values: F64,
    thresholds: I32,
    decays: F64,
    bin_shift: int,
    cut_off: int,
    shift: int,
    sums: F64,
    decayed: F64,
) -> None:
    """The same sums, each source of the reversed graph giving its values to what it reaches."""
    dist = np.full(len(graph.ptr) - 1, FAR, np.int32)
    touched = np.empty(len(dist), np.int32)
    head = np.full((cut_off >> shift) + 1, -1, np.int32)
    held, below = np.empty(ROOM, np.int32), np.empty(ROOM, np.int32)
    state = np.zeros(3, np.int64)
    last = decays.shape[1] - 1
    for source in sources:
        state[REACHED] = 0
        enter(dist, touched, head, held, below, state, source, 0, shift)
        while not spread(graph, cut_off, shift, dist, touched, head, held, below, state):
            held = grown(held)
            below = grown(below)
        for i in range(state[REACHED]):
            node = touched[i]
            d = dist[node]
            dist[node] = FAR
            for column in range(values.shape[1]):
                value = values[source, column]
                for t in range(len(thresholds)):
                    if d <= thresholds[t]:
                        sums[node, column, t] += value
                for t in range(len(decays)):
                    decayed[node, column, t] += value * decays[t, min(d >> bin_shift, last)]
