"""The nearest destinations of every node and of every origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.bucket import FAR, scratch, to_the_end, width
from assetmap.network.kernels.ends import Seeds, along, checked, picked
from assetmap.network.kernels.graph import Graph, reverse
from assetmap.network.kernels.local import Best, merge, nearest_some
from assetmap.network.kernels.pairs import Pairs
from assetmap.network.kernels.threads import in_threads
from assetmap.network.kernels.within import Found, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BLOCK = 1 << 13
"""Nodes of one block: with their arcs they fit into a processor's cache."""


class Ranked(NamedTuple):
    """The ``k`` nearest destinations, one row a node or an origin, nearest first.

    Attributes
    ----------
    to_code
        int32, rows by ``k``; -1 where fewer than ``k`` are within the cut-off.
    cost_cm
        int32, rows by ``k``; ``UNREACHED`` where ``to_code`` is -1.
    """

    to_code: NDArray[np.int32]
    cost_cm: NDArray[np.int32]

    def pairs(self) -> Pairs:
        """The same as rows (from, to, cost), sorted by (from, to), only what is reached."""
        row, rank = np.nonzero(self.to_code >= 0)
        code, cost = self.to_code[row, rank], self.cost_cm[row, rank]
        order = np.lexsort((code, row))
        return Pairs(row[order].astype(np.int32), code[order], cost[order])


def nearest(
    graph: Graph,
    to_seeds: Sequence[Seeds],
    *,
    cut_off_cm: int,
    threads: int | None = None,
    back: Graph | None = None,
) -> NDArray[np.int32]:
    """The cost from every node to the nearest destination, for several categories at once.

    One row a category, one column a node, int32 centimetres; ``UNREACHED`` beyond the cut-off.
    ``back`` is ``reverse(graph)`` where it is at hand.

    Raises
    ------
    MethodError
        For seeds that are not on the graph or a cut-off out of range.
    """
    wanted = [checked(graph, given, cut_off_cm=cut_off_cm) for given in to_seeds]
    turned = reverse(graph.ready()) if back is None else back.ready()
    cut_off, most_arcs = int(cut_off_cm), turned.most_arcs
    shift = width(turned, cut_off)
    costs = np.full((len(wanted), graph.nodes), FAR, np.int32)
    none = np.zeros(0, np.int32)
    no_marks = Seeds(none, none, none)

    def search(category: int) -> None:
        blocks = _by_block(wanted[category])
        order = np.arange(blocks.count, dtype=np.int32)
        nothing = Found(none, none, none, none, np.zeros(1, np.int64))
        to_the_end(
            lambda work, at: within(
                turned, work, nothing, order, at, blocks, no_marks, cut_off, shift, 0, 0
            ),
            scratch(
                graph.nodes,
                cut_off_cm=cut_off,
                shift=shift,
                seeds=len(blocks.node),
                dist=costs[category],
            ),
            count=blocks.count,
            most_arcs=most_arcs,
        )

    in_threads(search, range(len(wanted)), threads=threads)
    return costs


def k_nearest(
    graph: Graph, to_seeds: Seeds, *, k: int, cut_off_cm: int, back: Graph | None = None
) -> Ranked:
    """The ``k`` nearest destinations of every node and their costs.

    Of destinations at one cost the lower code comes first. Memory: 8 k bytes a node.

    Raises
    ------
    MethodError
        For ``k`` below 1, seeds that are not on the graph or a cut-off out of range.
    """
    given = checked(graph, to_seeds, cut_off_cm=cut_off_cm)
    if k < 1:
        raise MethodError(Fault(what=f"the {k} nearest", where="k_nearest", attempt="1 or more"))
    turned = reverse(graph.ready()) if back is None else back.ready()
    best = _nothing(graph.nodes, k)
    order, shift = along(given), width(turned, int(cut_off_cm))
    to_the_end(
        lambda work, at: nearest_some(
            turned, work, best, int(k), order, at, given, int(cut_off_cm), shift
        ),
        scratch(turned.nodes, cut_off_cm=int(cut_off_cm), shift=shift, seeds=len(given.node)),
        count=len(order),
        most_arcs=turned.most_arcs,
    )
    return Ranked(*(column.reshape(-1, k) for column in best))


def k_nearest_from(
    graph: Graph,
    from_seeds: Seeds,
    to_seeds: Seeds,
    *,
    k: int,
    cut_off_cm: int,
    back: Graph | None = None,
) -> Ranked:
    """The ``k`` nearest destinations of every origin, each at its least cost.

    The ``k`` nearest of an origin are among the ``k`` nearest of the nodes at which it enters:
    what is farther from such a node than ``k`` others is farther from the origin by that way too.

    Raises
    ------
    MethodError
        As :func:`k_nearest`.
    """
    origins = checked(graph, from_seeds, cut_off_cm=cut_off_cm)
    ranked = k_nearest(graph, to_seeds, k=k, cut_off_cm=cut_off_cm, back=back)
    merged = _nothing(origins.count, k)
    merge(Best(*(column.ravel() for column in ranked)), merged, int(k), origins, int(cut_off_cm))
    return Ranked(*(column.reshape(-1, k) for column in merged))


def _nothing(count: int, k: int) -> Best:
    return Best(np.full(count * k, -1, np.int32), np.full(count * k, FAR, np.int32))


def _by_block(given: Seeds) -> Seeds:
    """The codes of one block of nodes made one, which sets out from all their nodes together.

    With nodes in spatial order a block stays in the processor's cache, and the ground that is
    searched twice is small.
    """
    ordered = picked(given, along(given))
    blocks = ordered.node[ordered.ptr[:-1]] // BLOCK
    first = np.flatnonzero(np.diff(blocks, prepend=-1))
    return ordered._replace(ptr=ordered.ptr[np.append(first, len(blocks))])
