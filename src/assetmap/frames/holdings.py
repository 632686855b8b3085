"""Contracts of how places are held: by whom, until when, and under which protection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.frames.contract import Column, Contract

if TYPE_CHECKING:
    import datetime as dt

OWNERS = (
    "council", "parish or town council", "public body", "school or college",
    "housing association", "faith body", "charity or community body", "company", "other",
)  # fmt: skip
"""Kinds of owner. No name of an owner is kept, since it may be a person's."""
PUBLIC_OWNERS = ("council", "parish or town council", "public body")
TENURES = ("freehold", "leasehold", "licence", "tenancy at will")
REGIMES = ("Localism Act 2011", "Act of 2026")
GRADES = ("I", "II*", "II", "A", "B", "B+", "B1", "B2", "C", "grade not given", "not listed")
MOST_HOURS = 168

FACTS = (
    Column("owner", "text", "Kind of owner; never a name", choices=OWNERS, nullable=True),
    Column("tenure", "text", "How it is held by who runs it", choices=TENURES, nullable=True),
    Column("lease_end", "text", "Last day of the lease, YYYY-MM-DD", nullable=True),
    Column("funding_end", "text", "Last day on which its running is paid for, YYYY-MM-DD",
           nullable=True),
    Column("acv_regime", "text", "Asset of community value: under which Act", choices=REGIMES,
           nullable=True),
    Column("acv_from", "text", "Day on which it was listed as one, YYYY-MM-DD", nullable=True),
    Column("acv_until", "text", "Day on which that ends; under the Act of 2011 five years later "
           "where it is not given", nullable=True),
    Column("listed", "text", "Grade as a listed building", choices=GRADES, nullable=True),
    Column("hire_cost", "float", "To hire it for an hour", low=0, nullable=True, decimals=2),
    Column("hours_free", "float", "Hours a week in which nobody uses it", "h", low=0,
           high=MOST_HOURS, nullable=True, decimals=2),
)  # fmt: skip
"""What may be known of how a place is held; an empty cell is not known, never no."""
NAMES = tuple(column.name for column in FACTS)
DATES = ("lease_end", "funding_end", "acv_from", "acv_until")

RAW_HOLDINGS = Contract(
    "RAW_HOLDINGS",
    ("source_id", "source_row"),
    (
        Column("source_id", "text", "Source in study.toml"),
        Column("source_row", "text", "The asset's row in RAW_ASSETS"),
        *FACTS,
    ),
    "How assets are held, as one source gave it; only rows of which something is known",
)

LISTED = Contract(
    "LISTED",
    ("source_id", "source_row"),
    (
        Column("source_id", "text", "Source in study.toml"),
        Column("source_row", "text", "Row in RAW_ASSETS"),
        Column("to_id", "text", "The asset that it is a listing of"),
        Column("place", "int", "Its place among the asset's listings, the leading one 1", low=1),
    ),
    "Which listings made each asset: those that may be told of it",
)

HOLDINGS = Contract(
    "HOLDINGS",
    ("to_id",),
    (Column("to_id", "text", "Asset"), *FACTS),
    "How assets are held; only those of which something is known. For officers, never published",
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a file of candidates asks of each: who breaks one is ruled out, and told why.

    Attributes
    ----------
    lease_until, funding_until
        Days until which it must be held, and paid for.
    owners
        Kinds of owner that will do; empty = any.
    no_listed, no_acv
        No listed building; no asset of community value.
    hire_cost_most, hours_free_least
        The most an hour may cost; the fewest free hours a week.
    """

    lease_until: dt.date | None = None
    funding_until: dt.date | None = None
    owners: tuple[str, ...] = ()
    no_listed: bool = False
    no_acv: bool = False
    hire_cost_most: float | None = None
    hours_free_least: float | None = None
