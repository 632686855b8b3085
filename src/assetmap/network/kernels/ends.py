"""Where sources enter the graph: several nodes each, with what it costs to get there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.graph import LIMIT_CM, Graph

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Seeds(NamedTuple):
    """Sources (or destinations) by code: those of code ``i`` are ``ptr[i]:ptr[i + 1]``.

    Attributes
    ----------
    ptr
        int32, one more than codes. A code without seeds is on no street: it reaches nothing.
    node
        int32, the nodes at which it enters the graph.
    cost_cm
        int32, what it costs between the source and that node.
    """

    ptr: NDArray[np.int32]
    node: NDArray[np.int32]
    cost_cm: NDArray[np.int32]

    @property
    def count(self) -> int:  # type: ignore[override] # a tuple counts its values
        """The number of codes."""
        return len(self.ptr) - 1

    def ready(self) -> Seeds:
        """The same seeds in arrays that kernels take: 32 bits, in one piece, writeable."""
        return Seeds(*(np.require(part, np.int32, ["C", "A", "W"]) for part in self))


def seeds(n: int, code: ArrayLike, node: ArrayLike, cost_cm: ArrayLike) -> Seeds:
    """The seeds of codes 0 to ``n - 1`` from rows (code, node, cost) in any order.

    Raises
    ------
    MethodError
        For rows of unequal number, codes out of range, costs negative, not whole or too large.
    """
    codes, nodes, costs = np.asarray(code), np.asarray(node), np.asarray(cost_cm)
    if not len(codes) == len(nodes) == len(costs):
        raise MethodError(Fault(what="as many codes as nodes and costs are needed", where="seeds"))
    if len(codes) and (codes.min() < 0 or codes.max() >= n):
        raise MethodError(Fault(what=f"codes outside 0 to {n - 1}", where="seeds"))
    _check_costs(costs)
    order = np.lexsort((costs, nodes, codes))
    ptr = np.zeros(n + 1, np.int32)
    np.cumsum(np.bincount(codes.astype(np.int64), minlength=n), out=ptr[1:])
    return Seeds(ptr, nodes[order].astype(np.int32), costs[order].astype(np.int32))


def seeds_at(nodes: ArrayLike) -> Seeds:
    """One seed a code, on its node at no cost."""
    node = np.asarray(nodes, dtype=np.int32)
    return Seeds(np.arange(len(node) + 1, dtype=np.int32), node, np.zeros(len(node), np.int32))


def part(whole: Seeds, start: int, stop: int) -> Seeds:
    """The seeds of codes ``start`` to ``stop - 1``, which become 0 to ``stop - start - 1``."""
    ptr = whole.ptr[start : stop + 1]
    inside = slice(ptr[0], ptr[-1])
    return Seeds(ptr - ptr[0], whole.node[inside], whole.cost_cm[inside])


def picked(given: Seeds, picks: NDArray[np.int32]) -> Seeds:
    """The seeds of some codes, which become 0, 1, 2 and so on in the order given."""
    sizes = np.diff(given.ptr)[picks]
    ptr = np.zeros(len(picks) + 1, np.int32)
    np.cumsum(sizes, out=ptr[1:])
    at = np.repeat(given.ptr[picks] - ptr[:-1], sizes) + np.arange(ptr[-1])
    return Seeds(ptr, given.node[at], given.cost_cm[at])


def along(whole: Seeds) -> NDArray[np.int32]:
    """The codes that have seeds, in the order of their first nodes: neighbours together."""
    some = np.flatnonzero(np.diff(whole.ptr))
    first = whole.node[whole.ptr[some]]
    return some[np.argsort(first, kind="stable")].astype(np.int32)


def checked(graph: Graph, given: Seeds, *, cut_off_cm: int) -> Seeds:
    """The seeds as kernels take them.

    Raises
    ------
    MethodError
        For seeds that are not on the graph, and a cut-off that 32 bits do not hold.
    """
    faults = []
    if not 0 <= cut_off_cm <= LIMIT_CM:
        what = f"a cut-off of {cut_off_cm} cm"
        faults.append(Fault(what=what, where="search", attempt=f"0 to {LIMIT_CM} cm"))
    if len(given.node) and (given.node.min() < 0 or given.node.max() >= graph.nodes):
        what = f"seeds on nodes that the graph of {graph.nodes} nodes does not have"
        faults.append(Fault(what=what, where="seeds"))
    if faults:
        raise MethodError(faults)
    _check_costs(given.cost_cm)
    return given.ready()


def _check_costs(costs: NDArray[np.generic]) -> None:
    if not len(costs):
        return
    if not np.isfinite(costs).all() or (costs != np.floor(costs)).any():
        raise MethodError(Fault(what="costs that are not whole centimetres", where="seeds"))
    if costs.min() < 0 or costs.max() > LIMIT_CM:
        what = "costs negative or too large"
        raise MethodError(Fault(what=what, where="seeds", attempt=f"0 to {LIMIT_CM} cm"))
