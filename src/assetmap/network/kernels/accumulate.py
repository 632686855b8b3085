"""What lies within reach of every node: counts within thresholds, and sums that fall with cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.graph import LIMIT_CM, Graph, reverse
from assetmap.network.kernels.pairs import width
from assetmap.network.kernels.sums import WINDOW, sums_around, sums_given
from assetmap.network.kernels.threads import in_threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

SPARSE = 8
"""Values at fewer than one node in so many are given out rather than collected."""
LANES = 32
PIECE = 200 * WINDOW
"""Nodes of one piece of work: fixed, so that no sum depends on the number of threads."""


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
    columns = np.ascontiguousarray(columns.reshape(len(columns), -1))
    limits = np.asarray(thresholds_cm, dtype=np.int64)
    table = np.zeros((0, 0)) if decays is None else np.asarray(decays, dtype=np.float64)
    _check(graph, columns, limits, table, bin_cm)
    cut_off = max([*limits.tolist(), table.shape[1] * bin_cm - 1, 0])
    sums = np.zeros((graph.nodes, columns.shape[1], len(limits)))
    decayed = np.zeros((graph.nodes, columns.shape[1], len(table)))
    settings = (
        columns,
        limits.astype(np.int32),
        np.pad(table, ((0, 0), (0, 1))),  # the last bin, of what is beyond the table, is 0
        bin_cm.bit_length() - 1,
        cut_off,
        width(graph, cut_off),
        sums,
        decayed,
    )
    some = np.flatnonzero(columns.any(axis=1)).astype(np.int32)
    if len(some) * SPARSE < graph.nodes:
        # Values given out land on shared nodes: on one thread, to be added in one order.
        sums_given(reverse(graph) if back is None else back, some, *settings)
        return Accumulated(sums, decayed)

    def search(start: int) -> None:
        sums_around(graph, start, min(start + PIECE, graph.nodes), LANES, *settings)

    in_threads(search, range(0, graph.nodes, PIECE), threads=threads)
    return Accumulated(sums, decayed)


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
