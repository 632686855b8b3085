"""Contracts of how sure a finding is: of each area, by each assumption, and what matters most."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

ROBUSTNESS = Contract(
    "ROBUSTNESS",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("robustness", "float", "Share of draws in which the area is flagged (left_behind or "
               "at_risk); empty where it cannot be spoken of", low=0, high=1, nullable=True,
               decimals=6),
        Column("level_share", "float", "Share of draws in which it has the very level found",
               low=0, high=1, nullable=True, decimals=6),
        Column("rank", "int", "Place of its access score, 1 = lowest in the study", low=1,
               nullable=True),
        Column("rank_p5", "int", "Place that it is at or above in 5 % of draws", low=1,
               nullable=True),
        Column("rank_p95", "int", "Place that it is at or above in 95 % of draws", low=1,
               nullable=True),
        Column("draws", "int", "Draws", low=1),
        Column("hinges_on", "text", "The assumption that explains most of whether it is flagged; "
               "empty where every draw agrees, or none explains a twentieth", nullable=True),
        Column("hinges_share", "float", "First-order share of that assumption", low=0, high=1,
               nullable=True, decimals=4),
    ),
    "How often each area's flag stands when the uncertain inputs are shaken",
)  # fmt: skip

SENSITIVITY = Contract(
    "SENSITIVITY",
    ("assumption", "value"),
    (
        Column("assumption", "text", "What is changed, all else as the study has it"),
        Column("value", "text", "To what"),
        Column("own", "bool", "The study's own value"),
        Column("flagged", "int", "Areas flagged", "areas", low=0),
        Column("left_behind", "int", "Of these left_behind", "areas", low=0),
        Column("at_risk", "int", "Of these at_risk", "areas", low=0),
        Column("joins", "int", "Flagged now, and not by the study's own values", "areas", low=0),
        Column("leaves", "int", "Flagged by the study's own values, and not now", "areas", low=0),
        Column("jaccard", "float", "Areas on both lists over areas on either; 1 where both are "
               "empty", low=0, high=1, decimals=4),
    ),
    "One assumption changed at a time",
)  # fmt: skip

IMPORTANCE = Contract(
    "IMPORTANCE",
    ("assumption",),
    (
        Column("assumption", "text", "What is drawn"),
        Column("share", "float", "First-order share of the variance of how many areas are flagged; "
               "empty where that never varies", low=0, high=1, nullable=True, decimals=4),
        Column("areas", "int", "Areas whose flag hinges on it more than on any other", "areas",
               low=0),
    ),
    "Which assumption matters",
)  # fmt: skip
