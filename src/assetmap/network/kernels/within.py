"""The bounded search from many sources, compiled: every code within the cut-off of each."""

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


@compiled
def within(
    graph: Graph,
    sources: I32,
    seeds: Seeds,
    marks: Seeds,
    n_codes: int,
    cut_off: int,
    shift: int,
    used: I64,
    piece: int,
    most: int,
) -> tuple[I32, I32, I32]:
    """The least cost from each source to every code marked on a node within the cut-off.

    ``marks`` holds, by node, the codes found there and their offsets. Returns per source its rows
    (code, cost). All pieces together stop once they hold more than ``most`` rows.
    """
    dist = np.full(len(graph.ptr) - 1, FAR, np.int32)
    touched = np.empty(len(dist), np.int32)
    head = np.full((cut_off >> shift) + 1, -1, np.int32)
    held = np.empty(ROOM + len(seeds.node), np.int32)
    below = np.empty(ROOM + len(seeds.node), np.int32)
    state = np.zeros(3, np.int64)
    best = np.full(n_codes, FAR, np.int32)
    row = np.zeros(len(sources) + 1, np.int32)
    code = np.empty(ROOM, np.int32)
    cost = np.empty(ROOM, np.int32)
    total = np.int64(0)
    for at in range(len(sources)):
        source = sources[at]
        state[REACHED] = 0
        for seed in range(seeds.ptr[source], seeds.ptr[source + 1]):
            node, d = seeds.node[seed], seeds.cost_cm[seed]
            if d <= cut_off:
                enter(dist, touched, head, held, below, state, node, d, shift)
        while not spread(graph, cut_off, shift, dist, touched, head, held, below, state):
            held = grown(held)
            below = grown(below)
        while total + n_codes > len(code):
            code = grown(code)
            cost = grown(cost)
        total = collect(dist, touched, state[REACHED], marks, cut_off, best, code, cost, total)
        row[at + 1] = total
        used[piece] = total
        together = 0
        for rows in used:
            together += rows
        if together > most:
            break
    return row, code[:total], cost[:total]


@inner
def collect(
    dist: I32,
    touched: I32,
    reached: int,
    marks: Seeds,
    cut_off: int,
    best: I32,
    code: I32,
    cost: I32,
    total: int,
) -> int:
    """The rows held once the codes on the touched nodes are added; ``dist`` is cleared."""
    first = total
    for i in range(reached):
        node = touched[i]
        d = dist[node]
        dist[node] = FAR
        for mark in range(marks.ptr[node], marks.ptr[node + 1]):
            through = d + marks.cost_cm[mark]
            label = marks.node[mark]
            if through <= cut_off and through < best[label]:
                if best[label] == FAR:
                    code[total] = label
                    total += 1
                best[label] = through
    for i in range(first, total):
        cost[i] = best[code[i]]
        best[code[i]] = FAR
    return total
