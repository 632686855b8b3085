"""One workbook for planners: contents, dictionary, a sheet a table; no formula and no macro."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import xlsxwriter

from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import known, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.frames import Column
    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet
    from assetmap.publish.words import Words

WIDEST, NARROWEST = 60, 10
LOOKED_AT = 200
MOST_ROWS = 5_000
"""Of a sheet; a longer table is for a program, and is left to its CSV."""


def write_workbook(
    sheets: Sequence[Sheet],
    path: Path,
    *,
    edition: Edition,
    words: Words,
) -> None:
    """The tables as XLSX: every text is a string, every number a number, headers stay in sight.

    Of a table of more than ``MOST_ROWS`` rows the contents name the CSV file; it has no sheet.

    Times inside the file are the study's own day, so that the same tables give the same bytes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole_file(path) as draft, xlsxwriter.Workbook(draft, options) as book:
        day = edition.facts.as_of
        book.set_properties(
            {
                "title": shown(edition.facts.title),
                "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
            }
        )
        held = [sheet for sheet in sheets if len(sheet.table) <= MOST_ROWS]
        apart = [sheet for sheet in sheets if len(sheet.table) > MOST_ROWS]
        page, row = _contents(book, edition, words)
        _listed(page, held, apart, first=row)
        for sheet in held:
            _sheet(book, sheet)
        _dictionary(book, held, words)


def _contents(
    book: Any,  # noqa: ANN401 - xlsxwriter has no types
    edition: Edition,
    words: Words,
) -> tuple[Any, int]:
    """The first sheet with what the study says of itself, and the row where its list begins."""
    page = book.add_worksheet(words.say("file.contents"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    facts = edition.facts
    lines = [shown(facts.title), words.say("footer.as_of", date=words.date(facts.as_of))]
    lines += [words.say("banner.invented")] if facts.invented else []
    if facts.straight:
        lines.append(words.say("banner.estimate", detour=f"{facts.detour:g}"))
    lines += [words.say("always.near"), words.say("always.describes")]
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, bold if row == 0 else None)
    first = len(lines) + 1
    for column, key in enumerate(("contents_sheet", "contents_says", "contents_rows")):
        page.write_string(first, column, words.say(f"file.{key}"), bold)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, WIDEST, wrap)
    return page, first + 1


def _listed(
    page: Any,  # noqa: ANN401 - xlsxwriter has no types
    held: Sequence[Sheet],
    apart: Sequence[Sheet],
    *,
    first: int,
) -> None:
    """A line a table: those with a sheet link to it, the others name their file."""
    for row, sheet in enumerate(held, start=first):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
    for row, sheet in enumerate(apart, start=first + len(held)):
        page.write_string(row, 0, f"tables/{sheet.name}.csv")
    for row, sheet in enumerate((*held, *apart), start=first):
        page.write_string(row, 1, sheet.says)
        page.write_number(row, 2, len(sheet.table))


def _sheet(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(sheet.name)
    table = sheet.cleaned
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.name, head)
        values = table[column.name].tolist()
        page.set_column(place, place, _width(column, values[:LOOKED_AT]))
        shape = book.add_format({"num_format": _number_format(column)})
        _write(page, place, values, kind=column.kind, shape=shape)
    page.freeze_panes(1, 1)
    if len(table) and sheet.columns:
        page.autofilter(0, 0, len(table), len(sheet.columns) - 1)


def _dictionary(book: Any, sheets: Sequence[Sheet], words: Words) -> None:  # noqa: ANN401
    """What each column of each sheet says, with its unit."""
    page = book.add_worksheet(words.say("file.dictionary"))
    bold = book.add_format({"bold": True, "bottom": 1})
    keys = ("contents_sheet", "column", "says", "unit")
    for place, key in enumerate(keys):
        page.write_string(0, place, words.say(f"file.{key}"), bold)
    lines = [(sheet.name, column) for sheet in sheets for column in sheet.columns]
    for row, (name, column) in enumerate(lines, start=1):
        for place, text in enumerate((name, column.name, column.says, column.unit)):
            page.write_string(row, place, text)
    page.set_column(0, 1, 22)
    page.set_column(2, 2, WIDEST)
    page.freeze_panes(1, 0)


def _write(page: Any, place: int, values: list[Any], *, kind: str, shape: object) -> None:  # noqa: ANN401
    """A column's values under its header; an empty cell means not known."""
    for row, value in enumerate(values, start=1):
        if kind == "text":
            if value:
                page.write_string(row, place, value)
        elif not known(value):
            continue
        elif kind == "bool":
            page.write_boolean(row, place, bool(value))
        else:
            page.write_number(row, place, float(value), shape)


def _number_format(column: Column) -> str:
    """Thousands apart for counts, as many decimals as are worth reading for the rest."""
    if column.kind == "int":
        return "0"
    if column.unit == "people" or not column.decimals:
        return "#,##0"
    return "0." + "0" * min(column.decimals, 4)


def _width(column: Column, values: Sequence[object]) -> int:
    longest = max([len(column.name), *(len(str(value)) for value in values if known(value))])
    return max(NARROWEST, min(longest + 2, WIDEST))
