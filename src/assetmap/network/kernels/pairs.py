"""Least costs from many sources to many destinations, whole or a block at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.kernels.ends import Seeds, along, checked, part, picked
from assetmap.network.kernels.graph import Graph, reverse
from assetmap.network.kernels.search import ROWS_MOST, Search, marks_of
from assetmap.network.kernels.sort import rows_of, turned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MOST_PAIRS = 100_000_000
BLOCK_PAIRS = 20_000_000
SAMPLE = 32
MARGIN = 1.25


class Pairs(NamedTuple):
    """One row a pair that can be reached, sorted by (from, to).

    Attributes
    ----------
    from_code, to_code
        int32 codes into the sources and the destinations.
    cost_cm
        int32, centimetres of level walking, at most the cut-off. No row = out of reach.
    """

    from_code: NDArray[np.int32]
    to_code: NDArray[np.int32]
    cost_cm: NDArray[np.int32]


class Between(NamedTuple):
    """What a search between two sets of seeds needs to know."""

    graph: Graph
    back: Graph
    from_seeds: Seeds
    to_seeds: Seeds
    cut_off_cm: int
    threads: int | None


def many_to_many(
    graph: Graph,
    from_seeds: Seeds,
    to_seeds: Seeds,
    *,
    cut_off_cm: int,
    threads: int | None = None,
    back: Graph | None = None,
    max_pairs: int = MOST_PAIRS,
) -> Pairs:
    """The least cost of every pair within the cut-off, complete, sorted by (from, to).

    The cost of a pair is the least of ``from_cost + path + to_cost`` over their seeds; a cost
    equal to the cut-off is within. The search starts from whichever side is smaller. ``back`` is
    ``reverse(graph)`` where it is at hand. An empty side gives no pair.

    Raises
    ------
    MethodError
        For seeds that are not on the graph, a cut-off out of range, more than ``max_pairs``
        pairs.
    """
    blocks = [Pairs(*(np.zeros(0, np.int32) for _ in range(3)))]
    total = 0
    for block in many_to_many_blocks(
        graph,
        from_seeds,
        to_seeds,
        cut_off_cm=cut_off_cm,
        threads=threads,
        back=back,
        max_pairs=max_pairs,
    ):
        total += len(block.cost_cm)
        if total > max_pairs:
            what = f"more than {max_pairs} pairs within the cut-off"
            attempt = "a shorter cut-off, or many_to_many_blocks"
            raise MethodError(Fault(what=what, where="many_to_many", attempt=attempt))
        blocks.append(block)
    if len(blocks) == 2:  # noqa: PLR2004 - the usual case is one block: no copy
        return blocks[1]
    return Pairs(*(np.concatenate(columns) for columns in zip(*blocks, strict=True)))


def many_to_many_blocks(
    graph: Graph,
    from_seeds: Seeds,
    to_seeds: Seeds,
    *,
    cut_off_cm: int,
    threads: int | None = None,
    back: Graph | None = None,
    max_pairs: int = BLOCK_PAIRS,
) -> Iterator[Pairs]:
    """The pairs of :func:`many_to_many`, a block of whole origins at a time.

    Blocks follow each other in the order of the origins and hold at most ``max_pairs`` rows
    (one origin alone may hold more). Their number is planned from a sample of searches; a block
    that turns out too large is cut in two and searched again. About 32 bytes a row are in use
    at once, beside 8 bytes a node and thread.

    Raises
    ------
    MethodError
        As :func:`many_to_many`, before the first block.
    """
    graph = graph.ready()
    fewer = to_seeds.count < from_seeds.count  # only then are destinations searched from
    turned_round = (reverse(graph) if back is None else back.ready()) if fewer else graph
    between = Between(
        graph,
        turned_round,
        checked(graph, from_seeds, cut_off_cm=cut_off_cm),
        checked(graph, to_seeds, cut_off_cm=cut_off_cm),
        int(cut_off_cm),
        threads,
    )
    return _blocks(between, max(1, max_pairs))


def _blocks(between: Between, max_pairs: int) -> Iterator[Pairs]:
    count = between.from_seeds.count
    pairs = MARGIN * _expected(between)
    step = max(1, int(count * min(1.0, max_pairs / max(pairs, 1.0))))
    waiting = [(start, min(start + step, count)) for start in range(0, count, step)][::-1]
    from_destinations = between.to_seeds.count * len(waiting) < count
    while waiting:
        start, stop = waiting.pop()
        block = _block(
            between, (start, stop), from_destinations=from_destinations, max_pairs=max_pairs
        )
        if block is not None:
            yield block
        else:
            middle = (start + stop) // 2
            waiting += [(middle, stop), (start, middle)]


def _expected(between: Between) -> float:
    """The pairs to expect, from a few searches of the smaller side spread over its ground."""
    flip = between.to_seeds.count < between.from_seeds.count
    given, others = (
        (between.to_seeds, between.from_seeds) if flip else (between.from_seeds, between.to_seeds)
    )
    order = along(given)
    if len(order) <= SAMPLE:
        return 0.0 if not len(order) else float(len(order)) * others.count
    picks = order[np.linspace(0, len(order) - 1, SAMPLE).astype(np.int64)]
    few = picked(given, picks)
    graph = between.back if flip else between.graph
    marks = marks_of(graph, others)
    rows = Search(graph, few, marks, others.count, between.cut_off_cm, 1, ROWS_MOST).rows()
    return float(len(order)) * len(rows.code) / SAMPLE if rows is not None else np.inf


def _block(
    between: Between, codes: tuple[int, int], *, from_destinations: bool, max_pairs: int
) -> Pairs | None:
    """All pairs of a range of origins, or None where they are too many."""
    start, stop = codes
    origins, destinations = part(between.from_seeds, start, stop), between.to_seeds
    ways = (between.cut_off_cm, between.threads, max_pairs if stop - start > 1 else ROWS_MOST)
    if from_destinations:
        marks = marks_of(between.graph, origins)
        rows = Search(between.back, destinations, marks, origins.count, *ways).rows()
    else:
        marks = marks_of(between.graph, destinations)
        rows = Search(between.graph, origins, marks, destinations.count, *ways).rows()
        rows = rows if rows is None else rows_of(*turned(rows, destinations.count))
    if rows is None:
        return None
    ptr, to_code, cost = turned(rows, origins.count)
    from_code = np.repeat(np.arange(start, stop, dtype=np.int32), np.diff(ptr))
    return Pairs(from_code, to_code, cost)
