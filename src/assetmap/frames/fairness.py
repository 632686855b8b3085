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

UNIT_SUMMARIES = Contract(
    "UNIT_SUMMARIES",
    ("level", "unit_id", "measure"),
    (
        Column("level", "text", "authority, ward, locality or another level of the study; area "
               "for a small area itself"),
        Column("unit_id", "text", "The larger place"),
        Column("unit_name", "text", "Its name"),
        Column("measure", "text", "What is summed up"),
        Column("value", "float", "Value", decimals=4),
        Column("unit", "text", "Unit of the value; empty for an index or a rank"),
        Column("areas", "int", "Small areas it speaks of", low=1),
        Column("people", "float", "People it speaks of", "people", low=0, decimals=3),
        Column("fit", "text", "How small areas fit into it"),
        Column("geography", "text", "Which geography, of which year"),
        Column("label", "text", "Whose figure it is"),
    ),
    "What was measured and found, for larger places: counts add up, the rest are means by people",
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

COMPUTED, NOT_COMPUTED = "computed", "not computed: "
EVERYBODY = "everybody"

FAIRNESS = Contract(
    "FAIRNESS",
    ("of_what", "by", "measure", "group"),
    (
        Column("of_what", "text", "What is shared out, as 'minutes to a library'"),
        Column("by", "text", "What people are put in line or grouped by"),
        Column("measure", "text", "Measure of fairness"),
        Column("group", "text", "The group it speaks of; everybody where it speaks of the line"),
        Column("value", "float", "Value; empty where it is not computed", nullable=True,
               decimals=6),
        Column("low", "float", "2.5th percentile of the interval", nullable=True, decimals=6),
        Column("high", "float", "97.5th percentile of the interval", nullable=True, decimals=6),
        Column("unit", "text", "Unit; empty for an index, a ratio or a share of people"),
        Column("people", "float", "People it speaks of (households for tenure)", "people", low=0,
               decimals=3),
        Column("status", "text", "computed, with what counts as what; or not computed: why"),
    ),
    "How evenly access is shared, on people and not on areas. Intervals say how much a figure "
    "hangs on which neighbourhoods are counted",
)  # fmt: skip

SCHEME_AREAS = Contract(
    "SCHEME_AREAS",
    ("of_what",),
    (
        Column("of_what", "text", "What is compared"),
        Column("scheme_areas", "float", "Mean of the people of areas that a scheme lies in; "
               "empty where there is none", nullable=True, decimals=4),
        Column("rest", "float", "Mean of the people of all other areas", nullable=True,
               decimals=4),
        Column("unit", "text", "Unit of both"),
        Column("people_scheme_areas", "float", "People of areas that a scheme lies in", "people",
               low=0, decimals=3),
        Column("people_rest", "float", "People of all other areas", "people", low=0, decimals=3),
        Column("status", "text", "computed, or not computed: why"),
    ),
    "Areas that a scheme lies in against the rest: boundaries are context, never a benefit",
)  # fmt: skip

NO_FREE_SPACE = Contract(
    "NO_FREE_SPACE",
    ("by", "group"),
    (
        Column("by", "text", "What people are grouped by"),
        Column("group", "text", "Group"),
        Column("people", "float", "People of the group where it is measured", "people", low=0,
               decimals=3),
        Column("without", "float", "Of them, people with none within 10 minutes", "people", low=0,
               nullable=True, decimals=3),
        Column("share", "float", "Share of the group without", low=0, high=1, nullable=True,
               decimals=6),
        Column("status", "text", "computed, or not computed: why"),
    ),
    "People with no free public indoor or green space within 10 minutes on foot",
)  # fmt: skip

SUPPLY = Contract(
    "SUPPLY",
    ("tenth", "theme"),
    (
        Column("tenth", "int", "Tenth of the nation's areas by need, 1 = most deprived", low=1,
               high=10),
        Column("theme", "text", "Theme"),
        Column("areas", "int", "The study's areas in this tenth", low=0),
        Column("people", "float", "People of these areas", "people", low=0, decimals=3),
        Column("places", "int", "Places and services of the theme that stand in them", low=0,
               nullable=True),
        Column("per_10000", "float", "Places for 10,000 people", low=0, nullable=True,
               decimals=4),
        Column("beyond", "float", "Share of people beyond every standard of the theme", low=0,
               high=1, nullable=True, decimals=6),
        Column("status", "text", "computed, or not computed: why"),
    ),
    "Supply by theme beside need",
)  # fmt: skip
