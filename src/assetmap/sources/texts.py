"""Delimited text as publishers and councils save it, read as text, cell by cell."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from assetmap.errors import Fault, ReadError
from assetmap.provenance import Caution

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS = (",", ";", "\t", "|")
MOST_RAGGED = 5
NO_CELLS = " \t\r\n\x1a"
"""Blanks, and the end-of-file sign that old systems leave on a last line."""


def decode(content: bytes, *, about: str, where: str) -> tuple[str, tuple[Caution, ...]]:
    """The text, from UTF-8 with or without a byte-order mark, else UTF-16, else cp1252 and told.

    Raises
    ------
    ReadError
        Where the bytes are no text in any of these.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        what = f"is neither UTF-8 nor cp1252 text (byte {error.start} is {content[error.start]:#x})"
        attempt = "save it again as 'CSV UTF-8' from your spreadsheet"
        raise ReadError(Fault(what=what, where=where, attempt=attempt)) from error
    said = "The file is not UTF-8; it was read as Windows text (cp1252). Check accents and dashes."
    return text, (Caution(code="encoding_cp1252", about=about, text=f"{where}: {said}"),)


def parse(text: str, *, where: str, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Every cell as text, empty cells missing, indexed by the row number a spreadsheet shows.

    Rows without any cell are left out; the numbers of the others stay.

    Parameters
    ----------
    text
        Delimited by comma, semicolon, tab or bar, whichever the first line holds most of.
    where
        The source and file, for errors.
    names
        Column names of a file that has no header row.

    Raises
    ------
    ReadError
        Where rows have more or fewer cells than the header, a name stands twice in it, the file
        is binary, or holds no row.
    """
    if "\0" in text[:4096]:
        raise ReadError(Fault(what="is not a text file: it holds zero bytes", where=where))
    if not text.strip():
        raise ReadError(Fault(what="is empty", where=where, attempt="download it again"))
    blank = len(text) - len(text.lstrip("\r\n"))
    above = len(text[:blank].splitlines())
    text = text[blank:]
    delimiter = _delimiter(text)
    header = [name.strip() for name in names or _first_row(text, delimiter=delimiter, where=where)]
    _refuse_twice(header, where)
    frame = _cells(text, delimiter=delimiter, width=len(header), where=where)
    frame = frame.set_axis(pd.Index(header), axis=1).set_axis(frame.index + above)
    frame = frame.iloc[0 if names else 1 :].dropna(how="all")
    if frame.empty:
        raise ReadError(Fault(what="has no rows", where=where, attempt="download it again"))
    return frame


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _first_row(text: str, *, delimiter: str, where: str) -> list[str]:
    try:
        # newline=None: a lone carriage return ends a row here as it does for the other rows.
        return next(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(Fault(what=f"the header cannot be read: {error}", where=where)) from error


def _refuse_twice(header: Sequence[str], where: str) -> None:
    twice = sorted({name for name in header if name and header.count(name) > 1})
    said = (f"column '{name}' stands twice in the header" for name in twice)
    if twice:
        raise ReadError([Fault(what=what, where=where) for what in said])


def _cells(text: str, *, delimiter: str, width: int, where: str) -> pd.DataFrame:
    """The cells of all rows, the header among them, as columns 0, 1, ..."""
    ragged: list[Fault] = []
    bare: set[int] = set()

    def tell(row: pa_csv.InvalidRow) -> str:
        if not (row.text or "").strip(NO_CELLS):
            bare.add(row.number)
            return "skip"
        what = f"row {row.number} has {row.actual_columns} cells, the header {row.expected_columns}"
        ragged.append(Fault(what=what, where=where, attempt="quote cells that hold a delimiter"))
        return "skip"

    content = text.encode()
    places = [str(place) for place in range(width)]
    try:
        table = pa_csv.read_csv(
            io.BytesIO(content),
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=len(content) + 1, column_names=places
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=tell,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        raise ReadError(Fault(what=f"cannot be read as a table: {error}", where=where)) from error
    if ragged:
        more = [Fault(what=f"and {len(ragged) - MOST_RAGGED} more such rows", where=where)]
        raise ReadError([*ragged[:MOST_RAGGED], *(more if len(ragged) > MOST_RAGGED else [])])
    frame: pd.DataFrame = table.to_pandas()
    rows = (row for row in range(1, len(frame) + len(bare) + 1) if row not in bare)
    frame.index = pd.Index(list(rows), name="row")
    return frame
