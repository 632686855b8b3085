"""Candidates on the streets themselves: nodes, thinned so that they stand about evenly apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def thinned(
    x: NDArray[np.float64], y: NDArray[np.float64], *, spacing_m: float
) -> NDArray[np.int64]:
    """One point of each square of ``spacing_m``: the nearest to its middle.

    Of equals the farther west, then the farther south; squares count from the origin of the CRS,
    so that neither the order of points nor the extent of a file decides.

    Returns
    -------
    ndarray
        Rows of ``x`` and ``y``, in the order of the squares.
    """
    column, row = np.floor(x / spacing_m), np.floor(y / spacing_m)
    off = np.hypot(x - (column + 0.5) * spacing_m, y - (row + 0.5) * spacing_m)
    order = np.lexsort((y, x, np.round(off, 3), row, column))
    apart = np.diff(column[order], prepend=np.nan) != 0
    apart |= np.diff(row[order], prepend=np.nan) != 0
    found: NDArray[np.int64] = order[apart]
    return found
