"""What runs on the chosen day, held against the usual week before anything is routed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, StudyError
from assetmap.frames.hold import hold
from assetmap.frames.service import RUNS, SERVICE_HOURS
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.frames.timetable import Timetable

DAY_S = 86_400
HOUR_S = 3600
EARLY_S = 6 * HOUR_S
"""Trips of the next day that set out before six may still be caught late at night."""
FEW = 0.2
"""Fewer than this share of a usual weekday's trips is a caution."""
WORKING = 5


class ServiceDay(NamedTuple):
    """What runs: RUNS, SERVICE_HOURS of its week, and trips of the day as a share of the usual.

    ``share`` is of the trips of a usual working day, the median over the timetable's time.
    """

    runs: pd.DataFrame
    hours: pd.DataFrame
    share: float

    @property
    def few(self) -> bool:
        """Whether so little runs that nothing may be concluded from what does not."""
        return self.share < FEW


def make_service_day(
    timetable: Timetable, *, day: dt.date, ground: BaseGeometry | None = None
) -> Told[ServiceDay]:
    """The SERVICE_DAY: what can be ridden, and how that compares with the usual week.

    Runs are the trips of the day, those of the day before that are still under way after
    midnight, and those of the next that set out before six. Trips of one route that call at the
    same stops at the same times are one trip, told as ``service_twice``.

    Told: ``service_few`` where a feed holds less than 20 % of the trips of its usual working day
    (the feed may be cropped: nothing follows from it), ``service_none`` for a feed without any.

    Raises
    ------
    StudyError
        Where no feed has a trip on that day, with the days that do run.
    """
    by_day = _trips_by_day(timetable)
    on_day = by_day[by_day["day"] == day.isoformat()].set_index("feed")["trips"]
    usual = _usual(by_day)
    if not on_day.sum():
        raise StudyError(_fault_of_none(by_day, day))
    cautions = [
        _few_told(str(feed), int(on_day.get(feed, 0)), int(trips), day)
        for feed, trips in usual.items()
        if on_day.get(feed, 0) < FEW * trips
    ]
    runs, twice = _runs(timetable, day)
    if twice:
        text = "Trips that stand twice in the timetable are counted once."
        cautions.append(Caution(code="service_twice", about="timetable", text=text, count=twice))
    share = float(on_day.sum() / max(usual.sum(), 1.0))
    hours = _hours(timetable, day, ground)
    return Told(ServiceDay(hold(runs, RUNS), hours, min(share, 1.0)), tuple(cautions))


def make_other_day(
    timetable: Timetable, *, day: dt.date, ground: BaseGeometry | None = None
) -> Told[ServiceDay]:
    """The SERVICE_DAY of a day beside the chosen one, as a Sunday; without runs where too few run.

    Where the timetable holds less than 20 % of the trips of a usual working day, nobody can tell
    a day without buses from a file that lacks them: the day is not measured, told as
    ``service_not_measured``.
    """
    by_day = _trips_by_day(timetable)
    trips = int(by_day.loc[by_day["day"] == day.isoformat(), "trips"].sum())
    usual = int(_usual(by_day).sum())
    if trips >= FEW * usual:
        return make_service_day(timetable, day=day, ground=ground)
    text = (
        f"For {long_day(day)} the timetable holds {trips:,} trips; on a usual working day it "
        f"holds {usual:,}. The file may lack services of that day, so nothing is said about it: "
        "this does not mean that there are no buses."
    )
    caution = Caution(code="service_not_measured", about="timetable", text=text, count=trips)
    nothing = hold(pd.DataFrame({name: [] for name in RUNS.names}), RUNS)
    return Told(ServiceDay(nothing, _hours(timetable, day, ground), trips / max(usual, 1)),
                (caution,))  # fmt: skip


