"""Contracts of what the publishers gave us, as the readers in ``sources`` hand it on."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

VISIBILITY = ("public", "officer", "restricted")
STEP_FREE = ("yes", "limited", "no", "unknown")
STAGES = ("allocated", "consented", "funded", "on site", "open")

BOUNDARIES = Contract(
    "BOUNDARIES",
    ("area_id",),
    (
        Column("area_id", "text", "Published code of the area"),
        Column("area_name", "text", "Published statistical name", nullable=True),
        Column("geometry", "polygon", "Boundary"),
    ),
    "Boundaries of small areas, valid polygons in the study's CRS",
)

GEOGRAPHY = Contract(
    "GEOGRAPHY",
    ("area_id", "level"),
    (
        Column("area_id", "text", "Small area"),
        Column("level", "text", "nation, region, authority, ward, msoa or a level of the study"),
        Column("unit_id", "text", "Code of the larger unit"),
        Column("unit_name", "text", "Name of the larger unit"),
        Column("fit", "text", "How it fits", choices=("exact", "best fit", "by position")),
    ),
    "Which larger unit each small area belongs to, by level",
)

CROSSWALK = Contract(
    "CROSSWALK",
    ("from_area_id", "to_area_id"),
    (
        Column("from_area_id", "text", "Area of the older vintage"),
        Column("to_area_id", "text", "Area of the newer vintage"),
        Column("change", "text", "U unchanged, S split, M merged, X irregular",
               choices=("U", "S", "M", "X")),
    ),
    "Exact-fit lookup between two vintages of areas",
)  # fmt: skip

DEPRIVATION = Contract(
    "DEPRIVATION",
    ("area_id", "domain"),
    (
        Column("area_id", "text", "Published code of the area"),
        Column("domain", "text", "imd, income, employment, education, health, crime, barriers, "
               "living, idaci, idaopi, or a sub-domain; access, housing, safety, environment in "
               "Wales"),
        Column("score", "float", "Published score, higher = more deprived", nullable=True,
               decimals=6),
        Column("rank", "int", "Published rank, 1 = most deprived", low=1),
        Column("decile", "int", "Published decile, 1 = most deprived tenth", low=1, high=10),
    ),
    "A whole nation's index of deprivation, as published, long",
)  # fmt: skip

POPULATION = Contract(
    "POPULATION",
    ("area_id", "kind", "group"),
    (
        Column("area_id", "text", "Area"),
        Column("kind", "text", "all, age, disability, tenure or another grouping"),
        Column("group", "text", "Group within the kind, as published; 'all' for everybody"),
        Column("people", "float", "People (households for tenure)", "people", low=0, decimals=3),
        Column("crosswalk_status", "text", "How the number came to this vintage",
               choices=("published", "unchanged", "summed", "shared out", "irregular")),
    ),
    "People by area and group, long",
)  # fmt: skip

PLACES = Contract(
    "PLACES",
    ("place_id",),
    (
        Column("place_id", "text", "Id of the place, unique in the study"),
        Column("basis", "text", "output area, residential building, postcode, population-weighted "
               "centre, raster cell or area centre"),
        Column("area_id", "text", "Area, where the publisher says so; else found by position",
               nullable=True),
        Column("people", "float", "People at the place, where published", "people", low=0,
               nullable=True, decimals=6),
        Column("geometry", "point", "Where people are taken to live"),
    ),
    "Places where people live",
)  # fmt: skip

RAW_ASSETS = Contract(
    "RAW_ASSETS",
    ("source_id", "source_row"),
    (
        Column("source_id", "text", "Source in study.toml"),
        Column("source_row", "text", "Row number or id in the file"),
        Column("name", "text", "Name as given; may be empty", nullable=True),
        Column("category", "text", "Category of _data/categories.toml"),
        Column("supply", "float", "Capacity offered; 1 where not known", low=0, decimals=3),
        Column("size_m2", "float", "Ground covered, for green space", "m2", low=0, nullable=True,
               decimals=0),
        Column("uprn", "text", "Unique property reference number", nullable=True),
        Column("postcode", "text", "Postcode", nullable=True),
        Column("address", "text", "Address", nullable=True),
        Column("opening_hours", "text", "Opening hours in the OSM grammar", nullable=True),
        Column("wheelchair", "text", "Step-free state", choices=STEP_FREE),
        Column("visibility", "text", "Who may see it", choices=VISIBILITY),
        Column("precision_m", "float", "How far the point may be off", "m", low=0, decimals=0),
        Column("as_listed", "text", "Date the source speaks of, when it is old", nullable=True),
        Column("geometry", "shape", "Point, or polygon for green space"),
    ),
    "Assets as one source gave them, placed on the map",
)  # fmt: skip

RAW_ENTRANCES = Contract(
    "RAW_ENTRANCES",
    ("source_id", "source_row", "entrance"),
    (
        Column("source_id", "text", "Source in study.toml"),
        Column("source_row", "text", "The asset's row in RAW_ASSETS"),
        Column("entrance", "int", "Number of the entrance", low=1),
        Column("geometry", "point", "Gate or entrance that walkers may use"),
    ),
    "Published entrances of assets",
)

UNPLACED = Contract(
    "UNPLACED",
    ("source_id", "source_row"),
    (
        Column("source_id", "text", "Source in study.toml"),
        Column("source_row", "text", "Row number in the file"),
        Column("name", "text", "Name as given", nullable=True),
        Column("reason", "text", "Why it has no place on the map"),
    ),
    "Rows of registers that could not be placed",
)

SCHEMES = Contract(
    "SCHEMES",
    ("scheme_id",),
    (
        Column("scheme_id", "text", "Scheme"),
        Column("name", "text", "Name"),
        Column("kind", "text", "Kind of scheme"),
        Column("stage", "text", "Stage", choices=STAGES),
        Column("opens", "text", "Opening date, YYYY-MM-DD", nullable=True),
        Column("delivers", "text", "Public assets it brings: category at lon/lat or within; "
               "separated by ';'", nullable=True),
        Column("removes", "text", "homes, assets, open space: separated by ';'", nullable=True),
        Column("homes", "float", "Net new homes", low=0, nullable=True, decimals=0),
        Column("geometry", "shape", "Point or polygon"),
    ),
    "Regeneration schemes",
)  # fmt: skip

NAMES = Contract(
    "NAMES",
    ("area_id",),
    (
        Column("area_id", "text", "Published code of the area"),
        Column("place", "text", "What residents call it"),
    ),
    "Residents' own names of neighbourhoods",
)
