"""Contracts of the evidence that the three-leg test is decided on, one row an area."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

BENEFIT_STATES = ("yes", "no", "expected", "marginal", "unknown")

THEME_SHARES = Contract(
    "THEME_SHARES",
    ("area_id", "theme"),
    (
        Column("area_id", "text", "Area"),
        Column("theme", "text", "Theme"),
        Column("share_failing", "float", "Share of people beyond every measured standard of the "
               "theme; empty where not measured", low=0, high=1, nullable=True, decimals=6),
        Column("measured", "bool", "A loaded source covers the area and the ground around it"),
        Column("stale", "bool", "Rests on a source older than its max_age_years alone"),
        Column("straight", "bool", "Costs are straight lines with a detour factor"),
    ),
    "Share of people beyond the standards, by area and theme",
)  # fmt: skip

BENEFIT = Contract(
    "BENEFIT",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("state", "text", "Whether schemes bring people nearer to public assets",
               choices=BENEFIT_STATES),
        Column("minutes_saved", "float", "Most minutes saved on one theme by open or dated "
               "public assets; empty where unknown", "min", nullable=True, decimals=4),
        Column("expected_min", "float", "The same, with allocated and consented schemes too",
               "min", nullable=True, decimals=4),
        Column("share_inside", "float", "Share of people inside a scheme's boundary: context, "
               "never a benefit", low=0, high=1, nullable=True, decimals=6),
        Column("near_silent", "bool", "Within reach of a scheme that does not say what it brings"),
        Column("directly_affected", "bool", "A scheme here removes homes"),
    ),
    "What schemes bring each area, by outcome",
)  # fmt: skip

FIRM, WITH_PLANNED = "open or dated", "planned too"
SPILL_OVER_MIN = (5, 10, 15, 20)

SCHEME_REACH = Contract(
    "SCHEME_REACH",
    ("area_id", "counted"),
    (
        Column("area_id", "text", "Area"),
        Column("counted", "text", "Schemes whose public assets are counted",
               choices=(FIRM, WITH_PLANNED)),
        Column("share_inside", "float", "Share of people inside the boundary of any scheme",
               low=0, high=1, nullable=True, decimals=6),
        Column("share_catchment", "float", "Share of people within the distance of a standard "
               "that what is delivered meets", low=0, high=1, nullable=True, decimals=6),
        *(
            Column(f"share_{minutes}_min", "float", f"Share of people within {minutes} minutes of "
                   "what is delivered", low=0, high=1, nullable=True, decimals=6)
            for minutes in SPILL_OVER_MIN
        ),
    ),
    "Who is inside a scheme's boundary, and who is near what schemes deliver: context, never a "
    "benefit by itself",
)  # fmt: skip

QUALITY = Contract(
    "QUALITY",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("share_unsnapped", "float", "Share of people whose origins snap too far from the "
               "streets, or lie where there are none", low=0, high=1, decimals=6),
        Column("crosswalk_status", "text", "How its numbers came to this vintage; X or "
               "'irregular' cannot be used"),
        Column("streets_cover", "bool", "The streets reach the area"),
        Column("detour_survival", "float", "Share of draws of detour factors in which the level "
               "stands; empty where not drawn", low=0, high=1, nullable=True, decimals=6),
    ),
    "Whether an area's numbers are good enough to speak of it",
)  # fmt: skip
