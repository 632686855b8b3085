"""The planner's files: what officers work with, and the same as everybody may have it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_file
from assetmap.publish.catalogue import Written, written
from assetmap.publish.formats import (
    csv_file,
    map_files,
    write_catalogue,
    write_csv_files,
    write_json,
    write_map_files,
)
from assetmap.publish.geopackage import write_geopackage
from assetmap.publish.referral import services_of
from assetmap.publish.sheets import assets_sheet, csv_sheets, more_sheets
from assetmap.publish.vectors import assets_vector, vectors_of
from assetmap.publish.words import words_of
from assetmap.publish.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet
    from assetmap.publish.words import Words

TABLES, MAPS, REFERRAL = "tables", "map", "open_referral.json"


def _as_it_is(sheet: Sheet) -> Sheet:
    return sheet


def write_tables(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """The working files of an edition in ``folder``; the paths of the data files, in order.

    As :func:`data_files`, with ``lineage.json``, ``datapackage.json`` and ``dcat.jsonld``. The
    same edition gives the same bytes.

    Raises
    ------
    StudyError
        Where the study's public words are not complete.
    WriteError
        Where a file cannot be written, for one because it is open in another program.
    """
    made = data_files(edition, folder, words=words_of(edition.words))
    write_lineage(edition.lineage, folder / "lineage.json")
    write_catalogue(edition, made, folder)
    return tuple(one.path for one in made)


def data_files(
    edition: Edition,
    folder: Path,
    *,
    words: Words,
    seen: Callable[[Sheet], Sheet] = _as_it_is,
) -> list[Written]:
    """Every table in every format, and what each file holds.

    ``tables/*.csv``, each with its dictionary (CSVW); ``tables.xlsx``; ``assetmap.gpkg`` with its
    styles; ``map/*.geojson`` and ``map/*.parquet``; ``open_referral.json``. Only the study's own
    areas and only assets of public visibility leave. Each sheet is written as ``seen`` shows it:
    as it is for officers, in public words for everybody.
    """
    book, packed, register = (
        written(folder / name, table, words.say(f"file.{says}"), edition=edition)
        for name, table, says in (
            ("tables.xlsx", "", "workbook"),
            ("assetmap.gpkg", "", "geopackage"),
            (REFERRAL, "assets", "referral"),
        )
    )
    sheets = [seen(sheet) for sheet in csv_sheets(edition, words)]
    areas = next(sheet for sheet in sheets if sheet.name == "areas")
    vectors = vectors_of(edition, areas, seen=seen)
    made = write_csv_files(sheets, folder / TABLES, edition=edition)
    every = [*sheets, *(seen(sheet) for sheet in more_sheets(edition, words))]
    write_workbook(every, book.path, edition=edition, words=words)
    write_geopackage(vectors, packed.path, edition=edition, words=words)
    write_json(services_of(edition, edition.public_assets, words), register.path)
    return [
        *made,
        book,
        packed,
        *write_map_files(vectors, folder / MAPS, edition=edition),
        register,
    ]


def write_asset_files(
    edition: Edition, folder: Path, *, words: Words, seen: Callable[[Sheet], Sheet] = _as_it_is
) -> None:
    """The assets alone, as CSV, map files and Open Referral, in one folder."""
    write_csv_files([seen(assets_sheet(edition, words))], folder, edition=edition)
    write_map_files([assets_vector(edition, seen=seen)], folder, edition=edition)
    write_json(services_of(edition, edition.public_assets, words), folder / REFERRAL)


def asset_files(
    edition: Edition, folder: Path, *, words: Words, seen: Callable[[Sheet], Sheet] = _as_it_is
) -> list[Written]:
    """What each file of :func:`write_asset_files` holds, whoever has written it."""
    drawn = assets_vector(edition, seen=seen).sheet
    says = words.say("file.referral")
    return [
        csv_file(seen(assets_sheet(edition, words)), folder, edition=edition),
        *map_files(drawn, folder, edition=edition),
        written(folder / REFERRAL, "assets", says, edition=edition),
    ]


def write_lineage(lineage: Mapping[str, object], path: Path) -> None:
    """The lineage as JSON, keys in order."""
    text = json.dumps(lineage, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    with whole_file(path) as draft:
        draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
