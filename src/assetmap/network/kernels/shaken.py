"""The least cost of each origin where destinations may be missing or stand elsewhere, compiled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    F64 = NDArray[np.float64]


class Near(NamedTuple):
    """The destinations that each origin may go to, the nearest first.

    Attributes
    ----------
    ptr
        int64, where the rows of each origin begin, and the end.
    to
        int32, the destination of each row.
    cost_min
        Its travel cost; in order within an origin.
    east_m, north_m
        Where it lies from the origin.
    """

    ptr: NDArray[np.int64]
    to: NDArray[np.int32]
    cost_min: F64
    east_m: F64
    north_m: F64


class Shaken(NamedTuple):
    """Which destinations are there, and by how much each has moved, in metres."""

    there: NDArray[np.bool_]
    east_m: F64
    north_m: F64


def least_shaken(near: Near, shaken: Shaken, *, stretch: float, min_a_m: float) -> F64:
    """The least cost of each origin to any destination that is there; infinity without one.

    ``c' = max(0, c stretch + min_a_m (|v + d| - |v|))``, with c the cost as it was, v the line to
    the destination and d its move: a walk is taken to be longer by what the straight line is.
    """
    far_m = np.hypot(shaken.east_m, shaken.north_m).max(initial=0.0)
    least = np.full(len(near.ptr) - 1, np.inf)
    search_shaken(near, shaken, stretch, min_a_m, far_m * min_a_m, least)
    return least


@compiled
def search_shaken(
    near: Near, shaken: Shaken, stretch: float, min_a_m: float, slack: float, least: F64
) -> None:
    """Fills ``least``; rows come by cost, so that one farther than ``slack`` beyond it ends it."""
    for origin in range(len(near.ptr) - 1):
        best = np.inf
        for row in range(near.ptr[origin], near.ptr[origin + 1]):
            base = near.cost_min[row] * stretch
            if base - slack > best:
                break
            to = near.to[row]
            if not shaken.there[to]:
                continue
            east, north = near.east_m[row], near.north_m[row]
            moved = math.hypot(east + shaken.east_m[to], north + shaken.north_m[to])
            moved -= math.hypot(east, north)
            best = min(best, max(0.0, base + moved * min_a_m))
        least[origin] = best
