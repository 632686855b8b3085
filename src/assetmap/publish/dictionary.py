"""Data dictionaries of the CSV files, from the contracts: CSVW and Frictionless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assetmap.publish.licences import attributions, licence_address, licence_of, sources_behind
from assetmap.publish.plain import plain

if TYPE_CHECKING:
    from assetmap.frames import Column
    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet

CSVW_KINDS = {"text": "string", "int": "integer", "float": "decimal", "bool": "boolean"}
TABLE_KINDS = {"text": "string", "int": "integer", "float": "number", "bool": "boolean"}


def csvw(sheet: Sheet, edition: Edition) -> dict[str, object]:
    """What each column of ``<name>.csv`` holds: metadata for tabular data (W3C, 2015).

    Names, what they say, units, bounds, choices, which may be empty, and the key; with the
    licence and the attributions of the sources behind the table.
    """
    licence = licence_of(edition, sheet.name)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{sheet.name}.csv",
        "dc:title": f"{plain(edition.facts.title)}: {sheet.name}",
        "dc:description": sheet.says,
        "dc:license": {"@id": licence_address(licence)} if licence_address(licence) else licence,
        "dc:rights": list(attributions(sources_behind(edition, sheet.name))),
        "dc:date": edition.facts.as_of.isoformat(),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "null": "",
        "tableSchema": {
            "columns": [
                _csvw_column(column, must=_must(column, sheet)) for column in sheet.columns
            ],
            **({"primaryKey": list(sheet.key)} if sheet.key else {}),
        },
    }


def table_schema(sheet: Sheet) -> dict[str, object]:
    """The same as a Frictionless Table Schema."""
    return {
        "fields": [_field(column, must=_must(column, sheet)) for column in sheet.columns],
        "missingValues": [""],
        **({"primaryKey": list(sheet.key)} if sheet.key else {}),
    }


def _csvw_column(column: Column, *, must: bool) -> dict[str, object]:
    kind: dict[str, object] = {"base": CSVW_KINDS[column.kind]}
    if column.low is not None:
        kind["minimum"] = _bound(column.low)
    if column.high is not None:
        kind["maximum"] = _bound(column.high)
    if column.choices:
        kind["format"] = "|".join(re.escape(choice) for choice in column.choices)
    return {
        "name": re.sub(r"\W", "_", column.name),
        "titles": column.name,
        "dc:description": column.says,
        "datatype": kind,
        **({"required": True} if must else {}),
        **({"schema:unitText": column.unit} if column.unit else {}),
    }


def _field(column: Column, *, must: bool) -> dict[str, object]:
    limits: dict[str, object] = {"required": True} if must else {}
    if column.low is not None:
        limits["minimum"] = _bound(column.low)
    if column.high is not None:
        limits["maximum"] = _bound(column.high)
    if column.choices:
        limits["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": TABLE_KINDS[column.kind],
        "description": column.says,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": limits} if limits else {}),
    }


def _must(column: Column, sheet: Sheet) -> bool:
    """Whether a cell of the column is never empty; a text that is known may have no letters."""
    if column.nullable:
        return False
    return column.kind != "text" or bool(column.choices) or column.name in sheet.key


def _bound(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
