"""Isochrones: the ground along the streets within a walk, drawn from the streets themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from assetmap.errors import Fault, MethodError
from assetmap.frames.hold import hold
from assetmap.frames.isochrones import ISOCHRONES
from assetmap.network.entries import Entries, arriving, entries, leaving
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.kernels import LIMIT_CM, Graph, reach, reverse
from assetmap.network.snap import snap
from assetmap.network.stretches import stretches
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from assetmap.network.graph import Segments, WalkGraph
    from assetmap.network.stretches import Stretches

CORNERS = 4
"""Straight pieces a quarter of a circle is drawn with."""


MINUTE_DECIMALS = 4
"""As ISOCHRONES has them: two limits that round to one are one."""


def build_isochrones(
    graph: WalkGraph,
    points: gpd.GeoDataFrame,
    *,
    minutes: Sequence[float],
    snap_max_m: float,
    width_m: float = 25,
) -> Told[gpd.GeoDataFrame]:
    """ISOCHRONES: the ground within ``width_m`` of streets that lie within so many minutes.

    The union of buffers of the stretches within reach, cut to the centimetre where the minutes
    end; never a hull. A longer walk covers a shorter one, but for 2 % of the width where round
    ends are drawn with straight pieces. Points with a ``from_id`` are where walks start; points
    with a ``to_id`` (several entrances of an asset make one shape) are where they end, which
    differs on slopes and one-way steps. A point too far from any street, or farther from it than
    the minutes, has no row; how many ids have none at all is told as ``no_isochrone``. For the
    map: people are counted from COSTS.

    Raises
    ------
    MethodError
        For minutes, ``snap_max_m`` or ``width_m`` that are negative or no numbers, and points
        with neither id.

    References
    ----------
    STANDARDS 4.4; O'Sullivan, Morrison & Shearer 2000, Int J Geogr Inf Sci 14:85, on isochrones.
    """
    to_points = _to_points(points, (*minutes, snap_max_m, width_m))
    xy = shapely.get_coordinates(points.geometry)
    at = entries(graph, snap(graph, xy, snap_max_m=snap_max_m))
    ids = points["to_id" if to_points else "from_id"].to_numpy(dtype="U")
    names, code = np.unique(ids, return_inverse=True)
    ground = _Ground(graph, xy, width_m=width_m, to_points=to_points)
    rows = [
        (str(name), limit, shape)
        for number, name in enumerate(names)
        for limit in sorted({round(limit, MINUTE_DECIMALS) for limit in minutes})
        if (shape := ground.within(at.rows(np.flatnonzero(code[at.point] == number)), limit))
    ]
    table = gpd.GeoDataFrame(
        {"point_id": [row[0] for row in rows], "minutes": [float(row[1]) for row in rows]},
        geometry=[row[2] for row in rows],
        crs=points.crs,
    )
    none = len(names) - len({row[0] for row in rows})
    return Told(gpd.GeoDataFrame(hold(table, ISOCHRONES)), _told(none))


class _Ground:
    """The streets of a graph, to be walked from points or to them."""

    def __init__(
        self, graph: WalkGraph, xy: NDArray[np.float64], *, width_m: float, to_points: bool
    ) -> None:
        self.graph = graph
        self.search: Graph = reverse(graph.graph) if to_points else graph.graph
        self.xy = xy
        self.width_m = width_m
        self.to_points = to_points

    def within(self, at: Entries, minutes: float) -> BaseGeometry | None:
        """The ground within the minutes of the nearest of some points of one id."""
        cut_off_cm = min(int(minutes * CM_A_MINUTE), LIMIT_CM)
        at = at.rows(np.flatnonzero(at.walk_cm <= cut_off_cm))
        if not len(at.point):
            return None
        found = stretches(
            self.graph.segments,
            at,
            self._node_cm(at, cut_off_cm),
            cut_off_cm=cut_off_cm,
            arriving=self.to_points,
        )
        doors = shapely.points(self.xy[at.point])
        return ground_along(self.graph.segments, found, doors, width_m=self.width_m)

    def _node_cm(self, at: Entries, cut_off_cm: int) -> NDArray[np.float64]:
        """From the nearest of the points to each node, or from the node to it."""
        one_code = np.zeros(len(at.point), np.int64)
        given = (arriving if self.to_points else leaving)(self.graph, at, one_code, 1)
        found = reach(self.search, given, cut_off_cm=cut_off_cm)
        node_cm = np.full(self.search.nodes, np.inf)
        node_cm[found.node] = found.cost_cm
        return node_cm


def ground_along(
    segments: Segments, found: Stretches, doors: NDArray[np.object_], *, width_m: float
) -> BaseGeometry:
    """The ground within ``width_m`` of stretches, of doors, and of the walks between them."""
    lines = _lines(segments, found)
    walks = shapely.shortest_line(doors, shapely.multilinestrings(lines))
    # A line without length has no buffer: a walk that ends at once still is a place.
    shapes = np.concatenate([_merged(lines), walks, doors])
    # One by one: the buffer of many crossing lines at once is fifty times slower.
    return shapely.union_all(shapely.buffer(shapes, width_m, quad_segs=CORNERS))


def _lines(segments: Segments, found: Stretches) -> NDArray[np.object_]:
    """The stretches as lines."""
    a = np.column_stack([segments.ax, segments.ay])[found.segment]
    b = np.column_stack([segments.bx, segments.by])[found.segment]
    start, stop = (a + share[:, None] * (b - a) for share in (found.start, found.stop))
    return np.asarray(shapely.linestrings(np.stack([start, stop], axis=1)), dtype=object)


def _merged(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """The lines, those that follow each other made one."""
    whole = shapely.line_merge(shapely.multilinestrings(lines))
    return np.asarray(shapely.get_parts(whole), dtype=object)


def _to_points(points: gpd.GeoDataFrame, numbers: tuple[float, ...]) -> bool:
    """Whether walks end at the points; refuses what means nothing."""
    faults = [
        Fault(what=f"{value} minutes or metres", where="isochrones", attempt="0 or more")
        for value in numbers
        if not np.isfinite(value) or value < 0
    ]
    if not {"from_id", "to_id"} & set(points.columns):
        what = "points without from_id or to_id"
        faults.append(Fault(what=what, where="isochrones", attempt="ORIGINS or ENTRANCES"))
    if faults:
        raise MethodError(faults)
    return "to_id" in points.columns


def _told(none: int) -> tuple[Caution, ...]:
    text = "Places too far from any street, around which no ground can be drawn."
    found = Caution(code="no_isochrone", about="isochrones", text=text, count=none)
    return (found,) if none else ()
