"""Travel costs along streets: the nearest assets of each category and all in its catchment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import hold_costs
from assetmap.network import keep as keeping
from assetmap.network.entries import Direct, Entries, arriving, direct, entries, leaving
from assetmap.network.impedance import CM_A_MINUTE
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
from assetmap.network.meet import Ends, ends_of, snaps_of
from assetmap.network.snap import NO_STREETS, ON_ISLAND, STATES, TOO_FAR, Snapped, snap
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph
    from assetmap.network.keep import Keep

    I64 = NDArray[np.int64]

SPARE = 1
"""One more than wanted is searched for: only where that one ties may there be more that tie."""


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
    level walking at 80 m/min. Two points on one stretch of street reach each other along it; an
    origin on an asset costs the two walks to the street. Pairs are kept as ``keep`` wants, ties
    with the last one complete. Who is not on the streets, or cannot get there within the cut-off,
    has no row.

    Told: ``snap_far``, ``no_streets`` and ``on_island`` (origins, with their people),
    ``assets_off_streets``.

    Raises
    ------
    JoinError
        For assets without an entrance, and entrances of unknown assets.
    MethodError
        For a ``snap_max_m`` that is negative or no number.
    """
    if not np.isfinite(snap_max_m) or snap_max_m < 0:
        what = f"a snap_max_m of {snap_max_m}"
        raise MethodError(Fault(what=what, where="route", attempt="metres of 0 or more"))
    ends = ends_of(origins, entrances, assets)
    homes = snap(graph, ends.origin_xy, snap_max_m=snap_max_m)
    doors = snap(graph, ends.entrance_xy, snap_max_m=snap_max_m)
    pairs = _Streets(graph, ends, homes, doors).pairs(keep)
    costs = hold_costs(
        ends.from_ids,
        ends.to_ids,
        from_codes=pairs.from_code,
        to_codes=pairs.to_code,
        cost_min=pairs.cost_min.astype(np.float32),
    )
    state = np.array(STATES, dtype=object)[np.r_[homes.state, doors.state]]
    snaps = snaps_of(ends, snap_m=np.r_[homes.snap_m, doors.snap_m], state=state)
    told = (*_origins_told(ends, homes, snap_max_m), *_assets_told(ends, doors))
    return Told((costs, snaps), told)


class _Found(NamedTuple):
    """Pairs of origin and asset that were come upon, some more than once."""

    from_code: I64
    to_code: I64
    cost_cm: I64


class _Streets:
    """Origins and entrances on the graph, ready to be searched between."""

    def __init__(self, graph: WalkGraph, ends: Ends, homes: Snapped, doors: Snapped) -> None:
        self.graph = graph
        self.back: Graph = reverse(graph.graph)
        self.ends = ends
        self.homes = entries(graph, homes)
        self.doors = entries(graph, doors)
        self.leave = leaving(graph, self.homes, self.homes.point, len(ends.from_ids))
        self.along = direct(graph, self.homes, self.doors)

    def pairs(self, keep: Keep) -> keeping.Pairs:
        """The pairs that are kept, one category after another: a search sees only its own."""
        kept = []
        for category, rows in self.ends.of_category():
            here = np.isin(self.doors.point, rows)
            within_min = keep.within(category)
            found = self._found(here, keep, within_min)
            pairs = keeping.least(_minutes(found))
            kept.append(keeping.nearest_kept(pairs, keep=keep, within_min=within_min))
        return keeping.joined(kept)

    def _found(self, here: NDArray[np.bool_], keep: Keep, within_min: float) -> _Found:
        """Pairs of one category: by way of nodes, and along an edge that both stand on."""
        doors = self.doors.rows(np.flatnonzero(here))
        asset, code = np.unique(self.ends.entrance_to[doors.point], return_inverse=True)
        arrive = arriving(self.graph, doors, code, len(asset))
        far = self._searched(arrive, keep, within_min)
        near: Direct = self.along.rows(np.flatnonzero(here[self.along.stop]))
        return _Found(
            np.r_[far.from_code, self.homes.point[near.start]],
            np.r_[asset[far.to_code], self.ends.entrance_to[self.doors.point[near.stop]]],
            np.r_[far.cost_cm, near.cm],
        )

    def _searched(self, arrive: Seeds, keep: Keep, within_min: float) -> Pairs:
        """The nearest by way of nodes, what ties with them, and the catchment; with doubles.

        An asset that is nearer along an edge than by way of nodes only moves others further from
        the front, so the nearest are among those found and those along an edge.
        """
        graph, cut_off = self.graph.graph, _cm(keep.cut_off_min)
        found = [Pairs(*(np.zeros(0, np.int32) for _ in Pairs._fields))]
        if keep.nearest:
            ranked = k_nearest_from(
                graph, self.leave, arrive, k=keep.nearest + SPARE, cut_off_cm=cut_off,
                back=self.back,
            )  # fmt: skip
            found += [ranked.pairs(), self._ties(ranked, arrive)]
        if within_min:
            catchment = min(_cm(within_min), cut_off)
            found.append(
                many_to_many(graph, self.leave, arrive, cut_off_cm=catchment, back=self.back)
            )
        return Pairs(*(np.concatenate(columns) for columns in zip(*found, strict=True)))

    def _ties(self, ranked: Ranked, arrive: Seeds) -> Pairs:
        """All as near as the last wanted, for origins whose spare one costs what that costs."""
        last, spare = ranked.cost_cm[:, -1 - SPARE], ranked.cost_cm[:, -1]
        tied = np.flatnonzero((ranked.to_code[:, -1] >= 0) & (last == spare))
        ties = many_to_many(
            self.graph.graph,
            _chosen(self.leave, tied),
            arrive,
            cut_off_cm=int(spare[tied].max(initial=0)),
            back=self.back,
        )
        return ties._replace(from_code=tied[ties.from_code].astype(np.int32))


def _minutes(found: _Found) -> keeping.Pairs:
    return keeping.Pairs(
        found.from_code.astype(np.int32),
        found.to_code.astype(np.int32),
        found.cost_cm / float(CM_A_MINUTE),
    )


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


def _origins_told(ends: Ends, homes: Snapped, snap_max_m: float) -> tuple[Caution, ...]:
    far = (
        f"Homes farther than {snap_max_m:g} m from any street that can be walked are left out: "
        "nothing is said about what they reach."
    )
    island = (
        "Homes stand on pieces of street that the map does not join to the rest: they reach only "
        "what is there."
    )
    texts = {
        TOO_FAR: ("snap_far", far),
        NO_STREETS: ("no_streets", "Homes where no streets are on the map are not measured."),
        ON_ISLAND: ("on_island", island),
    }
    return tuple(
        Caution(
            code=code,
            about="route",
            text=text,
            count=int((homes.state == state).sum()),
            people=float(ends.people[homes.state == state].sum()),
        )
        for state, (code, text) in texts.items()
        if (homes.state == state).any()
    )


def _assets_told(ends: Ends, doors: Snapped) -> tuple[Caution, ...]:
    """Assets none of whose entrances is on the streets."""
    off = pd.Series(~doors.placed).groupby(ends.entrance_to).all()
    text = "Places too far from any street that can be walked: nobody is led there."
    found = Caution(code="assets_off_streets", about="route", text=text, count=int(off.sum()))
    return (found,) if off.any() else ()
