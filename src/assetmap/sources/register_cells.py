"""The cells of a register that must be numbers or one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.errors import Fault
from assetmap.frames.given import VISIBILITY
from assetmap.sources.cells import folded
from assetmap.sources.columns import as_numbers, as_text, faults_of_ids, where_of

if TYPE_CHECKING:
    from assetmap.sources.read import Job

WHEELCHAIR = {
    "yes": "yes", "y": "yes", "true": "yes", "full": "yes", "1": "yes", "step free": "yes",
    "accessible": "yes", "designated": "yes",
    "limited": "limited", "partial": "limited", "partly": "limited", "some": "limited",
    "no": "no", "n": "no", "false": "no", "none": "no", "0": "no", "not accessible": "no",
    "unknown": "unknown", "not known": "unknown", "n a": "unknown", "tbc": "unknown",
}  # fmt: skip
MOST_WORDS = 5


class Cells(NamedTuple):
    """The checked cells, on the rows' index, and every fault."""

    source_row: pd.Series
    supply: pd.Series
    size_m2: pd.Series
    wheelchair: pd.Series
    visibility: pd.Series
    faults: list[Fault]


def checked_cells(job: Job, table: pd.DataFrame) -> Cells:
    """Ids, supply, size, step-free state and visibility of each row, and what is wrong with them.

    Faults speak of rows by the number that a spreadsheet shows (column ``row``) and never of their
    names. Supply is 1 where it is empty; a word for step-free access that is not known is a
    fault, for to read it wrongly would send somebody to steps.
    """
    named = job.spec.columns
    numbers = table.set_axis(pd.Index(table["row"], name="row"))
    supply, faults = _numbers(job, numbers, "supply")
    size, more = _numbers(job, numbers, "size_m2")
    wheelchair, bad = _words(job, numbers, "wheelchair", WHEELCHAIR, empty="unknown")
    kinds = {one: one for one in VISIBILITY}
    visibility, worse = _words(job, numbers, "visibility", kinds, empty=job.spec.visibility)
    ids = as_text(numbers["source_row"]) if "source_row" in table else numbers["row"]
    twice = faults_of_ids(job, ids, column=named.get("source_row", "source_row"))
    return Cells(
        source_row=ids.set_axis(table.index),
        supply=supply.fillna(1.0).set_axis(table.index),
        size_m2=size.set_axis(table.index),
        wheelchair=wheelchair.set_axis(table.index),
        visibility=visibility.set_axis(table.index),
        faults=[*faults, *more, *bad, *worse, *twice],
    )


def _numbers(job: Job, table: pd.DataFrame, column: str) -> tuple[pd.Series, list[Fault]]:
    if column not in table:
        return pd.Series(float("nan"), index=table.index), []
    name = job.spec.columns.get(column, column)
    return as_numbers(job, table[column], column=name, low=0, blank=True)


def _words(
    job: Job, table: pd.DataFrame, column: str, known: dict[str, str], *, empty: str
) -> tuple[pd.Series, list[Fault]]:
    if column not in table:
        return pd.Series(empty, index=table.index), []
    cells = as_text(table[column])
    words = {cell: known.get(folded(str(cell))) for cell in cells.dropna().unique()}
    found = cells.map(words, na_action="ignore")
    wrong = cells.notna() & found.isna()
    if not wrong.any():
        return found.where(cells.notna(), empty), []
    name = job.spec.columns.get(column, column)
    rows = ", ".join(f"row {row}: {cell!r:.40}" for row, cell in cells[wrong].items())
    fault = Fault(
        what=f"'{name}' holds words that are not known in {int(wrong.sum())} rows ({rows[:600]})",
        where=where_of(job),
        attempt=f"use one of {', '.join(sorted(set(known.values())))}, or leave the cell empty",
    )
    return found, [fault]
