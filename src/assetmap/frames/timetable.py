"""Contracts of public timetables, as GTFS feeds of one study hand them on together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import pandas as pd

from assetmap.frames.contract import Column, Contract

if TYPE_CHECKING:
    from collections.abc import Sequence

MODES = ("bus", "coach", "rail", "metro", "tram", "ferry", "other")
KNOWN = ("yes", "no", "unknown")

STOPS = Contract(
    "STOPS",
    ("stop_id",),
    (
        Column("stop_id", "text", "Stop, unique in the study: feed, colon, published id"),
        Column("code", "text", "Id as published, often the national one (ATCO in Britain)"),
        Column("public_code", "text", "Code on the stop itself; some feeds put the national one "
               "here", nullable=True),
        Column("name", "text", "Name as published"),
        Column("kind", "text", "What it is", choices=("stop", "station", "entrance")),
        Column("parent_id", "text", "The station it belongs to", nullable=True),
        Column("wheelchair", "text", "Whether wheelchair users can board", choices=KNOWN),
        Column("geometry", "point", "Where"),
    ),
    "Stops, stations and their entrances, with a place on the map",
)  # fmt: skip

ROUTES = Contract(
    "ROUTES",
    ("route_id",),
    (
        Column("route_id", "text", "Route: feed, colon, published id"),
        Column("name", "text", "What is written on the vehicle"),
        Column("mode", "text", "Kind of vehicle", choices=MODES),
        Column("route_type", "int", "Type as published, extended types as they stand"),
    ),
    "Routes and their vehicles",
)

TRIPS = Contract(
    "TRIPS",
    ("trip_id",),
    (
        Column("trip_id", "text", "Trip: feed, colon, published id; # and a number where it "
               "was made from frequencies"),
        Column("route_id", "text", "Route"),
        Column("service_id", "text", "Days on which it runs"),
        Column("direction", "int", "0 or 1 as published", nullable=True),
        Column("headsign", "text", "Where it says it goes", nullable=True),
        Column("wheelchair", "text", "Whether the vehicle takes wheelchair users", choices=KNOWN),
    ),
    "Trips that call at two stops or more",
)  # fmt: skip

STOP_TIMES = Contract(
    "STOP_TIMES",
    ("trip_id", "position"),
    (
        Column("trip_id", "text", "Trip"),
        Column("position", "int", "Place in the trip: 0, 1, 2 ...", low=0),
        Column("stop_id", "text", "Stop"),
        Column("arrival_s", "int", "Seconds after midnight of the service's day", "s", low=0),
        Column("departure_s", "int", "The same", "s", low=0),
        Column("boards", "bool", "One may get on"),
        Column("alights", "bool", "One may get off"),
    ),
    "Where and when each trip calls; never backwards in time",
)

SERVICE_DAYS = Contract(
    "SERVICE_DAYS",
    ("service_id", "day"),
    (
        Column("service_id", "text", "Service: feed, colon, published id"),
        Column("day", "text", "A day on which it runs, YYYY-MM-DD"),
    ),
    "Every day of every service, exceptions heeded",
)

TRANSFERS = Contract(
    "TRANSFERS",
    ("from_stop_id", "to_stop_id"),
    (
        Column("from_stop_id", "text", "Stop one gets off at"),
        Column("to_stop_id", "text", "Stop one gets on at"),
        Column("least_s", "int", "Least seconds between, as published; empty where nobody can "
               "change there", "s", low=0, nullable=True),
    ),
    "Changes that a publisher times or rules out",
)  # fmt: skip

PATHWAYS = Contract(
    "PATHWAYS",
    ("pathway_id",),
    (
        Column("pathway_id", "text", "Pathway: feed, colon, published id; direction after it"),
        Column("from_id", "text", "Platform, entrance or node in a station"),
        Column("to_id", "text", "The same"),
        Column("walk_s", "int", "Seconds to walk it", "s", low=0),
        Column("step_free", "bool", "No stairs or escalator"),
    ),
    "Ways inside stations, one row a direction",
)


class Timetable(NamedTuple):
    """The tables of all feeds of a study: STOPS, ROUTES, TRIPS and so on, each held."""

    stops: gpd.GeoDataFrame
    routes: pd.DataFrame
    trips: pd.DataFrame
    stop_times: pd.DataFrame
    service_days: pd.DataFrame
    transfers: pd.DataFrame
    pathways: pd.DataFrame


CONTRACTS = {
    "stops": STOPS, "routes": ROUTES, "trips": TRIPS, "stop_times": STOP_TIMES,
    "service_days": SERVICE_DAYS, "transfers": TRANSFERS, "pathways": PATHWAYS,
}  # fmt: skip


def joined(parts: Sequence[Timetable]) -> Timetable:
    """Several timetables as one; their ids never meet, since each carries its feed's name."""
    if len(parts) == 1:
        return parts[0]
    tables = {
        name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        .sort_values(list(contract.key), kind="stable")
        .reset_index(drop=True)
        for name, contract in CONTRACTS.items()
    }
    return Timetable(**{**tables, "stops": gpd.GeoDataFrame(tables["stops"])})
