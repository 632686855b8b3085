"""The walk of the data: which step follows which; every step is the ledger's."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from assetmap.study.first_steps import find_ground
from assetmap.study.steps.backdrop import prepare_backdrop
from assetmap.study.steps.challenge import find_challenges
from assetmap.study.steps.corrections import correct_assets
from assetmap.study.steps.doors import find_doors, measure_reached
from assetmap.study.steps.fairness import find_fairness
from assetmap.study.steps.find import find_benefit, find_need
from assetmap.study.steps.find_by_name import prepare_postcodes, prepare_street_names
from assetmap.study.steps.given import (
    read_assets,
    read_heights,
    read_local,
    read_streets,
    read_table,
)
from assetmap.study.steps.green import measure_green, prepare_green_tiers
from assetmap.study.steps.ground import ground_here
from assetmap.study.steps.hours import measure_opening, prepare_opening
from assetmap.study.steps.isochrones import draw_ground
from assetmap.study.steps.measure import LEADING, gather_access, measure_all, score_access
from assetmap.study.steps.places import (
    prepare_assets,
    prepare_coverage,
    prepare_names,
    prepare_standards,
    prepare_street_reach,
)
from assetmap.study.steps.prepare import prepare_origins
from assetmap.study.steps.rides import Rides, route_by_timetable
from assetmap.study.steps.route import route_all
from assetmap.study.steps.schemes import SCHEMES_REACH, join_schemes, save_minutes
from assetmap.study.steps.service import measure_service
from assetmap.study.steps.stops import count_stops
from assetmap.study.steps.sure import find_levels_once, find_levels_surely
from assetmap.study.steps.timetable import find_service, read_feeds
from assetmap.study.steps.units import find_units
from assetmap.study.steps.walk import build_walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.first_steps import Steps
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

LOCAL = ("assets", "streets", "places", "buildings", "schemes")


def find_out(work: Work) -> Steps:
    """Every step of a study by the name that its tables go by, from reading to findings."""
    place = find_ground(work)
    place |= find_places(work, place)
    routes = route_all(work, place)
    found: Steps = {}
    if work.settings.green.profiles:
        found["green"] = measure_green(work, routes, place)
    if work.settings.opening.at:
        found["open then"] = measure_opening(work, routes, place)
    rides, by_ride, ridden = find_rides(work, routes, place)
    listed = {one.id: read_local(work, one.id, None, {})
              for one in work.settings.of_kind("stop_routes")}  # fmt: skip
    ridden |= count_stops(work, listed, place)
    measured = measure_all(work, {**routes, **by_ride}, place)
    found["measured"] = gather_access(work, measured, beside=tuple(found.values()))
    found["scores"] = score_access(work, measured[LEADING], place)
    if work.settings.areas.deprivation:
        judged = found | find_first_levels(work, routes, place, found)
        here = cache(partial(ground_here, work, routes[LEADING], place, judged))
        why = find_challenges(work, routes[LEADING], place, judged, here)
        found = judged | {"challenges": why}
    found |= {f"measure {profile}": kept for profile, kept in measured.items()}
    if work.settings.isochrone:
        found["ground within"] = draw_ground(work, {**routes, **by_ride}, place, rides)
    found["fairness"] = find_fairness(work, routes, place, found)
    found["units"] = find_units(work, place, found)
    if "levels" in found:  # last, so that other processes have the rest to do beside it
        found = found | find_levels_surely(work, routes[LEADING], place, found, here)
    named = {f"route {profile}": kept for profile, kept in (routes | by_ride).items()}
    return {**place, **named, **found, **ridden}


def find_first_levels(work: Work, routes: Steps, place: Steps, found: Mapping[str, Kept]) -> Steps:
    """Need, benefit and the levels that follow.

    Steps may be made later than they are named, so that ``found`` stays as each was given it.
    """
    leading, saved = routes[LEADING], save_minutes(work, routes, place)
    evidence = {
        **found,
        "need": find_need(work, place["deprivation"], place["nation"], place["areas"]),
        "benefit": find_benefit(work, place, place.get("schemes"), saved),
    }
    judged = {**evidence, "levels": find_levels_once(work, leading, place, evidence)}
    return {**judged, **({SCHEMES_REACH: saved} if saved else {})}


def find_rides(work: Work, routes: Steps, place: Steps) -> tuple[Rides | None, Steps, Steps]:
    """Public transport, its routes by profile, and the steps about service; none without feeds."""
    asked = work.settings.timetable
    if not asked.feeds:
        return None, {}, {}
    feeds = read_feeds(work)
    service = find_service(work, feeds, place)
    rides = Rides(work, feeds, service, place, routes)
    ridden = route_by_timetable(rides)
    steps = {**feeds, **{f"service {profile}": kept for profile, kept in service.items()}}
    steps["service"] = measure_service(rides)
    steps["reached"] = measure_reached(work, {**routes, **ridden}, place)
    if asked.place:
        steps["door to door"] = find_doors(rides)
    return rides, ridden, steps


def find_places(work: Work, place: Steps) -> Steps:
    """Origins, assets, standards, coverage, names and schemes on the study's ground."""
    areas = place["areas"]
    points = {
        source.id: read_local(work, source.id, areas, {})
        for source in work.settings.of_kind("places", "buildings")
    }
    chosen = {name: points[name] for name in work.settings.origins.places}
    listings = {
        source.id: read_source(work, source.id, areas) for source in work.settings.of_kind("assets")
    }
    steps: Steps = {"origins": prepare_origins(work, areas, chosen)}
    steps["standards"] = prepare_standards(work)
    travel = work.settings.travel
    if travel.mode == "streets" and travel.streets:
        streets = read_streets(work, travel.streets, areas)
        heights = read_heights(work, travel.elevation, streets) if travel.elevation else None
        steps |= {
            f"graph {name}": build_walk(work, streets, heights, name) for name in travel.profiles
        }
        centres = points.get(str(work.settings.areas.centres))
        leading = steps[f"graph {travel.profiles[0]}"]
        steps["streets reach"] = prepare_street_reach(work, areas, leading, centres)
    entered = steps.get(f"graph {travel.profiles[0]}")
    listed = prepare_assets(work, listings, areas, graph=entered)
    steps["assets"] = correct_assets(work, listed, areas, steps["standards"])
    steps["coverage"] = prepare_coverage(work, {**place, **steps}, listings)
    if work.settings.opening.at:
        steps["opening"] = prepare_opening(work, steps)
    if work.settings.green.profiles:
        steps["green tiers"] = prepare_green_tiers(work)
        tiers = {**place, **steps, "standards": steps["green tiers"]}
        steps["green coverage"] = prepare_coverage(work, tiers, listings, of="green coverage")
    given = read_table(work, work.settings.areas.names) if work.settings.areas.names else None
    steps["names"] = prepare_names(work, areas, place["nation"], steps["assets"], given)
    steps["backdrop"] = prepare_backdrop(work, areas, listings)
    return {**steps, **find_schemes(work, areas), **find_by_name(work, areas)}


def find_schemes(work: Work, areas: Kept) -> Steps:
    """SCHEMES of every source that has some; no step where the study names none."""
    given = [read_local(work, one.id, areas, {}) for one in work.settings.of_kind("schemes")]
    return {"schemes": join_schemes(work, given)} if given else {}


def find_by_name(work: Work, areas: Kept) -> Steps:
    """What a reader can look for on the page: postcodes and streets, where they are loaded."""
    named = {
        "postcodes": prepare_postcodes(work, areas),
        "street names": prepare_street_names(work, areas),
    }
    return {name: kept for name, kept in named.items() if kept}


def read_source(work: Work, source_id: str, areas: Kept | None) -> Kept:
    """A source read on the study's ground, whatever its kind."""
    spec = work.settings.of(source_id)
    if spec.kind == "streets":
        return read_streets(work, source_id, areas)
    if spec.kind == "elevation":
        return read_heights(work, source_id, None)
    if spec.kind == "assets":
        needs = [name for name in (spec.postcodes, spec.uprns) if name]
        lookups = {name: read_local(work, name, areas, {}) for name in needs}
        return read_assets(work, source_id, areas, lookups)
    return read_local(work, source_id, areas, {})
