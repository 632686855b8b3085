"""Timetables: read, held against the usual week, and routed on, before anything is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.timetable import CONTRACTS, Timetable, joined
from assetmap.layers.known_stops import known_stops_told
from assetmap.layers.service_day import make_other_day, make_service_day
from assetmap.layers.starts import make_starts
from assetmap.network.graph import WalkGraph
from assetmap.network.journeys import Trip
from assetmap.network.ride_costs import OnFoot, route_rides
from assetmap.network.transit import Transit, build_transit
from assetmap.sources import readers
from assetmap.study.ledger import Made
from assetmap.study.steps.given import shape_of
from assetmap.study.steps.route import kept_of, kept_settings
from assetmap.study.timetable import seconds_between
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.provenance import Caution, Told
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

Steps = dict[str, "Kept"]
MAIN = "transit"
STEP_FREE = "transit_step_free"
ON_FOOT = "standard"
ON_STREETS = ("on streets", "on an island")


def read_feeds(work: Work) -> dict[str, Kept]:
    """Each feed of the study by the name of its source."""
    return {f"timetable {name}": read_feed(work, name) for name in work.settings.timetable.feeds}


def read_feed(work: Work, source_id: str) -> Kept:
    """The timetable of a source; its parts are the tables of TIMETABLE."""
    spec = work.settings.of(source_id)

    def made() -> Made:
        told = readers.read_timetable(work.job(source_id))
        return Made(told.table._asdict(), told.cautions)

    return work.read(spec, made)


def find_service(work: Work, feeds: Mapping[str, Kept], place: Mapping[str, Kept]) -> Steps:
    """RUNS and SERVICE_HOURS of each day that is asked about, by profile.

    A profile whose day cannot be told from a cropped file is left out, with a caution; the
    chosen day itself is an error where nothing runs.
    """
    found: Steps = {}
    for profile in work.settings.timetable.moments():
        kept = _service_of(work, feeds, place, profile)
        if len(kept.table("runs")):
            found[profile] = kept
    return found


def _service_of(
    work: Work, feeds: Mapping[str, Kept], place: Mapping[str, Kept], profile: str
) -> Kept:
    day, _ = work.settings.timetable.moments()[profile]
    main = day == work.settings.timetable.day
    used = {**feeds, "areas": place["areas"], "assets": place["assets"]}

    def made() -> Made:
        timetable = timetable_of(feeds)
        make = make_service_day if main else make_other_day
        told = make(timetable, day=day, ground=shape_of(place["areas"]))
        more: tuple[Caution, ...] = ()
        if profile == MAIN:
            assets = gpd.GeoDataFrame(place["assets"].table("table"))
            more = known_stops_told(timetable, told.table.runs, assets)
        return Made({"runs": told.table.runs, "hours": told.table.hours}, (*told.cautions, *more))

    return work.ledger.run(
        f"find service {profile}",
        made,
        inputs=fingerprints(used),
        settings={"day": day.isoformat(), "main": main},
    )


def route_by_timetable(
    work: Work, feeds: Mapping[str, Kept], service: Mapping[str, Kept], place: Mapping[str, Kept],
    routes: Mapping[str, Kept],
) -> Steps:  # fmt: skip
    """COSTS and SNAPS of each profile by public transport, walking where that is quicker."""
    return {
        profile: _route(work, feeds, service[profile], place, routes, profile)
        for profile in service
    }


def _route(
    work: Work, feeds: Mapping[str, Kept], service: Kept, place: Mapping[str, Kept],
    routes: Mapping[str, Kept], profile: str,
) -> Kept:  # fmt: skip
    walker = walker_of(work, profile)
    used = {name: place[name] for name in ("origins", "assets", "standards", f"graph {walker}")}
    used |= {name: place[name] for name in ("green tiers", "opening") if name in place}
    on_foot = routes[walker]

    def made() -> Made:
        costs, snaps = on_foot.table("costs"), on_foot.table("snaps")
        origins = gpd.GeoDataFrame(place["origins"].table("table"))
        keep, assets = kept_of(work, place, asked_assets(place), profile=profile)
        gates = gpd.GeoDataFrame(place["assets"].table("entrances"))
        told = transit_of(work, feeds, service, place, profile)
        table = route_rides(
            told.table,
            (origins, gates[gates["to_id"].isin(assets["to_id"])], assets),
            OnFoot(costs, make_starts(origins, usable=usable_of(snaps))),
            trip=trip_of(work, profile),
            keep=keep,
            snap_max_m=work.settings.travel.snap_max_m,
        )
        return Made({"costs": table, "snaps": snaps}, told.cautions)

    return work.ledger.run(
        f"route {profile}",
        made,
        inputs=fingerprints({**used, **feeds, "service": service, "on foot": on_foot}),
        settings=settings_of(work, profile)
        | {"kept": kept_settings(work, place, profile)._asdict()},
    )


def asked_assets(place: Mapping[str, Kept]) -> pd.DataFrame:
    """The assets that any standard in use is about."""
    assets = place["assets"].table("table")
    names = place["standards"].table("table")["categories"].str.split(";").explode()
    return assets[assets["category"].isin(names)]


def transit_of(
    work: Work, feeds: Mapping[str, Kept], service: Kept, place: Mapping[str, Kept], profile: str
) -> Told[Transit]:
    """The public transport of a profile on its streets."""
    return build_transit(
        timetable_of(feeds),
        service.table("runs"),
        WalkGraph.from_arrays(place[f"graph {walker_of(work, profile)}"].part("graph")),
        change_max_min=work.settings.timetable.change_max_min,
        snap_max_m=work.settings.travel.snap_max_m,
        step_free=profile == STEP_FREE,
    )


def timetable_of(feeds: Mapping[str, Kept]) -> Timetable:
    """All feeds as one timetable."""
    parts = [Timetable(**{name: kept.part(name) for name in CONTRACTS}) for kept in feeds.values()]
    return joined([part._replace(stops=gpd.GeoDataFrame(part.stops)) for part in parts])


def usable_of(snaps: pd.DataFrame) -> set[str]:
    """The origins that are on the streets."""
    rows = snaps[(snaps["role"] == "origin") & snaps["state"].isin(ON_STREETS)]
    return set(rows["point_id"])


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
