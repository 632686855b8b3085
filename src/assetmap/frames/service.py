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

TIMES = ("early", "peak", "evening", "sunday")

SERVICE = Contract(
    "SERVICE",
    ("area_id", "time"),
    (
        Column("area_id", "text", "Area"),
        Column("time", "text", "Time of the week", choices=TIMES),
        Column("index", "float", "PTAL-method index, mean over the area's people", low=0,
               decimals=4),
        Column("band", "text", "Band of that index", choices=BANDS),
        Column("routes", "float", "Routes within a walk that counts, mean over its people", low=0,
               decimals=2),
        Column("departures_an_hour", "float", "Departures an hour of those routes, the higher "
               "direction of each, mean over its people", "1/h", low=0, decimals=2),
    ),
    "How well each neighbourhood is served, by the PTAL method, at times of the week",
)  # fmt: skip

SERVICE_GRID = Contract(
    "SERVICE_GRID",
    ("cell_id",),
    (
        Column("cell_id", "text", "South west corner of the 100 m cell, in metres of the CRS"),
        Column("area_id", "text", "Area that its middle lies in"),
        Column("index", "float", "PTAL-method index in the peak hour", low=0, decimals=4),
        Column("band", "text", "Band of that index", choices=BANDS),
    ),
    "PTAL-method index of every 100 m cell near the streets",
)

DOOR_TO_DOOR = Contract(
    "DOOR_TO_DOOR",
    ("area_id", "place"),
    (
        Column("area_id", "text", "Area"),
        Column("place", "text", "Place that the study names"),
        Column("minutes", "float", "Door to door in the window, median over its departures; "
               "empty where out of reach", "min", low=0, nullable=True, decimals=1),
        Column("an_hour", "float", "Different times an hour at which one gets there by vehicle",
               "1/h", low=0, decimals=2),
        Column("on_foot", "bool", "Walking all the way takes no longer in the window"),
        Column("evening_minutes", "float", "The same in the evening; empty where out of reach or "
               "not asked", "min", low=0, nullable=True, decimals=1),
        Column("sunday_minutes", "float", "The same on Sunday; empty where out of reach or not "
               "measured", "min", low=0, nullable=True, decimals=1),
        Column("last_home", "text", "When the last journey by vehicle leaves for home, HH:MM; "
               "after 24:00 it is the next day", nullable=True),
        Column("sunday_measured", "bool", "The timetable says enough of the Sunday"),
    ),
    "From the middle of each neighbourhood to places that matter, by public transport or on foot",
)  # fmt: skip

REACHED = Contract(
    "REACHED",
    ("standard_id", "profile"),
    (
        Column("standard_id", "text", "Standard"),
        Column("profile", "text", "standard: on foot; transit and so on: by public transport"),
        Column("minutes", "float", "Within so long", "min", low=0),
        Column("share", "float", "Share of the measured people who reach one", low=0, high=1,
               decimals=6),
        Column("day", "text", "Day of the journeys, YYYY-MM-DD; empty on foot", nullable=True),
        Column("starts", "text", "People set out from then on, HH:MM", nullable=True),
        Column("ends", "text", "People set out before then, HH:MM", nullable=True),
    ),
    "Who reaches each kind of place within the same time on foot and by public transport",
)  # fmt: skip
