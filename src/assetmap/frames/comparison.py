"""Contract of two runs side by side."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract

CAUSES = ("none", "data", "method", "others moved", "real", "cannot be told apart")
ABSENT = "not in this run"

COMPARISON = Contract(
    "COMPARISON",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("place", "text", "What a resident would call it"),
        Column("level_before", "text", "Level in the earlier run"),
        Column("level_after", "text", "Level in the later run"),
        Column("cause", "text", "What made the level another: data = what we know of the same "
               "day; method = how it is worked out; others moved = only its place among others; "
               "real = the same sources at a later day", choices=CAUSES),
        Column("why", "text", "In a sentence"),
        Column("own_values_changed", "bool", "What its own people reach, or save, is another"),
        Column("need_margin_before", "float", "Points within the line of need, then; editions "
               "of an index are never differenced", "points", nullable=True, decimals=4),
        Column("need_margin_after", "float", "The same, now", "points", nullable=True,
               decimals=4),
        Column("access_margin_before", "float", "Failed share less a half, then", nullable=True,
               decimals=6),
        Column("access_margin_after", "float", "The same, now", nullable=True, decimals=6),
        Column("relative_margin_before", "float", "Points within the lowest fifth, then",
               "points", nullable=True, decimals=4),
        Column("relative_margin_after", "float", "The same, now", "points", nullable=True,
               decimals=4),
        Column("benefit_min_before", "float", "Minutes that schemes save, then", "min",
               nullable=True, decimals=4),
        Column("benefit_min_after", "float", "The same, now", "min", nullable=True, decimals=4),
    ),
    "Two runs side by side: nothing changed without which of four reasons",
)  # fmt: skip

GAPS = Contract(
    "GAPS",
    ("of_what", "measure"),
    (
        Column("of_what", "text", "What is shared out"),
        Column("measure", "text", "Measure of fairness"),
        Column("before", "float", "Then", nullable=True, decimals=6),
        Column("after", "float", "Now", nullable=True, decimals=6),
        Column("unit", "text", "Unit of both"),
        Column("narrowed", "text", "Whether the gap is smaller, or why that cannot be said"),
    ),
    "Gaps of fairness in two runs",
)
