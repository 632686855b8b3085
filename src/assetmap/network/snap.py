"""Points put on the nearest street: on the street itself, not on a junction of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from assetmap.network.impedance import CLOSED
from assetmap.network.nearest_lines import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import Segments, WalkGraph

ON_STREETS, TOO_FAR, ON_ISLAND, NO_STREETS = range(4)
STATES = ("on streets", "too far", "on an island", "no streets here")
NOWHERE = -1
BLOCK = 200_000


class Snapped(NamedTuple):
    """Where points meet the streets, one row a point.

    Attributes
    ----------
    segment
        int64: the segment of the graph; -1 for a point that is not on the streets.
    share
        float64: how far along from u (0) to v (1).
    snap_m
        float64: metres from the point to the street, also where that is too far; NaN where there
        are no streets at all.
    state
        int8 into ``STATES``.
    """

    segment: NDArray[np.int64]
    share: NDArray[np.float64]
    snap_m: NDArray[np.float64]
    state: NDArray[np.int8]

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Whether each point is on the streets."""
        return np.asarray(self.segment != NOWHERE)

    def cut(self, at: int) -> tuple[Snapped, Snapped]:
        """The points before row ``at``, and those from there on."""
        return (
            Snapped(self.segment[:at], self.share[:at], self.snap_m[:at], self.state[:at]),
            Snapped(self.segment[at:], self.share[at:], self.snap_m[at:], self.state[at:]),
        )


@dataclass(frozen=True, eq=False)
class Ground:
    """The streets of a graph, to be looked for again and again; what is not asked is not made."""

    graph: WalkGraph

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """Each segment as a line."""
        one = self.graph.segments
        ends = np.column_stack([one.ax, one.ay, one.bx, one.by])
        return np.asarray(shapely.linestrings(ends.reshape(-1, 2, 2)), dtype=object)

    @cached_property
    def all(self) -> Lines:
        """Those lines, ready to be looked for."""
        return Lines(self.lines)

    @cached_property
    def main(self) -> NDArray[np.int64]:
        """The segments that are on no island."""
        return np.flatnonzero(~self.graph.on_island)

    @cached_property
    def main_lines(self) -> Lines:
        """Those segments, ready to be looked for."""
        return Lines(self.lines[self.main])

    @cached_property
    def hull(self) -> shapely.Geometry:
        """The convex hull of all streets."""
        one = self.graph.segments
        ends = np.r_[np.c_[one.ax, one.ay], np.c_[one.bx, one.by]]
        hull = shapely.convex_hull(shapely.linestrings(ends))
        shapely.prepare(hull)
        return hull


def snap(
    graph: WalkGraph, xy: NDArray[np.float64], *, snap_max_m: float, ground: Ground | None = None
) -> Snapped:
    """The nearest segment of each point within ``snap_max_m``, and the place on it.

    A point whose nearest street is on an island (a piece under 500 m that is joined to nothing)
    goes to the nearest street that is not, if that is within ``snap_max_m``; else it stays, 'on
    an island'. A point farther than that from any street is 'too far', and 'no streets here' if
    it also lies outside the convex hull of all streets: nobody knows what is there. Of streets
    equally near, the one whose middle is most westerly, then most southerly, is taken; of those
    in one place, one that is walked both ways. ``ground`` is the graph's, where at hand.
    """
    segments, count = graph.segments, len(xy)
    segment = np.full(count, NOWHERE, np.int64)
    snap_m = np.full(count, np.nan)
    state = np.full(count, NO_STREETS, np.int8)
    if not len(segments.ax) or not count:
        return Snapped(segment, np.full(count, np.nan), snap_m, state)
    ground = ground or Ground(graph)
    segment, snap_m = _nearest(ground.all, xy, segments)
    state = np.where(snap_m <= snap_max_m, ON_STREETS, TOO_FAR).astype(np.int8)
    island = graph.on_island
    on_island = np.flatnonzero((state == ON_STREETS) & island[segment])
    if len(on_island):
        state[on_island] = ON_ISLAND
        main = ground.main
        other, other_m = _nearest(ground.main_lines, xy[on_island], segments.rows(main))
        near = other_m <= snap_max_m
        moved = on_island[near]
        segment[moved], snap_m[moved] = main[other[near]], other_m[near]
        state[moved] = ON_STREETS
    far = np.flatnonzero(state == TOO_FAR)
    if len(far):
        state[far[~shapely.intersects_xy(ground.hull, *xy[far].T)]] = NO_STREETS
        segment[far] = NOWHERE
    return Snapped(segment, _share(segments, segment, xy), snap_m, state)


def _nearest(
    lines: Lines, xy: NDArray[np.float64], segments: Segments
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The nearest line of each point and its distance; of equals, the first by its middle."""
    one_way = (segments.forward_cm == CLOSED) | (segments.back_cm == CLOSED)
    rules = (segments.ax + segments.bx, segments.ay + segments.by, one_way, segments.forward_cm)
    best = np.empty(len(xy), np.int64)
    metres = np.empty(len(xy))
    for start in range(0, len(xy), BLOCK):
        row, line, far = lines.nearest(xy[start : start + BLOCK])
        order = np.lexsort((line, *(rule[line] for rule in reversed(rules)), row))
        first = np.ones(len(order), dtype=bool)
        first[1:] = np.diff(row[order]) != 0
        chosen = order[first]
        best[start + row[chosen]] = line[chosen]
        metres[start + row[chosen]] = far[chosen]
    return best, metres


def _share(
    segments: Segments, segment: NDArray[np.int64], xy: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far along its segment each point stands; 0 on a segment without length."""
    ax, ay = segments.ax[segment], segments.ay[segment]
    dx, dy = segments.bx[segment] - ax, segments.by[segment] - ay
    squared = dx * dx + dy * dy
    along = (xy[:, 0] - ax) * dx + (xy[:, 1] - ay) * dy
    share = np.divide(along, squared, out=np.zeros(len(xy)), where=squared > 0)
    return np.where(segment == NOWHERE, np.nan, np.clip(share, 0.0, 1.0))
