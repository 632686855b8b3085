"""How points on streets enter and leave the graph, and reach each other without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.impedance import CLOSED, LEVEL_M_MIN
from assetmap.network.kernels import LIMIT_CM, Seeds, seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph
    from assetmap.network.snap import Snapped

    I64 = NDArray[np.int64]


class Entries(NamedTuple):
    """Points that are on the streets.

    Attributes
    ----------
    point
        int64: which point.
    segment
        int64: its segment.
    walk_cm
        int64: the walk between the point and the street.
    done_cm, undone_cm
        int64: from the segment's u to the place, and from its v to the place.
    place
        float64: segments of the edge up to the place, as the edge runs.
    at_u, at_v
        bool: on a node, which one may leave and reach though the segment is closed that way.
    """

    point: I64
    segment: I64
    walk_cm: I64
    done_cm: I64
    undone_cm: I64
    place: NDArray[np.float64]
    at_u: NDArray[np.bool_]
    at_v: NDArray[np.bool_]

    def rows(self, at: I64) -> Entries:
        """Some of them."""
        return Entries(
            self.point[at],
            self.segment[at],
            self.walk_cm[at],
            self.done_cm[at],
            self.undone_cm[at],
            self.place[at],
            self.at_u[at],
            self.at_v[at],
        )


def entries(graph: WalkGraph, snapped: Snapped) -> Entries:
    """The points that are on the streets, with their walk at the profile's pace."""
    segments = graph.segments
    point = np.flatnonzero(snapped.placed)
    segment, share = snapped.segment[point], snapped.share[point]
    forward = np.maximum(segments.forward_cm[segment], 0).astype(np.int64)
    back = np.maximum(segments.back_cm[segment], 0).astype(np.int64)
    walk = np.rint(snapped.snap_m[point] * (100 * LEVEL_M_MIN / graph.pace_m_min))
    onward = np.where(segments.turned[segment], 1 - share, share)
    return Entries(
        point=point,
        segment=segment,
        walk_cm=walk.astype(np.int64),
        done_cm=np.rint(share * forward).astype(np.int64),
        undone_cm=back - np.rint(share * back).astype(np.int64),
        place=np.asarray(segments.rank[segment] + onward, np.float64),
        at_u=share == 0,
        at_v=share == 1,
    )


def leaving(graph: WalkGraph, given: Entries, code: I64, count: int) -> Seeds:
    """Seeds of codes whose walks start at the points: on to the node ahead, back to that behind."""
    one, at = graph.segments, given.segment
    cost = np.concatenate(
        [
            given.walk_cm + one.to_ahead_cm[at] - given.done_cm,
            given.walk_cm + one.to_behind_cm[at] - given.undone_cm,
        ]
    )
    ahead = (one.forward_cm[at] != CLOSED) | given.at_v
    behind = (one.back_cm[at] != CLOSED) | given.at_u
    nodes = np.r_[one.ahead[at], one.behind[at]]
    return _seeds(nodes, cost, np.r_[ahead, behind], np.r_[code, code], count)


def arriving(graph: WalkGraph, given: Entries, code: I64, count: int) -> Seeds:
    """Seeds of codes whose walks end at the points: from the node behind and from that ahead."""
    one, at = graph.segments, given.segment
    cost = np.concatenate(
        [
            given.walk_cm + one.from_behind_cm[at] + given.done_cm,
            given.walk_cm + one.from_ahead_cm[at] + given.undone_cm,
        ]
    )
    behind = (one.forward_cm[at] != CLOSED) | given.at_u
    ahead = (one.back_cm[at] != CLOSED) | given.at_v
    nodes = np.r_[one.behind[at], one.ahead[at]]
    return _seeds(nodes, cost, np.r_[behind, ahead], np.r_[code, code], count)


def _seeds(
    node: NDArray[np.int32], cost: I64, open_ways: NDArray[np.bool_], code: I64, count: int
) -> Seeds:
    """A walk that is too long to be counted is too long for any cut-off."""
    kept = open_ways & (cost <= LIMIT_CM)
    return seeds(count, code[kept], node[kept], cost[kept])


class Direct(NamedTuple):
    """Pairs of points on one edge, by their rows in the entries, and the walk along it."""

    start: I64
    stop: I64
    cm: I64

    def rows(self, at: I64) -> Direct:
        """Some of them."""
        return Direct(self.start[at], self.stop[at], self.cm[at])


def direct(graph: WalkGraph, starts: Entries, stops: Entries) -> Direct:
    """The walks along an edge between points of that edge, without coming to a node."""
    start, stop = _matches(graph.segments.edge[starts.segment], graph.segments.edge[stops.segment])
    onward_open, back_open = _open_ways(graph, starts.segment[start])
    out, home = _from_ends(graph, starts), _from_ends(graph, stops)
    before = starts.place[start] <= stops.place[stop]
    after = starts.place[start] >= stops.place[stop]
    walked = starts.walk_cm[start] + stops.walk_cm[stop]
    onward = np.where(before & onward_open, home[0][stop] - out[0][start], LIMIT_CM)
    back = np.where(after & back_open, home[1][stop] - out[1][start], LIMIT_CM)
    cm = walked + np.minimum(onward, back)
    found = cm < LIMIT_CM
    return Direct(start[found], stop[found], cm[found])


def _matches(left: NDArray[np.int32], right: NDArray[np.int32]) -> tuple[I64, I64]:
    """Rows of the left and of the right that hold the same edge, every combination."""
    order = np.argsort(right, kind="stable")
    low = np.searchsorted(right[order], left, side="left")
    count = np.searchsorted(right[order], left, side="right") - low
    rows = np.repeat(np.arange(len(left)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(low, count) + np.arange(len(rows)) - first]


def _open_ways(graph: WalkGraph, segment: I64) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether one may walk as the edge runs, and against it."""
    one = graph.segments
    forward, back = one.forward_cm[segment] != CLOSED, one.back_cm[segment] != CLOSED
    turned = one.turned[segment]
    return np.where(turned, back, forward), np.where(turned, forward, back)


def _from_ends(graph: WalkGraph, given: Entries) -> tuple[I64, I64]:
    """The cost to each place from where its edge starts, and from where it ends."""
    one, at = graph.segments, given.segment
    from_behind = one.from_behind_cm[at] + given.done_cm
    from_ahead = one.from_ahead_cm[at] + given.undone_cm
    turned = one.turned[at]
    return np.where(turned, from_ahead, from_behind), np.where(turned, from_behind, from_ahead)
