"""Timetables in GTFS: one or several feeds read into one, their ids kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.frames.hold import hold
from assetmap.frames.timetable import CONTRACTS, Timetable
from assetmap.provenance import Caution, Told
from assetmap.sources.columns import where_of
from assetmap.sources.find import require_file
from assetmap.sources.gtfs_days import service_days, with_frequencies
from assetmap.sources.gtfs_files import open_feed
from assetmap.sources.gtfs_stops import (
    pathways_of,
    routes_of,
    stops_of,
    transfers_of,
    trips_of,
)
from assetmap.sources.gtfs_times import calls_of

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.sources.gtfs_times import Counts
    from assetmap.sources.read import Job

IDS = (
    "stop_id", "parent_id", "route_id", "trip_id", "service_id", "from_stop_id", "to_stop_id",
    "pathway_id", "from_id", "to_id",
)  # fmt: skip
SAID = {
    "ragged_rows": "rows with too few or too many cells were left out",
    "stops_twice": "stops listed twice are taken once",
    "stops_without_place": "stops without coordinates were left out of their trips",
    "routes_twice": "routes listed twice are taken once",
    "trips_twice": "trips listed twice are taken once",
    "trips_of_no_route": "trips of a route that is not in the feed were left out",
    "calls_of_no_trip": "stop times of trips that are not in the feed were left out",
    "calls_at_no_stop": "stop times at stops that are not in the feed were left out",
    "calls_without_number": "stop times without a place in their trip were left out",
    "calls_twice": "stop times that stand twice in their trip are taken once",
    "times_not_read": "times that are no times of day are taken as empty",
    "times_filled": "times that the publisher leaves empty were filled in between timed stops",
    "times_past_midnight": "trips whose times start again at midnight were carried on past 24:00",
    "times_backwards": "times that run backwards were filled in from those around them",
    "trips_backwards": "trips most of whose times run backwards were left out",
    "calls_without_time": "stop times before the first or after the last known time were left out",
    "trips_of_one_stop": "trips with a single stop were left out",
    "calendar_rows_not_read": "rows of the calendar with impossible dates were left out",
    "frequency_rows_not_read": "rows of frequencies that make no sense were left out",
    "trips_from_frequencies": "trips were made from 'every so many minutes': their minutes may "
    "differ on the day",
}


def read_timetable(job: Job) -> Told[Timetable]:
    """The TIMETABLE of a source: the feeds in its files, read as one.

    Every id gets the source's id and, where it has several files, the file's number before it,
    so that two feeds never share one. Stops are kept wherever they are. Rows that cannot be true
    are mended or left out and counted; each kind is told once a feed.

    Raises
    ------
    MissingError
        Where a file is not there.
    ReadError
        For a feed that cannot be opened (:func:`assetmap.sources.gtfs_files.open_feed`), without
        a stop that has a place, without a trip that calls at two stops, or without a day.

    References
    ----------
    General Transit Feed Specification, Schedule reference, gtfs.org.
    """
    feeds, cautions = [], []
    for number, path in enumerate(job.paths, start=1):
        require_file(job, path)
        name = job.spec.id if len(job.paths) == 1 else f"{job.spec.id}{number}"
        tables, counts = _feed(job, path)
        feeds.append({one: _marked(table, name) for one, table in tables.items()})
        cautions += _told(job, path.name, counts)
    held = {
        name: hold(
            _joined([feed[name] for feed in feeds]),
            contract,
            crs=job.crs if contract.geometry else None,
        )
        for name, contract in CONTRACTS.items()
    }
    return Told(Timetable(**{**held, "stops": gpd.GeoDataFrame(held["stops"])}), tuple(cautions))


def _feed(job: Job, path: Path) -> tuple[dict[str, Any], Counts]:
    """The tables of one feed under its own ids, and what was mended or left out."""
    feed = open_feed(path, about=job.spec.id)
    counts: Counts = {"ragged_rows": feed.ragged}
    stops = stops_of(feed, counts, crs=job.crs)
    xy = shapely.get_coordinates(stops.geometry)
    places = dict(zip(stops["stop_id"], map(tuple, xy), strict=True))
    routes = routes_of(feed, counts)
    trips = trips_of(feed, set(routes["route_id"]), counts)
    calls = calls_of(feed, set(trips["trip_id"]), places)
    counts |= calls.counts
    trips = trips[trips["trip_id"].isin(calls.rows["trip_id"])]
    trips, rows = with_frequencies(feed, trips, calls.rows, counts)
    days = service_days(feed, counts)
    days = days[days["service_id"].isin(trips["service_id"])]
    _refuse_nothing(job, path, {"stops": stops, "trips": trips, "days": days})
    tables = {
        "stops": stops,
        "routes": routes,
        "trips": trips,
        "stop_times": rows.assign(position=rows.groupby("trip_id").cumcount()),
        "service_days": days,
        "transfers": transfers_of(feed, set(places)),
        "pathways": pathways_of(feed),
    }
    return tables, counts


def _refuse_nothing(job: Job, path: Path, tables: dict[str, Any]) -> None:
    said = {
        "stops": "no stop of the feed has coordinates",
        "trips": "no trip of the feed calls at two stops at known times",
        "days": "no service of the feed runs on any day",
    }
    faults = [
        Fault(what=said[name], where=where_of(job, path.name), attempt="download the feed again")
        for name, table in tables.items()
        if not len(table)
    ]
    if faults:
        raise ReadError(faults)


def _marked(table: pd.DataFrame, feed: str) -> pd.DataFrame:
    """The table with the feed before every id."""
    ids = [name for name in IDS if name in table]
    named = {name: f"{feed}:" + table[name].astype("str") for name in ids}
    return table.assign(
        **{name: new.where(table[name].notna(), None) for name, new in named.items()}
    )


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]


def _told(job: Job, file: str, counts: Counts) -> list[Caution]:
    return [
        Caution(
            code=f"timetable_{code}",
            about=job.spec.id if len(job.paths) == 1 else f"{job.spec.id} {file}",
            text=f"Timetable {file}: {counts[code]:,} {text}.",
            count=counts[code],
        )
        for code, text in SAID.items()
        if counts.get(code)
    ]