def long_day(day: dt.date) -> str:
    """The day as people write it: Sunday 18 June 2023."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _trips_by_day(timetable: Timetable) -> pd.DataFrame:
    """Trips of each feed on each day of its time, days without any among them."""
    per_service = timetable.trips.groupby("service_id").size().rename("trips").reset_index()
    rows = timetable.service_days.merge(per_service, how="inner", on="service_id", validate="m:1")
    rows["feed"] = _feed_of(rows["service_id"])
    counted = rows.groupby(["feed", "day"], as_index=False)["trips"].sum()
    whole = []
    for feed, part in counted.groupby("feed"):
        days = pd.date_range(part["day"].min(), part["day"].max()).strftime("%Y-%m-%d")
        filled = part.set_index("day")["trips"].reindex(days, fill_value=0)
        whole.append(pd.DataFrame({"feed": feed, "day": days, "trips": filled.to_numpy()}))
    return pd.concat(whole, ignore_index=True)


def _feed_of(ids: pd.Series) -> pd.Series:
    return ids.str.partition(":")[0]


def _usual(by_day: pd.DataFrame) -> pd.Series:
    """Trips of each feed on the middle one of its working days; of all days if it has none."""
    weekday = pd.to_datetime(by_day["day"]).dt.day_of_week
    working = by_day[weekday < WORKING]
    feeds = by_day.groupby("feed")["trips"].median()
    return working.groupby("feed")["trips"].median().reindex(feeds.index).fillna(feeds)


def _fault_of_none(by_day: pd.DataFrame, day: dt.date) -> Fault:
    total = by_day.groupby("day", as_index=False)["trips"].sum()
    total = total[total["trips"] > 0]
    first, last = (dt.date.fromisoformat(total["day"].iloc[at]) for at in (0, -1))
    names = pd.to_datetime(total["day"]).dt.day_name()
    usual = total["trips"].groupby(names).median().astype(int)
    week = [f"{dt.date(2024, 1, one):%A}" for one in range(1, 8)]  # 1 January 2024: a Monday
    told = ", ".join(f"{name}s ({usual[name]} trips)" for name in week if name in usual)
    apart = (pd.to_datetime(total["day"]) - pd.Timestamp(day)).abs()
    near = dt.date.fromisoformat(total["day"].iloc[int(apart.to_numpy().argmin())])
    return Fault(
        what=f"nothing runs on {long_day(day)}: the timetable speaks of {long_day(first)} to "
        f"{long_day(last)}",
        where="study.toml, timetable.day",
        attempt=f"a day on which it does run, such as {near.isoformat()}; it runs on {told}; "
        "or a newer timetable",
    )


def _few_told(feed: str, trips: int, usual: int, day: dt.date) -> Caution:
    code = "service_few" if trips else "service_none"
    held = f"only {trips:,} trips" if trips else "no trip"
    text = (
        f"The timetable '{feed}' holds {held} for {long_day(day)}; on a usual working day it "
        f"holds {usual:,}. It may be cut to fit a map, or lack operators: that a place is not "
        "reached on this day does not mean that no bus goes there."
    )
    return Caution(code=code, about=f"timetable {feed}", text=text, count=trips)


def _runs(timetable: Timetable, day: dt.date) -> tuple[pd.DataFrame, int]:
    """RUNS of the day and its neighbours, and how many stood twice."""
    span = _spans(timetable.stop_times)
    parts = []
    for ahead in (-1, 0, 1):
        on = (day + dt.timedelta(days=ahead)).isoformat()
        services = timetable.service_days.loc[timetable.service_days["day"] == on, "service_id"]
        trips = timetable.trips[timetable.trips["service_id"].isin(services)]
        part = trips.merge(span, how="inner", on="trip_id", validate="1:1")
        if ahead < 0:
            part = part[part["last_s"] >= DAY_S]
        elif ahead > 0:
            part = part[part["first_s"] < EARLY_S]
        parts.append(part.assign(ahead=ahead, shift_s=ahead * DAY_S))
    runs = pd.concat(parts, ignore_index=True).sort_values("trip_id", kind="stable")
    twice = runs.duplicated(["ahead", "route_id", "calls"])
    runs = runs[~twice].merge(
        timetable.routes[["route_id", "mode"]], how="left", on="route_id", validate="m:1"
    )
    runs["run_id"] = runs["trip_id"] + "@" + runs["ahead"].astype("str")
    return runs[list(RUNS.names)], int(twice.sum())


def _spans(calls: pd.DataFrame) -> pd.DataFrame:
    """First departure and last arrival of each trip, and a hash of all that it calls at."""
    columns = ["stop_id", "arrival_s", "departure_s", "position", "boards", "alights"]
    hashes = pd.util.hash_pandas_object(calls[columns], index=False)
    return (
        calls.assign(calls=hashes)
        .groupby("trip_id")
        .agg(first_s=("departure_s", "min"), last_s=("arrival_s", "max"), calls=("calls", "sum"))
        .reset_index()
    )


def _hours(timetable: Timetable, day: dt.date, ground: BaseGeometry | None) -> pd.DataFrame:
    """SERVICE_HOURS of the days from Monday to Sunday around the day."""
    monday = day - dt.timedelta(days=day.weekday())
    week = [(monday + dt.timedelta(days=ahead)).isoformat() for ahead in range(7)]
    calls = timetable.stop_times
    near = calls["stop_id"].isin(stops_on(timetable.stops, ground))
    trips = calls.groupby("trip_id").agg(first_s=("departure_s", "min")).reset_index()
    here = calls[near].groupby("trip_id").size()
    trips["here"] = trips["trip_id"].isin(here.index[here > 1])
    trips["hour"] = trips["first_s"] // HOUR_S
    trips = trips.merge(
        timetable.trips[["trip_id", "service_id"]], how="left", on="trip_id", validate="1:1"
    )
    days = timetable.service_days[timetable.service_days["day"].isin(week)]
    rows = days.merge(trips, how="inner", on="service_id")
    found = rows.groupby(["day", "hour"], as_index=False).agg(
        trips=("trip_id", "size"), trips_here=("here", "sum")
    )
    return hold(found, SERVICE_HOURS)


def stops_on(stops: gpd.GeoDataFrame, ground: BaseGeometry | None) -> pd.Series:
    """The ids of the stops on the ground; of all stops where there is none."""
    inside = np.ones(len(stops), dtype=bool)
    if ground is not None:
        shapely.prepare(ground)
        inside = np.asarray(shapely.intersects(ground, stops.geometry.to_numpy()), dtype=bool)
    ids: pd.Series = stops.loc[inside, "stop_id"]
    return ids
