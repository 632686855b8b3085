"""Whose walks a link can change: who comes to its ends at another cost than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.entries import arriving, direct, entries, leaving
from assetmap.network.kernels import LIMIT_CM, many_to_many
from assetmap.network.search import cm_within
from assetmap.network.snap import ON_STREETS, Snapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets
    from assetmap.network.entries import Entries
    from assetmap.network.router import Start

    I64 = NDArray[np.int64]

FAR_CM = LIMIT_CM + 1
"""Beyond every cut-off."""


class Network(NamedTuple):
    """Streets, and where origins and entrances are on their graph."""

    streets: Streets
    start: Start
    doors: Snapped


class ByLinks(NamedTuple):
    """What it costs to come over new links: to their ends, and on from there.

    Attributes
    ----------
    leave_cm
        Origins by ends, in the order of ``from_id``: centimetres to an end that is nearer than
        before, ``FAR_CM`` to all others.
    arrive_cm
        Ends by assets, in the order of ``to_id``.
    """

    leave_cm: I64
    arrive_cm: I64


class Side(NamedTuple):
    """One side of a search: the code of each entry, and how many codes (``size``)."""

    code: I64
    entries: Entries
    size: int


class Where(NamedTuple):
    """Nodes of the streets as ends of segments of the graph: which node, segment, and side."""

    node: I64
    segment: I64
    side: I64


def walks_anew(
    before: Network, after: Network, ends: I64, *, cut_off_min: float
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
    nodes = np.unique(ends)
    then, now = (_to_nodes(one, nodes, cut_off_min) for one in (before, after))
    return np.asarray((then != now).any(axis=1))


def by_links(
    before: Network, after: Network, ends: I64, asset: I64, *, cut_off_min: float
) -> ByLinks:
    """The costs over links where nothing was closed: parameters as of :func:`walks_anew`.

    An end is that of the link itself: where a gate bars a node, what meets there is not joined.
    ``asset`` is the code of the asset of each door, every code there.
    """
    nodes, where = np.unique(ends), _of_links(after, ends)
    then = _to_nodes(before, nodes, cut_off_min)[:, np.searchsorted(nodes, where.node)]
    links = Side(np.arange(len(where.node)), _entries(after, where), len(where.node))
    now = _least_cm(after, _homes(after), links, cut_off_min)
    doors = entries(after.start.graph, after.doors)
    assets = Side(asset[doors.point], doors, len(np.unique(asset)))
    return ByLinks(np.where(now < then, now, FAR_CM), _least_cm(after, links, assets, cut_off_min))


def _homes(on: Network) -> Side:
    leave = entries(on.start.graph, on.start.homes)
    return Side(leave.point, leave, len(on.start.homes.segment))


def _to_nodes(on: Network, nodes: I64, cut_off_min: float) -> I64:
    """Origins by nodes, in centimetres."""
    where = _meeting(on, nodes)
    to = Side(np.searchsorted(nodes, where.node), _entries(on, where), len(nodes))
    return _least_cm(on, _homes(on), to, cut_off_min)


def _least_cm(on: Network, leave: Side, arrive: Side, cut_off_min: float) -> I64:
    """Costs between the codes of two sides: along the graph, and along one edge."""
    graph, limit_cm = on.start.graph, cm_within(cut_off_min)
    least = np.full((leave.size, arrive.size), FAR_CM, np.int64)
    found = many_to_many(
        graph.graph,
        leaving(graph, leave.entries, leave.code, leave.size),
        arriving(graph, arrive.entries, arrive.code, arrive.size),
        cut_off_cm=limit_cm,
        back=on.start.back,
    )
    least[found.from_code, found.to_code] = found.cost_cm
    along = direct(graph, leave.entries, arrive.entries)
    near = along.rows(np.flatnonzero(along.cm <= limit_cm))
    np.minimum.at(least, (leave.code[near.start], arrive.code[near.stop]), near.cm)
    return least


def _nodes_of(on: Network) -> I64:
    """The nodes of the streets at both ends of each segment, not always as it runs."""
    street = on.start.graph.segments.street
    return np.column_stack([on.streets.u[street], on.streets.v[street]]).astype(np.int64)


def _meeting(on: Network, nodes: I64) -> Where:
    """Each node as the end of every segment that meets there."""
    uv = _nodes_of(on)
    segment, side = np.nonzero(np.isin(uv, nodes))
    return Where(uv[segment, side], segment, side)


def _of_links(on: Network, ends: I64) -> Where:
    """Both ends of every segment that joins two such nodes."""
    uv, count = _nodes_of(on), len(on.streets.x)
    pairs, wanted = (np.sort(one, axis=1) @ np.array([count, 1]) for one in (uv, ends))
    segment = np.repeat(np.flatnonzero(np.isin(pairs, wanted)), 2)
    side = np.tile(np.array([0, 1]), len(segment) // 2)
    return Where(uv[segment, side], segment, side)


def _entries(on: Network, where: Where) -> Entries:
    """The places, to be searched to and from.

    By the numbers of nodes: two may lie above each other, and a place would not tell them apart.
    """
    segments, streets, at = on.start.graph.segments, on.streets, where.segment
    # the graph turns some segments round, never those whose ends are one above the other
    upright = (segments.ax[at] == segments.bx[at]) & (segments.ay[at] == segments.by[at])
    first = (segments.ax[at] == streets.x[where.node]) & (segments.ay[at] == streets.y[where.node])
    share = np.where(np.where(upright, where.side == 0, first), 0.0, 1.0)
    state = np.full(len(at), ON_STREETS, np.int8)
    return entries(on.start.graph, Snapped(at, share, np.zeros(len(at)), state))
