"""Whose walks a link can change: who comes to its ends at another cost than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.entries import Entries, arriving, direct, entries, leaving
from assetmap.network.kernels import LIMIT_CM, many_to_many
from assetmap.network.search import cm_within
from assetmap.network.snap import ON_STREETS, Snapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets
    from assetmap.network.router import Start


class Network(NamedTuple):
    """Streets, and origins on their graph."""

    streets: Streets
    start: Start


def walks_anew(
    before: Network, after: Network, ends: NDArray[np.int64], *, cut_off_min: float
) -> NDArray[np.bool_]:
    """Which origins come to a node of ``ends`` at another cost than before, in the order of homes.

    All others come everywhere at the cost of before. Take a shortest way of after that walks over
    what was added, and the last end at which it leaves what was added: it comes there at no less
    than before, and the rest of it was there before. A shortest way of before over what was
    closed, the other way round. Costs beyond the cut-off are alike: so is what lies behind them.

    Parameters
    ----------
    before, after
        Nodes of the streets have the same numbers in both.
    ends
        The nodes of every segment that was added or closed.
    """
    nodes, limit_cm = np.unique(ends), cm_within(cut_off_min)
    costs = [_cost_cm(one, nodes, limit_cm) for one in (before, after)]
    return np.asarray((costs[0] != costs[1]).any(axis=1))


def _cost_cm(on: Network, nodes: NDArray[np.int64], limit_cm: int) -> NDArray[np.int64]:
    """Origins by nodes: least centimetres, ``LIMIT_CM + 1`` beyond the limit."""
    start = on.start
    leave, (code, arrive) = entries(start.graph, start.homes), _at_nodes(on, nodes)
    count = len(start.homes.segment)
    least = np.full((count, len(nodes)), LIMIT_CM + 1, np.int64)
    found = many_to_many(
        start.graph.graph,
        leaving(start.graph, leave, leave.point, count),
        arriving(start.graph, arrive, code, len(nodes)),
        cut_off_cm=limit_cm,
        back=start.back,
    )
    least[found.from_code, found.to_code] = found.cost_cm
    along = direct(start.graph, leave, arrive)
    near = along.rows(np.flatnonzero(along.cm <= limit_cm))
    np.minimum.at(least, (leave.point[near.start], code[near.stop]), near.cm)
    return least


def _at_nodes(on: Network, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], Entries]:
    """Each node as the end of every segment that meets there: its place in ``nodes``, and where.

    By their numbers: two nodes may lie above each other, and a search by place would not tell.
    """
    segments, streets = on.start.graph.segments, on.streets
    uv = np.column_stack([streets.u[segments.street], streets.v[segments.street]])
    at, side = np.nonzero(np.isin(uv, nodes))
    node = uv[at, side].astype(np.int64)
    # the graph turns some segments round, never those whose ends are one above the other
    upright = (segments.ax[at] == segments.bx[at]) & (segments.ay[at] == segments.by[at])
    first = (segments.ax[at] == streets.x[node]) & (segments.ay[at] == streets.y[node])
    share = np.where(np.where(upright, side == 0, first), 0.0, 1.0)
    state = np.full(len(at), ON_STREETS, np.int8)
    placed = Snapped(at.astype(np.int64), share, np.zeros(len(at)), state)
    return np.searchsorted(nodes, node), entries(on.start.graph, placed)
