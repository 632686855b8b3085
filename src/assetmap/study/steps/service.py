"""Service: the PTAL-method index of areas and of a grid, by time of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.service_level import FARTHEST_MIN, offered, routes_near, service_levels
from assetmap.access.service_level import methods as service_methods
from assetmap.access.service_times import by_area
from assetmap.frames import hold
from assetmap.frames.service import DOOR_TO_DOOR, REACHED, SERVICE, SERVICE_GRID, SERVICE_HOURS
from assetmap.layers.departures import few_told, make_frequencies
from assetmap.layers.grid import make_grid
from assetmap.network.stop_walks import route_to_stops
from assetmap.study.ledger import Made
from assetmap.study.steps.rides import settings_of
from assetmap.study.steps.timetable import MAIN
from assetmap.study.timetable import seconds_between
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames import Contract
    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.steps.rides import Rides
    from assetmap.study.work import Work

HOUR_S = 3600
EARLY = (6 * HOUR_S, 7 * HOUR_S)
TABLES: dict[str, tuple[str, str, Contract]] = {
    "service": ("service", "service", SERVICE),
    "service_grid": ("service", "grid", SERVICE_GRID),
    "service_hours": ("service transit", "hours", SERVICE_HOURS),
    "door_to_door": ("door to door", "table", DOOR_TO_DOOR),
    "reached": ("reached", "table", REACHED),
}
"""File to the step, its part and the contract."""


def measure_service(rides: Rides) -> Kept:
    """SERVICE of the study's areas by time of the week, and SERVICE_GRID of the peak hour."""
    work, service = rides.work, rides.service

    def made() -> Made:
        own = gpd.GeoDataFrame(rides.usable()[rides.usable()["role"] == "study"])
        often, cautions = _frequencies(rides)
        costs = _to_stops(rides, own, often)
        near = {
            time: routes_near(costs, table, from_ids=own["from_id"])
            for time, table in often.items()
        }
        parts = [
            by_area(service_levels(one), offered(one), own, time=time) for time, one in near.items()
        ]
        grid = make_grid(gpd.GeoDataFrame(rides.place["areas"].table("table")))
        cells = _to_stops(rides, grid, {"peak": often["peak"]})
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
        inputs=rides.prints(MAIN) | fingerprints({
            "areas": rides.place["areas"],
            **{f"service {name}": kept for name, kept in service.items()},
        }),
        settings={
            "peak": [str(one) for one in work.settings.timetable.peak],
            **{name: settings_of(work, name) for name in service},
        },
    )  # fmt: skip


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


def _frequencies(rides: Rides) -> tuple[dict[str, pd.DataFrame], tuple[Caution, ...]]:
    """FREQUENCIES at each time of the week that is measured, and what is told of the others."""
    asked, service = rides.work.settings.timetable, rides.service
    moments = asked.moments()
    windows = {"early": (MAIN, EARLY), "peak": (MAIN, seconds_between(asked.peak))}
    for time in ("evening", "sunday"):
        profile = f"{MAIN}_{time}"
        if profile in service:
            windows[time] = (profile, seconds_between(moments[profile][1]))
    often = {
        time: make_frequencies(rides.timetable, service[profile].table("runs"), window_s=window)
        for time, (profile, window) in windows.items()
    }
    cautions = few_told(often["early"], often["peak"], hour="6:00 to 7:00")
    if cautions:
        del often["early"]
    return often, cautions


def _to_stops(
    rides: Rides, places: gpd.GeoDataFrame, often: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """COSTS from places to every stop that anything leaves from at any of the times."""
    return route_to_stops(
        rides.streets(),
        places,
        rides.timetable.stops,
        point_ids=pd.concat([table["point_id"] for table in often.values()]),
        within_min=FARTHEST_MIN,
        snap_max_m=rides.work.settings.travel.snap_max_m,
    )


def _grid(grid: gpd.GeoDataFrame, costs: pd.DataFrame, often: pd.DataFrame) -> pd.DataFrame:
    """SERVICE_GRID of the cells that can walk to any stop."""
    near = grid[grid["from_id"].isin(costs["from_id"].astype("str").unique())]
    levels = service_levels(routes_near(costs, often, from_ids=near["from_id"]))
    table = levels.merge(near[["from_id", "area_id"]], how="left", on="from_id", validate="1:1")
    return hold(table.rename(columns={"from_id": "cell_id"}), SERVICE_GRID)
