"""Contracts of what was measured and found, as it is published."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

LEVELS = (
    "left_behind", "at_risk", "need_only", "access_only", "not_flagged", "insufficient_data",
)  # fmt: skip

INDEX_STATUS = ("published", "unchanged", "inherited", "averaged")

AREA_ACCESS = Contract(
    "AREA_ACCESS",
    ("area_id", "category", "measure", "profile"),
    (
        Column("area_id", "text", "Area"),
        Column("category", "text", "Category, standard or theme that is measured"),
        Column("measure", "text", "Measure"),
        Column("profile", "text", "Walking profile or mode"),
        Column("value", "float", "Value, weighted by people; empty = not measured or none in "
               "reach", nullable=True, decimals=6),
        Column("unit", "text", "Unit of the value"),
        Column("people", "float", "People the value speaks of", "people", low=0, decimals=3),
    ),
    "Access of each area, weighted by people",
)  # fmt: skip

NEED = Contract(
    "NEED",
    ("area_id", "reference"),
    (
        Column("area_id", "text", "Area"),
        Column("reference", "text", "Reference set", choices=("nation", "region", "authority",
                                                             "named")),
        Column("basis", "text", "imd, imd_ex_barriers, income, ..."),
        Column("rank", "int", "Rank in the set, 1 = most deprived", low=1),
        Column("of", "int", "Areas in the set", low=1),
        Column("percentile", "float", "100 rank / areas: low = more deprived", "%", low=0,
               high=100, decimals=4),
        Column("decile", "int", "1 = most deprived tenth of the set", low=1, high=10),
        Column("crosswalk_status", "text", "How the index came to this area: published, or from "
               "another vintage unchanged, inherited where split, averaged where merged",
               choices=INDEX_STATUS, nullable=True),
    ),
    "Deprivation of each area within each reference set",
)  # fmt: skip

SCORES = Contract(
    "SCORES",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("score", "float", "Composite access score, 0 poor to 1 good", low=0, high=1,
               nullable=True, decimals=6),
        Column("percentile", "float", "Share of the study's people with a lower or equal score",
               "%", low=0, high=100, nullable=True, decimals=4),
    ),
    "Composite access score over the measured themes",
)  # fmt: skip

FINDINGS = Contract(
    "FINDINGS",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("level", "text", "Level", choices=LEVELS),
        Column("reasons", "text", "Why, in a sentence"),
        Column("need", "bool", "Leg 1: deprived in the nation's or the region's set"),
        Column("need_local", "bool", "In the authority's own most deprived fifth"),
        Column("need_basis", "text", "Deprivation basis"),
        Column("need_reference", "text", "Reference set that decided leg 1"),
        Column("need_margin", "float", "Threshold less percentile; positive = met", "points",
               nullable=True, decimals=4),
        Column("need_nation_margin", "float", "The same within the nation", "points",
               nullable=True, decimals=4),
        Column("need_region_margin", "float", "The same within the region", "points",
               nullable=True, decimals=4),
        Column("need_authority_margin", "float", "The same within the authority", "points",
               nullable=True, decimals=4),
        Column("need_named_margin", "float", "The same within the named authorities", "points",
               nullable=True, decimals=4),
        Column("poor_access", "bool", "Leg 2: fails the standard or the relative test"),
        Column("access_test", "text", "Which test fired: standard is absolute, relative compares "
               "the study's own areas",
               choices=("standard", "relative", "both", "none", "not measured")),
        Column("themes_measured", "int", "Themes measured here", low=0),
        Column("themes_failed", "int", "Measured themes that most people fail", low=0),
        Column("themes_missing", "text", "Themes not measured here; ';' between", nullable=True),
        Column("access_margin", "float", "Failed share less a half, at the theme that decides; "
               "positive = met", nullable=True, decimals=6),
        Column("relative_margin", "float", "Worst fifth less the share of the study's areas that "
               "score as low or lower; positive = within it", "points", nullable=True,
               decimals=4),
        Column("beyond_share", "float", "Most people beyond the standards of one theme", low=0,
               high=1, nullable=True, decimals=6),
        Column("benefit", "text", "Leg 3", choices=("yes", "no", "expected", "marginal",
                                                   "unknown")),
        Column("benefit_min", "float", "Minutes that open or dated public assets save", "min",
               nullable=True, decimals=4),
        Column("benefit_margin", "float", "Least minutes that count less minutes saved; positive "
               "= no benefit", "min", nullable=True, decimals=4),
        Column("directly_affected", "bool", "A scheme here removes homes"),
        Column("caps", "text", "What keeps the level at at_risk; ';' between", nullable=True),
        Column("people", "float", "Usual residents", "people", low=0, decimals=3),
        Column("robustness", "float", "Share of draws of the uncertain inputs in which the area is "
               "flagged (left_behind or at_risk); empty where not drawn", low=0, high=1,
               nullable=True, decimals=6),
        Column("rank_p5", "int", "5th percentile over the draws of its access score's place, 1 = "
               "lowest in the study", low=1, nullable=True),
        Column("rank_p95", "int", "95th percentile of the same", low=1, nullable=True),
    ),
    "One row an area: its level, its three legs and their margins",
)  # fmt: skip

METHODS = Contract(
    "METHODS",
    ("name",),
    (
        Column("name", "text", "Measure or rule"),
        Column("formula", "text", "Formula in words or signs"),
        Column("settings", "text", "Settings of this study"),
        Column("source", "text", "Paper, standard or design choice"),
        Column("status", "text", "verified, from memory, design choice"),
    ),
    "How each number was made",
)

CAUTIONS = Contract(
    "CAUTIONS",
    ("code", "about"),
    (
        Column("code", "text", "Fixed name of the caution"),
        Column("about", "text", "Source or step"),
        Column("text", "text", "Plain words"),
        Column("count", "int", "Things it touches", low=0, nullable=True),
        Column("people", "float", "People it touches", "people", low=0, nullable=True,
               decimals=0),
    ),
    "What a reader must know beside the numbers",
)  # fmt: skip
