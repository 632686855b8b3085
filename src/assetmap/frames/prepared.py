"""Contracts of what ``layers`` makes ready and ``network`` and ``access`` measure."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract
from assetmap.frames.given import STEP_FREE, VISIBILITY

ROLES = ("study", "edge")

AREAS = Contract(
    "AREAS",
    ("area_id",),
    (
        Column("area_id", "text", "Published code of the area"),
        Column("name", "text", "Published statistical name"),
        Column("place", "text", "What a resident would call it; unique in the study"),
        Column("authority_id", "text", "Local authority"),
        Column("authority_name", "text", "Local authority"),
        Column("role", "text", "study: reported; edge: only around it", choices=ROLES),
        Column("people", "float", "Usual residents", "people", low=0, decimals=3),
        Column("geometry", "polygon", "Boundary"),
    ),
    "One row an area",
)

ORIGINS = Contract(
    "ORIGINS",
    ("from_id",),
    (
        Column("from_id", "text", "Origin"),
        Column("area_id", "text", "The area it stands for"),
        Column("role", "text", "study or edge", choices=ROLES),
        Column("basis", "text", "Kind of place"),
        Column("people", "float", "People taken to live there", "people", low=0, decimals=6),
        Column("shared", "bool", "True where the area's people were shared equally: an estimate"),
        Column(
            "code",
            "text",
            "Published code of the output area that stands here; empty for "
            "every other place, and where several stand on one metre",
            nullable=True,
        ),
        Column("geometry", "point", "Where"),
    ),
    "One row a place where people live",
)

ASSETS = Contract(
    "ASSETS",
    ("to_id",),
    (
        Column("to_id", "text", "Asset"),
        Column("name", "text", "Name, or its category where it has none"),
        Column("category", "text", "Category"),
        Column("theme", "text", "Theme of the category"),
        Column("supply", "float", "Capacity offered", low=0, decimals=3),
        Column("size_m2", "float", "Ground covered, for green space", "m2", low=0, nullable=True,
               decimals=0),
        Column("address", "text", "Address", nullable=True),
        Column("opening_hours", "text", "Opening hours", nullable=True),
        Column("wheelchair", "text", "Step-free state", choices=STEP_FREE),
        Column("visibility", "text", "Who may see it", choices=VISIBILITY),
        Column("precision_m", "float", "How far the point may be off", "m", low=0, decimals=0),
        Column("as_listed", "text", "Date the source speaks of, when it is old", nullable=True),
        Column("sources", "text", "Sources that list it, the leading one first; ' + ' between"),
        Column("role", "text", "study: inside; edge: around it", choices=ROLES),
        Column("area_id", "text", "Area it stands in, where known", nullable=True),
        Column("geometry", "point", "Where: its place on the map, not where one enters"),
    ),
    "One row an asset, double entries merged",
)  # fmt: skip

ENTRANCES = Contract(
    "ENTRANCES",
    ("to_id", "entrance"),
    (
        Column("to_id", "text", "Asset"),
        Column("entrance", "int", "Number of the entrance", low=1),
        Column("basis", "text", "How it was found",
               choices=("published", "path crossing", "boundary", "point")),
        Column("geometry", "point", "Where one enters"),
    ),
    "Where an asset is entered; the cost to the asset is the least over its entrances",
)  # fmt: skip

COVERAGE = Contract(
    "COVERAGE",
    ("area_id", "standard_id"),
    (
        Column("area_id", "text", "Area"),
        Column("standard_id", "text", "Standard"),
        Column("theme", "text", "Theme of the standard"),
        Column("measured", "bool", "A loaded source covers the area and the ground around it"),
        Column("reason", "text", "Why not measured, in plain words; empty where measured",
               nullable=True),
    ),
    "What is measured where; what is not measured is never a failure and never a zero",
)  # fmt: skip

STANDARDS = Contract(
    "STANDARDS",
    ("standard_id",),
    (
        Column("standard_id", "text", "Standard"),
        Column("theme", "text", "Theme it tests"),
        Column("categories", "text", "Categories that satisfy it; ';' between"),
        Column("label", "text", "Plain name"),
        Column("threshold_m", "float", "Distance as stated", "m", low=0, decimals=0),
        Column("threshold_min", "float", "The same at its source's pace, 80 m/min unless it says "
               "otherwise", "min", low=0, decimals=4),
        Column("min_size_m2", "float", "Least size that counts", "m2", low=0, nullable=True,
               decimals=0),
        Column("source", "text", "Who set it"),
        Column("status", "text", "verified, from memory, design choice, withdrawn"),
    ),
    "Minimum standards: benchmarks to be chosen with residents",
)  # fmt: skip

COSTS = Contract(
    "COSTS",
    ("from_id", "to_id"),
    (
        Column("from_id", "text", "Origin"),
        Column("to_id", "text", "Asset"),
        Column("cost_min", "float", "Travel cost, one way", "min", low=0, decimals=4),
    ),
    "Least travel cost; no row = out of reach of the cut-off. Held by frames.costs, not pandera",
)

SNAPS = Contract(
    "SNAPS",
    ("role", "point_id", "entrance"),
    (
        Column("role", "text", "origin or asset", choices=("origin", "asset")),
        Column("point_id", "text", "from_id or to_id"),
        Column("entrance", "int", "Entrance number; 0 for an origin", low=0),
        Column("snap_m", "float", "Distance to the nearest street", "m", low=0, nullable=True,
               decimals=2),
        Column("state", "text", "What became of it",
               choices=("on streets", "too far", "on an island", "no streets here",
                        "straight line")),
    ),
    "How each point met the streets",
)  # fmt: skip

POSTCODES = Contract(
    "POSTCODES",
    ("postcode",),
    (
        Column("postcode", "text", "Postcode as published"),
        Column("area_id", "text", "Area of the study that it is in"),
    ),
    "Which area each postcode is in",
)

STREET_NAMES = Contract(
    "STREET_NAMES",
    ("street", "area_id"),
    (
        Column("street", "text", "Name of the street"),
        Column("area_id", "text", "Area of the study that it runs through"),
    ),
    "Which areas each street by name runs through",
)
