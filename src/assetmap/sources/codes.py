"""Published codes and postcodes: what a true one looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault
from assetmap.sources.columns import said_of, where_of

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.sources.read import Job

LSOA = r"[EW]01\d{6}"
POSTCODE = r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})"


def faults_of_codes(job: Job, codes: pd.Series, *, column: str) -> list[Fault]:
    """One fault where codes are not those of an LSOA: E01 or W01 and six digits."""
    wrong = codes.notna() & ~codes.fillna("").str.fullmatch(LSOA)
    if not wrong.any():
        return []
    what = f"'{column}' is no LSOA code (E01 or W01 and six digits) {said_of(codes, wrong)}"
    attempt = "check that columns.area_id names the column of codes, not of names"
    return [Fault(what=what, where=where_of(job), attempt=attempt)]


def as_postcodes(cells: pd.Series) -> pd.Series:
    """Postcodes in capitals with one space, ``DY1 1AA``; missing where a cell holds none."""
    plain = cells.astype("str").str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    parts = plain.str.extract(f"^{POSTCODE}$")
    return parts[0] + " " + parts[1]
