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
    set_out,
)
from assetmap.network.kernels.compiled import compiled, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.ends import Seeds
    from assetmap.network.kernels.graph import Graph

    Whole = int | np.signedinteger[Any]
    I32 = NDArray[np.int32]


class Best(NamedTuple):
    """The nearest codes of each node or origin and their costs, ``k`` after ``k`` places."""

    code: NDArray[np.int32]
    cost: NDArray[np.int32]


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

    A search is as :func:`spread`, but cut where the code is not among the ``k`` nearest: where
    ``k`` codes are nearer, or as near with a lower code, they are so for every node beyond as
    well, and nothing is lost. The result is the first code not done, for want of room.
    """
    ptr, idx, w = graph
    dist, touched, head, held, below, state = work
    seed_ptr, seed_node, seed_cost = seeds
    costs = best.cost
    while at < len(order):
        code = order[at]
        if state[BEGUN] == 0:
            state[REACHED] = 0
            start, stop = seed_ptr[code], seed_ptr[code + 1]
            set_out(work, seed_node, seed_cost, start, stop, cut_off, shift)
        state[BEGUN] = 1
        size, reached = state[SIZE], state[REACHED]
        for bucket in range(state[BUCKET], len(head)):
            while head[bucket] >= 0:
                top = head[bucket]
                node = held[top]
                first, stop = ptr[node], ptr[node + 1]
                if size + stop - first > len(held):
                    state[BUCKET], state[SIZE], state[REACHED] = bucket, size, reached
                    return at
                head[bucket] = below[top]
                d = np.int64(dist[node])
                if (d >> shift) != bucket or not insert(best, np.int64(node) * k, k, code, d):
                    continue
                for arc in range(first, stop):
                    to = idx[arc]
                    via = d + w[arc]
                    if via <= cut_off and via < dist[to] and via <= costs[np.int64(to) * k + k - 1]:
                        if dist[to] == FAR:
                            touched[reached] = to
                            reached += 1
                        dist[to] = via
                        held[size] = to
                        below[size] = head[via >> shift]
                        head[via >> shift] = size
                        size += 1
        for i in range(reached):
            dist[touched[i]] = FAR
        state[BEGUN], state[BUCKET], state[SIZE] = 0, 0, 0
        at += 1
    return at


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
    codes, costs = best
    ptr, node, cost = seeds
    for origin in range(len(ptr) - 1):
        for seed in range(ptr[origin], ptr[origin + 1]):
            base = np.int64(node[seed]) * k
            for at in range(base, base + k):
                if codes[at] < 0:
                    break
                d = np.int64(costs[at]) + cost[seed]
                if d > cut_off:
                    break
                insert(merged, origin * k, k, codes[at], d)
