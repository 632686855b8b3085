"""The walking graph of a profile: chains made one edge, and every segment's place on its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.network.chains import chains, junctions, parts
from assetmap.network.impedance import CLOSED, Impedance, impedance, profile_of
from assetmap.network.kernels import Graph, csr, spatial_order
from assetmap.network.twins import single
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets

ISLAND_M = 500.0
"""A part of the streets shorter than this, joined to nothing else, is an island."""


class Segments(NamedTuple):
    """The segments that the profile can use, each with its place on a graph's edge.

    A segment lies on an edge, between the node ahead (beyond v) and the node behind (beyond u).

    Attributes
    ----------
    street
        int32: which of the streets' segments it is.
    ax, ay, bx, by
        float64, metres: where u and v are.
    forward_cm, back_cm
        int32, from u to v and from v to u; -1 where there is no way.
    edge
        int32: the edge. Segments of one chain share it.
    turned
        bool: it runs against its edge.
    rank
        int32: how many segments of the edge come before it, as the edge runs.
    ahead, behind
        int32: graph nodes.
    to_ahead_cm, to_behind_cm
        int32: from u to the node ahead, and from v to the node behind.
    from_ahead_cm, from_behind_cm
        int32: from the node ahead to v, and from the node behind to u.
    part
        int32: the connected part it belongs to.
    """

    street: NDArray[np.int32]
    ax: NDArray[np.float64]
    ay: NDArray[np.float64]
    bx: NDArray[np.float64]
    by: NDArray[np.float64]
    forward_cm: NDArray[np.int32]
    back_cm: NDArray[np.int32]
    edge: NDArray[np.int32]
    turned: NDArray[np.bool_]
    rank: NDArray[np.int32]
    ahead: NDArray[np.int32]
    behind: NDArray[np.int32]
    to_ahead_cm: NDArray[np.int32]
    to_behind_cm: NDArray[np.int32]
    from_ahead_cm: NDArray[np.int32]
    from_behind_cm: NDArray[np.int32]
    part: NDArray[np.int32]

    def rows(self, at: NDArray[Any]) -> Segments:
        """Some of them."""
        return Segments(**{name: column[at] for name, column in self._asdict().items()})


class WalkGraph(NamedTuple):
    """A graph to be searched, and how points on streets enter it.

    Attributes
    ----------
    graph
        Junctions, dead ends and the edges between them; nodes in the order of a Hilbert curve.
    x, y
        Where its nodes are.
    segments
        Where streets lie on its edges.
    part_m
        float64: the length of each connected part.
    pace_m_min
        The profile's pace, for the walk between a point and its street.
    """

    graph: Graph
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    segments: Segments
    part_m: NDArray[np.float64]
    pace_m_min: float

    @property
    def on_island(self) -> NDArray[np.bool_]:
        """Whether each segment is on an island: a part under 500 m that is not the longest."""
        if not len(self.part_m):
            return np.zeros(0, dtype=bool)
        small = self.part_m < min(ISLAND_M, float(self.part_m.max()))
        return np.asarray(small[self.segments.part])

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, as a store keeps them."""
        own: dict[str, NDArray[Any]] = {
            "x": self.x, "y": self.y, "part_m": self.part_m,
            "pace_m_min": np.array([self.pace_m_min]),
        }  # fmt: skip
        return own | self.graph._asdict() | self.segments._asdict()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> WalkGraph:
        """The graph of :meth:`to_arrays`."""
        return cls(
            Graph(*(arrays[name] for name in Graph._fields)),
            arrays["x"],
            arrays["y"],
            Segments(*(arrays[name] for name in Segments._fields)),
            arrays["part_m"],
            float(arrays["pace_m_min"][0]),
        )


class _Open(NamedTuple):
    """What a profile can use: segments, and nodes of which those that bar the way are cut."""

    street: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    forward_cm: NDArray[np.int64]
    back_cm: NDArray[np.int64]


