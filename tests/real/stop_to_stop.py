"""From stops to stops, by our search and by cafein's, on the same changes on foot.

Both set out at every minute of an hour, ride at most three vehicles, and get on without slack;
walks from stop to stop are ours for both. cafein takes the sample of rank ``round(p (n - 1)) + 1``
of n, where ours is the least that p per cent of the departures suffice for: the same rank is asked
of both. A journey is the walk of a change alone where that is as quick.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from cafein import TransportNetwork
from tests.doors.table_jobs import job_of

from assetmap.layers.service_day import make_service_day
from assetmap.network.graph import build_graph
from assetmap.network.kernels.raptor import ride_window
from assetmap.network.kernels.rides import NEVER, Links, Window, desk
from assetmap.network.snap import Ground
from assetmap.network.transit import Transit, build_transit
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from assetmap.frames.timetable import Timetable

CUT_OFF_S = 3 * 3600
PERCENTILES = {10: 7, 50: 31, 90: 54}
"""Per cent to the rank among 60 that cafein takes for it."""


class City(NamedTuple):
    """A day's public transport, and the timetable that it was made of."""

    day: dt.date
    timetable: Timetable
    transit: Transit


def city(feeds: tuple[Path, ...], streets: Path, *, day: dt.date, crs: str) -> City:
    """The public transport of a day on its streets; changes on foot take 10 minutes at most."""
    job = job_of("timetable", feeds[0], study=crs, layout="gtfs")
    timetable = read_timetable(replace(job, paths=feeds)).table
    network = read_streets(job_of("streets", streets, study=crs)).table
    ground = Ground(build_graph(network, profile="standard").table)
    runs = make_service_day(timetable, day=day).table.runs
    built = build_transit(timetable, runs, ground, change_max_min=10, snap_max_m=250)
    return City(day, timetable, built.table)


def everybody_off(transit: Transit) -> Transit:
    """The same where one may get off wherever a vehicle stops."""
    lines = transit.lines
    return transit._replace(lines=lines._replace(alights=np.ones_like(lines.alights)))


def ours(transit: Transit, starts: list[int], *, hour: int) -> np.ndarray:
    """Seconds from some stops to all, by percentile; infinite where out of reach."""
    count = len(transit.stop_ids)
    here = _links(np.arange(len(starts)), np.array(starts), np.zeros(len(starts), np.int64))
    foot = transit.foot
    from_stop = np.repeat(np.arange(count), np.diff(foot.ptr))
    away = _links(
        np.r_[from_stop, np.arange(count)],
        np.r_[foot.to, np.arange(count)],
        np.r_[foot.walk_s, np.zeros(count, np.int64)],
        count,
    )
    window = Window(hour * 3600 + 59 * 60, 60, 60, 0, 3, CUT_OFF_S)
    ranks = np.array(list(PERCENTILES.values()), np.int32)
    found = np.empty((len(starts), count, len(ranks)), np.int32)
    chances = np.empty((len(starts), count, 3), np.int32)
    work = desk(count, int(transit.lines.run_ptr[-1]), count, window)
    ride_window(transit.lines, foot, here, away, 0, window, ranks, work, found, chances)
    found[np.arange(len(starts)), starts] = 0
    return np.where(found == NEVER, np.inf, found)


def theirs(place: City, feeds: list[Path], starts: list[int], *, hour: int) -> np.ndarray:
    """The same by cafein, from feeds whose stops it knows by the names of ours."""
    net = TransportNetwork.from_gtfs([str(feed) for feed in feeds], trip_distances=False)
    known = {name: at for at, (name, *_) in enumerate(net.stops)}
    names = [_bare(stop) if _bare(stop) in known else stop for stop in place.transit.stop_ids]
    foot = place.transit.foot
    from_stop = np.repeat(np.arange(len(names)), np.diff(foot.ptr))
    net.set_transfers([
        (names[a], names[b], int(seconds), float(seconds))
        for a, b, seconds in zip(from_stop, foot.to, foot.walk_s, strict=True)
    ])  # fmt: skip
    matrix = net.travel_time_matrix(
        [names[start] for start in starts],
        departure=f"{place.day.isoformat()} {hour:02d}:00",
        max_rides=3,
        departure_time_window=60,
        percentiles=list(PERCENTILES),
    )
    seconds = matrix[:, [known[name] for name in names], :].astype(np.float64)
    return np.where(seconds > CUT_OFF_S, np.inf, seconds)


def written_again(place: City, path: Path) -> Path:
    """The timetable as we read it, every time filled in, as one feed."""
    read = place.timetable
    points = read.stops.to_crs("EPSG:4326").geometry
    lone = (read.stops["kind"] == "stop").to_numpy()
    calls = read.stop_times
    clock = {
        name: [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in calls[f"{name}_s"]]
        for name in ("arrival", "departure")
    }
    tables = {
        "agency": {"agency_id": ["1"], "agency_name": ["-"], "agency_url": ["http://-"],
                   "agency_timezone": ["UTC"]},
        "stops": {"stop_id": read.stops["stop_id"], "stop_name": read.stops["name"],
                  "stop_lat": points.y, "stop_lon": points.x},
        "routes": {"route_id": read.routes["route_id"], "route_short_name": read.routes["name"],
                   "route_type": read.routes["route_type"]},
        "trips": {name: read.trips[name] for name in ("route_id", "service_id", "trip_id")},
        "stop_times": {
            "trip_id": calls["trip_id"], "stop_id": calls["stop_id"],
            "stop_sequence": calls["position"], "arrival_time": clock["arrival"],
            "departure_time": clock["departure"], "pickup_type": (~calls["boards"]).astype(int),
            "drop_off_type": (~calls["alights"]).astype(int),
        },
        "calendar_dates": {
            "service_id": read.service_days["service_id"],
            "date": read.service_days["day"].str.replace("-", ""), "exception_type": 1,
        },
    }  # fmt: skip
    assert lone.all()
    with zipfile.ZipFile(path, "w") as feed:
        for name, columns in tables.items():
            feed.writestr(
                f"{name}.txt", pd.DataFrame(columns).replace(":", "|").to_csv(index=False)
            )
    return path


def _bare(stop: str) -> str:
    """A stop's id as published."""
    return stop.partition(":")[2]


def _links(start: np.ndarray, stop: np.ndarray, seconds: np.ndarray, count: int = 0) -> Links:
    order = np.lexsort((stop, start))
    ptr = np.searchsorted(start[order], np.arange((count or len(start)) + 1))
    return Links(*(column.astype(np.int32) for column in (ptr, stop[order], seconds[order])))
