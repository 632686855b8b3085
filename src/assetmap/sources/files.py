"""The door: files opened and decoded, or a clear word on why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.provenance import Caution, Told
from assetmap.sources.archives import inner_suffix, members, read_bytes, read_member
from assetmap.sources.columns import keep_where, where_of
from assetmap.sources.find import find_files, missing_faults, require_file
from assetmap.sources.shapes import read_all_shapes, read_shapes
from assetmap.sources.texts import decode, parse
from assetmap.sources.vectors import open_attributes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from assetmap.sources.read import Job

__all__ = [
    "find_files", "missing_faults", "open_table", "open_tables", "read_all_shapes", "read_shapes",
]  # fmt: skip

TEXTS = (".csv", ".txt", ".tsv")


def open_table(
    job: Job,
    path: Path,
    *,
    names: Sequence[str] | None = None,
    filtered: bool = True,
    only: Collection[str] = (),
) -> Told[pd.DataFrame]:
    """The rows of a file that ``spec.where`` keeps, under the publisher's column names.

    CSV (plain, gzipped or alone in a zip) and XLSX come as text, cell by cell, so that codes keep
    their zeros; Parquet, GeoPackage and GeoJSON keep their kinds and lose their geometry. The
    index ``row`` is the row number that a spreadsheet shows for the first two, and counts from 1
    for the others.

    Parameters
    ----------
    job
        ``spec.layer`` names the sheet, layer or member of a zip where there are several.
    path
        One of ``job.paths``.
    names
        Column names of a CSV without a header row.
    filtered
        Whether ``spec.where`` applies.
    only
        The publisher's columns that are wanted, beside those of ``spec.where``; a Parquet file
        that has them all is read no further.

    Raises
    ------
    MissingError
        Where the file is not there.
    ReadError
        Where it is cut short, is not what its name says, has ragged rows, no rows, no such layer
        or column, or no row that ``spec.where`` keeps.
    """
    where = where_of(job, path.name)
    require_file(job, path)
    cautions: tuple[Caution, ...] = ()
    if _is_text(path):
        text, cautions = decode(_bytes(job, path), about=job.spec.id, where=where)
        table = parse(text, where=where, names=names)
    else:
        columns = sorted({*only, *job.spec.where}) if only else ()
        table = open_attributes(path, layer=job.spec.layer, where=where, only=columns)
    return Told(keep_where(job, table) if filtered else table, cautions)


def open_tables(
    job: Job, *, names: Sequence[str] | None = None, only: Collection[str] = ()
) -> Told[pd.DataFrame]:
    """All of the source's files as one table, one below the other; ``row`` counts in each.

    ``names`` and ``only`` are those of :func:`open_table`.

    Raises
    ------
    MissingError, ReadError
        As :func:`open_table`.
    """
    told = [open_table(job, path, names=names, only=only) for path in job.paths]
    cautions = tuple(caution for part in told for caution in part.cautions)
    return Told(pd.concat([part.table for part in told]), cautions)


def _is_text(path: Path) -> bool:
    """Whether the file, or the one member of a zip that is a table, is delimited text."""
    if inner_suffix(path) != ".zip":
        return inner_suffix(path) in TEXTS
    return any(name.casefold().endswith(TEXTS) for name in members(path))


def _bytes(job: Job, path: Path) -> bytes:
    if inner_suffix(path) == ".zip":
        return read_member(path, suffixes=TEXTS, name=job.spec.layer)[1]
    return read_bytes(path)
