"""Words for how a place is held, in registers and in scenario files: one reading for both."""

from __future__ import annotations

import datetime as dt
import re

from assetmap.frames.holdings import GRADES
from assetmap.sources.cells import folded

TENURE = {
    "freehold": "freehold", "owned": "freehold", "owned outright": "freehold",
    "leasehold": "leasehold", "lease": "leasehold", "leased": "leasehold", "rented": "leasehold",
    "licence": "licence", "license": "licence", "licence to occupy": "licence",
    "tenancy at will": "tenancy at will", "holding over": "tenancy at will",
}  # fmt: skip
REGIME = {
    "2011": "Localism Act 2011", "localism act 2011": "Localism Act 2011",
    "localism act": "Localism Act 2011",
    "2026": "Act of 2026", "act of 2026": "Act of 2026",
    "english devolution and community empowerment act 2026": "Act of 2026",
}  # fmt: skip
LISTED = {
    **{grade.casefold().replace("*", " star"): grade for grade in GRADES},
    **{f"grade {grade.casefold().replace('*', ' star')}": grade for grade in GRADES},
    **{f"category {grade.casefold()}": grade for grade in "ABC"},
    "1": "I", "2": "II", "2 star": "II*", "grade 1": "I", "grade 2": "II", "grade 2 star": "II*",
    "b+": "B+", "grade b+": "B+",
    "yes": "grade not given", "listed": "grade not given", "y": "grade not given",
    "no": "not listed", "n": "not listed", "none": "not listed", "unlisted": "not listed",
}  # fmt: skip
OWNER_SAYS = (
    ("parish or town council", ("parish council", "town council", "community council")),
    ("housing association", ("housing association", "housing trust", "housing group")),
    ("faith body", ("church", "chapel", "diocese", "diocesan", "mosque", "temple", "synagogue",
                    "gurdwara", "parochial", "faith")),
    ("school or college", ("school", "college", "academy", "university")),
    ("public body", ("nhs", "police", "fire", "health board", "public body", "government",
                     "department", "ministry", "network rail", "combined authority")),
    ("council", ("council", "borough", "local authority", "county", "corporation")),
    ("charity or community body", ("charity", "charitable", "trust", "cio", "association",
                                   "community", "society", "club", "foundation",
                                   "community interest company", "cic", "cooperative", "co op")),
    ("company", ("ltd", "limited", "plc", "llp", "company", "holdings", "properties", "estates",
                 "private company")),
)  # fmt: skip
"""Words that say what kind an owner is, the first that fits; who is none of them is 'other'."""
EARLIEST, LATEST = 1900, 3100
"""Years that a lease may end in: some run for 999 years."""
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def owner_kind(text: str) -> str:
    """The kind of an owner by the words of its name; ``other`` where none says it.

    The name itself is not kept, since it may be a person's.
    """
    words = f" {folded(text)} "
    return next(
        (kind for kind, says in OWNER_SAYS if any(f" {one} " in words for one in says)), "other"
    )


def grade_of(text: str) -> str | None:
    """The grade of a listed building by its words; None where they are not known."""
    plain = " ".join(text.casefold().replace("*", " star ").replace("-", " ").split())
    return LISTED.get(plain)


def day_of(text: str) -> str | None:
    """A day as YYYY-MM-DD: from 2031-03-31 or 31/03/2031; None for anything else."""
    found = ISO.fullmatch(text)
    parts = found.groups() if found else ()
    if not found and (found := BRITISH.fullmatch(text)):
        parts = tuple(reversed(found.groups()))
    if not parts:
        return None
    year, month, day = (int(part) for part in parts)
    try:
        return dt.date(year, month, day).isoformat() if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
