"""The ways of one profile from some origins, kept warm: any assets can be routed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.frames.streets import Streets
from assetmap.network.graph import WalkGraph, build_graph
from assetmap.network.impedance import profile_of
from assetmap.network.router import Start, costs_from, route_from, start_from
from assetmap.network.straight import Crow, route_straight
from assetmap.scenarios.links import Linked, may_change, with_links
from assetmap.study.steps.given import read_heights, read_streets
from assetmap.study.steps.route import crow_of, kept_of
from assetmap.study.steps.walk import heights_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assetmap.network.keep import Keep
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


@dataclass(frozen=True)
class Ways:
    """From origins, by one profile: along streets (``start``) or straight lines (``crow``)."""

    work: Work
    place: Mapping[str, Kept]
    profile: str
    origins: gpd.GeoDataFrame
    start: Start | None
    crow: Crow | None

    def to(
        self,
        entrances: pd.DataFrame,
        assets: pd.DataFrame,
        *,
        open_at: pd.DataFrame | None = None,
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """COSTS and SNAPS of the origins to these assets; with their OPEN_AT, if not today's."""
        keep, banded = kept_of(self.work, self.place, assets, profile=self.profile, open_at=open_at)
        gates = gpd.GeoDataFrame(entrances[entrances["to_id"].isin(assets["to_id"])])
        if self.start is not None:
            return route_from(self.start, gates, banded, keep=keep).table
        return self._straight(gates, banded, keep)

    def costs(
        self,
        entrances: pd.DataFrame,
        assets: pd.DataFrame,
        *,
        all_within_min: float | None = None,
    ) -> pd.DataFrame:
        """COSTS alone; to all of the assets within so many minutes, where that is asked."""
        keep, banded = kept_of(self.work, self.place, assets, profile=self.profile)
        if all_within_min is not None:
            within = dict.fromkeys(banded["category"], all_within_min)
            keep = replace(keep, within_min=within, unasked=frozenset())
        return self.costs_kept(entrances, banded, keep)

    def costs_kept(self, entrances: pd.DataFrame, banded: pd.DataFrame, keep: Keep) -> pd.DataFrame:
        """COSTS to assets that have their band for a category, kept as told."""
        gates = gpd.GeoDataFrame(entrances[entrances["to_id"].isin(banded["to_id"])])
        if self.start is not None:
            return costs_from(self.start, gates, banded, keep=keep)
        return self._straight(gates, banded, keep)[0]

    def _straight(
        self, gates: gpd.GeoDataFrame, banded: pd.DataFrame, keep: Keep
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        if self.crow is None:
            message = "ways along neither streets nor lines"
            raise TypeError(message)
        return route_straight(self.origins, gates, banded, crow=self.crow, keep=keep).table

    def only(self, origins: gpd.GeoDataFrame) -> Ways:
        """The same ways from other origins."""
        start = self.start and start_from(
            self.start.graph, origins, snap_max_m=self.start.snap_max_m, like=self.start
        )
        return Ways(self.work, self.place, self.profile, origins, start, self.crow)


def ways_of(work: Work, place: Mapping[str, Kept], profile: str) -> Ways:
    """The ways of today's origins on today's streets."""
    origins = gpd.GeoDataFrame(place["origins"].table("table"))
    if work.settings.travel.mode == "straight":
        return Ways(work, place, profile, origins, None, crow_of(work, place))
    graph = WalkGraph.from_arrays(place[f"graph {profile}"].part("graph"))
    return _on(work, place, profile, origins, graph)


def _on(
    work: Work,
    place: Mapping[str, Kept],
    profile: str,
    origins: gpd.GeoDataFrame,
    graph: WalkGraph,
) -> Ways:
    start = start_from(graph, origins, snap_max_m=work.settings.travel.snap_max_m)
    return Ways(work, place, profile, origins, start, None)


def ways_with_links(today: Ways, links: pd.DataFrame) -> tuple[Ways, Linked]:
    """The ways with links added and closed.

    Raises
    ------
    StudyError
        As :func:`assetmap.scenarios.links.with_links`.
    """
    work, travel = today.work, today.work.settings.travel
    streets = read_streets(work, str(travel.streets), today.place["areas"])
    linked = with_links(Streets.from_arrays(streets.part("streets")), links)
    heights = None
    if travel.elevation:
        kept = read_heights(work, travel.elevation, streets)
        heights = heights_of(linked.streets, kept, crs=work.settings.study.crs)
    told = build_graph(linked.streets, profile=today.profile, elevation_m=heights)
    return _on(work, today.place, today.profile, today.origins, told.table), linked


def may_walk_over(today: Ways, linked: Linked) -> NDArray[np.bool_]:
    """Which of today's origins may walk over what is added or closed, in order of ``from_id``."""
    streets, ends = linked.streets, linked.ends
    nodes = np.unique(ends)
    names = [f"node {node}" for node in nodes]
    places = gpd.GeoDataFrame(
        {"to_id": names, "entrance": 1},
        geometry=gpd.points_from_xy(streets.x[nodes], streets.y[nodes]),
        crs=today.origins.crs,
    )
    minutes = _minutes_to(today, places, names)
    apart = minutes[:, np.searchsorted(nodes, ends)]
    pace = profile_of(today.profile).pace_m_min
    return may_change(apart, linked.length_m / pace)


def _minutes_to(today: Ways, places: gpd.GeoDataFrame, names: list[str]) -> NDArray[np.float64]:
    """Minutes from every origin to every place, infinite beyond the cut-off."""
    found = np.full((len(today.origins), len(names)), np.inf)
    assets = today.place["assets"].table("table")
    keep, _ = kept_of(today.work, today.place, assets, profile=today.profile)
    for column, name in enumerate(names):
        asset = pd.DataFrame({"to_id": [name], "category": [name]})
        gate = places[places["to_id"] == name]
        if today.start is not None:
            costs, _ = route_from(today.start, gate, asset, keep=keep).table
            found[costs["from_id"].cat.codes.to_numpy(), column] = costs["cost_min"].to_numpy()
    return found
