"""One counting sort, compiled: graphs, seeds and pairs are all rows of (code, cost)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I32 = NDArray[np.int32]


class Rows(NamedTuple):
    """Rows of (code, cost) that may lie in any order: row ``i`` is ``start[i]:stop[i]``."""

    start: NDArray[np.int32]
    stop: NDArray[np.int32]
    code: NDArray[np.int32]
    cost: NDArray[np.int32]


def turned(rows: Rows, n: int) -> tuple[I32, I32, I32]:
    """The rows turned round: for each of ``n`` codes, the rows that hold it and their costs.

    Returns (ptr, row, cost): code ``i`` has ``ptr[i]:ptr[i + 1]``, its rows rising.
    """
    counts = np.bincount(rows.code, minlength=n)
    ptr = np.zeros(n + 1, np.int32)
    np.cumsum(counts, out=ptr[1:])
    row, cost = np.empty(len(rows.code), np.int32), np.empty(len(rows.code), np.int32)
    deal(rows, ptr[:-1].copy(), row, cost)
    return ptr, row, cost


def rows_of(ptr: I32, code: I32, cost: I32) -> Rows:
    """The same rows where they follow each other."""
    return Rows(ptr[:-1], ptr[1:], code, cost)


def sorted_by(codes: I32, n: int) -> NDArray[np.int32]:
    """The positions that put the codes in order, equal codes as they stood."""
    each = np.arange(len(codes) + 1, dtype=np.int32)
    return turned(rows_of(each, codes, codes), n)[1]


@compiled
def deal(rows: Rows, slot: I32, row: I32, cost: I32) -> None:
    """Each entry put into the next slot of its code."""
    start, stop, codes, costs = rows
    for at in range(len(start)):
        for entry in range(start[at], stop[at]):
            code = codes[entry]
            to = slot[code]
            slot[code] = to + 1
            row[to] = at
            cost[to] = costs[entry]
