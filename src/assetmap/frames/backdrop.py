"""Contract of what a map is drawn on so that a reader finds the way; nothing is measured on it."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

KINDS = ("green", "water", "stream", "road")

BACKDROP = Contract(
    "BACKDROP",
    ("kind",),
    (
        Column("kind", "text", "What it is", choices=KINDS),
        Column("geometry", "shape", "All of it around the study's own areas"),
    ),
    "Green space, water, streams and main roads behind the map",
)
