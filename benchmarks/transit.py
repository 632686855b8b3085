"""Public transport, a task a process: `python -m benchmarks.transit newport|cafein|hexagons|grid`.

Each prints one line of JSON: CPU seconds, seconds by the clock, most memory, pairs reached. Reading
files, building streets and stops, and a small first search, are not counted; neither is what
cafein reads and builds.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from benchmarks.streets import newport_file

from assetmap.access.service_level import FARTHEST_MIN, routes_near, service_levels
from assetmap.layers.departures import make_frequencies
from assetmap.layers.grid import make_grid
from assetmap.layers.service_day import make_service_day
from assetmap.network.graph import build_graph
from assetmap.network.journeys import Trip, journeys
from assetmap.network.snap import Ground
from assetmap.network.stop_walks import route_to_stops
from assetmap.network.transit import build_transit, on_streets, walks
from assetmap.sources.grid_cells import read_cell_boundaries
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.read import Job
from assetmap.sources.spec import SourceSpec
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from assetmap.frames.timetable import Timetable
    from assetmap.network.transit import Transit

HOMES, PLACES, SNAP_MAX_M, WALK_MIN, CHANGE_MIN = 1000, 100, 250, 20, 10
ROUTERS = ("raptor", "tbtr")
WARM = 5


class City(NamedTuple):
    """A city's files and the day that is asked about."""

    feeds: tuple[Path, ...]
    streets: Path
    crs: str
    day: dt.date


class Ridden(NamedTuple):
    """A day on its streets."""

    timetable: Timetable
    runs: pd.DataFrame
    transit: Transit


def newport() -> City:
    folder = newport_file().parent
    feed = folder / "newport-20230613_gtfs.zip"
    return City((feed,), newport_file(), "EPSG:27700", dt.date(2023, 6, 13))


def porto_alegre() -> City:
    folder = newport_file().parents[1] / "porto_alegre"
    feeds = (folder / "poa_eptc.zip", folder / "poa_trensurb.zip")
    return City(feeds, folder / "poa_osm.pbf", "EPSG:31982", dt.date(2019, 5, 14))


def job(kind: str, layout: str, paths: tuple[Path, ...], study: str, **said: object) -> Job:
    """A source of the published files, as a study would name it."""
    words = dict.fromkeys(
        ("publisher", "title", "address", "licence", "attribution", "vintage", "format"), "-"
    )
    file = paths[0].name if len(paths) == 1 else tuple(path.name for path in paths)
    spec = SourceSpec(id=kind, kind=kind, layout=layout, file=file, **words, **said)
    return Job(spec=spec, paths=paths, crs=study, lookups={})


def ridden(city: City) -> Ridden:
    timetable = read_timetable(job("timetable", "gtfs", city.feeds, city.crs)).table
    network = read_streets(job("streets", "osm", (city.streets,), city.crs)).table
    ground = Ground(build_graph(network, profile="standard").table)
    runs = make_service_day(timetable, day=city.day).table.runs
    transit = build_transit(
        timetable, runs, ground, change_max_min=CHANGE_MIN, snap_max_m=SNAP_MAX_M
    )
    return Ridden(timetable, runs, transit.table)


def trip(hour: int) -> Trip:
    return Trip(
        start_s=hour * 3600, end_s=(hour + 1) * 3600, cut_off_min=90, walk_max_min=WALK_MIN,
        slack_s=0, percentiles=(10, 50, 90),
    )  # fmt: skip


def corners(transit: Transit) -> np.ndarray:
    """1,100 corners of streets, the first 1,000 of them for homes."""
    nodes = np.c_[transit.graph.x, transit.graph.y]
    return nodes[np.random.default_rng(1).permutation(len(nodes))[: HOMES + PLACES]]


def ours() -> dict[str, float]:
    """1,000 x 100, walks of up to 20 minutes to stops, from stops and all the way."""
    transit = ridden(newport()).transit
    homes, places = (
        on_streets(transit.ground, part, snap_max_m=SNAP_MAX_M)
        for part in np.split(corners(transit), [HOMES])
    )
    few = on_streets(transit.ground, corners(transit)[:WARM], snap_max_m=SNAP_MAX_M)
    list(journeys(transit, few, places, trip=trip(8)))

    def task() -> int:
        on_foot = walks(transit.graph, homes, places, cut_off_min=WALK_MIN)
        found = list(journeys(transit, homes, places, trip=trip(8), on_foot=on_foot))
        return sum(int(np.isfinite(block.minutes[:, :, 1]).sum()) for block in found)

    return measured(task)


