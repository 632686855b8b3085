"""Hills: the height of the ground at each node of the streets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Relief(NamedTuple):
    """Heights of the ground by cells.

    Attributes
    ----------
    cells
        float64, metres, rows by columns; NaN where nothing is known.
    transform
        a, b, c, d, e, f: the cell at (row, column) has its corner at
        x = a column + b row + c, y = d column + e row + f.
    """

    cells: NDArray[np.float64]
    transform: Sequence[float]


def heights_at(
    x: NDArray[np.float64], y: NDArray[np.float64], relief: Relief
) -> NDArray[np.float64]:
    """The height at each point, in metres: between the middles of four cells, linear both ways.

    Within half a cell of the relief's edge the outer cells hold. NaN where the point lies off the
    relief, or any cell that counts for it is not known: a height is never made up.

    Parameters
    ----------
    x, y
        In the CRS of the relief.

    Raises
    ------
    MethodError
        Where there are points, and the height of none is known.
    """
    a, b, c, d, e, f = relief.transform
    turn = a * e - b * d
    column = (e * (x - c) - b * (y - f)) / turn
    row = (a * (y - f) - d * (x - c)) / turn
    rows, columns = relief.cells.shape
    inside = (column >= 0) & (column <= columns) & (row >= 0) & (row <= rows)
    heights = np.full(len(x), np.nan)
    heights[inside] = _between(relief.cells, row[inside] - 0.5, column[inside] - 0.5)
    if len(x) and not np.isfinite(heights).any():
        what = "the elevation raster does not cover any of the streets"
        attempt = "check that the raster is of this place; or take travel.elevation out"
        raise MethodError(Fault(what=what, where="travel.elevation", attempt=attempt))
    return heights


def _between(
    cells: NDArray[np.float64], row: NDArray[np.float64], column: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Values at places counted from the middle of the first cell."""
    rows, columns = cells.shape
    row, column = np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)
    top, left = np.floor(row).astype(np.int64), np.floor(column).astype(np.int64)
    below, right = np.minimum(top + 1, rows - 1), np.minimum(left + 1, columns - 1)
    down, along = row - top, column - left
    parts = (
        (top, left, (1 - down) * (1 - along)),
        (top, right, (1 - down) * along),
        (below, left, down * (1 - along)),
        (below, right, down * along),
    )
    total = np.zeros(len(row))
    for at_row, at_column, weight in parts:
        # A cell without weight has no say, even where it is not known.
        total += np.where(weight > 0, cells[at_row, at_column], 0.0) * weight
    return total
