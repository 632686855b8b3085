"""Searches from neighbouring nodes side by side, compiled: one vector of costs a node.

Indexes are unsigned and the number of lanes is an argument, not a constant: with either otherwise
the compiler makes no vectors (signed indexes may count from the end, and short loops of known
length are unrolled first).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.bucket import FAR
from assetmap.network.kernels.compiled import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    I32 = NDArray[np.int32]
    U32 = NDArray[np.uint32]
    U8 = NDArray[np.uint8]
    F64 = NDArray[np.float64]

APART = np.int32(2**30)
"""The cost of what a lane has not reached: an arc added to it stays within 32 bits."""
ONE = np.uint64(1)


@inner
def ground(
    graph: Graph,
    radius: int,
    shift: int,
    dist: I32,
    touched: I32,
    reached: int,
    slots: I32,
    rank: I32,
    order: I32,
    ptr: U32,
    idx: U32,
    w: I32,
) -> int:
    """The nodes within the radius, numbered by cost, as a graph of their own; their number.

    ``dist`` is cleared; ``rank`` holds the new numbers, ``order`` the old ones.
    """
    for b in range(len(slots)):
        slots[b] = 0
    for i in range(reached):
        d = dist[touched[i]]
        if d <= radius:
            slots[(d >> shift) + 1] += 1
    for b in range(1, len(slots)):
        slots[b] += slots[b - 1]
    size = slots[len(slots) - 1]
    for i in range(reached):
        node = touched[i]
        d = dist[node]
        dist[node] = FAR
        if d <= radius:
            rank[node] = slots[d >> shift]
            order[rank[node]] = node
            slots[d >> shift] += 1
    arcs = 0
    for i in range(size):
        ptr[i] = arcs
        for arc in range(graph.ptr[order[i]], graph.ptr[order[i] + 1]):
            to = rank[graph.idx[arc]]
            if to >= 0:
                idx[arcs] = to
                w[arcs] = graph.w[arc]
                arcs += 1
    ptr[size] = arcs
    return size


@inner
def relaxed(costs: I32, start: np.uint64, end: np.uint64, w: np.int32, lanes: np.uint64) -> bool:
    """Whether an arc makes any lane of its end less."""
    news = np.int32(0)
    for lane in range(lanes):
        via = np.int32(costs[start + lane] + w)
        known = costs[end + lane]
        least = via if via < known else known
        news |= np.int32(known ^ least)
        costs[end + lane] = least
    return news != 0


@inner
def settle(
    size: int,
    lanes: np.uint64,
    members: I32,
    count: int,
    rank: I32,
    ptr: U32,
    idx: U32,
    w: I32,
    dirty: U8,
    costs: I32,
) -> None:
    """The least cost of every node from each member, one lane a member.

    The first node in the order of the ground whose vector has news is taken next, until none has.
    That order is nearly each member's own, so most nodes are taken once or twice.
    """
    for i in range(size * lanes):
        costs[i] = APART
    for i in range(size):
        dirty[i] = 0
    for lane in range(count):
        at = rank[members[lane]]
        costs[at * lanes + lane] = 0
        dirty[at] = 1
    node = np.uint64(0)
    while node < np.uint64(size):
        if dirty[node] == 0:
            node += ONE
            continue
        dirty[node] = 0
        onward = node + ONE
        for arc in range(np.uint64(ptr[node]), np.uint64(ptr[node + ONE])):
            to = np.uint64(idx[arc])
            if relaxed(costs, node * lanes, to * lanes, w[arc], lanes):
                dirty[to] = 1
                onward = min(onward, to)
        node = onward


@inner
def add_up(
    size: int,
    lanes: np.uint64,
    order: I32,
    costs: I32,
    values: F64,
    thresholds: I32,
    decays: F64,
    bin_shift: int,
    flat: F64,
    bins: U32,
) -> None:
    """Each lane's sums: per column its thresholds, then its decays."""
    for i in range(len(flat)):
        flat[i] = 0.0
    last = np.int32(decays.shape[1] - 1)
    shift = np.int32(bin_shift)
    for i in range(size):
        base = np.uint64(i) * lanes
        if len(decays):
            for lane in range(lanes):
                bins[lane] = np.uint32(min(np.int32(costs[base + lane] >> shift), last))
        at = np.uint64(0)
        for column in range(values.shape[1]):
            value = values[order[i], column]
            if value == 0.0:
                at += lanes * np.uint64(len(thresholds) + len(decays))
                continue
            for t in range(len(thresholds)):
                limit = np.int32(thresholds[t])
                for lane in range(lanes):
                    flat[at + lane] += value if costs[base + lane] <= limit else 0.0
                at += lanes
            for t in range(len(decays)):
                row = decays[t]
                for lane in range(lanes):
                    flat[at + lane] += value * row[np.uint64(bins[lane])]
                at += lanes
