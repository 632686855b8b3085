"""Searches from neighbouring nodes side by side, compiled: one vector of costs a node.

Indexes are unsigned and the number of lanes is an argument, not a constant: with either otherwise
the compiler makes no vectors (signed indexes may count from the end, and short loops of known
length are unrolled first).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.network.kernels.bucket import FAR, REACHED, Scratch
from assetmap.network.kernels.compiled import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    Whole = int | np.signedinteger[Any]
    I32 = NDArray[np.int32]

APART = np.int32(2**30)
"""The cost of what a lane has not reached: an arc added to it stays within 32 bits."""
ONE = np.uint64(1)


class Ground(NamedTuple):
    """The nodes around some sources as a graph of their own, in order of their cost.

    Attributes
    ----------
    rank
        The new number of each node of the graph, -1 elsewhere and between searches.
    order
        The old number of each node of the ground.
    ptr, idx, w
        Its arcs.
    dirty
        1 for nodes whose costs have news; 0 between searches.
    costs
        Lanes after lanes: the cost of each node from each source.
    slots
        Counts by bucket.
    """

    rank: NDArray[np.int32]
    order: NDArray[np.int32]
    ptr: NDArray[np.uint32]
    idx: NDArray[np.uint32]
    w: NDArray[np.int32]
    dirty: NDArray[np.uint8]
    costs: NDArray[np.int32]
    slots: NDArray[np.int64]


class Asked(NamedTuple):
    """What is to be summed, and how.

    Attributes
    ----------
    values
        Nodes by columns.
    thresholds
        Rising costs.
    decays
        Decays by bins, the last bin 0: what is beyond the table.
    bin_shift
        The bits that a bin spans.
    """

    values: NDArray[np.float64]
    thresholds: NDArray[np.int32]
    decays: NDArray[np.float64]
    bin_shift: int


class Totals(NamedTuple):
    """Where the sums go.

    Attributes
    ----------
    sums
        Nodes by sums: per column its thresholds, then its decays.
    flat, bins
        The same of one set of lanes, lane beside lane, 0 between searches; each lane's bin.
    """

    sums: NDArray[np.float64]
    flat: NDArray[np.float64]
    bins: NDArray[np.uint32]


@inlined
def survey(graph: Graph, work: Scratch, ground: Ground, radius: Whole, shift: int) -> Whole:
    """The number of nodes reached within the radius, made into the ground; ``dist`` is cleared."""
    ptr, idx, w = graph
    dist, touched, _, _, _, state = work
    rank, order, ground_ptr, ground_idx, ground_w, _, _, slots = ground
    reached = state[REACHED]
    for b in range(len(slots)):
        slots[b] = 0
    for i in range(reached):
        d = dist[touched[i]]
        if d <= radius:
            slots[(d >> shift) + 1] += 1
    for b in range(1, len(slots)):
        slots[b] += slots[b - 1]
    size: Whole = slots[len(slots) - 1]
    for i in range(reached):
        node = touched[i]
        d = dist[node]
        dist[node] = FAR
        if d <= radius:
            at = slots[d >> shift]
            slots[d >> shift] = at + 1
            rank[node] = at
            order[at] = node
    arcs = 0
    for i in range(size):
        ground_ptr[i] = arcs
        for arc in range(ptr[order[i]], ptr[order[i] + 1]):
            to = rank[idx[arc]]
            if to >= 0:
                ground_idx[arcs] = to
                ground_w[arcs] = w[arc]
                arcs += 1
    ground_ptr[size] = arcs
    return size


@inlined
def settle(ground: Ground, size: Whole, lanes: np.uint64, members: I32, count: Whole) -> None:
    """The least cost of every node of the ground from each member, one lane a member.

    The first node in the order of the ground whose vector has news is taken next, until none has.
    That order is nearly each member's own, so most nodes are taken once or twice.
    """
    rank, _, ptr, idx, w, dirty, costs, _ = ground
    for i in range(np.uint64(size) * lanes):
        costs[i] = APART
    for lane in range(count):
        at = rank[members[lane]]
        costs[np.uint64(at) * lanes + np.uint64(lane)] = 0
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
            start, end, more = node * lanes, to * lanes, w[arc]
            news = np.int32(0)
            for lane in range(lanes):
                via = np.int32(costs[start + lane] + more)
                known = costs[end + lane]
                least = via if via < known else known
                news = np.int32(news | (known ^ least))
                costs[end + lane] = least
            if news != 0:
                dirty[to] = 1
                onward = to if to < onward else onward
        node = onward


@inlined
def add_up(ground: Ground, size: Whole, lanes: np.uint64, asked: Asked, totals: Totals) -> None:
    """Each lane's sums: per column its thresholds, then its decays; ``rank`` is cleared."""
    rank, order, costs = ground.rank, ground.order, ground.costs
    values, thresholds, decays, bin_shift = asked
    _, flat, bins = totals
    last = np.int32(decays.shape[1] - 1)
    shift = np.int32(bin_shift)
    for i in range(size):
        node = order[i]
        rank[node] = -1
        base = np.uint64(i) * lanes
        if len(decays):
            for lane in range(lanes):
                slot = np.int32(costs[base + lane] >> shift)
                bins[lane] = np.uint32(slot if slot < last else last)
        at = np.uint64(0)
        for column in range(values.shape[1]):
            value = values[node, column]
            if value == 0.0:
                at += lanes * np.uint64(len(thresholds) + len(decays))
                continue
            for t in range(len(thresholds)):
                limit = np.int32(thresholds[t])
                for lane in range(lanes):
                    flat[at + lane] += value if costs[base + lane] <= limit else 0.0
                at += lanes
            for t in range(np.uint64(len(decays))):
                for lane in range(lanes):
                    flat[at + lane] += value * decays[t, np.uint64(bins[lane])]
                at += lanes
