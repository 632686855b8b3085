"""The streets that lead everywhere, apart from the islands that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph


def main_points(walk: WalkGraph) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the ends of all segments of the longest connected part are: x and y, each place once.

    Empty where there are no streets. Of two parts of equal length, the first.
    """
    if not len(walk.part_m):
        return np.empty(0), np.empty(0)
    segments = walk.segments
    main = segments.part == int(walk.part_m.argmax())
    ends = np.empty(2 * int(main.sum()), np.complex128)  # one number a place, in order as two are
    ends.real = np.concatenate([segments.ax[main], segments.bx[main]])
    ends.imag = np.concatenate([segments.ay[main], segments.by[main]])
    places = np.unique(ends)
    return places.real.copy(), places.imag.copy()


def walkable_lines(walk: WalkGraph) -> NDArray[np.float64]:
    """The segments that lead somewhere: n by two ends by x and y; those of islands left out."""
    segments = walk.segments.rows(~walk.on_island)
    starts = np.column_stack([segments.ax, segments.ay])
    stops = np.column_stack([segments.bx, segments.by])
    return np.stack([starts, stops], axis=1)
