"""Paths over land round water: which straight lines are wet, and what the way round costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.polygon import orient

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.spatial import cKDTree
    from shapely.geometry.base import BaseGeometry

    from assetmap.network.water import Water

MARGIN_M = 5.0
"""A line may clip a bank by this much: published banks are drawn no better."""
SIMPLE_M = 8.0
OFF_M = 1.0
BATCH = 200_000
ROWS = 512


class Shore:
    """The banks of the water as a graph of sight lines, for points up to ``reach_m`` apart.

    Corners of the simplified banks and ends of crossings see each other where the line between
    them is dry; a crossing joins its two ends at its own length. Points in the water start from
    the nearest bank.
    """

    def __init__(self, water: Water, *, reach_m: float) -> None:
        self.reach_m = reach_m
        core = shapely.simplify(water.shape.buffer(-MARGIN_M, join_style="mitre"), SIMPLE_M)
        self._core: BaseGeometry = shapely.make_valid(core)
        shapely.prepare(self._core)
        self._corners = _corners(self._core, water.open_ends)
        ends = [shapely.get_coordinates(crossing.line)[[0, -1]] for crossing in water.crossings]
        self._ends = self.ashore(np.concatenate(ends) if ends else np.zeros((0, 2)))[0]
        self._lengths = np.array([crossing.line.length for crossing in water.crossings])
        self._nodes = np.concatenate((self._ends, self._corners))
        self._tree = _tree(self._nodes) if len(self._nodes) else None
        self._costs = self._between_nodes()

    def idle(self, water: Water) -> tuple[str, ...]:
        """The names of crossings that cross no water: their ends are likely mistyped."""
        return tuple(c.name for c in water.crossings if not self._core.intersects(c.line))

    @property
    def dry(self) -> bool:
        """True where there is no water at all."""
        return bool(self._core.is_empty)

    def ashore(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The points, those in the water moved to the nearest bank, and how far each moved."""
        moved = points.copy()
        inside = np.flatnonzero(shapely.contains_xy(self._core, points[:, 0], points[:, 1]))
        if len(inside):
            banks = self._core.buffer(OFF_M, join_style="mitre").boundary
            lines = shapely.shortest_line(shapely.points(points[inside]), banks)
            moved[inside] = shapely.get_coordinates(shapely.get_point(lines, 1))
        return moved, np.hypot(*(moved - points).T)

    def wet(self, a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.bool_]:
        """True where the straight line from a to b crosses the water."""
        found = np.zeros(len(a), dtype=bool)
        if self.dry:
            return found
        for at in range(0, len(a), BATCH):
            part = slice(at, at + BATCH)
            lines = shapely.linestrings(np.stack((a[part], b[part]), axis=1))
            found[part] = shapely.intersects(self._core, lines)
        return found

    def round(
        self, from_node: csr_matrix, to_node: csr_matrix, *, pairs: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """The length over land of each pair of rows of two :meth:`sight`, in metres.

        The least of sight line to a node + way between nodes + sight line, for pairs that do not
        see each other; inf beyond reach.
        """
        out = np.full(len(pairs), np.inf)
        rows = np.unique(pairs[:, 0])
        for at in range(0, len(rows), ROWS):
            batch = rows[at : at + ROWS]
            mine = np.flatnonzero((pairs[:, 0] >= batch[0]) & (pairs[:, 0] <= batch[-1]))
            table = _least_sum(from_node[batch], self._costs)
            which = np.searchsorted(batch, pairs[mine, 0])
            out[mine] = _to_points(table, to_node, which=which, to=pairs[mine, 1])
        out[out > self.reach_m] = np.inf
        return out

    def _between_nodes(self) -> NDArray[np.float64]:
        """The least way over land between any two nodes."""
        size = len(self._nodes)
        if not size or self._tree is None:
            return np.zeros((0, 0))
        pairs = self._tree.query_pairs(self.reach_m, output_type="ndarray")
        seen = pairs[~self.wet(self._nodes[pairs[:, 0]], self._nodes[pairs[:, 1]])]
        steps = np.hypot(*(self._nodes[seen[:, 0]] - self._nodes[seen[:, 1]]).T)
        table = np.full((size, size), np.inf)
        table[seen[:, 0], seen[:, 1]] = np.maximum(steps, 1e-6)  # 0 would mean no edge
        ends = np.arange(len(self._ends)).reshape(-1, 2)
        table[ends[:, 0], ends[:, 1]] = np.minimum(table[ends[:, 0], ends[:, 1]], self._lengths)
        found = np.isfinite(table)
        graph = csr_matrix((table[found], np.nonzero(found)), shape=(size, size))
        return np.asarray(dijkstra(graph, directed=False, limit=self.reach_m))

    def sight(self, points: NDArray[np.float64]) -> csr_matrix:
        """The lengths of dry lines from points to nodes within reach, a row a point."""
        if self._tree is None or not len(points):
            return csr_matrix((len(points), len(self._nodes)))
        near = _tree(points).sparse_distance_matrix(
            self._tree, self.reach_m, output_type="coo_matrix"
        )
        seen = ~self.wet(points[near.row], self._nodes[near.col])
        lengths = np.maximum(near.data[seen], 1e-6)
        shape = (len(points), len(self._nodes))
        return coo_matrix((lengths, (near.row[seen], near.col[seen])), shape=shape).tocsr()


def _tree(points: NDArray[np.float64]) -> cKDTree:
    from scipy.spatial import cKDTree  # noqa: PLC0415 - a sixth of a second, only without streets

    return cKDTree(points)


def _corners(core: BaseGeometry, open_ends: BaseGeometry) -> NDArray[np.float64]:
    """The corners round which a shortest path may turn, a little off the water."""
    banks = shapely.get_parts(core.buffer(OFF_M, join_style="mitre"))
    kept = [np.zeros((0, 2))]
    for ring in shapely.get_rings([orient(bank) for bank in banks if not bank.is_empty]):
        # Rings are turned with the water on their left: only left turns stick out into the land.
        xy = shapely.get_coordinates(ring)[:-1]
        before, after = xy - np.roll(xy, 1, axis=0), np.roll(xy, -1, axis=0) - xy
        kept.append(xy[before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0] > 0])
    corners = np.concatenate(kept)
    far = shapely.distance(shapely.points(corners), open_ends) > 2 * MARGIN_M + SIMPLE_M
    return np.asarray(corners[far | open_ends.is_empty])


def _least_sum(sight: csr_matrix, costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least way from each point to each node, by whichever node it sees first."""
    table = np.full((sight.shape[0], costs.shape[1]), np.inf)
    for row in range(sight.shape[0]):
        part = slice(sight.indptr[row], sight.indptr[row + 1])
        if part.stop > part.start:
            ways = sight.data[part, None] + costs[sight.indices[part]]
            table[row] = ways.min(axis=0)
    return table


def _to_points(
    table: NDArray[np.float64],
    sight: csr_matrix,
    *,
    which: NDArray[np.int64],
    to: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The least of table and sight line for each (row of table, point)."""
    out = np.full(len(to), np.inf)
    counts = np.diff(sight.indptr)[to]
    seeing = np.flatnonzero(counts)
    for at in range(0, len(seeing), BATCH // 10):
        part = seeing[at : at + BATCH // 10]
        size = counts[part]
        starts = np.concatenate(([0], np.cumsum(size)[:-1]))
        flat = np.arange(size.sum()) - np.repeat(starts - sight.indptr[to[part]], size)
        ways = table[np.repeat(which[part], size), sight.indices[flat]] + sight.data[flat]
        out[part] = np.minimum.reduceat(ways, starts)
    return out
