"""The compact graph that every search runs over, and the order of its nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.sort import rows_of, sorted_by, turned

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LIMIT_CM = 2**30 - 1
"""The longest arc, offset and cut-off: two of them added stay within 32 bits (10,737 km)."""

UNREACHED = 2**31 - 1
"""The cost, in dense results per node, of what is beyond the cut-off; never written out."""


class Graph(NamedTuple):
    """A directed graph as rows of arcs; the arcs of node ``i`` are ``ptr[i]:ptr[i + 1]``.

    Attributes
    ----------
    ptr
        int32, one more than nodes.
    idx
        int32, the node at the far end of each arc.
    w
        int32, the arc's impedance in centimetres of level walking.
    """

    ptr: NDArray[np.int32]
    idx: NDArray[np.int32]
    w: NDArray[np.int32]

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return len(self.ptr) - 1

    @property
    def most_arcs(self) -> int:
        """The arcs of the node that has most."""
        return int(np.diff(self.ptr).max(initial=0))

    def ready(self) -> Graph:
        """The same graph in arrays that kernels take: 32 bits, in one piece, writeable."""
        return Graph(*(np.require(part, np.int32, ["C", "A", "W"]) for part in self))


def csr(n: int, u: ArrayLike, v: ArrayLike, w_cm: ArrayLike) -> Graph:
    """The graph of ``n`` nodes with a directed arc from each ``u`` to its ``v``.

    Of parallel arcs the least is kept; loops are dropped, since no least cost uses one. Arcs of
    length 0 are kept. The order of the arcs means nothing.

    Raises
    ------
    MethodError
        For arcs of unequal number, ends that are not nodes, impedance that is negative, not a
        whole number or above ``LIMIT_CM``.
    """
    ends = [np.asarray(u), np.asarray(v)]
    lengths = np.asarray(w_cm)
    _refuse(_faults_of_arcs(n, ends, lengths))
    apart = ends[0] != ends[1]
    start, stop, w = (column[apart].astype(np.int32) for column in (*ends, lengths))
    by_stop = sorted_by(stop, n)
    order = by_stop[sorted_by(start[by_stop], n)]
    start, stop, w = start[order], stop[order], w[order]
    first = np.flatnonzero(np.r_[True, (np.diff(start) != 0) | (np.diff(stop) != 0)][: len(w)])
    ptr = np.zeros(n + 1, np.int32)
    np.cumsum(np.bincount(start[first], minlength=n), out=ptr[1:])
    return Graph(ptr, stop[first], np.minimum.reduceat(w, first) if len(w) else w)


def reverse(graph: Graph) -> Graph:
    """The graph with every arc turned round: a search in it runs from destinations."""
    return Graph(*turned(rows_of(*graph), graph.nodes))


def spatial_order(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """The nodes along a Hilbert curve, so that neighbours in space are neighbours in memory.

    ``order[i]`` is the old number of new node ``i``; nodes of one cell of the curve's grid (65,536
    cells a side) keep their order. The curve: Hilbert (1891), Math. Ann. 38, 459-460.
    """
    xy = [np.asarray(axis, dtype=np.float64) for axis in (x, y)]
    if not len(xy[0]):
        return np.zeros(0, np.int64)
    span = max(np.ptp(axis) for axis in xy) or 1.0
    cells = [((axis - axis.min()) * (65535 / span)).astype(np.int64) for axis in xy]
    return np.argsort(_along_curve(cells[0], cells[1]), kind="stable")


def _along_curve(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each cell on the curve; the quadrant is turned at every level."""
    place = np.zeros(len(x), np.int64)
    for level in range(15, -1, -1):
        side = 1 << level
        right, upper = (x & side) > 0, (y & side) > 0
        place += (side * side) * ((3 * right) ^ upper)
        flip = ~upper & right
        x, y = (
            np.where(flip, side - 1 - (x & (side - 1)), x & (side - 1)),
            np.where(flip, side - 1 - (y & (side - 1)), y & (side - 1)),
        )
        x, y = np.where(upper, x, y), np.where(upper, y, x)
    return place


def _faults_of_arcs(n: int, ends: list[NDArray[Any]], w_cm: NDArray[Any]) -> list[Fault]:
    if not len(ends[0]) == len(ends[1]) == len(w_cm):
        return [Fault(what="arcs need as many starts as ends and lengths", where="graph")]
    faults = []
    outside = sum(int(((end < 0) | (end >= n)).sum()) for end in ends)
    if outside:
        faults.append(Fault(what=f"{outside} ends of arcs are not nodes", where="graph"))
    if not np.isfinite(w_cm).all() or (w_cm != np.floor(w_cm)).any():
        faults.append(
            Fault(what="lengths that are not whole centimetres", attempt="round them first")
        )
    elif len(w_cm) and (w_cm.min() < 0 or w_cm.max() > LIMIT_CM):
        what = f"{int(((w_cm < 0) | (w_cm > LIMIT_CM)).sum())} arcs negative or too long"
        faults.append(Fault(what=what, where="graph", attempt=f"0 to {LIMIT_CM} cm"))
    return faults


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise MethodError(faults)
