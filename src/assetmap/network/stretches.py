"""The stretches of street within a walk: whole segments, and parts of them where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.impedance import CLOSED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.entries import Entries
    from assetmap.network.graph import Segments

    F64 = NDArray[np.float64]
    I64 = NDArray[np.int64]


class Stretches(NamedTuple):
    """Parts of segments: from one share of a segment's length to another.

    Attributes
    ----------
    segment
        int64: the segment.
    start, stop
        float64, 0 to 1, as the segment runs from u to v; ``start <= stop``.
    """

    segment: I64
    start: F64
    stop: F64


class Spread(NamedTuple):
    """How walks spread over segments from one of their two ends.

    Attributes
    ----------
    node
        int32: the graph's node from which they come.
    far_cm
        float64: between that node and this end of the segment.
    whole_cm
        float64: along the whole segment; infinite where there is no way.
    """

    node: NDArray[np.int32]
    far_cm: F64
    whole_cm: F64


def spreads(segments: Segments, *, arriving: bool) -> tuple[Spread, Spread]:
    """The spread from the first end of each segment, as its edge runs, and that from the last.

    Walks that leave come to the first end from where the edge starts, and go on over the segment.
    Walks that are ``arriving`` where the edge starts come over the segment the other way, so that
    there, too, the first end is the nearer one.
    """
    one = segments
    forward, back = _whole(one.forward_cm), _whole(one.back_cm)
    if arriving:
        at_u = Spread(one.behind, one.to_behind_cm - _known(back), back)
        at_v = Spread(one.ahead, one.to_ahead_cm - _known(forward), forward)
    else:
        at_u = Spread(one.behind, one.from_behind_cm.astype(np.float64), forward)
        at_v = Spread(one.ahead, one.from_ahead_cm.astype(np.float64), back)
    return _either(one.turned, at_v, at_u), _either(one.turned, at_u, at_v)


def stretches(
    segments: Segments, at: Entries, node_cm: F64, *, cut_off_cm: float, arriving: bool
) -> Stretches:
    """What lies within the cut-off of the nearest of some points.

    Parameters
    ----------
    at
        The points; what lies on their own edges is come to without passing a node.
    node_cm
        From the nearest of the points to each graph node or, ``arriving``, from the node to it;
        infinite where there is no way.
    """
    first, last = spreads(segments, arriving=arriving)
    near = node_cm[first.node] + first.far_cm, node_cm[last.node] + last.far_cm
    _along_edges(segments, at, (first, last), near)
    head = _share(cut_off_cm - near[0], first.whole_cm)
    tail = _share(cut_off_cm - near[1], last.whole_cm)
    heads, tails = np.flatnonzero(head > 0), np.flatnonzero((tail > 0) & (head < 1))
    place = at.place - segments.rank[at.segment]
    left: F64 = cut_off_cm - at.walk_cm.astype(np.float64)
    on = np.clip(place + _share(left, first.whole_cm[at.segment]), 0.0, 1.0)
    down = np.clip(place - _share(left, last.whole_cm[at.segment]), 0.0, 1.0)
    some = left >= 0
    segment = np.r_[heads, tails, at.segment[some]]
    start = np.r_[np.zeros(len(heads)), 1 - tail[tails], down[some]]
    stop = np.r_[head[heads], np.ones(len(tails)), on[some]]
    turned = segments.turned[segment]
    return Stretches(segment, np.where(turned, 1 - stop, start), np.where(turned, 1 - start, stop))


def _either(which: NDArray[np.bool_], one: Spread, other: Spread) -> Spread:
    return Spread(
        np.where(which, one.node, other.node),
        np.where(which, one.far_cm, other.far_cm),
        np.where(which, one.whole_cm, other.whole_cm),
    )


def _whole(cm: NDArray[np.int32]) -> F64:
    return np.where(cm == CLOSED, np.inf, cm.astype(np.float64))


def _known(cm: F64) -> F64:
    return np.where(np.isfinite(cm), cm, 0.0)


def _share(left_cm: F64, whole_cm: F64) -> F64:
    """The share of a segment that is walked with what is left; all of it if it has no length."""
    some = (left_cm >= 0) & np.isfinite(whole_cm)
    share = np.divide(left_cm, whole_cm, out=np.ones(len(whole_cm)), where=some & (whole_cm > 0))
    return np.where(some, np.clip(share, 0.0, 1.0), 0.0)


def _along_edges(
    segments: Segments, at: Entries, ways: tuple[Spread, Spread], near: tuple[F64, F64]
) -> None:
    """Lower ``near`` where a point of the same edge is nearer than the edge's nodes."""
    order = np.argsort(segments.edge, kind="stable")
    edges = segments.edge[order]
    share = at.place - segments.rank[at.segment]
    for row, mine in enumerate(at.segment):
        low, high = np.searchsorted(edges, segments.edge[mine] + np.array([0, 1]))
        same = order[low:high]
        for way, (spread, passed) in enumerate(zip(ways, (share, 1 - share), strict=True)):
            beyond = np.sign(segments.rank[same] - segments.rank[mine]) == (1, -1)[way]
            if not beyond.any():
                continue
            there = same[beyond]
            here_cm = spread.far_cm[mine] + passed[row] * spread.whole_cm[mine]
            between = at.walk_cm[row] + spread.far_cm[there] - here_cm
            near[way][there] = np.minimum(near[way][there], between)
