"""What lies within reach of every node: counts within thresholds, and sums that fall with cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.bucket import Scratch, roomier, scratch, to_the_end, width
from assetmap.network.kernels.graph import LIMIT_CM, Graph, reverse
from assetmap.network.kernels.lanes import Asked, Ground, Totals
from assetmap.network.kernels.sums import sums_around, sums_given
from assetmap.network.kernels.threads import in_threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

SPARSE = 8
"""Values at fewer than one node in so many are given out rather than collected."""
LANES = 32
"""Searches that run side by side: four vectors of eight numbers."""
WINDOW = 2 * LANES
"""Nodes that wait for neighbours to be searched with."""
NEAR = 2
"""Searches that run side by side start within half the cut-off of one of them."""
PIECE = 1024
"""Nodes of one piece of work: fixed, so that no sum depends on the number of threads."""
GROUND = 1 << 12


class Accumulated(NamedTuple):
    """Sums around every node; a node that reaches nothing holds its own value.

    Attributes
    ----------
    sums
        float64, nodes by columns by thresholds: the sum of the values at a cost of at most the
        threshold.
    decayed
        float64, nodes by columns by decays: the sum of value times decay.
    """

    sums: NDArray[np.float64]
    decayed: NDArray[np.float64]


def accumulate(
    graph: Graph,
    values: ArrayLike,
    *,
    thresholds_cm: Sequence[int] = (),
    decays: ArrayLike | None = None,
    bin_cm: int = 1,
    threads: int | None = None,
    back: Graph | None = None,
) -> Accumulated:
    """The sums of values at nodes around every node, on the way out from it.

    Sum ``j`` of node ``i`` adds the values at nodes that cost at most threshold ``j`` from ``i``;
    decayed sum ``j`` adds ``value * decays[j, cost // bin_cm]``, and nothing beyond the table.

    Parameters
    ----------
    graph
        Nodes and arcs.
    values
        One value a node, or nodes by columns.
    thresholds_cm
        Rising costs; a cost equal to a threshold is within.
    decays
        Decays by bins: the decay in ``[b * bin_cm, (b + 1) * bin_cm)`` centimetres.
    bin_cm
        A power of two. 1 is exact; 64 (0.8 m) is nearly so and quicker.
    threads
        How many, or None for all processors. Results are the same for any number.
    back
        ``reverse(graph)`` where it is at hand.

    Raises
    ------
    MethodError
        For values that are not one a node or not finite, thresholds that do not rise or lie out
        of range, a ``bin_cm`` that is no power of two.
    """
    columns = np.asarray(values, dtype=np.float64)
    columns = np.ascontiguousarray(columns[:, None] if columns.ndim == 1 else columns)
    limits = np.asarray(thresholds_cm, dtype=np.int64)
    table = np.zeros((0, 0)) if decays is None else np.asarray(decays, dtype=np.float64)
    _check(graph, columns, limits, table, bin_cm)
    graph = graph.ready()
    # The last bin, of what is beyond the table, is 0.
    padded = np.pad(table, ((0, 0), (0, 1)))
    asked = Asked(columns, limits.astype(np.int32), padded, bin_cm.bit_length() - 1)
    cut_off = max([*limits.tolist(), table.shape[1] * bin_cm - 1, 0])
    each = len(limits) + len(table)
    sums = np.zeros((graph.nodes, columns.shape[1] * each))
    some = np.flatnonzero(columns.any(axis=1)).astype(np.int32)
    if len(some) * SPARSE < graph.nodes:
        turned = reverse(graph) if back is None else back.ready()
        _give(turned, some, asked, cut_off, sums)
    else:
        spare: list[Desk] = []
        in_threads(
            lambda start: _collect(graph, start, asked, cut_off, sums, spare),
            range(0, graph.nodes, PIECE),
            threads=threads,
        )
    whole = sums.reshape(graph.nodes, columns.shape[1], each)
    return Accumulated(whole[:, :, : len(limits)], whole[:, :, len(limits) :])


def _give(
    turned: Graph, some: NDArray[np.int32], asked: Asked, cut_off: int, sums: NDArray[np.float64]
) -> None:
    """Values given out land on shared nodes: on one thread, to be added in one order."""
    shift = width(turned, cut_off)
    free = np.zeros(len(some), np.int32)
    to_the_end(
        lambda work, at: sums_given(turned, work, some, free, at, asked, cut_off, shift, sums),
        scratch(turned.nodes, cut_off_cm=cut_off, shift=shift),
        count=len(some),
        most_arcs=turned.most_arcs,
    )


class Desk(NamedTuple):
    """What one thread works with; left as it was found, so that the next piece can use it."""

    work: Scratch
    ground: Ground


def _collect(
    graph: Graph,
    start: int,
    asked: Asked,
    cut_off: int,
    sums: NDArray[np.float64],
    spare: list[Desk],
) -> None:
    """The sums of one piece of nodes."""
    near = cut_off // NEAR
    shift = width(graph, cut_off)
    totals = Totals(sums, np.zeros(sums.shape[1] * LANES), np.zeros(LANES, np.uint32))
    work, ground = spare.pop() if spare else _desk(graph, cut_off + near, shift)
    waiting, members = np.empty(WINDOW, np.int32), np.empty(LANES, np.int32)
    free, turn = np.zeros(1, np.int32), np.array([0, start])
    stop = min(start + PIECE, graph.nodes)
    while not sums_around(
        graph, work, ground, waiting, free, members, turn, stop, asked, cut_off, near, shift, totals
    ):
        work = roomier(work, most_arcs=graph.most_arcs)
        ground = _ground(graph, len(work.head), 2 * len(ground.order))
    spare.append(Desk(work, ground))


def _desk(graph: Graph, reach: int, shift: int) -> Desk:
    work = scratch(graph.nodes, cut_off_cm=reach, shift=shift)
    return Desk(work, _ground(graph, len(work.head), GROUND))


def _ground(graph: Graph, buckets: int, nodes: int) -> Ground:
    """Room for so many nodes around some sources."""
    nodes = min(nodes, graph.nodes + 1)
    arcs = min(len(graph.idx), nodes * graph.most_arcs)
    return Ground(
        rank=np.full(graph.nodes, -1, np.int32),
        order=np.empty(nodes, np.int32),
        ptr=np.empty(nodes + 1, np.uint32),
        idx=np.empty(arcs, np.uint32),
        w=np.empty(arcs, np.int32),
        dirty=np.zeros(nodes, np.uint8),
        costs=np.empty(nodes * LANES, np.int32),
        slots=np.zeros(buckets + 1, np.int64),
    )


def _check(
    graph: Graph,
    values: NDArray[np.float64],
    limits: NDArray[np.int64],
    table: NDArray[np.float64],
    bin_cm: int,
) -> None:
    faults = []
    if len(values) != graph.nodes:
        faults.append(Fault(what=f"{len(values)} values for {graph.nodes} nodes"))
    if not np.isfinite(values).all() or not np.isfinite(table).all():
        faults.append(Fault(what="values or decays that are not numbers"))
    if len(limits) and (limits[0] < 0 or limits[-1] > LIMIT_CM or (np.diff(limits) <= 0).any()):
        faults.append(Fault(what="thresholds that do not rise", attempt=f"0 to {LIMIT_CM} cm"))
    if bin_cm < 1 or bin_cm & (bin_cm - 1):
        faults.append(Fault(what=f"bins of {bin_cm} cm", attempt="a power of two"))
    if table.ndim != 2:  # noqa: PLR2004 - decays by bins
        faults.append(Fault(what="decays must be a table: decays by bins"))
    if faults:
        raise MethodError(faults)
