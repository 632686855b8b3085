"""Origins put on streets with links: looked for again only where the streets near them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.network.kernels import reverse
from assetmap.network.snap import ON_STREETS, Ground, Snapped, snap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph
    from assetmap.network.router import Start

    I64 = NDArray[np.int64]

SLACK_M = 0.01
SAME = ("ax", "ay", "bx", "by", "forward_cm", "back_cm")


def start_again(before: Start, graph: WalkGraph, kept: I64) -> Start:
    """The start of ``before`` on the graph after edits, equal to one that is made anew.

    Whose street is as it was, with no other or changed one as near, meets it where they did: what
    was nearest of all is nearest of fewer. All others, and who met no street, are looked for.

    Parameters
    ----------
    kept
        Rows of the streets of before that stayed: the first streets of after, in this order.
    """
    ground, homes = Ground(graph), before.homes
    same, other = _matched(before.graph, graph, kept)
    segment = np.where(homes.placed, same[homes.segment], -1)
    xy = shapely.get_coordinates(before.origins.geometry)
    again = (segment < 0) | (homes.state != ON_STREETS)
    again |= _near(ground.lines[other], xy, homes.snap_m)
    found = snap(graph, xy[again], snap_max_m=before.snap_max_m, ground=ground)
    state, share, snap_m = (homes.state.copy(), homes.share.copy(), homes.snap_m.copy())
    segment[again], share[again] = found.segment, found.share
    snap_m[again], state[again] = found.snap_m, found.state
    return before._replace(
        graph=graph,
        back=reverse(graph.graph),
        ground=ground,
        homes=Snapped(segment, share, snap_m, state),
    )


def _matched(before: WalkGraph, after: WalkGraph, kept: I64) -> tuple[I64, I64]:
    """For each segment of before the same of after, -1 where none is; and what is new of after."""
    was, now = before.segments, after.segments
    row = np.full(1 + int(max(was.street.max(initial=0), kept.max(initial=0))), -1, np.int64)
    row[was.street] = np.arange(len(was.street))
    old = np.full(len(now.street), -1, np.int64)
    stays = now.street < len(kept)
    old[stays] = row[kept[now.street[stays]]]
    alike = old >= 0
    at = old[alike]
    equal = before.on_island[at] == after.on_island[alike]
    for name in SAME:
        equal &= getattr(was, name)[at] == getattr(now, name)[alike]
    alike[alike] = equal
    same = np.full(len(was.street), -1, np.int64)
    same[old[alike]] = np.flatnonzero(alike)
    return same, np.flatnonzero(~alike)


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
