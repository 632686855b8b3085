"""The lines nearest to points: guessed by their middles first, then looked for no farther."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAR_M = 500.0
"""Beyond it so many lines are as near as the guess that one search a point is quicker."""
MANY = 1_500
"""For fewer points the middles are not worth putting in order."""
SLACK_M = 1e-6
"""The line that was guessed is itself among those looked for, however distances are rounded."""


class Near(NamedTuple):
    """The lines nearest to points: a row for each that is as near as any, and its metres."""

    point: NDArray[np.int64]
    line: NDArray[np.int64]
    metres: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lines:
    """Straight lines from one end to another, to be looked for again and again.

    Attributes
    ----------
    shapes
        LineStrings of two points each.
    """

    shapes: NDArray[np.object_]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    @cached_property
    def _middles(self) -> cKDTree:
        ends = shapely.get_coordinates(self.shapes).reshape(-1, 2, 2)
        return cKDTree(ends.mean(axis=1), compact_nodes=False, balanced_tree=False)

    def nearest(self, xy: NDArray[np.float64]) -> Near:
        """The nearest lines of each point, all of those that are equally near; there are some.

        No line is farther than the one whose middle is nearest: of the lines within that distance
        the nearest are taken. Distances are those of GEOS.
        """
        points = shapely.points(xy)
        guess_m = self._guess_m(points, xy)
        near, far = np.flatnonzero(guess_m <= FAR_M), np.flatnonzero(guess_m > FAR_M)
        row, line = self._tree.query(
            points[near], predicate="dwithin", distance=guess_m[near] + SLACK_M
        )
        metres = shapely.distance(points[near[row]], self.shapes[line])
        least = np.full(len(near), np.inf)
        np.minimum.at(least, row, metres)
        best = metres == least[row]
        (point, other), other_m = self._tree.query_nearest(points[far], return_distance=True)
        return Near(
            np.concatenate([near[row[best]], far[point]]),
            np.concatenate([line[best], other]),
            np.concatenate([metres[best], other_m]),
        )

    def _guess_m(self, points: NDArray[np.object_], xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """The distance to the line whose middle is nearest; infinite for few points."""
        if len(xy) < MANY:
            return np.full(len(xy), np.inf)
        guess = self.shapes[self._middles.query(xy)[1]]
        return np.asarray(shapely.distance(points, guess))
