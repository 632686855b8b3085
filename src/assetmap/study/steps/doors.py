"""Doors: who reaches what by public transport, and how one gets to places that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from assetmap.access.coverage import people_covered_of
from assetmap.access.measured import measured_at
from assetmap.access.service_times import door_to_door
from assetmap.access.standard import satisfying
from assetmap.frames import hold
from assetmap.frames.service import REACHED
from assetmap.layers.starts import make_middles
from assetmap.network.crs import from_degrees
from assetmap.network.journeys import Trip
from assetmap.network.places_that_matter import last_ride_home, ride_there
from assetmap.network.transit import on_streets
from assetmap.study.ledger import Made
from assetmap.study.steps.rides import ON_FOOT, STEP_FREE, settings_of, trip_of
from assetmap.study.steps.timetable import MAIN
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.steps.rides import Rides
    from assetmap.study.timetable import Window
    from assetmap.study.work import Work

HOMEWARD = (17 * 3600, 27 * 3600)
"""The last way home is looked for between five in the afternoon and three at night."""


def find_doors(rides: Rides) -> Kept:
    """DOOR_TO_DOOR: from the middle of each area to the places that the study names."""
    work, asked = rides.work, rides.work.settings.timetable
    profiles = [name for name in rides.service if name != STEP_FREE]

    def made() -> Made:
        middles = make_middles(rides.usable())
        placed = from_degrees(work.settings.study.crs)
        there = np.array([placed(*one.at) for one in asked.place])
        starts, places = (
            on_streets(rides.streets(), xy, snap_max_m=work.settings.travel.snap_max_m)
            for xy in (shapely.get_coordinates(middles.geometry), there)
        )
        found = {
            name: ride_there(rides.transit(name).table, starts, places, trip=trip_of(work, name))
            for name in profiles
        }
        homeward = _homeward(trip_of(work, MAIN))
        last = last_ride_home(rides.transit(MAIN).table, starts, places, trip=homeward)
        names = [one.name for one in asked.place]
        return Made({"table": door_to_door(middles["area_id"], names, found, last)})

    inputs: dict[str, str] = {}
    for name in profiles:
        inputs |= rides.prints(name)
    return work.ledger.run(
        "find door to door",
        made,
        inputs=inputs,
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
        own = np.where(origins["role"] == "study", origins["people"], 0.0)
        wanted = {str(one["standard_id"]): satisfying(assets, one)
                  for one in standards.to_dict("records")}  # fmt: skip
        people = measured.reindex(columns=list(wanted), fill_value=False).mul(own, axis="index")
        whole = people.sum()
        rows = []
        for profile, kept in chosen.items():
            within = people_covered_of(kept.table("costs"), people, wanted, cut_off_min=minutes)
            when = when_of(moments.get(profile))
            rows += [(name, profile, minutes, within[name] / whole[name], *when)
                     for name in wanted if whole[name] > 0]  # fmt: skip
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


def _homeward(trip: Trip) -> Trip:
    return Trip(
        start_s=HOMEWARD[0],
        end_s=HOMEWARD[1],
        cut_off_min=trip.cut_off_min,
        walk_max_min=trip.walk_max_min,
        slack_s=trip.slack_s,
        changes=trip.changes,
    )
