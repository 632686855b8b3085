"""Days and runs of a feed: calendars with and without exceptions, trips made of frequencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.sources.gtfs_times import seconds_of

if TYPE_CHECKING:
    from assetmap.sources.gtfs_files import FeedFiles
    from assetmap.sources.gtfs_times import Counts

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_DAYS = 3660
"""A service of more than ten years is a slip of the pen in its last date."""
ADDED, REMOVED = "1", "2"
MOST_RUNS = 2000
"""A frequency that would make more trips than this in a day is a slip of the pen."""


def service_days(feed: FeedFiles, counts: Counts) -> pd.DataFrame:
    """Each service and day on which it runs, exceptions heeded; ``day`` is YYYY-MM-DD."""
    regular, lost = _regular(feed)
    exceptions, more = _exceptions(feed)
    counts["calendar_rows_not_read"] = lost + more
    removed = exceptions.loc[exceptions["kind"] == REMOVED, ["service_id", "day"]]
    added = exceptions.loc[exceptions["kind"] == ADDED, ["service_id", "day"]]
    kept = regular.merge(
        removed.drop_duplicates(), how="left", on=["service_id", "day"], indicator=True,
        validate="m:1",
    )  # fmt: skip
    kept = kept.loc[kept["_merge"] == "left_only", ["service_id", "day"]]
    return pd.concat([kept, added], ignore_index=True).drop_duplicates(ignore_index=True)


def _regular(feed: FeedFiles) -> tuple[pd.DataFrame, int]:
    """The days of ``calendar.txt``, and how many of its rows make no sense."""
    table = feed.tables.get("calendar.txt")
    if table is None or not len(table):
        return _no_days(), 0
    start, end = _dates(table["start_date"]), _dates(table["end_date"])
    span = (end - start).dt.days
    sound = span.between(0, LONGEST_DAYS)
    table, start, span = table[sound], start[sound], span[sound].astype(np.int64)
    count = span.to_numpy() + 1
    row = np.repeat(np.arange(len(table)), count)
    ahead = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    days = start.to_numpy().astype("datetime64[D]")[row] + ahead
    weekday = (days.astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
    runs = (table[list(WEEK)] == "1").to_numpy()[row, weekday] if len(row) else row.astype(bool)
    found = pd.DataFrame(
        {"service_id": table["service_id"].to_numpy()[row[runs]], "day": days[runs].astype(str)}
    )
    return found.drop_duplicates(ignore_index=True), int((~sound).sum())


def _exceptions(feed: FeedFiles) -> tuple[pd.DataFrame, int]:
    table = feed.tables.get("calendar_dates.txt")
    if table is None or not len(table):
        return _no_days().assign(kind=""), 0
    day = _dates(table["date"])
    sound = day.notna() & table["exception_type"].isin((ADDED, REMOVED))
    found = pd.DataFrame(
        {
            "service_id": table["service_id"][sound],
            "day": day[sound].dt.strftime("%Y-%m-%d"),
            "kind": table["exception_type"][sound],
        }
    )
    return found, int((~sound).sum())


def _no_days() -> pd.DataFrame:
    return pd.DataFrame({"service_id": [], "day": []}, dtype="str")


def _dates(cells: pd.Series) -> pd.Series:
    written = cells.where(cells.str.fullmatch(r"\d{8}"))
    return pd.to_datetime(written, format="%Y%m%d", errors="coerce")


def with_frequencies(
    feed: FeedFiles, trips: pd.DataFrame, calls: pd.DataFrame, counts: Counts
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Trips and calls in which each trip with frequencies stands once for each departure.

    Departures follow each other by the headway from the start time, before the end time; where
    the publisher says that times are not exact, this is one of the days that may be.
    """
    table = feed.tables.get("frequencies.txt")
    if table is None or not len(table):
        return trips, calls
    starts, rows_lost = _starts(table)
    counts["frequency_rows_not_read"] = rows_lost
    starts = starts[starts["trip_id"].isin(calls["trip_id"])]
    counts["trips_from_frequencies"] = len(starts)
    patterned = set(starts["trip_id"])
    first = calls.groupby("trip_id")["departure_s"].min().rename("first_s").reset_index()
    starts = starts.merge(first, how="left", on="trip_id", validate="m:1")
    starts["made_id"] = starts["trip_id"] + "#" + starts["start_s"].astype("int64").astype("str")
    starts["shift_s"] = starts["start_s"] - starts["first_s"]
    made_trips = starts[["trip_id", "made_id"]].merge(
        trips, how="left", on="trip_id", validate="m:1"
    )
    made_calls = starts[["trip_id", "made_id", "shift_s"]].merge(calls, how="left", on="trip_id")
    for column in ("arrival_s", "departure_s"):
        made_calls[column] = (made_calls[column] + made_calls["shift_s"]).astype("int64")
    return (
        _instead(trips, made_trips, patterned),
        _instead(calls, made_calls.drop(columns="shift_s"), patterned),
    )


def _instead(table: pd.DataFrame, made: pd.DataFrame, patterned: set[str]) -> pd.DataFrame:
    made = made.drop(columns="trip_id").rename(columns={"made_id": "trip_id"})
    kept = table[~table["trip_id"].isin(patterned)]
    return pd.concat([kept, made[table.columns]], ignore_index=True)


def _starts(table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """One row a departure: trip and second of the day; and how many rows make no sense."""
    start, end = seconds_of(table["start_time"]), seconds_of(table["end_time"])
    headway = pd.to_numeric(table["headway_secs"], errors="coerce")
    wanted = ((end - start) / headway.where(headway > 0)).to_numpy()
    sound = (wanted > 0) & (wanted <= MOST_RUNS)
    count = np.ceil(wanted[sound]).astype(np.int64)
    row = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    found = pd.DataFrame(
        {
            "trip_id": table["trip_id"][sound].to_numpy()[row],
            "start_s": start[sound].to_numpy()[row] + number * headway[sound].to_numpy()[row],
        }
    )
    return found.drop_duplicates(ignore_index=True), int((~sound).sum())
