"""Counting sorts, compiled: graphs, seeds and pairs are all rows of (code, cost)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I32 = NDArray[np.int32]


@compiled
def transposed(start: I32, stop: I32, code: I32, cost: I32, n: int) -> tuple[I32, I32, I32]:
    """The rows turned: for each of ``n`` codes, in order, the rows that hold it, and their costs.

    Row ``i`` is ``start[i]:stop[i]``; rows may lie in any order in ``code`` and ``cost``.
    Returns (ptr, row, cost); within a code the rows are in order.
    """
    ptr = np.zeros(n + 1, np.int32)
    for row in range(len(start)):
        for at in range(start[row], stop[row]):
            ptr[code[at] + 1] += 1
    for i in range(n):
        ptr[i + 1] += ptr[i]
    rows = np.empty(ptr[n], np.int32)
    costs = np.empty(ptr[n], np.int32)
    slot = ptr[:-1].copy()
    for row in range(len(start)):
        for at in range(start[row], stop[row]):
            k = code[at]
            rows[slot[k]] = row
            costs[slot[k]] = cost[at]
            slot[k] += 1
    return ptr, rows, costs


@compiled
def sorted_arcs(n: int, u: I32, v: I32, w: I32) -> tuple[I32, I32, I32]:
    """Rows of arcs in order of their ends: loops left out, the least of parallel arcs kept."""
    slot = np.zeros(n + 1, np.int32)
    for e in range(len(v)):
        slot[v[e] + 1] += 1
    for i in range(n):
        slot[i + 1] += slot[i]
    by_end = np.empty(len(v), np.int32)
    for e in range(len(v)):
        by_end[slot[v[e]]] = e
        slot[v[e]] += 1
    slot[:] = 0
    for e in range(len(u)):
        slot[u[e] + 1] += 1
    for i in range(n):
        slot[i + 1] += slot[i]
    first = slot.copy()
    by_start = np.empty(len(u), np.int32)
    for e in by_end:
        by_start[slot[u[e]]] = e
        slot[u[e]] += 1
    ptr = np.zeros(n + 1, np.int32)
    idx = np.empty(len(u), np.int32)
    weight = np.empty(len(u), np.int32)
    m = 0
    for i in range(n):
        for at in range(first[i], first[i + 1]):
            e = by_start[at]
            if v[e] == i:
                continue
            if m > ptr[i] and idx[m - 1] == v[e]:
                weight[m - 1] = min(weight[m - 1], w[e])
            else:
                idx[m] = v[e]
                weight[m] = w[e]
                m += 1
        ptr[i + 1] = m
    return ptr, idx[:m].copy(), weight[:m].copy()
