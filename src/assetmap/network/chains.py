"""Chains of segments without a junction, followed to both of their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I64 = NDArray[np.int64]

ON_A_CHAIN = 2
"""Ends of segments at a node in the middle of a chain."""


class Chains(NamedTuple):
    """How each half of a segment goes on to the end of its chain.

    Half ``2 s`` goes along segment ``s`` from u to v, half ``2 s + 1`` from v to u.

    Attributes
    ----------
    last
        The half with which the chain ends: it arrives at a node that is kept.
    cm
        What it costs from the half's start to that node.
    steps
        How many segments that is, this one included.
    """

    last: I64
    cm: I64
    steps: I64


def chains(u: I64, v: I64, half_cm: I64, *, kept: NDArray[np.bool_]) -> Chains:
    """The chains between kept nodes, by pointer doubling: as many rounds as log2 of the longest.

    Parameters
    ----------
    half_cm
        The cost of each half.
    kept
        Nodes at which chains end; every other node has exactly two ends of segments, and no ring
        is without a kept node (:func:`junctions`).

    References
    ----------
    Wyllie 1979, "The complexity of parallel computations", Cornell University.
    """
    tail = np.column_stack([u, v]).ravel()
    head = np.column_stack([v, u]).ravel()
    half = np.arange(len(tail))
    leaving = np.bincount(tail, weights=half, minlength=len(kept)).astype(np.int64)
    onward = np.where(kept[head], half, leaving[head] - (half ^ 1))
    ends = onward == half
    cm = np.where(ends, 0, half_cm)  # the cost up to the start of the half that is onward
    steps = np.where(ends, 0, 1)
    moving = np.flatnonzero(~ends)
    while len(moving):
        to = onward[moving]
        more_cm, more_steps, further = cm[to], steps[to], onward[to]
        cm[moving] += more_cm
        steps[moving] += more_steps
        onward[moving] = further
        moving = moving[~ends[further]]
    return Chains(onward, cm + half_cm[onward], steps + 1)


def junctions(
    u: I64, v: I64, *, one_way: NDArray[np.bool_], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """The nodes at which chains end: dead ends, junctions, ends of one-way segments.

    A ring that meets nothing else ends at its most westerly node, of those the most southerly.
    """
    count = len(x)
    degree = np.bincount(u, minlength=count) + np.bincount(v, minlength=count)
    kept = np.asarray((degree != ON_A_CHAIN) & (degree > 0))
    kept[u[one_way]] = True
    kept[v[one_way]] = True
    part = parts(u, v, count)
    met = np.zeros(count, dtype=bool)
    met[part[kept]] = True
    lonely = np.flatnonzero(~met[part] & (degree > 0))
    order = lonely[np.lexsort((y[lonely], x[lonely], part[lonely]))]
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(part[order]) != 0
    kept[order[first]] = True
    return kept


def parts(u: I64, v: I64, count: int) -> NDArray[np.int32]:
    """The number of the connected part in which each node lies, one-way segments both ways."""
    links = coo_array((np.ones(len(u), np.int8), (u, v)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int32)
