"""The search that all others are made of, compiled: least costs from nodes already entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.kernels.compiled import inner

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    Whole = int | np.signedinteger[Any]
    I32 = NDArray[np.int32]

FAR = np.int32(2**31 - 1)
BUCKET, SIZE, REACHED, BEGUN = 0, 1, 2, 3
ROOM = 1 << 12


class Scratch(NamedTuple):
    """What a search needs beside the graph; made once for many searches.

    Kernels make no arrays of their own: numba would spend a second on learning how, and it
    counts references to an array in every turn of a loop that might renew it, which makes
    searches three times slower. A kernel that runs out of room says so, and is called again.

    Attributes
    ----------
    dist
        The least cost known of each node; ``FAR`` between searches.
    touched
        The nodes reached by this search.
    head, held, below
        Buckets: the top entry of each, and per entry its node and the entry below.
    state
        Where an interrupted search goes on: bucket, entries, nodes reached, whether begun.
    """

    dist: NDArray[np.int32]
    touched: NDArray[np.int32]
    head: NDArray[np.int32]
    held: NDArray[np.int32]
    below: NDArray[np.int32]
    state: NDArray[np.int64]


def scratch(
    nodes: int, *, cut_off_cm: int, shift: int, seeds: int = 1, dist: I32 | None = None
) -> Scratch:
    """Fresh scratch for searches up to a cut-off that start from so many seeds at once.

    ``dist`` is where costs are to be left, all ``FAR`` as yet; None where nobody wants them.
    """
    room = ROOM + seeds
    return Scratch(
        np.full(nodes, FAR, np.int32) if dist is None else dist,
        np.empty(nodes, np.int32),
        np.full((cut_off_cm >> shift) + 1, -1, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.zeros(4, np.int64),
    )


def roomier(old: Scratch, *, most_arcs: int) -> Scratch:
    """The same scratch in the same state, with room for as many entries again."""
    held, below = (
        np.concatenate([entries, np.empty(len(entries) + most_arcs, np.int32)])
        for entries in (old.held, old.below)
    )
    return old._replace(held=held, below=below)


def to_the_end(
    step: Callable[[Scratch, int], int], work: Scratch, *, count: int, most_arcs: int
) -> None:
    """``step(work, at)`` called until it returns ``count``, with more room each time."""
    at = step(work, 0)
    while at < count:
        work = roomier(work, most_arcs=most_arcs)
        at = step(work, at)


def width(graph: Graph, cut_off_cm: int) -> int:
    """The bits that a bucket spans: about a typical arc, and at most some thousand buckets."""
    typical = int(np.median(graph.w[:: max(1, len(graph.w) // 1000)])) if len(graph.w) else 1
    return max(typical.bit_length() - 2, cut_off_cm.bit_length() - 12, 0)


@inner
def set_out(
    work: Scratch, nodes: I32, costs: I32, start: Whole, stop: Whole, cut_off: int, shift: int
) -> None:
    """The seeds from start to stop put into their buckets, where they are news.

    They are where they cost no more than the cut-off, and less than what is known of their nodes.
    """
    dist, touched, head, held, below, state = work
    size, reached = state[SIZE], state[REACHED]
    for seed in range(start, stop):
        node, d = nodes[seed], costs[seed]
        if d > cut_off or d >= dist[node]:
            continue
        if dist[node] == FAR:
            touched[reached] = node
            reached += 1
        dist[node] = d
        held[size] = node
        below[size] = head[d >> shift]
        head[d >> shift] = size
        size += 1
    state[SIZE], state[REACHED] = size, reached


@inner
def spread(graph: Graph, work: Scratch, cut_off: int, shift: int) -> bool:
    """Whether the search is done; False: more room is needed, then call again.

    A bucket holds the nodes whose cost agrees but for the last ``shift`` bits, as a chain of
    entries; inside a bucket a node is taken again when its cost falls, so that the result is
    exact for any width and for arcs of length 0 (Denardo & Fox 1979, Operations Research 27,
    161-186). A node whose only way on leads back is never queued.
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
            d = dist[node]
            if (d >> shift) != bucket:
                continue
            for arc in range(first, stop):
                to = idx[arc]
                via = d + w[arc]
                if via <= cut_off and via < dist[to]:
                    if dist[to] == FAR:
                        touched[reached] = to
                        reached += 1
                    dist[to] = via
                    onward = ptr[to]
                    if ptr[to + 1] - onward == 1 and idx[onward] == node:
                        continue
                    held[size] = to
                    below[size] = head[via >> shift]
                    head[via >> shift] = size
                    size += 1
    state[BUCKET], state[SIZE], state[REACHED] = 0, 0, reached
    return True
