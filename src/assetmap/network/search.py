"""The pairs that are kept, searched one category of assets after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.frames.costs import COST_DECIMALS
from assetmap.network import keep as keeping
from assetmap.network.entries import Entries, arriving, direct, leaving
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.kernels import (
    LIMIT_CM,
    Graph,
    Pairs,
    Ranked,
    Seeds,
    k_nearest_from,
    many_to_many,
    seeds,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph
    from assetmap.network.keep import Keep
    from assetmap.network.meet import Ends

    I64 = NDArray[np.int64]

SPARE = 1
"""One more than wanted is searched for: only where that one ties may there be more that tie."""
NOTHING = Pairs(*(np.zeros(0, np.int32) for _ in Pairs._fields))


class Search(NamedTuple):
    """Origins and assets on the graph, ready to be searched between.

    Attributes
    ----------
    graph, back
        The graph, and the same turned round.
    ends
        Who and what is to be reached.
    leave
        Seeds of the origins.
    doors
        The entrances that are on the streets.
    walk_graph
        Where streets lie on edges.
    along
        Pairs of origin and entrance on one edge, and the walk along it.
    """

    graph: Graph
    back: Graph
    ends: Ends
    leave: Seeds
    doors: Entries
    walk_graph: WalkGraph
    along: Pairs


def search_between(
    walk_graph: WalkGraph, ends: Ends, homes: Entries, doors: Entries, *, back: Graph
) -> Search:
    """The search between homes and doors, whose points are rows of ``ends``.

    ``back`` is the graph turned round.
    """
    along = direct(walk_graph, homes, doors)
    return Search(
        graph=walk_graph.graph,
        back=back,
        ends=ends,
        leave=leaving(walk_graph, homes, homes.point, len(ends.from_ids)),
        doors=doors,
        walk_graph=walk_graph,
        along=Pairs(
            homes.point[along.start].astype(np.int32),
            doors.point[along.stop].astype(np.int32),
            along.cm.astype(np.int32),
        ),
    )


def kept_of_all(search: Search, keep: Keep) -> keeping.Pairs:
    """The pairs that are kept of every category asked about, by the codes of both ends.

    Each category is searched for by itself.
    """
    return keeping.put_in_order(
        [
            part
            for category, entrances in search.ends.of_category()
            if category not in keep.unasked
            for part in kept_of(search, entrances, keep=keep, within_min=keep.within(category))
        ]
    )


def kept_of(
    search: Search, entrances: I64, *, keep: Keep, within_min: float
) -> tuple[keeping.Pairs, keeping.Pairs]:
    """The pairs kept of one category, given the rows of its entrances.

    For most origins that is what the search for the nearest found, and all within the minutes.
    Origins that have an asset on their own edge, or more at one cost than they keep, come second:
    theirs are put in order once more. An asset nearer along the edge only moves others further
    from the front, so the nearest are among those found by nodes and those along the edge.
    """
    arrive, asset = _arrivals(search, entrances)
    catchment = cm_within(within_min) if within_min else -1
    cut_off = cm_within(keep.cut_off_min)
    ranked = _ranked(search, arrive, keep.nearest, cut_off)
    within = _within(search, search.leave, arrive, catchment)
    tied, ties = _ties(search, arrive, ranked)
    along = _chosen_pairs(search.along, np.isin(search.along.to_code, entrances))
    again = np.zeros(len(search.ends.from_ids), dtype=bool)
    again[tied] = True
    again[along.from_code] = True
    plain = [
        _rows(ranked, ~again[:, np.newaxis] & (ranked.cost_cm > catchment), keep.nearest),
        _chosen_pairs(within, ~again[within.from_code]),
    ]
    rest = [
        _rows(ranked, again[:, np.newaxis], keep.nearest + SPARE),
        _chosen_pairs(within, again[within.from_code]),
        ties,
    ]
    along = along._replace(to_code=search.ends.entrance_to[along.to_code])
    least = keeping.least(_minutes([*(_named(part, asset) for part in rest), along]))
    return (
        _minutes([_named(part, asset) for part in plain]),
        keeping.nearest_kept(least, keep=keep, within_min=within_min),
    )


def cm_within(minutes: float) -> int:
    """The most centimetres whose minutes, rounded as in COSTS, are at most these."""
    limit = round(minutes, COST_DECIMALS)
    most = int(minutes * CM_A_MINUTE) + 1
    while most > 0 and round(most / CM_A_MINUTE, COST_DECIMALS) > limit:
        most -= 1
    return min(most, LIMIT_CM)


def _arrivals(search: Search, entrances: I64) -> tuple[Seeds, NDArray[np.int32]]:
    """Seeds of the category's assets, and which of all assets each of them is."""
    doors = search.doors.rows(np.flatnonzero(np.isin(search.doors.point, entrances)))
    asset, code = np.unique(search.ends.entrance_to[doors.point], return_inverse=True)
    return arriving(search.walk_graph, doors, code, len(asset)), asset


