"""Points put on streets again that are the same as before but for some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.network.snap import NOWHERE, ON_STREETS, Snapped, snap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import Segments, WalkGraph
    from assetmap.network.snap import Ground

    I64 = NDArray[np.int64]

SLACK_M = 0.01
SAME = ("ax", "ay", "bx", "by")


def snap_again(
    ground: Ground,
    xy: NDArray[np.float64],
    *,
    before: tuple[WalkGraph, Snapped],
    old: I64,
    snap_max_m: float,
) -> Snapped:
    """:func:`~assetmap.network.snap.snap` on a graph, from where the points met another.

    Who met a street that is as it was, with no other or changed one as near, meets it there
    again: what was nearest of all is nearest of fewer. All others, and who met no street, are
    looked for.

    Parameters
    ----------
    before
        The other graph, and where the points met its streets within ``snap_max_m``.
    old
        Which of its segments each segment of the ground was; -1 where it was none.
    """
    graph, (other_graph, met) = ground.graph, before
    alike = _alike(graph, other_graph, old)
    now = np.full(len(other_graph.segments.ax), NOWHERE, np.int64)
    now[old[alike]] = np.flatnonzero(alike)
    segment = np.full(len(xy), NOWHERE, np.int64)
    segment[met.placed] = now[met.segment[met.placed]]
    again = (segment == NOWHERE) | (met.state != ON_STREETS)
    again |= _near(ground.lines[~alike], xy, met.snap_m)
    found = snap(graph, xy[again], snap_max_m=snap_max_m, ground=ground)
    state, share, snap_m = met.state.copy(), met.share.copy(), met.snap_m.copy()
    segment[again], share[again] = found.segment, found.share
    snap_m[again], state[again] = found.snap_m, found.state
    return Snapped(segment, share, snap_m, state)


def same_streets(street: NDArray[np.integer], before: NDArray[np.integer]) -> I64:
    """Where the streets of segments stand among those of segments before; -1 where they do not."""
    row = np.full(1 + int(max(street.max(initial=0), before.max(initial=0))), NOWHERE, np.int64)
    row[before] = np.arange(len(before))
    found: I64 = row[street]
    return found


def _alike(graph: WalkGraph, before: WalkGraph, old: I64) -> NDArray[np.bool_]:
    """Whether each segment lies where it lay, by itself, and is on an island if it was on one."""
    alike = (old >= 0) & _alone(graph.segments)
    at = old[alike]
    equal = before.on_island[at] == graph.on_island[alike]
    for name in SAME:
        equal &= getattr(before.segments, name)[at] == getattr(graph.segments, name)[alike]
    alike[alike] = equal
    return alike


def _alone(segments: Segments) -> NDArray[np.bool_]:
    """Whether no other segment has its middle there: then their costs decide which is nearest."""
    middle = np.empty(len(segments.ax), np.complex128)
    middle.real, middle.imag = segments.ax + segments.bx, segments.ay + segments.by
    _, place, count = np.unique(middle, return_inverse=True, return_counts=True)
    return np.asarray(count[place] == 1)


def _near(
    lines: NDArray[np.object_], xy: NDArray[np.float64], within_m: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether any line is as near to each point as told."""
    near = np.zeros(len(xy), dtype=bool)
    if not len(lines) or not len(xy):
        return near
    far_m = float(np.nanmax(within_m, initial=0.0)) + SLACK_M
    box = shapely.box(*shapely.total_bounds(lines)).buffer(far_m).bounds
    some = np.flatnonzero(((xy >= box[:2]) & (xy <= box[2:])).all(axis=1) & ~np.isnan(within_m))
    points = shapely.points(xy[some])
    hit, _ = shapely.STRtree(lines).query(
        points, predicate="dwithin", distance=within_m[some] + SLACK_M
    )
    near[some[hit]] = True
    return near
