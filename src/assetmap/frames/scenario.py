"""What a scenario is: edits to a study, and what is known about them; and what they change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assetmap.frames.contract import Column, Contract
from assetmap.frames.given import STEP_FREE
from assetmap.frames.hold import table_of
from assetmap.frames.holdings import HOLDINGS, Rules
from assetmap.frames.results import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

KINDS = ("add", "remove", "move", "change", "link", "close", "homes")
OF_PLACES = ("add", "remove", "move", "change")
"""Edits that are of a place, whose neighbours can be counted."""

EDITS = Contract(
    "EDITS",
    ("edit",),
    (
        Column("edit", "int", "Number of the edit, in the order of the file", low=1),
        Column("kind", "text", "What is done", choices=KINDS),
        Column("asset", "text", "The asset it is done to: its to_id", nullable=True),
        Column("category", "text", "Category of what is added", nullable=True),
        Column("name", "text", "Name of what is added or changed", nullable=True),
        Column("supply", "float", "Capacity; empty where it is not touched", nullable=True,
               decimals=3),
        Column("opening_hours", "text", "Opening hours in the OSM grammar", nullable=True),
        Column("wheelchair", "text", "Step-free state", choices=STEP_FREE, nullable=True),
        Column("dwellings_low", "float", "Fewest net homes", nullable=True, decimals=1),
        Column("dwellings_high", "float", "Most net homes", nullable=True, decimals=1),
        Column("household_size", "float", "People a home", nullable=True, decimals=4),
        Column("capital", "float", "What it costs to build; for a choice under a budget",
               nullable=True, low=0, decimals=2),
        Column("opens", "text", "Day from which it holds, YYYY-MM-DD; empty = at once",
               nullable=True),
        Column("until", "text", "Last day on which it holds; empty = for good", nullable=True),
        Column("place", "text", "Where, in the study's CRS: point or line as WKT", nullable=True),
        Column("entrances", "text", "Where one enters, as WKT; empty = at the place",
               nullable=True),
    ),
    "What a scenario changes, one row a change",
)  # fmt: skip

GAINS = Contract(
    "GAINS",
    ("area_id",),
    (
        Column("area_id", "text", "Area"),
        Column("people", "float", "Residents of today", "people", low=0, decimals=3),
        Column("before", "float", "Access score today, 0 poor to 1 good", low=0, high=1,
               nullable=True, decimals=6),
        Column("after", "float", "Access score of the same residents with the scenario", low=0,
               high=1, nullable=True, decimals=6),
        Column("level_before", "text", "Level today", choices=LEVELS, nullable=True),
        Column("level_after", "text", "Level with the scenario", choices=LEVELS, nullable=True),
        Column("flag_falls", "bool", "Left behind or at risk today, and no more"),
        Column("reasons_after", "text", "Why the level is what it is", nullable=True),
        Column("newly_within", "float", "People newly within a standard they were beyond",
               "people", low=0, decimals=3),
        Column("no_longer_within", "float", "People no longer within one", "people", low=0,
               decimals=3),
        Column("minutes_saved", "float", "Person-minutes saved each way, summed over standards; "
               "below 0 = lost", "person-minutes", decimals=3),
        Column("decile", "int", "Tenth of deprivation in the nation, 1 = most deprived", low=1,
               high=10, nullable=True),
    ),
    "Who gains and who loses, one row an area; residents of today only",
)  # fmt: skip

CHANGES = Contract(
    "CHANGES",
    ("area_id", "standard_id"),
    (
        Column("area_id", "text", "Area"),
        Column("standard_id", "text", "Standard"),
        Column("people", "float", "Residents for whom it is measured", "people", low=0,
               decimals=3),
        Column("within_before", "float", "Of them within it today", "people", low=0, decimals=3),
        Column("within_after", "float", "Of them within it with the scenario", "people", low=0,
               decimals=3),
        Column("newly_within", "float", "Newly within", "people", low=0, decimals=3),
        Column("no_longer_within", "float", "No longer within", "people", low=0, decimals=3),
        Column("minutes_saved", "float", "Person-minutes saved each way; who reaches none counts "
               "as the cut-off", "person-minutes", decimals=3),
    ),
    "What changes by area and standard",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Money:
    """What a scenario costs, as its file says; nothing is monetised that was not given.

    ``yearly`` below 0 is a saving. ``low`` and ``high`` are the range of the capital.
    """

    capital: float | None = None
    yearly: float | None = None
    low: float | None = None
    high: float | None = None
    price_year: int | None = None
    source: str = ""
    currency: str = "£"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A scenario as its file says it.

    Attributes
    ----------
    edits
        EDITS.
    decision, status, about
        What is to be decided, how far along it is, and what it is, in plain words.
    money
        None where no cost was given: then costs are not compared.
    facts
        Owner, tenure, lease end, funding end, protection, hire cost: whatever is known.
    use
        Visits or bookings a year, and their source; empty where nobody knows.
    said
        What residents said: count, level, dates, text.
    mitigation
        What would make a loss good: ids of other scenarios, ``;`` between, or words.
    held
        HOLDINGS of the places that it adds, by the ``to_id`` that they get.
    rules
        What a place that it adds must keep to, to be a candidate.
    ruled_out
        Edit to why it is no candidate, where the file says so itself.
    """

    id: str
    name: str
    edits: pd.DataFrame
    decision: str = ""
    status: str = "proposed"
    about: str = ""
    author: str = ""
    funded: bool = False
    money: Money | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    use: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    mitigation: str = ""
    sha256: str = ""
    held: pd.DataFrame = field(default_factory=lambda: table_of(HOLDINGS, {"to_id": []}))
    rules: Rules = field(default_factory=Rules)
    ruled_out: Mapping[int, str] = field(default_factory=dict)
