"""The bounded search from many sources, compiled: every code within the cut-off of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.network.kernels.bucket import BEGUN, FAR, REACHED, Scratch, enter, spread
from assetmap.network.kernels.compiled import compiled, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.ends import Seeds
    from assetmap.network.kernels.graph import Graph

    Whole = int | np.signedinteger[Any]
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
    """
    total = np.int64(0)
    while at < len(sources):
        if total + len(found.best) > len(found.code):
            break
        source = sources[at]
        if work.state[BEGUN] == 0:
            work.state[REACHED] = 0
            for seed in range(seeds.ptr[source], seeds.ptr[source + 1]):
                if seeds.cost_cm[seed] <= cut_off:
                    enter(work, seeds.node[seed], seeds.cost_cm[seed], shift)
        done = spread(graph, work, cut_off, shift)
        work.state[BEGUN] = 0 if done else 1
        if not done:
            break
        more = collect(work, found, marks, cut_off, total)
        found.size[at] = more
        total += more
        found.used[piece] += more
        at += 1
        together = 0
        for rows in found.used:
            together += rows
        if together > most:
            break
    return at


@inner
def collect(work: Scratch, found: Found, marks: Seeds, cut_off: int, total: Whole) -> Whole:
    """The number of codes on the touched nodes, written from ``total`` on; ``dist`` is cleared."""
    dist, best, end = work.dist, found.best, total
    for i in range(work.state[REACHED]):
        node = work.touched[i]
        d = dist[node]
        dist[node] = FAR
        for mark in range(marks.ptr[node], marks.ptr[node + 1]):
            through = d + marks.cost_cm[mark]
            label = marks.node[mark]
            if through <= cut_off and through < best[label]:
                if best[label] == FAR:
                    found.code[end] = label
                    end += 1
                best[label] = through
    for i in range(total, end):
        found.cost[i] = best[found.code[i]]
        best[found.code[i]] = FAR
    return end - total
