"""Service: the PTAL-method index, places that matter, and what is reached by public transport."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.access.coverage import people_covered
from assetmap.access.measured import measured_at
from assetmap.access.service_level import FARTHEST_MIN, offered, service_levels
from assetmap.access.service_level import methods as service_methods
from assetmap.access.service_times import by_area, door_to_door
from assetmap.access.standard import satisfying
from assetmap.frames import hold
from assetmap.frames.service import DOOR_TO_DOOR, REACHED, SERVICE, SERVICE_GRID, SERVICE_HOURS
from assetmap.layers.departures import few_told, make_frequencies
from assetmap.layers.grid import make_grid
from assetmap.layers.starts import make_middles
from assetmap.network.crs import from_degrees
from assetmap.network.graph import WalkGraph
from assetmap.network.journeys import Trip
from assetmap.network.places_that_matter import last_ride_home, ride_there
from assetmap.network.stop_walks import route_to_stops
from assetmap.network.transit import on_streets
from assetmap.study.ledger import Made
from assetmap.study.steps.timetable import (
    MAIN,
    ON_FOOT,
    settings_of,
    timetable_of,
    transit_of,
    trip_of,
    usable_of,
)
from assetmap.study.timetable import seconds_between
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assetmap.frames import Contract
    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.timetable import Window
    from assetmap.study.work import Work

HOUR_S = 3600
EARLY = (6 * HOUR_S, 7 * HOUR_S)
HOMEWARD = (17 * HOUR_S, 27 * HOUR_S)
"""The last way home is looked for between five in the afternoon and three at night."""
TABLES: dict[str, tuple[str, str, Contract]] = {
    "service": ("service", "service", SERVICE),
    "service_grid": ("service", "grid", SERVICE_GRID),
    "service_hours": ("service transit", "hours", SERVICE_HOURS),
    "door_to_door": ("door to door", "table", DOOR_TO_DOOR),
    "reached": ("reached", "table", REACHED),
}
"""File to the step, its part and the contract."""


def measure_service(
    work: Work, feeds: Mapping[str, Kept], service: Mapping[str, Kept], place: Mapping[str, Kept],
    on_foot: Kept,
) -> Kept:  # fmt: skip
    """SERVICE of the study's areas by time of the week, and SERVICE_GRID of the peak hour."""
    graph = place[f"graph {ON_FOOT}"]
    used = {**feeds, **{f"service {name}": kept for name, kept in service.items()}}
    used |= {"graph": graph, "areas": place["areas"], "origins": place["origins"]}

    def made() -> Made:
        streets = WalkGraph.from_arrays(graph.part("graph"))
        origins = gpd.GeoDataFrame(place["origins"].table("table"))
        usable = usable_of(on_foot.table("snaps"))
        own = origins[(origins["role"] == "study") & origins["from_id"].isin(usable)]
        often, cautions = _frequencies(work, feeds, service)
        costs = _to_stops(work, streets, own, feeds, often)
        grid = make_grid(gpd.GeoDataFrame(place["areas"].table("table")))
        parts = [
            by_area(
                service_levels(costs, table, from_ids=own["from_id"]),
                offered(costs, table, from_ids=own["from_id"]),
                own,
                time=time,
            )
            for time, table in often.items()
        ]
        cells = _to_stops(work, streets, grid, feeds, {"peak": often["peak"]})
        return Made(
            {
                "service": hold(pd.concat(parts, ignore_index=True), SERVICE),
                "grid": _grid(grid, cells, often["peak"]),
            },
            cautions,
        )

    return work.ledger.run(
        "measure service",
        made,
        inputs=fingerprints(used | {"on foot": on_foot}),
        settings={
            "peak": [str(one) for one in work.settings.timetable.peak],
            **{name: settings_of(work, name) for name in service},
        },
    )


def find_doors(
    work: Work, feeds: Mapping[str, Kept], service: Mapping[str, Kept], place: Mapping[str, Kept],
    on_foot: Kept,
) -> Kept:  # fmt: skip
    """DOOR_TO_DOOR: from the middle of each area to the places that the study names."""
    asked = work.settings.timetable
    profiles = [name for name in service if name != "transit_step_free"]
    used = {**feeds, **{f"service {name}": service[name] for name in profiles}}
    used |= {name: place[name] for name in ("origins", f"graph {ON_FOOT}")}

    def made() -> Made:
        origins = gpd.GeoDataFrame(place["origins"].table("table"))
        middles = make_middles(origins, usable=usable_of(on_foot.table("snaps")))
        placed = from_degrees(work.settings.study.crs)
        there = np.array([placed(*one.at) for one in asked.place])
        found, last = {}, None
        for profile in profiles:
            transit = transit_of(work, feeds, service[profile], place, profile).table
            snap_max_m = work.settings.travel.snap_max_m
            starts, places = (
                on_streets(transit.graph, xy, snap_max_m=snap_max_m)
                for xy in (shapely.get_coordinates(middles.geometry), there)
            )
            trip = trip_of(work, profile)
            found[profile] = ride_there(transit, starts, places, trip=trip)
            if profile == MAIN:
                last = last_ride_home(transit, starts, places, trip=_homeward(trip))
        names = [one.name for one in asked.place]
        return Made({"table": door_to_door(middles["area_id"], names, found, last)})

    return work.ledger.run(
        "find door to door",
        made,
        inputs=fingerprints(used | {"on foot": on_foot}),
        settings={
            "places": [one.model_dump() for one in asked.place],
            **{name: settings_of(work, name) for name in profiles},
        },
    )


