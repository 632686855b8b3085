"""Travel costs along streets: the nearest assets of each category and all in its catchment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames import table_of
from assetmap.frames.costs import hold_costs
from assetmap.frames.prepared import SNAPS
from assetmap.network.entries import Direct, Entries, arriving, direct, entries, leaving
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.keep import Keep, Kept, kept_pairs
from assetmap.network.kernels import (
    LIMIT_CM,
    Graph,
    Pairs,
    Ranked,
    Seeds,
    k_nearest_from,
    many_to_many,
    reverse,
    seeds,
)
from assetmap.network.snap import NO_STREETS, ON_ISLAND, STATES, TOO_FAR, Snapped, snap
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph

    I64 = NDArray[np.int64]

SPARE = 1
"""One more than wanted is searched for: only if that one ties may there be more that tie."""


def route(
    graph: WalkGraph,
    origins: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    assets: pd.DataFrame,
    *,
    keep: Keep,
    snap_max_m: float,
) -> Told[tuple[pd.DataFrame, pd.DataFrame]]:
    """COSTS and SNAPS along streets, least over the entrances of an asset.

    ``cost_min = (walk to the street + streets + walk from the street) / 8000`` in centimetres of
    level walking at 80 m/min. Two points on one stretch of street reach each other along it. Of
    each origin and category those pairs are kept that ``keep`` wants, ties with the last one
    complete (:func:`assetmap.network.keep.kept_pairs`). Who is not on the streets, or cannot get
    there within the cut-off, has no row.

    Told: ``snap_far`` and ``no_streets`` (origins, with their people), ``on_island``,
    ``assets_off_streets``.

    Raises
    ------
    MethodError
        For a cut-off, a number of nearest or a ``snap_max_m`` that is negative or no number.
    """
    _check(keep, snap_max_m)
    from_ids = pd.Index(sorted(origins["from_id"]), dtype="str")
    to_ids = pd.Index(sorted(assets["to_id"]), dtype="str")
    at_home = snap(graph, _xy(origins), snap_max_m=snap_max_m)
    at_door = snap(graph, _xy(entrances), snap_max_m=snap_max_m)
    ends = _Ends(
        graph,
        reverse(graph.graph),
        entries(graph, at_home),
        entries(graph, at_door),
        from_ids.get_indexer(origins["from_id"]),
        to_ids.get_indexer(entrances["to_id"]),
    )
    categories = assets.set_index("to_id")["category"].reindex(to_ids).reset_index(drop=True)
    pairs = list(_by_category(ends, categories, len(from_ids), keep))
    costs = hold_costs(
        from_ids,
        to_ids,
        from_codes=np.concatenate([np.zeros(0, np.int32), *(pair.from_code for pair in pairs)]),
        to_codes=np.concatenate([np.zeros(0, np.int32), *(pair.to_code for pair in pairs)]),
        cost_min=np.concatenate([np.zeros(0, np.float32), *(pair.cost_min for pair in pairs)]),
    )
    snaps = _snaps(origins, entrances, at_home, at_door)
    told = (*_origins_told(origins, at_home, snap_max_m), *_assets_told(entrances, at_door))
    return Told((costs, snaps), told)


class _Ends(NamedTuple):
    """Origins and entrances on the graph; ``codes`` of rows among the sorted ids."""

    graph: WalkGraph
    back: Graph
    homes: Entries
    doors: Entries
    from_code: I64
    to_code: I64


def _check(keep: Keep, snap_max_m: float) -> None:
    given = {"cut_off_min": keep.cut_off_min, "nearest": keep.nearest, "snap_max_m": snap_max_m}
    given |= {f"within_min of {name}": limit for name, limit in keep.within_min.items()}
    faults = [
        Fault(what=f"{name} of {value}", where="route", attempt="0 or more")
        for name, value in given.items()
        if not np.isfinite(value) or value < 0
    ]
    if faults:
        raise MethodError(faults)


def _by_category(ends: _Ends, categories: pd.Series, origins: int, keep: Keep) -> Iterator[Kept]:
    """The pairs of one category after another: a search knows only what it may find."""
    leave = leaving(ends.graph, ends.homes, ends.from_code[ends.homes.point], origins)
    straight = direct(ends.graph, ends.homes, ends.doors)
    kind_of_asset = categories.to_numpy(dtype="U")
    names, kind = np.unique(kind_of_asset, return_inverse=True)
    of_door = kind[ends.to_code[ends.doors.point]] if len(names) else np.zeros(0, np.int64)
    for number, name in enumerate(names):
        rows = np.flatnonzero(of_door == number)
        doors = Entries(*(column[rows] for column in ends.doors))
        asset, code = np.unique(ends.to_code[doors.point], return_inverse=True)
        arrive = arriving(ends.graph, doors, code, len(asset))
        found = _searched(ends, leave, arrive, keep, keep.within_min.get(str(name), 0.0))
        along = of_door[straight.stop] == number
        beside = Direct(*(column[along] for column in straight))
        from_code = np.r_[found.from_code, ends.from_code[ends.homes.point[beside.start]]]
        to_code = np.r_[asset[found.to_code], ends.to_code[ends.doors.point[beside.stop]]]
        cost_min = (np.r_[found.cost_cm, beside.cm] / CM_A_MINUTE).astype(np.float32)
        yield kept_pairs(from_code, to_code, cost_min, categories=categories, keep=keep)


def _searched(ends: _Ends, leave: Seeds, arrive: Seeds, keep: Keep, within_min: float) -> Pairs:
    """Pairs by way of nodes: the nearest, what ties with them, and the catchment; with doubles."""
    graph, back = ends.graph.graph, ends.back
    cut_off = _cm(keep.cut_off_min)
    found = []
    if keep.nearest:
        wanted = keep.nearest + SPARE
        ranked = k_nearest_from(graph, leave, arrive, k=wanted, cut_off_cm=cut_off, back=back)
        found.append(ranked.pairs())
        tied, farthest = _tied(ranked)
        if len(tied):
            some = _chosen(leave, tied)
            ties = many_to_many(graph, some, arrive, cut_off_cm=farthest, back=back)
            found.append(ties._replace(from_code=tied[ties.from_code].astype(np.int32)))
    if within_min:
        within = min(_cm(within_min), cut_off)
        found.append(many_to_many(graph, leave, arrive, cut_off_cm=within, back=back))
    none = np.zeros(0, np.int32)
    return Pairs(*(np.concatenate(columns) for columns in zip(Pairs(none, none, none), *found,
                                                              strict=True)))  # fmt: skip


def _tied(ranked: Ranked) -> tuple[I64, int]:
    """Origins whose last found costs what the last wanted costs, and the most that this is."""
    last, spare = ranked.cost_cm[:, -1 - SPARE], ranked.cost_cm[:, -1]
    tied = np.flatnonzero((ranked.to_code[:, -1] >= 0) & (last == spare))
    return tied, int(spare[tied].max(initial=0))


def _chosen(whole: Seeds, codes: I64) -> Seeds:
    """The seeds of some codes, which become 0, 1, 2 ..."""
    count = np.diff(whole.ptr)[codes]
    first = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(whole.ptr[codes], count) + np.arange(int(count.sum())) - first
    code = np.repeat(np.arange(len(codes)), count)
    return seeds(len(codes), code, whole.node[rows], whole.cost_cm[rows])


def _cm(minutes: float) -> int:
    """Centimetres that are sure to hold so many minutes; what is beyond is dropped afterwards."""
    return min(LIMIT_CM, int(np.ceil(minutes * CM_A_MINUTE)) + 1)


def _xy(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return np.column_stack([table.geometry.x, table.geometry.y])


def _snaps(
    origins: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame, homes: Snapped, doors: Snapped
) -> pd.DataFrame:
    columns = {
        "role": ["origin"] * len(origins) + ["asset"] * len(entrances),
        "point_id": [*origins["from_id"], *entrances["to_id"]],
        "entrance": [0] * len(origins) + list(entrances["entrance"]),
        "snap_m": np.r_[homes.snap_m, doors.snap_m],
        "state": np.array(STATES, dtype=object)[np.r_[homes.state, doors.state]],
    }
    return table_of(SNAPS, columns)


def _origins_told(
    origins: gpd.GeoDataFrame, homes: Snapped, snap_max_m: float
) -> tuple[Caution, ...]:
    people = origins["people"].to_numpy(dtype=float)
    texts = {
        TOO_FAR: ("snap_far", f"Homes farther than {snap_max_m:g} m from any street that can be "
                  "walked are left out: nothing is said about what they reach."),
        NO_STREETS: ("no_streets", "Homes where no streets are on the map are not measured."),
        ON_ISLAND: ("on_island", "Homes stand on pieces of street that the map does not join to "
                    "the rest: they reach only what is there."),
    }  # fmt: skip
    return tuple(
        Caution(
            code=code,
            about="route",
            text=text,
            count=int((homes.state == state).sum()),
            people=float(people[homes.state == state].sum()),
        )
        for state, (code, text) in texts.items()
        if (homes.state == state).any()
    )


def _assets_told(entrances: gpd.GeoDataFrame, doors: Snapped) -> tuple[Caution, ...]:
    """Assets none of whose entrances is on the streets."""
    off = pd.Series(~doors.placed).groupby(entrances["to_id"].to_numpy()).all()
    text = "Places too far from any street that can be walked: nobody is led there."
    found = Caution(code="assets_off_streets", about="route", text=text, count=int(off.sum()))
    return (found,) if off.any() else ()
