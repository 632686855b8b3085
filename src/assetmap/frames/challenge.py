"""Contracts of what would change each answer, and of who is nearest to the line."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract
from assetmap.frames.results import LEVELS

CHALLENGE = Contract(
    "CHALLENGE",
    ("area_id", "order"),
    (
        Column("area_id", "text", "Area"),
        Column("order", "int", "Order of its changes, the smallest first", low=1),
        Column("level", "text", "Level as it was found", choices=LEVELS),
        Column("setting", "text", "Choice that is changed, as explain --if takes it; empty where "
               "no single change that was tried makes the level another", nullable=True),
        Column("own", "text", "The study's own value", nullable=True),
        Column("value", "text", "The value nearest to it at which the level is another",
               nullable=True),
        Column("becomes", "text", "The level there", choices=LEVELS, nullable=True),
        Column("change", "float", "How large the change is, as a share of the study's own value",
               low=0, nullable=True, decimals=4),
        Column("says", "text", "The same in a sentence"),
    ),
    "What would change the answer, one choice at a time",
)  # fmt: skip

MISSES = Contract(
    "MISSES",
    ("order",),
    (
        Column("order", "int", "The nearest to the line first", low=1),
        Column("area_id", "text", "Area"),
        Column("place", "text", "What a resident would call it"),
        Column("level", "text", "Level", choices=LEVELS),
        Column("lacks", "text", "Legs of the test that it does not meet"),
        Column("shortfall", "float", "How far it is from the line on the leg that is farthest: "
               "need in hundredths of places, access in share of people, benefit in tens of "
               "minutes", low=0, decimals=6),
        Column("would_join", "text", "The smallest single change that would flag it",
               nullable=True),
        Column("people", "float", "Usual residents", "people", low=0, decimals=3),
    ),
    "Areas that are not flagged and are nearest to it, as many as are flagged",
)  # fmt: skip
