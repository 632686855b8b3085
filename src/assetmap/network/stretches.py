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

UNREACHED_CM = 2.0**40


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


class Runs(NamedTuple):
    """The two ways in which a walk spreads over every segment: in at u and on, in at v and on.

    Attributes
    ----------
    node
        int32: the graph's node from which it comes.
    far_cm
        float64: between that node and the end of the segment where it comes in.
    whole_cm
        float64: along the whole segment; infinite where there is no way.
    """

    node: NDArray[np.int32]
    far_cm: F64
    whole_cm: F64


def runs(segments: Segments, *, arriving: bool) -> tuple[Runs, Runs]:
    """How walks that leave (or, ``arriving``, walks that end) spread over segments from u and v.

    A walk that leaves comes to u from the node behind. Of a walk that ends at the node behind,
    what lies nearest to it of the segment is u as well, and the way over the segment leads back.
    """
    forward, back = _whole(segments.forward_cm), _whole(segments.back_cm)
    if not arriving:
        return (
            Runs(segments.behind, segments.from_behind_cm.astype(float), forward),
            Runs(segments.ahead, segments.from_ahead_cm.astype(float), back),
        )
    return (
        Runs(segments.behind, segments.to_behind_cm - np.where(back < np.inf, back, 0), back),
        Runs(segments.ahead, segments.to_ahead_cm - np.where(forward < np.inf, forward, 0), forward),
    )


def stretches(
    segments: Segments, at: Entries, node_cm: F64, *, cut_off_cm: float, arriving: bool
) -> Stretches:
    """What lies within the cut-off of some points, given what each graph node costs from them.

    Parameters
    ----------
    at
        The points; what lies on their own edges is reached without coming to a node.
    node_cm
        From the nearest of the points to each node, or, ``arriving``, from the node to it;
        infinite where there is no way.
    """
    from_u, from_v = runs(segments, arriving=arriving)
    in_u = node_cm[from_u.node] + from_u.far_cm
    in_v = node_cm[from_v.node] + from_v.far_cm
    _along_edges(segments, at, (from_u, from_v), (in_u, in_v))
    head = _share(cut_off_cm - in_u, from_u.whole_cm)
    tail = _share(cut_off_cm - in_v, from_v.whole_cm)
    heads, tails = np.flatnonzero(head > 0), np.flatnonzero((tail > 0) & (head < 1))
    own = _own(at, (from_u, from_v), cut_off_cm)
    return Stretches(
        np.r_[heads, tails, own.segment],
        np.r_[np.zeros(len(heads)), 1 - tail[tails], own.start],
        np.r_[head[heads], np.ones(len(tails)), own.stop],
    )


def _whole(cm: NDArray[np.int32]) -> F64:
    return np.where(cm == CLOSED, np.inf, cm.astype(float))


def _share(left_cm: F64, whole_cm: F64) -> F64:
    """The share of a segment that is walked with what is left; a point of it where none is."""
    some = (left_cm >= 0) & np.isfinite(whole_cm)
    share = np.divide(left_cm, whole_cm, out=np.ones(len(whole_cm)), where=whole_cm > 0)
    return np.where(some, np.clip(share, 0, 1), 0)


def _along_edges(
    segments: Segments, at: Entries, ways: tuple[Runs, Runs], best: tuple[F64, F64]
) -> None:
    """Lower ``best`` for the other segments of the points' own edges."""
    order = np.argsort(segments.edge, kind="stable")
    edges = segments.edge[order]
    for row, mine in enumerate(at.segment):
        low, high = np.searchsorted(edges, segments.edge[mine] + np.array([0, 1]))
        others = order[low:high]
        # Segments of an edge that run against each other swap their ends.
        same = segments.turned[others] == segments.turned[mine]
        after = (segments.rank[others] > segments.rank[mine]) != segments.turned[mine]
        apart = segments.rank[others] != segments.rank[mine]
        left_cm = (at.undone_cm[row], at.done_cm[row])
        del left_cm
        for way in (0, 1):
            there = others[apart & (after == (way == 0))]
            _lower(there, same, best)
