"""The nodes around each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.ends import Seeds, checked
from assetmap.network.kernels.search import ROWS_MOST, Search
from assetmap.network.kernels.sort import rows_of, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph


class Reached(NamedTuple):
    """Per source, the nodes within the cut-off in order of their numbers, and what they cost."""

    ptr: NDArray[np.int32]
    node: NDArray[np.int32]
    cost_cm: NDArray[np.int32]


def reach(
    graph: Graph, from_seeds: Seeds, *, cut_off_cm: int, threads: int | None = None
) -> Reached:
    """Every node within the cut-off of each source, and what it costs to get there.

    Raises
    ------
    MethodError
        For seeds that are not on the graph, a cut-off out of range, or more nodes reached, all
        sources together, than 32 bits count.
    """
    graph, given = graph.ready(), checked(graph, from_seeds, cut_off_cm=cut_off_cm)
    nodes = np.arange(graph.nodes, dtype=np.int32)
    each = Seeds(np.arange(graph.nodes + 1, dtype=np.int32), nodes, np.zeros_like(nodes))
    search = Search(graph, given, each, graph.nodes, int(cut_off_cm), threads, ROWS_MOST)
    rows = search.rows()
    if rows is None:
        what = f"more than {ROWS_MOST} nodes reached"
        raise MethodError(Fault(what=what, where="reach", attempt="fewer sources at once"))
    return Reached(*turned(rows_of(*turned(rows, graph.nodes)), given.count))
