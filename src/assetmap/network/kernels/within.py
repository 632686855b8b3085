"""The bounded search from many sources, compiled: every code within the cut-off of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.kernels.bucket import BEGUN, FAR, REACHED, Scratch, set_out, spread
from assetmap.network.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.ends import Seeds
    from assetmap.network.kernels.graph import Graph

    I32 = NDArray[np.int32]


class Found(NamedTuple):
    """Where a search puts what it finds.

    Attributes
    ----------
    best
        The least cost to each code, ``FAR`` between searches.
    size
        Per source, how many codes it reached.
    code, cost
        The rows of finished sources, one source after the other.
    used
        Rows found so far, one number a piece of work.
    """

    best: NDArray[np.int32]
    size: NDArray[np.int32]
    code: NDArray[np.int32]
    cost: NDArray[np.int32]
    used: NDArray[np.int64]


@compiled
def within(
    graph: Graph,
    work: Scratch,
    found: Found,
    sources: I32,
    at: int,
    seeds: Seeds,
    marks: Seeds,
    cut_off: int,
    shift: int,
    piece: int,
    most: int,
) -> int:
    """The least cost from each source to every code marked on a node within the cut-off.

    ``marks`` holds, by node, the codes found there and their offsets. The result is the number
    of the first source not done: there is no room for its rows or for its search, or all pieces
    together hold more than ``most`` rows.

    Where there are no codes, costs stay in ``work.dist``: then they are the least from any
    source, and a search goes on only where it betters what earlier ones found.
    """
    dist, touched, _, _, _, state = work
    best, size, code, cost, used = found
    seed_ptr, seed_node, seed_cost = seeds
    mark_ptr, mark_code, mark_cost = marks
    total = np.int64(0)
    while at < len(sources) and total + len(best) <= len(code):
        if state[BEGUN] == 0:
            state[REACHED] = 0
            start, stop = seed_ptr[sources[at]], seed_ptr[sources[at] + 1]
            set_out(work, seed_node, seed_cost, start, stop, cut_off, shift)
        done = spread(graph, work, cut_off, shift)
        state[BEGUN] = 0 if done else 1
        if not done:
            break
        at += 1
        if len(best) == 0:
            continue
        end = total
        for i in range(state[REACHED]):
            node = touched[i]
            d = dist[node]
            dist[node] = FAR
            for mark in range(mark_ptr[node], mark_ptr[node + 1]):
                through = d + mark_cost[mark]
                label = mark_code[mark]
                if through <= cut_off and through < best[label]:
                    if best[label] == FAR:
                        code[end] = label
                        end += 1
                    best[label] = through
        for i in range(total, end):
            cost[i] = best[code[i]]
            best[code[i]] = FAR
        size[at - 1] = end - total
        used[piece] += end - total
        total = end
        together = 0
        for rows in used:
            together += rows
        if together > most:
            break
    return at
