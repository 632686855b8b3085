"""Stops, in NaPTAN's 43 columns, and where they are for the timetable."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from shapely.geometry import Point
from shapely.ops import nearest_points, unary_union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_town.grid import Grid
    from example_town.osm import Drawer
    from example_town.plan import XY, Plan, Row

FROM_MIDDLE_M = 6
STATION = (2060, 1000)
JUNCTION = (2050, -24_000)


class Stop(NamedTuple):
    """A stop: its code, name, place, kind, and step-free state as GTFS has it (0, 1, 2)."""

    code: str
    name: str
    at: XY
    kind: str
    wheelchair: int
    active: bool = True


def make_stops(plan: Plan, grid: Grid) -> list[Stop]:
    """Two stops facing each other at each place, the station, and some that are gone."""
    roads = unary_union([grid.line(link) for link, road in grid.links.items() if "name" in road])
    stops = [stop for row in plan.given["stop"] for stop in _pair(row, roads)]
    stops.append(Stop("9100OSRFORD", "Osierford Rail Station", STATION, "RLY", 1))
    stops.append(Stop("0990OSRFORD1", "Osierford Rail Station", (2046, 1012), "RSE", 1))
    stops.append(Stop("9100SLWJUNC", "Sallow Junction Rail Station", JUNCTION, "RLY", 1))
    gone = [("0990GONE1", "Millbrook Shops", (2500, 330)), ("0990GONE2", "Colliery", (2700, 900)),
            ("0990GONE3", "Beacon Hill Top", (800, 2300))]  # fmt: skip
    return [*stops, *(Stop(*one, "BCT", 0, active=False) for one in gone)]


def _pair(row: Row, roads: Point) -> Iterator[Stop]:
    on = nearest_points(roads, Point(row["at"]))[0]
    ahead = nearest_points(roads.intersection(on.buffer(30).exterior), on)[0]
    length = math.dist((on.x, on.y), (ahead.x, ahead.y))
    side = (on.y - ahead.y) / length, (ahead.x - on.x) / length
    for number, sign in ((1, 1), (2, -1)):
        place = on.x + sign * FROM_MIDDLE_M * side[0], on.y + sign * FROM_MIDDLE_M * side[1]
        code = f"0990{row['id']}{number}"
        yield Stop(code, row["name"], place, "BCT", row.get("wheelchair", 0))


def draw_stops(stops: list[Stop], drawer: Drawer) -> None:
    """The bus stops as OpenStreetMap has them too, every other one."""
    for stop in [stop for stop in stops if stop.kind == "BCT" and stop.active][::2]:
        drawer.node(stop.at, highway="bus_stop", name=stop.name)


def naptan_table(plan: Plan, stops: list[Stop]) -> pd.DataFrame:
    """All stops as the national register lists them."""
    rows = []
    for number, stop in enumerate(stops):
        east, north = plan.metres(stop.at)
        lon, lat = plan.degrees(stop.at)
        rows.append(
            {
                "ATCOCode": stop.code,
                "NaptanCode": f"zzo{number:05d}",
                "CommonName": stop.name,
                "Indicator": "Entrance" if stop.kind == "RSE" else ("opp", "adj")[number % 2],
                "NptgLocalityCode": "N0099001",
                "LocalityName": "Osierford",
                "LocalityCentre": "false",
                "GridType": "UKOS",
                "Easting": int(east),
                "Northing": int(north),
                "Longitude": f"{lon:.5f}",
                "Latitude": f"{lat:.5f}",
                "StopType": stop.kind,
                "BusStopType": "MKD" if stop.kind == "BCT" else "",
                "TimingStatus": "OTH" if stop.kind == "BCT" else "",
                "AdministrativeAreaCode": "099",
                "CreationDateTime": "2020-01-01T00:00:00",
                "ModificationDateTime": "2026-01-01T00:00:00",
                "RevisionNumber": 1,
                "Modification": "new" if stop.active else "delete",
                "Status": "active" if stop.active else "inactive",
            }
        )
    return pd.DataFrame(rows, columns=plan.given["naptan"])
