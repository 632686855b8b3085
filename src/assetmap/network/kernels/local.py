"""Searches that stop where they cannot better what is known, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.network.kernels.bucket import (
    BEGUN,
    BUCKET,
    FAR,
    REACHED,
    SIZE,
    Scratch,
    enter,
    spread,
)
from assetmap.network.kernels.compiled import compiled, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.ends import Seeds
    from assetmap.network.kernels.graph import Graph

    Whole = int | np.signedinteger[Any]
    I32 = NDArray[np.int32]

BLOCK = 1 << 13
"""Nodes of one block: with their arcs they fit into a processor's cache."""


class Best(NamedTuple):
    """The nearest codes of each node or origin and their costs, ``k`` after ``k`` places."""

    code: NDArray[np.int32]
    cost: NDArray[np.int32]


@compiled
def nearest_one(
    graph: Graph, work: Scratch, order: I32, at: int, seeds: Seeds, cut_off: int, shift: int
) -> int:
    """The least cost from every node of the reversed graph to any code, left in ``work.dist``.

    The codes of one block of nodes set out together; a search goes on only where it betters what
    earlier ones found. With nodes in spatial order a block stays in the processor's cache, and
    the ground that is searched twice is small. The result is the first code not done, for want
    of room.
    """
    while at < len(order):
        stop = at
        block = seeds.node[seeds.ptr[order[at]]] // BLOCK
        work.state[REACHED] = 0
        while stop < len(order) and seeds.node[seeds.ptr[order[stop]]] // BLOCK == block:
            code = order[stop]
            if work.state[BEGUN] == 0:
                for seed in range(seeds.ptr[code], seeds.ptr[code + 1]):
                    if seeds.cost_cm[seed] <= cut_off:
                        enter(work, seeds.node[seed], seeds.cost_cm[seed], shift)
            stop += 1
        done = spread(graph, work, cut_off, shift)
        work.state[BEGUN] = 0 if done else 1
        if not done:
            break
        at = stop
    return at


@compiled
def nearest_some(
    graph: Graph,
    work: Scratch,
    best: Best,
    k: int,
    order: I32,
    at: int,
    seeds: Seeds,
    cut_off: int,
    shift: int,
) -> int:
    """The ``k`` nearest codes of every node of the reversed graph, searched code by code.

    The result is the first code not done, for want of room.
    """
    while at < len(order):
        code = order[at]
        if work.state[BEGUN] == 0:
            work.state[REACHED] = 0
            for seed in range(seeds.ptr[code], seeds.ptr[code + 1]):
                if seeds.cost_cm[seed] <= cut_off:
                    enter(work, seeds.node[seed], seeds.cost_cm[seed], shift)
        done = spread_some(graph, work, best, k, code, cut_off, shift)
        work.state[BEGUN] = 0 if done else 1
        if not done:
            break
        for i in range(work.state[REACHED]):
            work.dist[work.touched[i]] = FAR
        at += 1
    return at


@inner
def spread_some(
    graph: Graph, work: Scratch, best: Best, k: int, code: Whole, cut_off: int, shift: int
) -> bool:
    """As :func:`spread` for one code, cut where it is not among the ``k`` nearest.

    Where ``k`` codes are nearer, or as near with a lower code, they are so for every node beyond
    as well: hence nothing is lost.
    """
    ptr, idx, w = graph
    dist, touched, head, held, below, state = work
    size, reached = state[SIZE], state[REACHED]
    for bucket in range(state[BUCKET], len(head)):
        while head[bucket] >= 0:
            top = head[bucket]
            node = held[top]
            first, stop = ptr[node], ptr[node + 1]
            if size + stop - first > len(held):
                state[BUCKET], state[SIZE], state[REACHED] = bucket, size, reached
                return False
            head[bucket] = below[top]
            d = np.int64(dist[node])
            if (d >> shift) != bucket or not insert(best, np.int64(node) * k, k, code, d):
                continue
            for arc in range(first, stop):
                to = idx[arc]
                via = d + w[arc]
                if via <= cut_off and via < dist[to] and via <= best.cost[np.int64(to) * k + k - 1]:
                    if dist[to] == FAR:
                        touched[reached] = to
                        reached += 1
                    dist[to] = via
                    held[size] = to
                    below[size] = head[via >> shift]
                    head[via >> shift] = size
                    size += 1
    state[BUCKET], state[SIZE], state[REACHED] = 0, 0, reached
    return True


@inner
def insert(best: Best, base: Whole, k: int, code: Whole, d: Whole) -> bool:
    """Whether (cost, code) is news to the ``k`` least of the row at ``base``, where it now stands.

    A row holds a code once, at its least cost, and is ordered by (cost, code).
    """
    codes, costs = best
    last = base + k - 1
    if costs[last] < d or (costs[last] == d and codes[last] < code):
        return False
    at = base
    while at < last and codes[at] != code:
        at += 1
    if codes[at] == code and costs[at] <= d:
        return False
    while at > base and (costs[at - 1] > d or (costs[at - 1] == d and codes[at - 1] > code)):
        costs[at] = costs[at - 1]
        codes[at] = codes[at - 1]
        at -= 1
    costs[at] = d
    codes[at] = code
    return True


@compiled
def merge(best: Best, merged: Best, k: int, seeds: Seeds, cut_off: int) -> None:
    """The nearest codes of each origin among those of the nodes at which it enters the graph."""
    for origin in range(len(seeds.ptr) - 1):
        for seed in range(seeds.ptr[origin], seeds.ptr[origin + 1]):
            base = np.int64(seeds.node[seed]) * k
            for at in range(base, base + k):
                if best.code[at] < 0:
                    break
                d = np.int64(best.cost[at]) + seeds.cost_cm[seed]
                if d > cut_off:
                    break
                insert(merged, origin * k, k, best.code[at], d)