def cafein(router: str) -> dict[str, float]:
    """The same by cafein: the same points, limits and changes on foot."""
    from cafein import TransportNetwork  # noqa: PLC0415 - only this task needs it

    city = newport()
    transit = ridden(city).transit
    net = TransportNetwork.from_gtfs(
        [str(feed) for feed in city.feeds], osm_pbf=str(city.streets), trip_distances=False,
        walking_speed_kmph=4.8, max_walking_time=CHANGE_MIN, snap_distance=SNAP_MAX_M,
    )  # fmt: skip
    names = [stop.partition(":")[2] for stop in transit.stop_ids]
    start = np.repeat(np.arange(len(names)), np.diff(transit.foot.ptr))
    net.set_transfers([
        (names[a], names[b], int(s), float(s))
        for a, b, s in zip(start, transit.foot.to, transit.foot.walk_s, strict=True)
    ])  # fmt: skip
    points = gpd.GeoSeries(shapely.points(corners(transit)), crs=city.crs).to_crs("EPSG:4326")
    frame = gpd.GeoDataFrame({"id": [f"p{at}" for at in range(len(points))]}, geometry=points)
    homes, places = frame[:HOMES], frame[HOMES:]
    if router == "tbtr":
        net.compute_tbtr_transfers(city.day.isoformat())
    asked = {
        "departure": f"{city.day.isoformat()} 08:00", "destinations": places, "max_rides": 3,
        "departure_time_window": 60, "percentiles": [10, 50, 90], "walking_speed_kmph": 4.8,
        "max_walking_time": WALK_MIN, "snap_distance": SNAP_MAX_M, "router": router,
    }  # fmt: skip
    net.travel_time_matrix(homes[:WARM], **asked)

    def task() -> int:
        seconds = net.travel_time_matrix(homes, **asked)
        return int((seconds[:, :, 1] <= 90 * 60).sum())

    return measured(task)


def hexagons() -> dict[str, float]:
    """All cells of Porto Alegre's grid to all, two feeds, leaving between 14:00 and 15:00."""
    city = porto_alegre()
    transit = ridden(city).transit
    columns = {"area_id": "id", "x": "lon", "y": "lat"}
    grid = job("boundaries", "cells", (city.streets.with_name("poa_hexgrid.csv"),), city.crs,
               columns=columns, crs="EPSG:4326")  # fmt: skip
    xy = shapely.get_coordinates(shapely.centroid(read_cell_boundaries(grid).table.geometry))
    cells = on_streets(transit.ground, xy, snap_max_m=SNAP_MAX_M)
    list(journeys(transit, on_streets(transit.ground, xy[:WARM], snap_max_m=SNAP_MAX_M), cells,
                  trip=trip(14)))  # fmt: skip

    def task() -> int:
        blocks = journeys(transit, cells, cells, trip=trip(14))
        return sum(int(np.isfinite(block.minutes[:, :, 1]).sum()) for block in blocks)

    return measured(task)


def grid() -> dict[str, float]:
    """The PTAL-method index of every 100 m cell over Newport's streets, walks included."""
    day = ridden(newport())
    graph = day.transit.graph
    whole = gpd.GeoDataFrame(
        {"area_id": ["Newport"], "role": ["study"]},
        geometry=[shapely.box(graph.x.min(), graph.y.min(), graph.x.max(), graph.y.max())],
        crs=newport().crs,
    )
    often = make_frequencies(day.timetable, day.runs, window_s=(8 * 3600 + 900, 9 * 3600 + 900))

    def index(cells: gpd.GeoDataFrame) -> int:
        costs = route_to_stops(
            day.transit.ground, cells, day.timetable.stops, point_ids=often["point_id"],
            within_min=FARTHEST_MIN, snap_max_m=SNAP_MAX_M,
        )  # fmt: skip
        return len(service_levels(routes_near(costs, often, from_ids=cells["from_id"])))

    index(make_grid(whole)[:WARM])
    return measured(lambda: index(make_grid(whole)))


def measured(task: Callable[[], int]) -> dict[str, float]:
    """CPU seconds and those by the clock, most memory in MB, and what the task counted."""
    start, begun = time.process_time(), time.perf_counter()
    count = task()
    seconds, clock = time.process_time() - start, time.perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_s": seconds, "clock_s": clock, "memory_mb": most, "count": count}


TASKS: dict[str, Callable[[], dict[str, float]]] = {
    "newport": ours, "hexagons": hexagons, "grid": grid,
    **{router: (lambda router=router: cafein(router)) for router in ROUTERS},
}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]]()))
