"""Rides: routes by public transport on the study's streets, and what their steps share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.layers.starts import make_starts
from assetmap.network.graph import WalkGraph
from assetmap.network.journeys import Trip
from assetmap.network.ride_costs import OnFoot, route_rides
from assetmap.network.snap import Ground
from assetmap.network.transit import build_transit
from assetmap.study.ledger import Made
from assetmap.study.steps.route import kept_of, kept_settings
from assetmap.study.steps.timetable import timetable_of
from assetmap.study.timetable import seconds_between
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames.timetable import Timetable
    from assetmap.network.transit import Transit
    from assetmap.provenance import Told
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

STEP_FREE = "transit_step_free"
ON_FOOT = "standard"
ON_STREETS = ("on streets", "on an island")


@dataclass(frozen=True, eq=False)
class Rides:
    """What the steps about public transport share; read and built when it is first asked for.

    Attributes
    ----------
    feeds
        The timetables, by step.
    service
        RUNS by profile.
    place
        The study's ground and places, by step.
    routes
        COSTS on foot, by profile.
    """

    work: Work
    feeds: Mapping[str, Kept]
    service: Mapping[str, Kept]
    place: Mapping[str, Kept]
    routes: Mapping[str, Kept]
    _streets: dict[str, Ground] = field(default_factory=dict)
    _usable: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    _transit: dict[str, Told[Transit]] = field(default_factory=dict)

    @cached_property
    def timetable(self) -> Timetable:
        """All feeds as one."""
        return timetable_of(self.feeds)

    def streets(self, walker: str = ON_FOOT) -> Ground:
        """The streets as a walking profile uses them."""
        if walker not in self._streets:
            graph = WalkGraph.from_arrays(self.place[f"graph {walker}"].part("graph"))
            self._streets[walker] = Ground(graph)
        return self._streets[walker]

    def transit(self, profile: str) -> Told[Transit]:
        """The public transport of a profile on its streets."""
        if profile not in self._transit:
            self._transit[profile] = build_transit(
                self.timetable,
                self.service[profile].table("runs"),
                self.streets(walker_of(self.work, profile)),
                change_max_min=self.work.settings.timetable.change_max_min,
                snap_max_m=self.work.settings.travel.snap_max_m,
                step_free=profile == STEP_FREE,
            )
        return self._transit[profile]

    @cached_property
    def origins(self) -> gpd.GeoDataFrame:
        """ORIGINS."""
        return gpd.GeoDataFrame(self.place["origins"].table("table"))

    def usable(self, walker: str = ON_FOOT) -> gpd.GeoDataFrame:
        """ORIGINS that are on the streets."""
        if walker not in self._usable:
            snaps = self.routes[walker].table("snaps")
            rows = snaps[(snaps["role"] == "origin") & snaps["state"].isin(ON_STREETS)]
            there = pd.Index(rows["point_id"]).get_indexer(self.origins["from_id"]) >= 0
            self._usable[walker] = gpd.GeoDataFrame(self.origins[there])
        return self._usable[walker]

    def prints(self, profile: str) -> dict[str, str]:
        """The fingerprints of all that is routed on in a profile."""
        walker = walker_of(self.work, profile)
        used = {name: self.place[name] for name in ("origins", f"graph {walker}")}
        return fingerprints({
            **used, **self.feeds, f"service {profile}": self.service[profile],
            f"on foot {walker}": self.routes[walker],
        })  # fmt: skip


def route_by_timetable(rides: Rides) -> dict[str, Kept]:
    """COSTS and SNAPS of each profile by public transport, walking where that is quicker."""
    return {profile: _route(rides, profile) for profile in rides.service}


def _route(rides: Rides, profile: str) -> Kept:
    work, place, walker = rides.work, rides.place, walker_of(rides.work, profile)
    used = [name for name in ("assets", "standards", "green tiers", "opening") if name in place]

    def made() -> Made:
        costs, snaps = (rides.routes[walker].table(name) for name in ("costs", "snaps"))
        keep, assets = kept_of(work, place, asked_assets(place), profile=profile)
        gates = gpd.GeoDataFrame(place["assets"].table("entrances"))
        told = rides.transit(profile)
        table = route_rides(
            told.table,
            (rides.origins, gates[gates["to_id"].isin(assets["to_id"])], assets),
            OnFoot(costs, make_starts(rides.usable(walker))),
            trip=trip_of(work, profile),
            keep=keep,
            snap_max_m=work.settings.travel.snap_max_m,
        )
        return Made({"costs": table, "snaps": snaps}, told.cautions)

    return work.ledger.run(
        f"route {profile}",
        made,
        inputs=rides.prints(profile) | fingerprints({name: place[name] for name in used}),
        settings=settings_of(work, profile)
        | {"kept": kept_settings(work, place, profile)._asdict()},
    )


def asked_assets(place: Mapping[str, Kept]) -> pd.DataFrame:
    """The assets that any standard in use is about."""
    assets = place["assets"].table("table")
    names = place["standards"].table("table")["categories"].str.split(";").explode()
    return assets[assets["category"].isin(names)]


def walker_of(work: Work, profile: str) -> str:
    """The walking profile of a profile by public transport."""
    wheels = profile == STEP_FREE and "wheelchair" in work.settings.travel.profiles
    return "wheelchair" if wheels else ON_FOOT


def trip_of(work: Work, profile: str) -> Trip:
    """When people set out in a profile and what they put up with; half of departures arrive."""
    asked = work.settings.timetable
    start_s, end_s = seconds_between(asked.moments()[profile][1])
    return Trip(
        start_s=start_s,
        end_s=end_s,
        cut_off_min=asked.cut_off_min,
        walk_max_min=asked.walk_max_min,
        slack_s=round(60 * asked.slack_min),
        changes=asked.changes,
    )


def settings_of(work: Work, profile: str) -> dict[str, object]:
    """What the minutes of a profile depend on."""
    asked = work.settings.timetable
    day, window = asked.moments()[profile]
    bounds = {"cut_off_min", "walk_max_min", "change_max_min", "slack_min", "changes"}
    return {
        "profile": profile,
        "day": day.isoformat(),
        "window": [str(one) for one in window],
        "percentile": 50,
        "walker": walker_of(work, profile),
        **asked.model_dump(mode="json", include=bounds),
        **work.settings.travel.model_dump(mode="json", include={"snap_max_m"}),
    }
