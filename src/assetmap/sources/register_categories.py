"""The category of each row of a register, by the study's mapping of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, nearest_name
from assetmap.sources.categories import read_categories
from assetmap.sources.cells import folded
from assetmap.sources.columns import as_text, refuse, where_of
from assetmap.sources.raw_assets import counted

if TYPE_CHECKING:
    from assetmap.provenance import Caution
    from assetmap.sources.read import Job

MOST_EXAMPLES = 5
SHOWN = 40


def sort_categories(job: Job, table: pd.DataFrame) -> pd.Series:
    """The category of each row: ``spec.category`` for all, or by ``spec.categories``.

    Values are compared without regard to case and punctuation. A value of the register that is
    the name of one of our categories needs no mapping. Values mapped to an empty text come back
    as an empty text, values that are not mapped as missing.

    Raises
    ------
    ReadError
        Where the source names categories that do not exist, or says nothing of categories.
    """
    refuse(_faults_of_spec(job, table))
    if job.spec.category is not None:
        return pd.Series(job.spec.category, index=table.index, dtype=object)
    mapping = {folded(name): name for name in read_categories()}
    mapping |= {folded(theirs): ours for theirs, ours in job.spec.categories.items()}
    cells = as_text(table["category"]).fillna("")
    found = {cell: mapping.get(folded(str(cell))) for cell in cells.unique()}
    return cells.map(found).astype(object)


def said_of_categories(job: Job, table: pd.DataFrame, category: pd.Series) -> tuple[Caution, ...]:
    """Counts of rows left out: by the study's wish, and for want of a mapping.

    A few of the values that are not mapped are named, for their rows may be missing by an
    oversight. Hand in only rows that may be spoken of.
    """
    unmapped = category.isna()
    values = as_text(table["category"])[unmapped] if "category" in table else pd.Series(dtype=str)
    distinct = sorted({folded(str(value))[:SHOWN] for value in values.dropna()})
    examples = ", ".join(f"'{value}'" for value in distinct[:MOST_EXAMPLES])
    text = f"Rows of categories that the study does not map were left out: {examples or 'empty'}."
    skipped = "Rows of categories that the study leaves out on purpose."
    return (
        *counted(job, "category_unmapped", int(unmapped.sum()), text),
        *counted(job, "category_skipped", int((category == "").sum()), skipped),
    )


def _faults_of_spec(job: Job, table: pd.DataFrame) -> list[Fault]:
    known = read_categories()
    named = [("category", job.spec.category)] if job.spec.category else []
    named += [(f"categories.'{theirs}'", ours) for theirs, ours in job.spec.categories.items()]
    faults = [
        Fault(
            what=f"{where} = '{name}' is no category",
            where=where_of(job),
            attempt=nearest_name(name, known) or f"one of {', '.join(sorted(known))}",
        )
        for where, name in named
        if name and name not in known
    ]
    if job.spec.category is None and "category" not in table:
        what = "the source says neither which category its rows are, nor which column tells"
        attempt = "set category, or columns.category and categories"
        faults.append(Fault(what=what, where=where_of(job), attempt=attempt))
    return faults
