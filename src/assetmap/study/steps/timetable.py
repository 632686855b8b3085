"""Timetables: read, and held against the usual week before anything is routed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.timetable import CONTRACTS, Timetable, joined
from assetmap.layers.known_stops import known_stops_told, make_known_stops
from assetmap.layers.service_day import make_other_day, make_service_day
from assetmap.sources import readers
from assetmap.study.ledger import Made
from assetmap.study.steps.given import read_assets, shape_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

Steps = dict[str, "Kept"]
MAIN = "transit"


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
    registers = {
        f"read {one.id}": read_assets(work, one.id, place["areas"], {})
        for one in work.settings.of_kind("assets")
        if one.layout == "naptan"
    }
    used = {**feeds, **registers, "areas": place["areas"], "assets": place["assets"]}

    def made() -> Made:
        timetable = timetable_of(feeds)
        make = make_service_day if main else make_other_day
        told = make(timetable, day=day, ground=shape_of(place["areas"]))
        more: tuple[Caution, ...] = ()
        if profile == MAIN:
            listed = [gpd.GeoDataFrame(kept.table("assets")) for kept in registers.values()]
            assets = gpd.GeoDataFrame(place["assets"].table("table"))
            known = make_known_stops(assets, listed, shape_of(place["areas"]))
            more = known_stops_told(timetable, told.table.runs, known)
        return Made({"runs": told.table.runs, "hours": told.table.hours}, (*told.cautions, *more))

    return work.ledger.run(
        f"find service {profile}",
        made,
        inputs=fingerprints(used),
        settings={"day": day.isoformat(), "main": main},
    )


def timetable_of(feeds: Mapping[str, Kept]) -> Timetable:
    """All feeds as one timetable."""
    parts = [Timetable(**{name: kept.part(name) for name in CONTRACTS}) for kept in feeds.values()]
    return joined([part._replace(stops=gpd.GeoDataFrame(part.stops)) for part in parts])
