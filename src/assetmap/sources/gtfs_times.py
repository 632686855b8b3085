"""When and where trips call: times read, gaps filled, rows that cannot be true left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from assetmap.sources.gtfs_files import FeedFiles

    F64 = NDArray[np.float64]

DAY_S = 86_400
HALF_DAY_S = DAY_S // 2
TIME = r"\s*(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?\s*"
WRONG_SHARE = 0.5
"""A trip of whose times more than so many run backwards is not repaired but left out."""
NOT_REGULAR = "1"
"""GTFS: nobody gets on (pickup_type) or off (drop_off_type) here."""

Counts = dict[str, int]


class Calls(NamedTuple):
    """Calls sorted by trip and place in it, and how many rows of each kind were mended or lost.

    ``rows`` has the columns of STOP_TIMES but for the position, which its order gives.
    """

    rows: pd.DataFrame
    counts: Counts


def seconds_of(cells: pd.Series) -> pd.Series:
    """Seconds after midnight of cells such as ``7:05:00`` and ``25:10``; NaN for any other."""
    codes, distinct = pd.factorize(cells)
    parts = pd.Series(distinct, dtype="str").str.extract(f"^{TIME}$").astype("float64")
    seconds = parts[0] * 3600 + parts[1] * 60 + parts[2].fillna(0)
    found = seconds.to_numpy()[codes] if len(distinct) else np.full(len(cells), np.nan)
    return pd.Series(found, index=cells.index)


def calls_of(feed: FeedFiles, trips: set[str], stops: dict[str, tuple[float, float]]) -> Calls:
    """The calls of known trips at known stops, in order, with times that never run backwards.

    ``stops`` are metres by id. Times between timed stops are filled in by the straight distance
    between the stops. A fall of more than half a day is taken as midnight gone by; another fall
    is filled in as if it were empty, and where most times of a trip are wrong the trip is left
    out. So are rows before the first and after the last time, and trips with one stop.
    """
    counts: Counts = {}
    rows = _known(feed, trips, stops, counts)
    rows = _ordered(rows, counts)
    rows = _timed(rows, stops, counts)
    sizes = rows.groupby("trip_id")["stop_id"].transform("size")
    counts["trips_of_one_stop"] = int(rows.loc[sizes < 2, "trip_id"].nunique())  # noqa: PLR2004 - a trip joins two stops
    return Calls(rows[sizes > 1].reset_index(drop=True), counts)


def _known(
    feed: FeedFiles, trips: set[str], stops: dict[str, tuple[float, float]], counts: Counts
) -> pd.DataFrame:
    name = "stop_times.txt"
    table = feed.tables[name]
    rows = pd.DataFrame(
        {
            "trip_id": table["trip_id"],
            "stop_id": table["stop_id"],
            "sequence": pd.to_numeric(table["stop_sequence"], errors="coerce"),
            "arrival_s": seconds_of(table["arrival_time"]),
            "departure_s": seconds_of(table["departure_time"]),
            "boards": feed.column(name, "pickup_type") != NOT_REGULAR,
            "alights": feed.column(name, "drop_off_type") != NOT_REGULAR,
        }
    )
    unread = rows["arrival_s"].isna() & (table["arrival_time"] != "")
    unread |= rows["departure_s"].isna() & (table["departure_time"] != "")
    counts["times_not_read"] = int(unread.sum())
    steps: tuple[tuple[str, Callable[[pd.DataFrame], pd.Series]], ...] = (
        ("calls_of_no_trip", lambda given: given["trip_id"].isin(trips)),
        ("calls_at_no_stop", lambda given: given["stop_id"].isin(stops)),
        ("calls_without_number", lambda given: given["sequence"].notna()),
    )
    for code, kept_of in steps:
        kept = kept_of(rows)
        counts[code] = int((~kept).sum())
        rows = rows[kept]
    return rows


def _ordered(rows: pd.DataFrame, counts: Counts) -> pd.DataFrame:
    """In order of trips and numbers, each number once."""
    keys = ["trip_id", "sequence", "departure_s", "arrival_s", "stop_id"]
    rows = rows.sort_values(keys, kind="stable")
    twice = rows.duplicated(["trip_id", "sequence"])
    counts["calls_twice"] = int(twice.sum())
    return rows[~twice].reset_index(drop=True)


def _timed(
    rows: pd.DataFrame, stops: dict[str, tuple[float, float]], counts: Counts
) -> pd.DataFrame:
    """Every call with both of its times, and none before the one before it."""
    trip = pd.factorize(rows["trip_id"])[0]
    arrival = rows["arrival_s"].fillna(rows["departure_s"]).to_numpy(copy=True)
    departure = rows["departure_s"].fillna(rows["arrival_s"]).to_numpy(copy=True)
    counts["times_past_midnight"] = _past_midnight(trip, arrival, departure)
    wrong = _backwards(trip, arrival, departure)
    counts["times_backwards"] = int(wrong.sum())
    share = np.bincount(trip, weights=wrong) / np.maximum(np.bincount(trip), 1)
    broken = share[trip] > WRONG_SHARE if len(trip) else np.zeros(0, dtype=bool)
    counts["trips_backwards"] = len(np.unique(trip[broken]))
    arrival[wrong] = departure[wrong] = np.nan
    empty = np.isnan(arrival)
    filled = _filled(trip, _along(rows, trip, stops), arrival, departure)
    lost = empty & np.isnan(filled) & ~broken
    counts["times_filled"] = int((empty & ~lost & ~wrong & ~broken).sum())
    counts["calls_without_time"] = int(lost.sum())
    arrival, departure = np.where(empty, filled, arrival), np.where(empty, filled, departure)
    kept = ~lost & ~broken
    whole: pd.DataFrame = rows.loc[kept, ["trip_id", "stop_id", "boards", "alights"]]
    return whole.assign(
        arrival_s=np.rint(arrival[kept]).astype(np.int64),
        departure_s=np.rint(departure[kept]).astype(np.int64),
    )


def _past_midnight(trip: NDArray[np.intp], arrival: F64, departure: F64) -> int:
    """How many trips were written 23:50, 00:10: their times after midnight get a day more."""
    known = np.flatnonzero(~np.isnan(departure))
    if not len(known):
        return 0
    same = np.diff(trip[known], prepend=-1) == 0
    fall = np.diff(departure[known], prepend=0.0) < -HALF_DAY_S
    within = np.flatnonzero(~np.isnan(departure) & (departure < arrival - HALF_DAY_S))
    departure[within] += DAY_S
    days = _running(trip[known], (same & fall).astype(np.float64))
    arrival[known] += DAY_S * days
    departure[known] += DAY_S * days
    return len(np.unique(trip[known][days > 0]))


def _running(trip: NDArray[np.intp], values: F64) -> F64:
    """The sum within each trip up to each row."""
    total = np.cumsum(values)
    first = np.flatnonzero(np.diff(trip, prepend=-1))
    before = np.repeat(total[first] - values[first], np.diff(np.r_[first, len(trip)]))
    return np.asarray(total - before)


def _backwards(trip: NDArray[np.intp], arrival: F64, departure: F64) -> NDArray[np.bool_]:
    """Calls earlier than the latest departure before them, or that leave before they arrive."""
    step = 2.0 * DAY_S * 1000
    lifted = np.where(np.isnan(departure), -np.inf, np.fmax(arrival, departure) + trip * step)
    latest = np.maximum.accumulate(lifted) if len(lifted) else lifted
    before = np.r_[-np.inf, latest[:-1]][: len(lifted)] - trip * step
    with np.errstate(invalid="ignore"):
        return np.asarray((arrival < before) | (departure < arrival))


def _along(
    rows: pd.DataFrame, trip: NDArray[np.intp], stops: dict[str, tuple[float, float]]
) -> F64:
    """Metres from stop to stop up to each call, within its trip; a little for no distance."""
    codes, distinct = pd.factorize(rows["stop_id"])
    if not len(distinct):
        return np.zeros(0)
    xy = np.array([stops[str(name)] for name in distinct])[codes]
    hop = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T) + 1.0
    return _running(trip, np.where(np.diff(trip, prepend=-1) != 0, 0.0, hop))


def _filled(trip: NDArray[np.intp], along: F64, arrival: F64, departure: F64) -> F64:
    """The time at each call without one, by its distance between the timed calls around it."""
    found = np.full(len(trip), np.nan)
    known = np.flatnonzero(~np.isnan(arrival))
    gaps = np.flatnonzero(np.isnan(arrival))
    if not len(known) or not len(gaps):
        return found
    after = np.searchsorted(known, gaps)
    inside = (after > 0) & (after < len(known))
    gaps, after = gaps[inside], after[inside]
    left, right = known[after - 1], known[after]
    same = (trip[left] == trip[gaps]) & (trip[right] == trip[gaps])
    gaps, left, right = gaps[same], left[same], right[same]
    share = (along[gaps] - along[left]) / (along[right] - along[left])
    found[gaps] = departure[left] + share * (arrival[right] - departure[left])
    return found
