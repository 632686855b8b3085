"""Travel costs along streets: the nearest assets of each category and all in its catchment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import hold_costs
from assetmap.network.entries import entries
from assetmap.network.kernels import reverse
from assetmap.network.meet import Ends, ends_of, snaps_of
from assetmap.network.search import kept_of_all, search_between
from assetmap.network.snap import NO_STREETS, ON_ISLAND, STATES, TOO_FAR, Ground, Snapped, snap
from assetmap.network.snap_again import same_streets, snap_again
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd

    from assetmap.network.graph import WalkGraph
    from assetmap.network.keep import Keep
    from assetmap.network.kernels import Graph


class Start(NamedTuple):
    """Origins on a graph, ready to be routed from again and again.

    Attributes
    ----------
    graph, back
        The walking graph, and what is searched of it turned round.
    ground
        Its streets, ready to be looked for.
    origins
        ORIGINS.
    homes
        Where they met the streets.
    snap_max_m
        How far they may be from a street, and entrances too.
    """

    graph: WalkGraph
    back: Graph
    ground: Ground
    origins: gpd.GeoDataFrame
    homes: Snapped
    snap_max_m: float


def start_from(
    graph: WalkGraph,
    origins: gpd.GeoDataFrame,
    *,
    snap_max_m: float,
    like: Start | None = None,
    beside: Start | None = None,
) -> Start:
    """The origins on the graph.

    Parameters
    ----------
    like
        A start on the same graph, if there is one.
    beside
        One of the same origins, as far from streets, on another profile's graph of the streets.

    Raises
    ------
    MethodError
        For a ``snap_max_m`` that is negative or no number.
    """
    if not np.isfinite(snap_max_m) or snap_max_m < 0:
        what = f"a snap_max_m of {snap_max_m}"
        raise MethodError(Fault(what=what, where="route", attempt="metres of 0 or more"))
    ground = like.ground if like else Ground(graph)
    back = like.back if like else reverse(graph.graph)
    ordered = origins.sort_values("from_id")
    xy = shapely.get_coordinates(ordered.geometry)
    if beside is None:
        homes = snap(graph, xy, snap_max_m=snap_max_m, ground=ground)
    else:
        old = same_streets(graph.segments.street, beside.graph.segments.street)
        before = beside.graph, beside.homes
        homes = snap_again(ground, xy, before=before, old=old, snap_max_m=snap_max_m)
    return Start(graph, back, ground, ordered, homes, snap_max_m)


def route(
    graph: WalkGraph,
    origins: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    assets: pd.DataFrame,
    *,
    keep: Keep,
    snap_max_m: float,
) -> Told[tuple[pd.DataFrame, pd.DataFrame]]:
    """COSTS and SNAPS along streets: :func:`route_from` the origins on the graph."""
    start = start_from(graph, origins, snap_max_m=snap_max_m)
    return route_from(start, entrances, assets, keep=keep)


def route_from(
    start: Start, entrances: gpd.GeoDataFrame, assets: pd.DataFrame, *, keep: Keep
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
    """
    ends, doors, costs = _routed(start, entrances, assets, keep)
    state = np.array(STATES, dtype=object)[np.r_[start.homes.state, doors.state]]
    snaps = snaps_of(ends, snap_m=np.r_[start.homes.snap_m, doors.snap_m], state=state)
    told = (*_origins_told(ends, start.homes, start.snap_max_m), *_assets_told(ends, doors))
    return Told((costs, snaps), told)


def costs_from(
    start: Start, entrances: gpd.GeoDataFrame, assets: pd.DataFrame, *, keep: Keep
) -> pd.DataFrame:
    """COSTS along streets, those of :func:`route_from`, where how points met them is known."""
    return _routed(start, entrances, assets, keep)[2]


def _routed(
    start: Start, entrances: gpd.GeoDataFrame, assets: pd.DataFrame, keep: Keep
) -> tuple[Ends, Snapped, pd.DataFrame]:
    """Both ends, where entrances met the streets, and COSTS."""
    ends = ends_of(start.origins, entrances, assets)
    doors = snap(start.graph, ends.entrance_xy, snap_max_m=start.snap_max_m, ground=start.ground)
    search = search_between(
        start.graph, ends, entries(start.graph, start.homes), entries(start.graph, doors),
        back=start.back,
    )  # fmt: skip
    pairs = kept_of_all(search, keep)
    costs = hold_costs(
        ends.from_ids,
        ends.to_ids,
        from_codes=pairs.from_code,
        to_codes=pairs.to_code,
        cost_min=pairs.cost_min.astype(np.float32),
    )
    return ends, doors, costs


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
