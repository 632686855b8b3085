"""How often each route leaves each stop in a window of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames.hold import hold
from assetmap.frames.service import FREQUENCIES
from assetmap.layers.service_day import FEW
from assetmap.provenance import Caution

if TYPE_CHECKING:
    from assetmap.frames.timetable import Timetable

HOUR_S = 3600
CALLING_PATTERNS = ("rail",)
"""Modes of which each calling pattern is a route of its own."""
UNKNOWN_DIRECTION = -1


def make_frequencies(
    timetable: Timetable, runs: pd.DataFrame, *, window_s: tuple[int, int]
) -> pd.DataFrame:
    """FREQUENCIES: departures an hour of each route and direction at each stop or station.

    ``per_hour = departures in [start, end) / hours``, counted at the stop where one gets on;
    arrivals at a last stop, and calls where nobody gets on, do not count. Trips of one route
    whose direction is not published are told apart by their last stop: of each pair of ways, the
    one whose last stop comes first in the alphabet is 0. A train's route is its calling pattern.

    Raises
    ------
    MethodError
        For a window that ends before it begins.

    References
    ----------
    STANDARDS 1.4; Transport for London, "Assessing transport connectivity in London" (2015).
    """
    start, end = window_s
    if end <= start:
        raise MethodError(Fault(what=f"a window from {start} s to {end} s", where="frequencies"))
    calls = timetable.stop_times.merge(
        runs[["run_id", "trip_id", "shift_s"]], how="inner", on="trip_id"
    )
    services = _services(runs, calls)
    last = calls.groupby("run_id")["position"].transform("max")
    calls["departure_s"] += calls["shift_s"]
    within = calls["departure_s"].between(start, end, inclusive="left")
    leaving = calls[within & calls["boards"] & (calls["position"] < last)]
    leaving = leaving.merge(services, how="left", on="run_id", validate="m:1")
    station = timetable.stops.set_index("stop_id")["parent_id"]
    parent = leaving["stop_id"].map(station)
    leaving["point_id"] = parent.where(parent.notna(), leaving["stop_id"])
    keys = ["point_id", "service_id", "direction", "mode"]
    # A run that calls twice at a stop is one departure there: one can only take it once.
    leaving = leaving.drop_duplicates([*keys, "run_id"])
    counted = leaving.groupby(keys, as_index=False).size()
    counted["per_hour"] = counted["size"] * HOUR_S / (end - start)
    return hold(counted[list(FREQUENCIES.names)], FREQUENCIES)


def few_told(often: pd.DataFrame, peak: pd.DataFrame, *, hour: str) -> tuple[Caution, ...]:
    """``hour_not_measured`` where FREQUENCIES hold under 20 % of the peak's departures.

    Nobody can tell an hour without buses from a file that is cut to part of the day, so the
    hour has no index then: not an index of 0.
    """
    leave, usual = (round(table["per_hour"].sum()) for table in (often, peak))
    if leave >= FEW * usual:
        return ()
    text = (
        f"From {hour} the timetable holds {leave:,} departures from stops, in the peak hour "
        f"{usual:,}. The file may be cut to part of the day, so nothing is said about that hour: "
        "this does not mean that there are no buses."
    )
    return (Caution(code="hour_not_measured", about="timetable", text=text, count=leave),)


def _services(runs: pd.DataFrame, calls: pd.DataFrame) -> pd.DataFrame:
    """Route and direction of each run."""
    ordered = calls.sort_values(["run_id", "position"], kind="stable")
    ends = ordered.groupby("run_id")["stop_id"].agg(["first", "last"]).reset_index()
    table = runs[["run_id", "route_id", "mode", "direction"]].merge(
        ends, how="left", on="run_id", validate="1:1"
    )
    return pd.DataFrame(
        {
            "run_id": table["run_id"],
            "mode": table["mode"],
            "service_id": _service_ids(table, ordered),
            "direction": table["direction"].astype("Int64").fillna(_guessed(table)).astype("int64"),
        }
    )


def _guessed(table: pd.DataFrame) -> pd.Series:
    """0 or 1 by which way round a run goes between its ends; -1 for one that ends where it began.

    A pair of ends is taken in the order of the alphabet, so that both ways of it differ.
    """
    way = (table["first"] < table["last"]).astype("int64")
    return way.where(table["first"] != table["last"], UNKNOWN_DIRECTION)


def _service_ids(table: pd.DataFrame, ordered: pd.DataFrame) -> pd.Series:
    patterned = set(table.loc[table["mode"].isin(CALLING_PATTERNS), "run_id"])
    trains = ordered[ordered["run_id"].isin(patterned)]
    if not len(trains):
        return table["route_id"]
    hashes = pd.util.hash_pandas_object(trains["stop_id"], index=False).astype("str")
    joined = hashes.groupby(trains["run_id"].to_numpy()).agg(" ".join)
    pattern = pd.util.hash_array(joined.to_numpy(dtype=object))
    named = pd.Series([f"/{value:016x}" for value in pattern], index=joined.index)
    return table["route_id"] + table["run_id"].map(named).fillna("")
