"""Contracts of bus stops without times: which routes call, where nobody says how often."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

STOP_ROUTES = Contract(
    "STOP_ROUTES",
    ("code", "route"),
    (
        Column("code", "text", "Stop, as published"),
        Column("route", "text", "Route that calls there"),
        Column("geometry", "point", "Where the stop is"),
    ),
    "Routes that call at each stop, without times",
)

STOPS_ALONE = Contract(
    "STOPS_ALONE",
    ("to_id",),
    (
        Column("to_id", "text", "Stop in ASSETS"),
        Column("name", "text", "Name"),
        Column("area_id", "text", "Area it stands in", nullable=True),
        Column("routes", "int", "Routes that call there; empty where no list has the stop", low=0,
               nullable=True),
        Column("which", "text", "Those routes; a blank between", nullable=True),
    ),
    "Bus stops of a study without a timetable: what calls there, not how often",
)  # fmt: skip

STOPS_BY_AREA = Contract(
    "STOPS_BY_AREA",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("stops", "int", "Bus stops in it", low=0),
        Column("known", "int", "Those of them whose routes are known", low=0),
        Column("routes", "int", "Different routes that call at those; empty where none is known",
               low=0, nullable=True),
        Column("routes_a_stop", "float", "Routes that call at one of those, mean", low=0,
               nullable=True, decimals=2),
    ),
    "Bus stops and routes of each area of a study without a timetable",
)  # fmt: skip
