"""A town of squares, one kilometre a side, for working by hand.

    C | D |
    --+---+---     F lies far to the east, beyond every edge
    A | B | E

A to D are the town (authority T, wards North and South); E is its neighbour (authority N).
"""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point, box

from assetmap.frames import hold, table_of
from assetmap.frames.given import (
    BOUNDARIES,
    GEOGRAPHY,
    PLACES,
    POPULATION,
    RAW_ASSETS,
    RAW_ENTRANCES,
)
from assetmap.layers.areas import make_areas

CRS = "EPSG:27700"
CORNERS = {"A": (0, 0), "B": (1, 0), "C": (0, 1), "D": (1, 1), "E": (2, 0), "F": (9, 0)}
PEOPLE = {"A": 100.0, "B": 200.0, "C": 300.0, "D": 400.0, "E": 50.0, "F": 60.0}


class Kind(NamedTuple):
    theme: str
    label: str
    plural: str


KINDS = {
    "library": Kind("community", "library", "libraries"),
    "community_centre": Kind("community", "community centre or hall", "community centres"),
    "primary_school": Kind("education", "primary school", "primary schools"),
    "bus_stop": Kind("transport", "bus stop", "bus stops"),
    "rail_station": Kind("transport", "railway station", "railway stations"),
    "park": Kind("green", "park or garden", "parks and gardens"),
    "playing_field": Kind("green", "playing field", "playing fields"),
    "cemetery": Kind("green", "cemetery", "cemeteries"),
}


def square(x_km: float, y_km: float):
    return box(x_km * 1000, y_km * 1000, x_km * 1000 + 1000, y_km * 1000 + 1000)


def boundaries(ids="ABCDEF"):
    shapes = [square(*CORNERS[one]) for one in ids]
    return gpd.GeoDataFrame(
        table_of(
            BOUNDARIES,
            {"area_id": list(ids), "area_name": [f"Town 00{i}" for i in ids], "geometry": shapes},
            crs=CRS,
        )
    )


def geography():
    rows = [(one, "authority", "N" if one in "EF" else "T") for one in "ABCDEF"]
    rows += [(one, "ward", {"A": "S", "B": "S", "C": "U", "D": "U"}[one]) for one in "ABCD"]
    names = {"T": "Toytown", "N": "Neighbour", "S": "South", "U": "North"}
    table = pd.DataFrame(rows, columns=["area_id", "level", "unit_id"])
    return hold(table.assign(unit_name=table["unit_id"].map(names), fit="exact"), GEOGRAPHY)


def population(people=None, kind="all", group="all"):
    people = PEOPLE if people is None else people
    return hold(
        pd.DataFrame(
            {
                "area_id": pd.Series(list(people), dtype="str"),
                "kind": kind,
                "group": group,
                "people": pd.Series(list(people.values()), dtype="float64"),
                "crosswalk_status": "published",
            }
        ),
        POPULATION,
    )


def town(edge_m=500.0):
    return make_areas(
        boundaries(), geography(), population(), authorities=["T"], edge_m=edge_m
    ).table


def places(*rows):
    """PLACES from rows of (x, y, people or None, area_id or None)."""
    return gpd.GeoDataFrame(
        table_of(
            PLACES,
            {
                "place_id": [f"p{number}" for number in range(len(rows))],
                "basis": ["postcode"] * len(rows),
                "area_id": pd.Series([row[3] for row in rows], dtype=object),
                "people": pd.Series([row[2] for row in rows], dtype="float64"),
                "geometry": [Point(row[0], row[1]) for row in rows],
            },
            crs=CRS,
        )
    )


def listing(row, category, shape, name=None, *, source="list", **more):
    """One row of RAW_ASSETS; a shape may be (x, y)."""
    return {
        "source_id": source,
        "source_row": str(row),
        "name": name,
        "category": category,
        "supply": 1.0,
        "wheelchair": "unknown",
        "visibility": "public",
        "precision_m": 0.0,
        "geometry": Point(shape) if isinstance(shape, tuple) else shape,
    } | more


def listings(*rows):
    columns = [column.name for column in RAW_ASSETS.columns]
    table = pd.DataFrame([{name: row.get(name) for name in columns} for row in rows],
                         columns=columns)  # fmt: skip
    return gpd.GeoDataFrame(hold(table, RAW_ASSETS, crs=CRS))


def gates(*rows):
    """RAW_ENTRANCES from rows of (source_id, source_row, x, y)."""
    return gpd.GeoDataFrame(
        table_of(
            RAW_ENTRANCES,
            {
                "source_id": pd.Series([row[0] for row in rows], dtype="str"),
                "source_row": pd.Series([row[1] for row in rows], dtype="str"),
                "entrance": pd.Series(range(1, len(rows) + 1), dtype="int64"),
                "geometry": [Point(row[2], row[3]) for row in rows],
            },
            crs=CRS,
        )
    )