def _ranked(search: Search, arrive: Seeds, nearest: int, cut_off: int) -> Ranked:
    if not nearest:
        empty = np.zeros((search.leave.count, 0), np.int32)
        return Ranked(empty, empty)
    return k_nearest_from(
        search.graph,
        search.leave,
        arrive,
        k=nearest + SPARE,
        cut_off_cm=cut_off,
        back=search.back,
    )


def _within(search: Search, leave: Seeds, arrive: Seeds, cut_off: int) -> Pairs:
    if cut_off < 0 or not leave.count:
        return NOTHING
    return many_to_many(search.graph, leave, arrive, cut_off_cm=cut_off, back=search.back)


def _ties(search: Search, arrive: Seeds, ranked: Ranked) -> tuple[I64, Pairs]:
    """Origins whose spare one costs what the last wanted costs, and all as near as that."""
    if not ranked.to_code.shape[1]:
        return np.zeros(0, np.int64), NOTHING
    last, spare = ranked.cost_cm[:, -1 - SPARE], ranked.cost_cm[:, -1]
    tied = np.flatnonzero((ranked.to_code[:, -1] >= 0) & (last == spare))
    farthest = int(spare[tied].max(initial=0))
    ties = _within(search, _some_seeds(search.leave, tied), arrive, farthest)
    return tied, ties._replace(from_code=tied[ties.from_code].astype(np.int32))


def _some_seeds(whole: Seeds, codes: I64) -> Seeds:
    """The seeds of some codes, which become 0, 1, 2 ..."""
    count = np.diff(whole.ptr)[codes].astype(np.int64)
    first = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(whole.ptr[codes], count) + np.arange(int(count.sum())) - first
    code = np.repeat(np.arange(len(codes)), count)
    return seeds(len(codes), code, whole.node[rows], whole.cost_cm[rows])


def _rows(ranked: Ranked, wanted: NDArray[np.bool_], columns: int) -> Pairs:
    """The wanted ones among the first columns, as rows."""
    each = ranked.to_code.shape[1]
    some = (ranked.to_code >= 0) & wanted
    some[:, columns:] = False
    at = np.flatnonzero(some)
    return Pairs((at // max(each, 1)).astype(np.int32), ranked.to_code.ravel()[at],
                 ranked.cost_cm.ravel()[at])  # fmt: skip


def _chosen_pairs(pairs: Pairs, wanted: NDArray[np.bool_]) -> Pairs:
    return Pairs(pairs.from_code[wanted], pairs.to_code[wanted], pairs.cost_cm[wanted])


def _named(pairs: Pairs, asset: NDArray[np.int32]) -> Pairs:
    return pairs._replace(to_code=asset[pairs.to_code])


def _minutes(parts: list[Pairs]) -> keeping.Pairs:
    from_code, to_code, cost_cm = (np.concatenate(column) for column in zip(*parts, strict=True))
    cost_min = np.round(cost_cm / CM_A_MINUTE, COST_DECIMALS)
    return keeping.Pairs(from_code.astype(np.int32), to_code.astype(np.int32), cost_min)