def build_graph(
    streets: Streets, *, profile: str, elevation_m: NDArray[np.float64] | None = None
) -> Told[WalkGraph]:
    """The walking graph of a profile; the cost between any two places is that of the segments.

    Nodes at which exactly two segments meet are left out and their segments added up, in whole
    centimetres, so that no cost changes. At nodes that bar the profile's way the streets are cut.
    Parts that are not joined to the rest are kept; how many are islands is told as
    ``street_islands``. Streets without a usable segment give a graph without nodes.

    Raises
    ------
    MethodError
        As :func:`assetmap.network.impedance.impedance`.
    """
    found = impedance(streets, profile=profile, elevation_m=elevation_m)
    usable = _usable(streets, found)
    in_part = parts(usable.u, usable.v, len(usable.x))[usable.u]
    names, part = np.unique(in_part, return_inverse=True)
    length_m = streets.length_m[usable.street]
    part_m = np.zeros(len(names))
    np.add.at(part_m, part, length_m)
    one_way = (usable.forward_cm == CLOSED) | (usable.back_cm == CLOSED)
    kept = junctions(usable.u, usable.v, one_way=one_way, x=usable.x, y=usable.y)
    nodes = np.flatnonzero(kept)
    nodes = nodes[spatial_order(usable.x[nodes], usable.y[nodes])]
    number = np.full(len(kept), -1, np.int64)
    number[nodes] = np.arange(len(nodes))
    segments = _segments(usable, part, kept=kept, number=number)
    graph = WalkGraph(
        graph=_graph(segments, len(nodes)),
        x=usable.x[nodes],
        y=usable.y[nodes],
        segments=segments,
        part_m=part_m,
        pace_m_min=profile_of(profile).pace_m_min,
    )
    return Told(graph, (*found.cautions, *_islands_told(graph)))


def _usable(streets: Streets, found: Impedance) -> _Open:
    """The segments open at least one way; each has an end of its own where a node is barred."""
    one = single(streets, found)
    ends = np.concatenate([one.u, one.v])
    cut = np.flatnonzero(found.barred[ends])
    x, y = np.r_[streets.x, streets.x[ends[cut]]], np.r_[streets.y, streets.y[ends[cut]]]
    ends[cut] = len(streets.x) + np.arange(len(cut))
    u, v = np.split(ends, 2)
    return _Open(one.street, u, v, x, y, one.forward_cm, one.back_cm)


def _segments(
    usable: _Open,
    part: NDArray[np.int64],
    *,
    kept: NDArray[np.bool_],
    number: NDArray[np.int64],
) -> Segments:
    half_cm = np.maximum(np.column_stack([usable.forward_cm, usable.back_cm]).ravel(), 0)
    run = chains(usable.u, usable.v, half_cm, kept=kept)
    along, against = run.last[0::2], run.last[1::2]
    head = np.column_stack([usable.v, usable.u]).ravel()
    # The chain's end is where its other direction starts: a half's reverse differs in one bit.
    ahead_to_behind, behind_to_ahead = run.cm[along ^ 1], run.cm[against ^ 1]
    turned = along < against
    _, edge = np.unique(np.minimum(along, against), return_inverse=True)
    columns: dict[str, NDArray[Any]] = {
        "street": usable.street,
        "ax": usable.x[usable.u],
        "ay": usable.y[usable.u],
        "bx": usable.x[usable.v],
        "by": usable.y[usable.v],
        "forward_cm": usable.forward_cm,
        "back_cm": usable.back_cm,
        "edge": edge,
        "turned": turned,
        "rank": np.where(turned, run.steps[0::2], run.steps[1::2]) - 1,
        "ahead": number[head[along]],
        "behind": number[head[against]],
        "to_ahead_cm": run.cm[0::2],
        "to_behind_cm": run.cm[1::2],
        "from_ahead_cm": ahead_to_behind - run.cm[1::2],
        "from_behind_cm": behind_to_ahead - run.cm[0::2],
        "part": part,
    }
    return Segments(**{name: _narrow(column) for name, column in columns.items()})


def _narrow(column: NDArray[Any]) -> NDArray[Any]:
    return column.astype(np.int32) if column.dtype == np.int64 else column


def _graph(segments: Segments, nodes: int) -> Graph:
    """Arcs between kept nodes, each edge once a direction, from the segment it starts with."""
    first = segments.rank == 0
    one = segments.rows(first)
    start = np.where(one.turned, one.ahead, one.behind)
    stop = np.where(one.turned, one.behind, one.ahead)
    out = np.where(one.turned, one.to_behind_cm, one.to_ahead_cm)
    back = np.where(
        one.turned,
        one.from_behind_cm + _open(one.forward_cm),
        one.from_ahead_cm + _open(one.back_cm),
    )
    out_open = np.where(one.turned, one.back_cm, one.forward_cm) != CLOSED
    back_open = np.where(one.turned, one.forward_cm, one.back_cm) != CLOSED
    return csr(
        nodes,
        np.r_[start[out_open], stop[back_open]],
        np.r_[stop[out_open], start[back_open]],
        np.r_[out[out_open], back[back_open]],
    )


def _open(cm: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.maximum(cm, 0)


def _islands_told(graph: WalkGraph) -> tuple[Caution, ...]:
    islands = np.unique(graph.segments.part[graph.on_island])
    if not len(islands):
        return ()
    text = (
        f"Short pieces of street, {graph.part_m[islands].sum() / 1000:.1f} km in all, are not "
        "joined to the rest of the map. Places there count from the nearest joined street."
    )
    return (Caution(code="street_islands", about="route", text=text, count=len(islands)),)
