"""The planner's files: CSV, one workbook, a GeoPackage and the lineage; the same bytes each run."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_file
from assetmap.publish.geopackage import write_geopackage
from assetmap.publish.plain import known, neutral
from assetmap.publish.sheets import Sheet, all_sheets, cleaned, csv_sheets
from assetmap.publish.words import words_of
from assetmap.publish.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from assetmap.frames import Column
    from assetmap.publish.edition import Edition

TABLES = "tables"


def _as_it_is(sheet: Sheet) -> Sheet:
    return sheet


def write_tables(
    edition: Edition,
    folder: Path,
    *,
    seen: Callable[[Sheet], Sheet] = _as_it_is,
    lineage: Mapping[str, object] | None = None,
) -> tuple[Path, ...]:
    """The tables of an edition in ``folder``; the paths of all files, in order.

    ``tables/areas.csv``, ``access.csv``, ``assets.csv``, ``findings.csv``, ``unplaced.csv``,
    ``tables.xlsx``, ``assetmap.gpkg`` and ``lineage.json``. Only the study's own areas and only
    assets of public visibility leave. The same edition gives the same bytes. Each sheet is written
    as ``seen`` shows it: as it is for officers, in public words for everybody.

    Raises
    ------
    StudyError
        Where the study's public words are not complete.
    WriteError
        Where a file cannot be written, for one because it is open in another program.
    """
    words = words_of(edition.words)
    written = []
    for sheet in map(seen, csv_sheets(edition, words)):
        written.append(folder / TABLES / f"{sheet.name}.csv")
        write_csv(sheet, written[-1])
    written += [folder / "tables.xlsx", folder / "assetmap.gpkg", folder / "lineage.json"]
    sheets = [seen(sheet) for sheet in all_sheets(edition, words)]
    write_workbook(sheets, written[-3], edition=edition, words=words)
    write_geopackage(edition, written[-2], words=words, seen=seen)
    write_lineage(edition.lineage if lineage is None else lineage, written[-1])
    return tuple(written)


def write_csv(sheet: Sheet, path: Path) -> None:
    """One table as CSV: UTF-8, RFC 4180, a header, text that no spreadsheet takes for a formula."""
    table = cleaned(sheet)
    rows = zip(*(_cells(table[column.name], column) for column in sheet.columns), strict=True)
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\r\n")
        writer.writerow([column.name for column in sheet.columns])
        writer.writerows(rows)


def write_lineage(lineage: Mapping[str, object], path: Path) -> None:
    """The lineage as JSON, keys in order."""
    text = json.dumps(lineage, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    with whole_file(path) as draft:
        draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _cells(values: object, column: Column) -> list[str]:
    return [_cell(value, column) for value in values]  # type: ignore[attr-defined]


def _cell(value: object, column: Column) -> str:
    """One cell; an empty one means not known."""
    if column.kind == "text":
        return neutral(value)
    if not known(value):
        return ""
    if column.kind == "bool":
        return "true" if value else "false"
    if column.kind == "float" and column.decimals is not None:
        return trimmed(f"{value:.{column.decimals}f}")
    return str(value)


def trimmed(number: str) -> str:
    """The number without the zeros that say nothing."""
    return number.rstrip("0").rstrip(".") if "." in number else number
