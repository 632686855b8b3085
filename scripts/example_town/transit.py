"""A timetable in GTFS: a frequent bus, an hourly one that stops at tea time, and a train."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_town.plan import Plan, Row
    from example_town.stops import Stop

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
RUNS_ON = {"WK": "1111100", "SA": "0000010", "SU": "0000001"}
BUS_M_MIN, TRAIN_MIN = 250, 22
DETOUR = 1.25
FIRST_DAY, LAST_DAY = "20260101", "20271231"
NO_SERVICE = ("20261225", "20271225")
AS_SUNDAY = ("20260406", "20260525", "20260831", "20261228", "20270329", "20270531", "20270830")
AGENCY = "https://osierford.example"


def make_timetable(plan: Plan, stops: list[Stop]) -> dict[str, pd.DataFrame]:
    """The tables of the feed by file name."""
    used = [stop for stop in stops if stop.active and stop.kind != "RSE"]
    trips = list(_trips(plan, {stop.code: stop for stop in used}))
    feed = {"feed_publisher_name": "assetmap example (invented)", "feed_publisher_url": AGENCY,
            "feed_lang": "EN", "feed_start_date": FIRST_DAY, "feed_end_date": LAST_DAY,
            "feed_version": "1"}  # fmt: skip
    return {
        "agency.txt": _agencies(),
        "stops.txt": pd.DataFrame(_stop(plan, stop) for stop in used),
        "routes.txt": pd.DataFrame(
            {"route_id": route["id"], "agency_id": "RAIL" if route["type"] == 2 else "BUS",  # noqa: PLR2004
             "route_short_name": route["name"], "route_long_name": route["title"],
             "route_type": route["type"]}
            for route in plan.given["route"]
        ),
        "trips.txt": pd.DataFrame(trip for trip, _ in trips),
        "stop_times.txt": pd.DataFrame(call for _, calls in trips for call in calls),
        "calendar.txt": pd.DataFrame(
            {"service_id": service, **dict(zip(DAYS, days, strict=True)),
             "start_date": FIRST_DAY, "end_date": LAST_DAY}
            for service, days in RUNS_ON.items()
        ),
        "calendar_dates.txt": pd.DataFrame(_exceptions()),
        "feed_info.txt": pd.DataFrame([feed]),
    }  # fmt: skip


def _agencies() -> pd.DataFrame:
    both = [("BUS", "Sallow Vale Buses (invented)"), ("RAIL", "Sallow Vale Railway (invented)")]
    rows = [(code, name, AGENCY, "Europe/London", "EN") for code, name in both]
    heads = ["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"]
    return pd.DataFrame(rows, columns=heads)


def _stop(plan: Plan, stop: Stop) -> Row:
    lon, lat = plan.degrees(stop.at)
    return {"stop_id": stop.code, "stop_code": stop.code[-5:].lower(), "stop_name": stop.name,
            "stop_lat": f"{lat:.6f}", "stop_lon": f"{lon:.6f}",
            "wheelchair_boarding": stop.wheelchair, "location_type": 0}  # fmt: skip


def _exceptions() -> Iterator[Row]:
    """Nothing runs on Christmas Day; bank holidays run as Sundays (1 added, 2 removed)."""
    for day in NO_SERVICE:
        for service in RUNS_ON:
            yield {"service_id": service, "date": day, "exception_type": 2}
    for day in AS_SUNDAY:
        yield {"service_id": "WK", "date": day, "exception_type": 2}
        yield {"service_id": "SU", "date": day, "exception_type": 1}


def _trips(plan: Plan, stops: dict[str, Stop]) -> Iterator[tuple[Row, list[Row]]]:
    for route in plan.given["route"]:
        for way, codes in enumerate(_both_ways(route)):
            called = [stops[code] for code in codes]
            for run in route["runs"]:
                for leaves in _departures(run["times"]):
                    trip = f"{route['id']}-{run['service']}-{way}-{leaves:04d}"
                    head = {"route_id": route["id"], "service_id": run["service"],
                            "trip_id": trip, "trip_headsign": called[-1].name,
                            "direction_id": way,
                            "wheelchair_accessible": route["accessible"]}  # fmt: skip
                    yield head, list(_calls(trip, called, leaves))


def _both_ways(route: Row) -> tuple[list[str], list[str]]:
    if route["id"] == "RAIL":
        ends = ["9100OSRFORD", "9100SLWJUNC"]
        return ends, ends[::-1]
    out = [f"0990{stop}1" for stop in route["stops"]]
    return out, [f"0990{stop}2" for stop in route["stops"][::-1]]


def _departures(spans: list[tuple[str, str, int]]) -> Iterator[int]:
    for first, last, every in spans:
        start, end = (60 * int(time[:2]) + int(time[3:]) for time in (first, last))
        yield from range(start, end + 1, every)


def _calls(trip: str, called: list[Stop], leaves: int) -> Iterator[Row]:
    minute = float(leaves)
    for number, stop in enumerate(called):
        if number:
            train = stop.kind == "RLY"
            ride = TRAIN_MIN if train else DETOUR * math.dist(called[number - 1].at, stop.at)
            minute += ride if train else ride / BUS_M_MIN
        time = f"{int(minute) // 60:02d}:{int(minute) % 60:02d}:00"
        yield {
            "trip_id": trip,
            "arrival_time": time,
            "departure_time": time,
            "stop_id": stop.code,
            "stop_sequence": number,
            "timepoint": 0 if number else 1,
        }
