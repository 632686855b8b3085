"""Contracts of what runs on one day, and of how well that serves places."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract
from assetmap.frames.timetable import KNOWN, MODES

BANDS = ("0", "1a", "1b", "2", "3", "4", "5", "6a", "6b")

RUNS = Contract(
    "RUNS",
    ("run_id",),
    (
        Column("run_id", "text", "Trip on its day: trip, @ and the days after the chosen one"),
        Column("trip_id", "text", "Trip"),
        Column("route_id", "text", "Route"),
        Column("mode", "text", "Kind of vehicle", choices=MODES),
        Column("direction", "int", "0 or 1 as published", nullable=True),
        Column("wheelchair", "text", "Whether the vehicle takes wheelchair users", choices=KNOWN),
        Column("shift_s", "int", "Seconds to add to its times, to count from the chosen day's "
               "midnight", "s"),
    ),
    "Trips that can be ridden on the day, those of the night before and the next morning too",
)  # fmt: skip

SERVICE_HOURS = Contract(
    "SERVICE_HOURS",
    ("day", "hour"),
    (
        Column("day", "text", "Day of the chosen day's week, YYYY-MM-DD"),
        Column("hour", "int", "Hour after that day's midnight in which trips set out", low=0),
        Column("trips", "int", "Trips that set out", low=0),
        Column("trips_here", "int", "Those of them that call at two stops of the study's ground",
               low=0),
    ),
    "How much runs, by day and hour: what was looked at before anything was routed",
)  # fmt: skip

FREQUENCIES = Contract(
    "FREQUENCIES",
    ("point_id", "service_id", "direction"),
    (
        Column("point_id", "text", "Stop, or the station that it belongs to"),
        Column("service_id", "text", "Route; of trains, a route's calling pattern"),
        Column("direction", "int", "0 or 1; -1 where the publisher does not say"),
        Column("mode", "text", "Kind of vehicle", choices=MODES),
        Column("per_hour", "float", "Departures an hour in the window", "1/h", low=0,
               decimals=6),
    ),
    "How often each route leaves each stop in a window of the day",
)  # fmt: skip

SERVICE_LEVELS = Contract(
    "SERVICE_LEVELS",
    ("from_id",),
    (
        Column("from_id", "text", "Place: a cell, an origin or an area"),
        Column("index", "float", "PTAL-method index", low=0, decimals=6),
        Column("band", "text", "Band of the index", choices=BANDS),
    ),
    "How well a place is served by public transport, by the PTAL method",
)
