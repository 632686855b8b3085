"""Columns of a publisher's table under our names: found, cleaned, told when they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from assetmap.errors import Fault, ReadError, nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from assetmap.sources.read import Job

MOST_EXAMPLES = 5
THOUSANDS = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
"""29,199 is a number; 1,5 is a decimal comma or two cells, and is refused."""


def pick(
    job: Job, table: pd.DataFrame, required: Sequence[str], optional: Sequence[str] = ()
) -> pd.DataFrame:
    """The wanted columns under our names, cells as published, index untouched.

    ``spec.columns`` says what the publisher calls each of our columns; one that it does not
    mention is looked for under our own name. Optional columns that ``spec.columns`` does not
    mention and the file does not have are left out.

    Raises
    ------
    ReadError
        With every column that is missing, and the name nearest to it.
    """
    named = job.spec.columns
    wanted = [*required, *(name for name in optional if name in named or name in table.columns)]
    names = {ours: named.get(ours, ours) for ours in wanted}
    require(job, table, names)
    return pd.DataFrame({ours: table[theirs] for ours, theirs in names.items()}, index=table.index)


def require(job: Job, table: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Nothing, or a ReadError that lists every missing column.

    Parameters
    ----------
    job
        Names the source in the error.
    table
        The publisher's table.
    names
        Our name of each column, to the publisher's.
    """
    known = [str(column) for column in table.columns]
    faults = [
        Fault(
            what=f"column '{theirs}' is missing" + (f", wanted as {ours}" * (ours != theirs)),
            where=where_of(job),
            attempt=nearest_name(theirs, known)
            or f"set columns.{ours} to one of: {', '.join(known)[:300]}",
        )
        for ours, theirs in names.items()
        if theirs not in known
    ]
    if faults:
        raise ReadError(faults)


def keep_where(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The rows that ``spec.where`` keeps.

    Every named column must hold one of its values: as it stands, or ``prefix*``, ``*suffix``,
    ``*inside*``.

    Raises
    ------
    ReadError
        Where a column is not in the file, or no row is kept.
    """
    rules = job.spec.where
    require(job, table, {column: column for column in rules})
    kept = pd.Series(data=True, index=table.index)
    for column, values in rules.items():
        kept &= _matches(as_text(table[column]), values)
    if len(table) and not kept.any():
        said = "; ".join(f"{column} in {', '.join(values)}" for column, values in rules.items())
        what = f"none of the {len(table)} rows is kept by the source's where: {said}"
        raise ReadError(Fault(what=what, where=where_of(job), attempt="check the values' spelling"))
    return table[kept]


def _matches(cells: pd.Series, values: Iterable[str]) -> pd.Series:
    found = pd.Series(data=False, index=cells.index)
    plain = cells.fillna("")
    for value in values:
        core = value.strip("*")
        if value.startswith("*") and value.endswith("*"):
            found |= plain.str.contains(core, regex=False)
        elif value.endswith("*"):
            found |= plain.str.startswith(core)
        elif value.startswith("*"):
            found |= plain.str.endswith(core)
        else:
            found |= plain == value
    return found


def as_text(cells: pd.Series) -> pd.Series:
    """The cells as text without outer blanks; empty ones missing; 3.0 written as 3."""
    if pd.api.types.is_float_dtype(cells):
        known = cells.dropna()
        if len(known) and np.isfinite(known).all() and (known % 1 == 0).all():
            cells = cells.astype("Int64")
    text = cells.astype("str").str.strip().where(cells.notna(), None)
    return text.where(text != "", None)


def as_numbers(
    job: Job, cells: pd.Series, *, column: str, low: float | None = None, blank: bool = False
) -> tuple[pd.Series, list[Fault]]:
    """The cells as floats, thousands separators understood, and what is wrong with them.

    Parameters
    ----------
    job
        Names the source in the faults.
    cells
        Text or numbers; the index holds the row numbers of the file.
    column
        The publisher's name of the column.
    low
        The least that is allowed, or None.
    blank
        Whether an empty cell may stay empty.
    """
    if pd.api.types.is_numeric_dtype(cells):
        numbers = cells.astype("float64")
        empty = cells.isna()
    else:
        text = as_text(cells)
        empty = text.isna()
        numbers = _parsed(text)
    wrong = (numbers.isna() | numbers.isin([np.inf, -np.inf])) & ~empty
    faults = []
    if wrong.any():
        faults.append(_fault(job, f"'{column}' is not a number", cells, wrong))
    if empty.any() and not blank:
        faults.append(_fault(job, f"'{column}' is empty", cells, empty))
    if low is not None and (numbers < low).any():
        faults.append(_fault(job, f"'{column}' is below {low:g}", cells, numbers < low))
    return numbers.where(~wrong), faults


def _parsed(text: pd.Series) -> pd.Series:
    """Numbers in text; one cast for a clean column, cell by cell for any other."""
    try:
        cast = pa.array(text, type=pa.string(), from_pandas=True).cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        grouped = text.str.fullmatch(THOUSANDS).fillna(value=False).astype("bool")
        plain = text.mask(grouped, text.str.replace(",", "", regex=False))
        return pd.to_numeric(plain, errors="coerce").astype("float64")
    return pd.Series(cast.to_numpy(zero_copy_only=False), index=text.index, dtype="float64")


def _fault(job: Job, what: str, cells: pd.Series, wrong: pd.Series) -> Fault:
    return Fault(what=f"{what} {said_of(cells, wrong)}", where=where_of(job))


def said_of(cells: pd.Series, chosen: pd.Series) -> str:
    """The chosen rows for an error: how many, and the first few with what they hold."""
    rows = cells[chosen]
    first = rows.head(MOST_EXAMPLES).items()
    shown = ", ".join(
        f"row {row}" + f": {cell!s:.40}" * bool(pd.notna(cell)) for row, cell in first
    )
    more = f" and {len(rows) - MOST_EXAMPLES} more" if len(rows) > MOST_EXAMPLES else ""
    return f"in {len(rows)} row{'s' * (len(rows) != 1)} ({shown}{more})"


def faults_of_ids(job: Job, ids: pd.Series, *, column: str) -> list[Fault]:
    """What is wrong with a column of ids: empty cells, and ids that occur twice."""
    faults = []
    if ids.isna().any():
        faults.append(_fault(job, f"'{column}' is empty", ids, ids.isna()))
    twice = ids.dropna()[ids.dropna().duplicated(keep=False)]
    if len(twice):
        examples = ", ".join(sorted(set(twice))[:MOST_EXAMPLES])
        what = f"'{column}' occurs more than once for {twice.nunique()} ids: {examples}"
        faults.append(Fault(what=what, where=where_of(job), attempt="keep one row for each id"))
    return faults


def refuse(faults: Collection[Fault]) -> None:
    """Nothing, or a ReadError with every fault."""
    if faults:
        raise ReadError(faults)


def where_of(job: Job, name: str = "") -> str:
    """The source and its file, for an error's *where*."""
    files = name or ", ".join(path.name for path in job.paths)
    return f"source '{job.spec.id}', {files}"
