"""Contracts of when places are open: in a week, and at the times that a study asks for."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
OPEN_STATES = ("yes", "no", "unknown")

OPEN_WEEK = Contract(
    "OPEN_WEEK",
    ("to_id", "opens_min"),
    (
        Column("to_id", "text", "Asset; closed wherever it has no row"),
        Column("opens_min", "int", "From so many minutes after the week's first midnight", "min",
               low=0, high=WEEK_MIN),
        Column("closes_min", "int", "To before so many", "min", low=0, high=WEEK_MIN),
        Column("state", "text", "open, or not known to be open or closed",
               choices=("open", "unknown")),
        Column("why", "text", "Why it is not known; empty where it is open", nullable=True,
               choices=("not listed", "not understood", "school holidays", "depends")),
    ),
    "When each asset is open in the study's week, by the clock on its wall",
)  # fmt: skip

MOMENTS = Contract(
    "MOMENTS",
    ("moment",),
    (
        Column("moment", "text", "Name of the time that the study asks for"),
        Column("day", "text", "Its day in the study's week, as 2026-11-03"),
        Column("clock", "text", "Its time of day, as 19:30"),
        Column("at_min", "int", "Minutes after the week's first midnight", "min", low=0,
               high=WEEK_MIN),
    ),
    "The times at which the study asks what is open",
)  # fmt: skip

OPEN_AT = Contract(
    "OPEN_AT",
    ("to_id", "moment"),
    (
        Column("to_id", "text", "Asset"),
        Column("moment", "text", "Name of the time"),
        Column("open", "text", "Whether it is open then; unknown is not no", choices=OPEN_STATES),
        Column("why", "text", "Why it is not known; empty where it is", nullable=True),
    ),
    "Whether each asset is open at each time that the study asks for",
)