def measure_reached(work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]) -> Kept:
    """REACHED: who reaches each kind of place on foot and by public transport, in the same time."""
    names = ("origins", "assets", "standards", "coverage")
    minutes, moments = work.settings.timetable.reach_min, work.settings.timetable.moments()
    chosen = {name: routes[name] for name in routes if name == ON_FOOT or name.startswith(MAIN)}

    def made() -> Made:
        origins, assets, standards, coverage = (place[name].table("table") for name in names)
        measured = measured_at(origins, chosen[ON_FOOT].table("snaps"), coverage)
        own = (origins["role"] == "study").to_numpy()
        rows = []
        for standard in standards.to_dict("records"):
            standard_id = str(standard["standard_id"])
            here = measured[standard_id].to_numpy() if standard_id in measured else ~own & own
            people = origins[here & own].set_index("from_id")["people"]
            ids = satisfying(assets, standard)
            for profile, kept in chosen.items():
                if people.sum() > 0:
                    within = people_covered(kept.table("costs"), people, ids, cut_off_min=minutes)
                    when = when_of(moments.get(profile))
                    rows.append((standard_id, profile, minutes, within / people.sum(), *when))
        return Made({"table": hold(pd.DataFrame(rows, columns=list(REACHED.names)), REACHED)})

    used = {name: place[name] for name in names}
    used |= {f"route {name}": kept for name, kept in chosen.items()}
    return work.ledger.run(
        "measure reached",
        made,
        inputs=fingerprints(used),
        settings={"reach_min": minutes, "moments": moments},
    )


def when_of(moment: tuple[dt.date, Window] | None) -> tuple[str | None, str | None, str | None]:
    """A day and a window as tables have them; empty for a walk, which any time is good for."""
    if moment is None:
        return None, None, None
    day, (start, end) = moment
    return day.isoformat(), f"{start:%H:%M}", f"{end:%H:%M}"


def tables_of_service(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The tables of public transport by file name, with their contracts; none without feeds."""
    return {
        file: (contract, steps[step].table(part))
        for file, (step, part, contract) in TABLES.items()
        if step in steps
    }


def timetable_methods(work: Work) -> list[dict[str, str]]:
    """Rows of METHODS; none where the study asks for no timetable."""
    asked = work.settings.timetable
    if not asked.feeds:
        return []
    windows = "; ".join(
        f"{profile}: {day.isoformat()} {window[0]:%H:%M} to {window[1]:%H:%M}"
        for profile, (day, window) in asked.moments().items()
    )
    return [
        *service_methods(),
        {
            "name": "transit",
            "formula": "median over every minute of departure of the earliest arrival by public "
            "transport less the departure, waiting included; walking all the way where quicker",
            "settings": f"{windows}; walks to and from stops up to {asked.walk_max_min:g} min, "
            f"between stops up to {asked.change_max_min:g} min, {asked.slack_min:g} min at each "
            f"stop, at most {asked.changes} changes; homes of one 100 m square set out together",
            "source": "Delling, Pajor and Werneck (2015), round-based public transit routing",
            "status": "design choice",
        },
    ]


def _frequencies(
    work: Work, feeds: Mapping[str, Kept], service: Mapping[str, Kept]
) -> tuple[dict[str, pd.DataFrame], tuple[Caution, ...]]:
    """FREQUENCIES at each time of the week that is measured, and what is told of the others."""
    timetable, asked = timetable_of(feeds), work.settings.timetable
    moments = asked.moments()
    windows = {"early": (MAIN, EARLY), "peak": (MAIN, seconds_between(asked.peak))}
    for time in ("evening", "sunday"):
        profile = f"{MAIN}_{time}"
        if profile in service:
            windows[time] = (profile, seconds_between(moments[profile][1]))
    often = {
        time: make_frequencies(timetable, service[profile].table("runs"), window_s=window)
        for time, (profile, window) in windows.items()
    }
    cautions = few_told(often["early"], often["peak"], hour="6:00 to 7:00")
    if cautions:
        del often["early"]
    return often, cautions


def _to_stops(
    work: Work,
    streets: WalkGraph,
    places: gpd.GeoDataFrame,
    feeds: Mapping[str, Kept],
    often: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """COSTS from places to every stop that anything leaves from at any of the times."""
    points = pd.concat([table["point_id"] for table in often.values()])
    return route_to_stops(
        streets,
        places,
        timetable_of(feeds).stops,
        point_ids=points,
        within_min=FARTHEST_MIN,
        snap_max_m=work.settings.travel.snap_max_m,
    )


def _grid(grid: gpd.GeoDataFrame, costs: pd.DataFrame, often: pd.DataFrame) -> pd.DataFrame:
    """SERVICE_GRID of the cells that can walk to any stop."""
    near = grid[grid["from_id"].isin(costs["from_id"].astype("str").unique())]
    levels = service_levels(costs, often, from_ids=near["from_id"])
    table = levels.merge(near[["from_id", "area_id"]], how="left", on="from_id", validate="1:1")
    return hold(table.rename(columns={"from_id": "cell_id"}), SERVICE_GRID)


def _homeward(trip: Trip) -> Trip:
    return Trip(
        start_s=HOMEWARD[0],
        end_s=HOMEWARD[1],
        cut_off_min=trip.cut_off_min,
        walk_max_min=trip.walk_max_min,
        slack_s=trip.slack_s,
        changes=trip.changes,
    )
