"""Contracts of deprivation and fairness summed up over larger places and groups of people."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

SUMMARIES = Contract(
    "SUMMARIES",
    ("level", "unit_id"),
    (
        Column("level", "text", "authority, ward, locality or another level of the study"),
        Column("unit_id", "text", "The larger place"),
        Column("basis", "text", "Basis of deprivation"),
        Column("areas", "int", "Small areas counted", low=1),
        Column("people", "float", "People of the index's denominator", "people", low=0,
               decimals=3),
        Column("average_rank", "float", "Mean of N + 1 - rank by people: higher = more deprived",
               low=0, nullable=True, decimals=2),
        Column("average_score", "float", "Mean score by people", nullable=True, decimals=3),
        Column("proportion", "float", "Share of its small areas in the nation's most deprived "
               "tenth", low=0, high=1, decimals=4),
        Column("extent", "float", "Share of people in the most deprived three tenths, sliding",
               low=0, high=1, nullable=True, decimals=4),
        Column("local_concentration", "float", "Mean of N + 1 - rank over its most deprived "
               "tenth of people", low=0, nullable=True, decimals=2),
        Column("label", "text", "Whose figure it is"),
    ),
    "Deprivation of larger places, by the published summary measures",
)  # fmt: skip

CLUSTERS = Contract(
    "CLUSTERS",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("cluster", "int", "Number of the cluster, the most people first", low=1),
        Column("areas", "int", "Areas of the cluster", low=1),
        Column("people", "float", "People of the cluster", "people", low=0, decimals=3),
    ),
    "Flagged areas that touch, at a side or a corner",
)

EQUITY = Contract(
    "EQUITY",
    ("subject", "by", "measure"),
    (
        Column("subject", "text", "What is shared out, as 'minutes to the nearest library'"),
        Column("by", "text", "What people are ordered or grouped by"),
        Column("measure", "text", "Measure of fairness"),
        Column("value", "float", "Value; empty where it is not defined", nullable=True,
               decimals=6),
        Column("low", "float", "2.5th percentile of the interval", nullable=True, decimals=6),
        Column("high", "float", "97.5th percentile of the interval", nullable=True, decimals=6),
        Column("reason", "text", "Why it is not defined", nullable=True),
    ),
    "How evenly access is shared, on people and not on areas",
)  # fmt: skip

GROUP_MEANS = Contract(
    "GROUP_MEANS",
    ("by", "group"),
    (
        Column("by", "text", "deprivation, age, disability, tenure or another grouping"),
        Column("group", "text", "Group"),
        Column("people", "float", "People (households for tenure)", "people", low=0, decimals=3),
        Column("mean", "float", "Mean of the areas they live in; empty where there is nobody",
               nullable=True, decimals=6),
    ),
    "Access of groups of people, as the mean of the areas they live in",
)  # fmt: skip
