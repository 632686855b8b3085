"""How the places of a register are held: columns that the study maps, cells checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault
from assetmap.frames.holdings import DATES, GRADES, MOST_HOURS, NAMES, REGIMES, TENURES
from assetmap.sources.cells import folded
from assetmap.sources.columns import as_numbers, as_text, said_of, where_of
from assetmap.sources.holding_words import REGIME, TENURE, day_of, grade_of, owner_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assetmap.sources.read import Job

WORDS: dict[str, tuple[Callable[[str], str | None], tuple[str, ...]]] = {
    "owner": (owner_kind, ()),
    "tenure": (lambda text: TENURE.get(folded(text)), TENURES),
    "acv_regime": (lambda text: REGIME.get(folded(text)), REGIMES),
    "listed": (grade_of, GRADES),
}


def held_cells(job: Job, table: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """The columns of HOLDINGS that the study maps, on the rows' index, and every fault.

    Of an owner only the kind is kept. Days are 2031-03-31 or 31/03/2031. An empty cell is not
    known. Faults speak of rows by the number that a spreadsheet shows (column ``row``).
    """
    named = [name for name in NAMES if name in job.spec.columns]
    rows = table.set_axis(pd.Index(table["row"], name="row"))
    found: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for name in named:
        cells, wrong = _read(job, rows, name)
        found[name], faults = cells, [*faults, *wrong]
    held = pd.DataFrame(found, index=rows.index, columns=named)
    faults += _contradictions(job, held)
    return held.set_axis(table.index), faults


def _read(job: Job, rows: pd.DataFrame, name: str) -> tuple[pd.Series, list[Fault]]:
    published = job.spec.columns[name]
    if name in {"hire_cost", "hours_free"}:
        cells, faults = as_numbers(job, rows[name], column=published, low=0, blank=True)
        over = cells > MOST_HOURS
        if name == "hours_free" and over.any():
            what = f"'{published}' is above the {MOST_HOURS} hours of a week"
            faults.append(_fault(job, what, rows[name], over))
        return cells, faults
    read: Callable[[str], str | None] = day_of
    if name in DATES:
        attempt = "write 2031-03-31 or 31/03/2031, or leave the cell empty"
        what = f"'{published}' is no day that we can read"
    else:
        read, known = WORDS[name]
        attempt = f"use one of {', '.join(known)}, or leave the cell empty"
        what = f"'{published}' holds words that are not known"
    text = as_text(rows[name])
    cells = text.map(lambda cell: read(str(cell)), na_action="ignore").astype(object)
    wrong = text.notna() & cells.isna()
    faults = [_fault(job, what, text, wrong, attempt)] if wrong.any() else []
    return cells.where(cells.notna(), None), faults


def _contradictions(job: Job, held: pd.DataFrame) -> Iterator[Fault]:
    """Facts that cannot both hold."""
    whole = held.reindex(columns=list(NAMES)).astype(object)
    regime, listed, until = (whole[name] for name in ("acv_regime", "acv_from", "acv_until"))
    ends = whole["lease_end"]
    checks = [
        (regime.notna() & listed.isna(), regime,
         "an asset of community value without the day it was listed", "map columns.acv_from"),
        (regime.isna() & (listed.notna() | until.notna()), listed,
         "an asset of community value without the Act that it is one under",
         "map columns.acv_regime: 2011 or 2026"),
        (until.where(until.notna(), "9") < listed.where(listed.notna(), ""), until,
         "an asset of community value that ends before it was listed", ""),
        (whole["tenure"].eq("freehold") & ends.notna(), ends,
         "a freehold with the end of a lease", "say which of the two holds"),
    ]  # fmt: skip
    for wrong, cells, what, attempt in checks:
        if wrong.any():
            yield _fault(job, what, cells, wrong, attempt)


def _fault(job: Job, what: str, cells: pd.Series, wrong: pd.Series, attempt: str = "") -> Fault:
    return Fault(what=f"{what} {said_of(cells, wrong)}", where=where_of(job), attempt=attempt)
