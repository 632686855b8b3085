"""A search from many sources, in pieces on several threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.kernels.bucket import BEGUN, FAR, roomier, scratch, width
from assetmap.network.kernels.ends import Seeds, along
from assetmap.network.kernels.sort import Rows, rows_of, turned
from assetmap.network.kernels.threads import cuts, in_threads
from assetmap.network.kernels.within import Found, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.kernels.graph import Graph

ROWS_MOST = int(np.iinfo(np.int32).max)
"""The most rows that 32 bits number."""
ROOM = 1 << 16


def marks_of(graph: Graph, given: Seeds) -> Seeds:
    """The codes by node: seeds turned round."""
    return Seeds(*turned(rows_of(*given), graph.nodes))


class Search(NamedTuple):
    """A search from many sources and what it needs, to be done in pieces."""

    graph: Graph
    seeds: Seeds
    marks: Seeds
    n_codes: int
    cut_off_cm: int
    threads: int | None
    most: int

    def rows(self) -> Rows | None:
        """A row for each source, its codes in no order; None where they are more than ``most``."""
        order = along(self.seeds)
        pieces = cuts(len(order), threads=self.threads, least=8)
        used = np.zeros(len(pieces), np.int64)
        done = in_threads(
            lambda piece: self._piece(order[pieces[piece]], piece, used),
            range(len(pieces)),
            threads=self.threads,
        )
        if used.sum() > self.most:
            return None
        sizes, codes, costs = (np.concatenate(columns) for columns in zip(*done, strict=True))
        stop = np.zeros(self.seeds.count, np.int32)
        start = np.zeros(self.seeds.count, np.int32)
        stop[order] = np.cumsum(sizes)
        start[order] = stop[order] - sizes
        return Rows(start, stop, codes, costs)

    def _piece(
        self, sources: NDArray[np.int32], piece: int, used: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], ...]:
        """Per source the number of its rows, and the rows' codes and costs."""
        shift = width(self.graph, self.cut_off_cm)
        most_arcs = self.graph.most_arcs
        most_seeds = int(np.diff(self.seeds.ptr).max(initial=0))
        work = scratch(
            self.graph.nodes, cut_off_cm=self.cut_off_cm, shift=shift, seeds=most_seeds + most_arcs
        )
        room = max(2 * self.n_codes, ROOM)
        found = Found(
            np.full(self.n_codes, FAR, np.int32),
            np.zeros(len(sources), np.int32),
            np.empty(room, np.int32),
            np.empty(room, np.int32),
            used,
        )
        codes, costs, at = [], [], 0
        while at < len(sources) and used.sum() <= self.most:
            start = at
            at = within(
                self.graph, work, found, sources, at, self.seeds, self.marks,
                self.cut_off_cm, shift, piece, self.most,
            )  # fmt: skip
            rows = int(found.size[start:at].sum())
            codes.append(found.code[:rows].copy())
            costs.append(found.cost[:rows].copy())
            work = roomier(work, most_arcs=most_arcs) if work.state[BEGUN] else work
        none = np.zeros(0, np.int32)
        return found.size, np.concatenate([none, *codes]), np.concatenate([none, *costs])
