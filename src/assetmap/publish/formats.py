"""One table in every format that it leaves in: CSV with its dictionary, and map files."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from assetmap.publish.atomic import whole_file
from assetmap.publish.catalogue import Written, data_package, dcat, written
from assetmap.publish.dictionary import csvw
from assetmap.publish.geojson import write_geojson
from assetmap.publish.geoparquet import write_geoparquet
from assetmap.publish.licences import attributions, licence_of, sources_behind
from assetmap.publish.plain import each_once, formula_free, neutral, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from assetmap.frames import Column
    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet
    from assetmap.publish.vectors import Vector


def write_csv_files(sheets: Iterable[Sheet], folder: Path, *, edition: Edition) -> list[Written]:
    """``<name>.csv`` and beside it ``<name>.csv-metadata.json`` for every sheet."""
    made = []
    for sheet in sheets:
        file = csv_file(sheet, folder, edition=edition)
        write_csv(sheet, file.path)
        write_json(csvw(sheet, edition), file.path.with_name(f"{file.path.name}-metadata.json"))
        made.append(file)
    return made


def csv_file(sheet: Sheet, folder: Path, *, edition: Edition) -> Written:
    """What the CSV of a sheet holds."""
    path = folder / f"{sheet.name}.csv"
    return written(path, sheet.name, sheet.says, edition=edition, sheet=sheet)


def write_map_files(vectors: Iterable[Vector], folder: Path, *, edition: Edition) -> list[Written]:
    """``<name>.geojson`` and ``<name>.parquet`` for every layer."""
    made = []
    for vector in vectors:
        table = vector.name
        about = {
            "title": plain(edition.facts.title),
            "date": edition.facts.as_of.isoformat(),
            "licence": licence_of(edition, table),
            "attribution": list(attributions(sources_behind(edition, table))),
        }
        json_file, parquet_file = map_files(vector.sheet, folder, edition=edition)
        write_geojson(vector, json_file.path, about=about)
        write_geoparquet(vector, parquet_file.path)
        made += [json_file, parquet_file]
    return made


def map_files(sheet: Sheet, folder: Path, *, edition: Edition) -> tuple[Written, Written]:
    """What the map files of a sheet hold: GeoJSON and GeoParquet."""
    path = folder / f"{sheet.name}.geojson"
    return (
        written(path, sheet.name, sheet.says, edition=edition),
        written(path.with_suffix(".parquet"), sheet.name, sheet.says, edition=edition),
    )


def write_catalogue(edition: Edition, made: Sequence[Written], folder: Path) -> tuple[Path, ...]:
    """``datapackage.json`` and ``dcat.jsonld`` of a folder's files, once they are there."""
    package, catalogue = folder / "datapackage.json", folder / "dcat.jsonld"
    write_json(data_package(edition, made, folder), package)
    write_json(dcat(edition, made, folder), catalogue)
    return package, catalogue


def write_json(value: Mapping[str, object], path: Path) -> None:
    """JSON in the order given, UTF-8, one file whole."""
    text = json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False)
    with whole_file(path) as draft:
        draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def write_csv(sheet: Sheet, path: Path) -> None:
    """One table as CSV: UTF-8, RFC 4180, a header, text that no spreadsheet takes for a formula."""
    table = sheet.cleaned
    rows = zip(*(_cells(table[column.name], column) for column in sheet.columns), strict=True)
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\r\n")
        writer.writerow([neutral(column.name) for column in sheet.columns])
        writer.writerows(rows)


def _cells(values: pd.Series, column: Column) -> list[str]:
    """The cells of a column, what is equal written once; an empty one means not known."""
    return each_once(values, _sayer(column), empty="").tolist()


def _sayer(column: Column) -> Callable[[Any], str]:
    """How a known value of the column is written."""
    if column.kind == "text":
        return formula_free
    if column.kind == "bool":
        return lambda value: "true" if value else "false"
    if column.kind == "float" and column.decimals is not None:
        shape = f"%.{column.decimals}f"
        return lambda value: trimmed(shape % value)
    return str


def trimmed(number: str) -> str:
    """The number without the zeros that say nothing."""
    return number.rstrip("0").rstrip(".") if "." in number else number
