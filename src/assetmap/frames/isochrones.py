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
