"""Contract of the ground within reach, drawn for the map; people are counted from COSTS instead."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

ISOCHRONES = Contract(
    "ISOCHRONES",
    ("point_id", "minutes"),
    (
        Column("point_id", "text", "from_id or to_id"),
        Column("minutes", "float", "Walk of at most so long", "min", low=0, decimals=4),
        Column("geometry", "polygon", "Ground along the streets within that walk"),
    ),
    "Ground along the streets from which, or to which, one can walk in so many minutes",
)

GROUND_WITHIN = Contract(
    "GROUND_WITHIN",
    ("standard_id", "profile", "minutes"),
    (
        Column("standard_id", "text", "Standard whose places it is around"),
        Column("profile", "text", "Walking profile"),
        Column("minutes", "float", "Walk of at most so long", "min", low=0, decimals=4),
        Column("people_within", "float", "People of the study whose own walk to the nearest is "
               "within the minutes; counted from travel costs, not from the shape", "people",
               low=0, decimals=3),
        Column("people", "float", "People of the study where it is measured", "people", low=0,
               decimals=3),
        Column("geometry", "polygon", "Ground from which one can walk to the nearest in so long"),
    ),
    "Ground within a walk of the nearest place of a kind, for the map",
)  # fmt: skip
