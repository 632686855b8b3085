"""``check``: every source read by itself, so that one fault does not hide the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from assetmap.errors import AssetmapError
from assetmap.provenance import Caution
from assetmap.sources.readers import BY_KIND
from assetmap.study.first_steps import find_ground
from assetmap.study.languages import refuse_unfinished
from assetmap.study.pipeline import find_places, read_source
from assetmap.study.report import Report
from assetmap.study.run import cautions_of
from assetmap.study.steps.find import find_need
from assetmap.study.steps.given import read_table
from assetmap.study.steps.places import prepare_standards
from assetmap.study.steps.timetable import find_service, read_feed, read_feeds
from assetmap.study.steps.tour import tour_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assetmap.errors import Fault
    from assetmap.sources.spec import SourceSpec
    from assetmap.study.ledger import Kept
    from assetmap.study.report import Missing
    from assetmap.study.settings import Settings
    from assetmap.study.work import Work

Found = TypeVar("Found")

LOCAL = ("assets", "streets", "places", "buildings", "schemes", "elevation")
LARGE = ("streets", "buildings")
"""Kinds that are read only where the study's ground is known: a whole nation takes too long."""


@dataclass
class Seen:
    """What a look has found so far."""

    ok: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    code: int = 0

    def at(self, source_id: str, step: Callable[[], Found]) -> Found | None:
        """The step's result, or None and its faults."""
        try:
            kept = step()
        except AssetmapError as error:
            self.faults += [one for one in error.faults if one not in self.faults]
            self.code = self.code or error.exit_code
            return None
        self.ok += [source_id] if source_id else []
        return kept


def look(work: Work, missing: tuple[Missing, ...]) -> Report:
    """Read every source that is there, each by itself, and gather what is wrong with all."""
    seen = Seen()
    absent = {source_id for one in missing for source_id in one.sources}
    there = [source for source in work.settings.source if source.id not in absent]
    seen.at("", partial(prepare_standards, work))
    seen.at("", partial(refuse_unfinished, work.folders[0], work.settings.publish.further))
    for source in there:
        if source.kind not in LOCAL and source.kind in BY_KIND:
            seen.at(source.id, partial(read_table, work, source.id))
    for source in there:
        if source.kind == "timetable":
            seen.at(source.id, partial(read_feed, work, source.id))
    areas = None
    if set(_of_areas(work.settings)) <= set(seen.ok):
        areas = seen.at("", lambda: find_ground(work)["areas"])
    _look_around(work, seen, there, areas=areas)
    if areas and not seen.faults and not absent:
        seen.at("", lambda: _last(work))
    return Report(
        study=work.settings.study.id,
        ok=tuple(seen.ok),
        missing=missing,
        unread=tuple(seen.unread),
        faults=tuple(seen.faults),
        cautions=(*cautions_of(work), *_unused(work.settings)),
        fault_code=seen.code,
    )


def _look_around(work: Work, seen: Seen, there: list[SourceSpec], *, areas: Kept | None) -> None:
    """Sources of which only the study's ground matters; all of them, where it is not known."""
    ids = {source.id for source in there}
    for source in there:
        if source.kind not in LOCAL:
            continue
        waits = areas is None and (source.kind in LARGE or source.layout == "osm")
        if waits or any(name not in ids for name in (source.postcodes, source.uprns) if name):
            seen.unread.append(source.id)
        else:
            seen.at(source.id, partial(read_source, work, source.id, areas))


def _last(work: Work) -> Kept:
    """Joins and settings that only show once every table is there; nothing is routed."""
    place = find_ground(work)
    found = find_places(work, place)
    if work.settings.timetable.feeds:
        find_service(work, read_feeds(work), {**place, **found})
    tour_of(work, {**place, **found})
    if not work.settings.areas.deprivation:
        return found["coverage"]
    return find_need(work, place["deprivation"], place["nation"], place["areas"])


def _of_areas(settings: Settings) -> Iterator[str]:
    """Sources without which there are no areas."""
    named = settings.areas
    yield from (*named.boundaries, *named.geography, *named.population)
    yield from (one for one in (named.crosswalk, named.deprivation) if one)


def _unused(settings: Settings) -> tuple[Caution, ...]:
    """Sources that are described and that no part of the study asks for."""
    used = {
        *_of_areas(settings),
        settings.areas.names,
        settings.travel.streets,
        settings.travel.elevation,
        *settings.timetable.feeds,
    }
    read = {"assets", "schemes", "places", "buildings"}
    return tuple(
        Caution(
            code="source_unused",
            about=source.id,
            text="Nothing in this study uses this source; its numbers change nothing.",
        )
        for source in settings.source
        if source.kind not in read and source.id not in used
    )
