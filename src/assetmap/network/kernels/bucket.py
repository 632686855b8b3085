"""The search that all others are made of, compiled: least costs from nodes already entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.compiled import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]

FAR = np.int32(2**31 - 1)
BUCKET, SIZE, REACHED = 0, 1, 2
ROOM = 1 << 12


@inner
def grown(old: I32) -> I32:
    """The array with room for as many again.

    A loop, because numba compiles a slice's assignment with all it takes to print its error: 3 s.
    """
    new = np.empty(2 * len(old), np.int32)
    for i in range(len(old)):
        new[i] = old[i]
    return new


@inner
def enter(
    dist: I32,
    touched: I32,
    head: I32,
    held: I32,
    below: I32,
    state: I64,
    node: int,
    d: int,
    shift: int,
) -> None:
    """The node put into its bucket, if ``d`` is less than what is known of it."""
    if d >= dist[node]:
        return
    if dist[node] == FAR:
        touched[state[REACHED]] = node
        state[REACHED] += 1
    dist[node] = d
    size = state[SIZE]
    held[size] = node
    below[size] = head[d >> shift]
    head[d >> shift] = size
    state[SIZE] = size + 1


@inner
def spread(
    graph: Graph,
    cut_off: int,
    shift: int,
    dist: I32,
    touched: I32,
    head: I32,
    held: I32,
    below: I32,
    state: I64,
) -> bool:
    """Whether the search is done; False: ``held`` and ``below`` need more room, then call again.

    A bucket holds the nodes whose cost agrees but for the last ``shift`` bits, as a chain through
    ``below``; inside a bucket a node is taken again when its cost falls, so that the result is
    exact for any width and for arcs of length 0 (Denardo & Fox 1979, Operations Research 27,
    161-186). A node whose only way on leads back is never queued. ``touched`` lists the nodes
    reached for the first time. Arrays are never renewed in here: numba counts references to them
    in every turn of a loop that could, which makes it three times slower.
    """
    ptr, idx, w = graph
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
