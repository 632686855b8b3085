"""The ways of one profile from some origins, kept warm: any assets can be routed to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from assetmap.network.graph import WalkGraph
from assetmap.network.router import Start, costs_from, route_from, start_from
from assetmap.network.snap import Snapped, snap
from assetmap.network.straight import Crow, route_straight
from assetmap.study.steps.route import crow_of, kept_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
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

    @property
    def on_streets(self) -> Start:
        """The start along streets, for what a study of straight lines has refused before."""
        if self.start is None:
            message = "ways along no streets"
            raise TypeError(message)
        return self.start

    def states_of(self, points: gpd.GeoDataFrame) -> NDArray[np.int8]:
        """How points meet the streets: a state of :mod:`assetmap.network.snap` each."""
        start, xy = self.on_streets, shapely.get_coordinates(points.geometry)
        return snap(start.graph, xy, snap_max_m=start.snap_max_m, ground=start.ground).state

    def some(self, chosen: NDArray[np.bool_]) -> Ways:
        """The same ways from some of the origins alone, chosen in the order of ``from_id``."""
        start = self.on_streets
        origins, at = start.origins[chosen], start.homes
        homes = Snapped(at.segment[chosen], at.share[chosen], at.snap_m[chosen], at.state[chosen])
        start = start._replace(origins=origins, homes=homes)
        return replace(self, origins=origins, start=start)

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
    start = start_from(graph, origins, snap_max_m=work.settings.travel.snap_max_m)
    return Ways(work, place, profile, origins, start, None)
