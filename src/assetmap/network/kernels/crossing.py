"""Which straight lines meet which walls, compiled: walls are sorted by west end and passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    F64 = NDArray[np.float64]


def crossed(start: F64, end: F64, walls: F64) -> NDArray[np.bool_]:
    """Whether each line from a start to an end meets any wall; a touch counts.

    Parameters
    ----------
    start, end
        Coordinates, shape (lines, 2).
    walls
        Straight walls, shape (walls, 4): x and y of one end, x and y of the other.
    """
    met = np.zeros(len(start), dtype=np.bool_)
    if len(walls) and len(start):
        eastward = np.where(walls[:, :1] <= walls[:, 2:3], walls, walls[:, [2, 3, 0, 1]])
        ordered = np.ascontiguousarray(eastward[np.argsort(eastward[:, 0], kind="stable")])
        widest = float((ordered[:, 2] - ordered[:, 0]).max())
        _meet(
            np.ascontiguousarray(start, dtype=np.float64),
            np.ascontiguousarray(end, dtype=np.float64),
            ordered,
            widest,
            met,
        )
    return met


@compiled
def _meet(start: F64, end: F64, walls: F64, widest: float, met: NDArray[np.bool_]) -> None:
    for line in range(start.shape[0]):
        ax, ay, bx, by = start[line, 0], start[line, 1], end[line, 0], end[line, 1]
        west, east = min(ax, bx), max(ax, bx)
        south, north = min(ay, by), max(ay, by)
        first = np.searchsorted(walls[:, 0], west - widest)
        for wall in range(first, walls.shape[0]):
            cx, cy, dx, dy = walls[wall, 0], walls[wall, 1], walls[wall, 2], walls[wall, 3]
            if cx > east:
                break
            if dx < west or min(cy, dy) > north or max(cy, dy) < south:
                continue
            one = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
            two = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
            if (one > 0 and two > 0) or (one < 0 and two < 0):
                continue
            three = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
            four = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
            if (three > 0 and four > 0) or (three < 0 and four < 0):
                continue
            met[line] = True
            break
