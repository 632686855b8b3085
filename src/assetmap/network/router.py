"""Travel costs along streets: the nearest assets of each category and all in its catchment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import hold_costs
from assetmap.network.entries import entries
from assetmap.network.meet import Ends, ends_of, snaps_of
from assetmap.network.search import kept_of_all, search_between
from assetmap.network.snap import NO_STREETS, ON_ISLAND, STATES, TOO_FAR, Snapped, snap
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd

    from assetmap.network.graph import WalkGraph
    from assetmap.network.keep import Keep


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
    both = snap(graph, np.r_[ends.origin_xy, ends.entrance_xy], snap_max_m=snap_max_m)
    homes, doors = both.cut(len(ends.from_ids))
    search = search_between(graph, ends, entries(graph, homes), entries(graph, doors))
    pairs = kept_of_all(search, keep)
    costs = hold_costs(
        ends.from_ids,
        ends.to_ids,
        from_codes=pairs.from_code,
        to_codes=pairs.to_code,
        cost_min=pairs.cost_min.astype(np.float32),
    )
    state = np.array(STATES, dtype=object)[both.state]
    snaps = snaps_of(ends, snap_m=both.snap_m, state=state)
    told = (*_origins_told(ends, homes, snap_max_m), *_assets_told(ends, doors))
    return Told((costs, snaps), told)


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
