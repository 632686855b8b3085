"""Searches that stop where they cannot better what is known, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.bucket import FAR, REACHED, ROOM, enter, grown, spread
from assetmap.network.kernels.compiled import compiled, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph
    from assetmap.network.kernels.seeds import Seeds

    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]

BLOCK = 1 << 13


@compiled
def nearest_one(graph: Graph, order: I32, seeds: Seeds, cut_off: int, shift: int) -> I32:
    """The least cost from every node of the reversed graph to any code.

    The codes of one block of nodes set out together; a search goes on only where it betters what
    earlier ones found. With nodes in spatial order a block stays in the processor's cache, and
    the ground that is searched twice is small.
    """
    dist = np.full(len(graph.ptr) - 1, FAR, np.int32)
    touched = np.empty(len(dist), np.int32)
    head = np.full((cut_off >> shift) + 1, -1, np.int32)
    held = np.empty(ROOM + len(seeds.node), np.int32)
    below = np.empty(ROOM + len(seeds.node), np.int32)
    state = np.zeros(3, np.int64)
    at = 0
    while at < len(order):
        block = seeds.node[seeds.ptr[order[at]]] // BLOCK
        state[REACHED] = 0
        while at < len(order):
            code = order[at]
            if seeds.node[seeds.ptr[code]] // BLOCK != block:
                break
            for seed in range(seeds.ptr[code], seeds.ptr[code + 1]):
                node, d = seeds.node[seed], seeds.cost_cm[seed]
                if d <= cut_off:
                    enter(dist, touched, head, held, below, state, node, d, shift)
            at += 1
        while not spread(graph, cut_off, shift, dist, touched, head, held, below, state):
            held = grown(held)
            below = grown(below)
    return dist


@inner
def insert(label: I32, best: I32, base: int, k: int, code: int, d: int) -> bool:
    """Whether (cost, code) is news to the ``k`` least of the row at ``base``, where it now stands.

    A row holds a code once, at its least cost, and is ordered by (cost, code).
    """
    last = base + k - 1
    if best[last] < d or (best[last] == d and label[last] < code):
        return False
    at = base
    while at < last and label[at] != code:
        at += 1
    if label[at] == code and best[at] <= d:
        return False
    while at > base and (best[at - 1] > d or (best[at - 1] == d and label[at - 1] > code)):
        best[at] = best[at - 1]
        label[at] = label[at - 1]
        at -= 1
    best[at] = d
    label[at] = code
    return True


@compiled
def nearest_some(
    graph: Graph, order: I32, seeds: Seeds, cut_off: int, shift: int, k: int
) -> tuple[I32, I32]:
    """The ``k`` nearest codes of every node and their costs, row after row, code by code.

    A search is cut where ``k`` codes are nearer, or as near with a lower code: those are so for
    every node beyond as well, hence nothing is lost.
    """
    n = len(graph.ptr) - 1
    best = np.full(n * k, FAR, np.int32)
    label = np.full(n * k, -1, np.int32)
    dist = np.full(n, FAR, np.int32)
    touched = np.empty(n, np.int32)
    head = np.full((cut_off >> shift) + 1, -1, np.int32)
    held = np.empty(ROOM + len(seeds.node), np.int32)
    below = np.empty(ROOM + len(seeds.node), np.int32)
    state = np.zeros(3, np.int64)
    for code in order:
        state[REACHED] = 0
        for seed in range(seeds.ptr[code], seeds.ptr[code + 1]):
            node, d = seeds.node[seed], seeds.cost_cm[seed]
            if d <= cut_off:
                enter(dist, touched, head, held, below, state, node, d, shift)
        while not spread_some(
            graph, cut_off, shift, dist, touched, head, held, below, state, label, best, k, code
        ):
            held = grown(held)
            below = grown(below)
        for i in range(state[REACHED]):
            dist[touched[i]] = FAR
    return label, best


@inner
def spread_some(
    graph: Graph,
    cut_off: int,
    shift: int,
    dist: I32,
    touched: I32,
    head: I32,
    held: I32,
    below: I32,
    state: I64,
    label: I32,
    best: I32,
    k: int,
    code: int,
) -> bool:
    """As :func:`spread` for one code, cut where it is not among the ``k`` nearest."""
    ptr, idx, w = graph
    size, reached = state[1], state[2]
    for bucket in range(state[0], len(head)):
        while head[bucket] >= 0:
            top = head[bucket]
            node = held[top]
            first, stop = ptr[node], ptr[node + 1]
            if size + stop - first > len(held):
                state[0], state[1], state[2] = bucket, size, reached
                return False
            head[bucket] = below[top]
            d = dist[node]
            if (d >> shift) != bucket or not insert(label, best, node * k, k, code, d):
                continue
            for arc in range(first, stop):
                to = idx[arc]
                via = d + w[arc]
                if via <= cut_off and via < dist[to] and via <= best[to * k + k - 1]:
                    if dist[to] == FAR:
                        touched[reached] = to
                        reached += 1
                    dist[to] = via
                    held[size] = to
                    below[size] = head[via >> shift]
                    head[via >> shift] = size
                    size += 1
    state[0], state[1], state[2] = 0, 0, reached
    return True


@compiled
def merged(label: I32, best: I32, k: int, seeds: Seeds, cut_off: int) -> tuple[I32, I32]:
    """The nearest codes of each origin among those of the nodes at which it enters the graph."""
    count = len(seeds.ptr) - 1
    codes = np.full(count * k, -1, np.int32)
    costs = np.full(count * k, FAR, np.int32)
    for origin in range(count):
        for seed in range(seeds.ptr[origin], seeds.ptr[origin + 1]):
            base = seeds.node[seed] * k
            for at in range(base, base + k):
                if label[at] < 0:
                    break
                d = np.int64(best[at]) + seeds.cost_cm[seed]
                if d > cut_off:
                    break
                insert(codes, costs, origin * k, k, label[at], d)
    return codes, costs
