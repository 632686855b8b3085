"""Areas, assets and schemes for mapping software, in the study's own projected CRS, with styles."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import plain
from assetmap.publish.qgis import styles_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.vectors import Vector
    from assetmap.publish.words import Words

STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
"""The table in which QGIS keeps styles inside a GeoPackage; it applies the default on opening."""

COLUMNS = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"""
"""The data dictionary of a GeoPackage: extension ``gpkg_schema`` of OGC 12-128r17, annex F.9."""

GDAL_WAITS = "OGR_SQLITE_SYNCHRONOUS"
"""GDAL's setting of SQLite's ``PRAGMA synchronous``, read whenever it opens a GeoPackage."""

SCHEMA_EXTENSION = ("gpkg_schema", "http://www.geopackage.org/spec/#extension_schema", "read-write")


def write_geopackage(
    vectors: Sequence[Vector], path: Path, *, edition: Edition, words: Words
) -> None:
    """The layers as one GeoPackage, with a style and a data dictionary for each.

    QGIS puts the styles on by itself. The time stamp inside is the study's day, and the file is a
    copy of what was written: SQLite counts the writes of a file in its head, and GDAL makes one
    more or less by the clock. So the same edition gives the same bytes.
    """
    with whole_file(path) as draft, TemporaryDirectory(dir=path.parent, prefix=".") as folder:
        written = Path(folder) / path.name
        with _unwaiting():
            for number, vector in enumerate(vectors):
                vector.shapes.to_file(
                    written, driver="GPKG", layer=vector.name, mode="a" if number else "w",
                    engine="pyogrio",
                )  # fmt: skip
        stamp = _stamp(edition.facts.as_of)
        with closing(_opened(written)) as book, book:
            _style(book, vectors, edition, words, stamp=stamp)
            _describe(book, vectors)
            says = _says(edition, words)
            book.execute("UPDATE gpkg_contents SET last_change = ?, description = ?", (stamp, says))
        with closing(_opened(written)) as book:
            book.execute("VACUUM INTO ?", (str(draft),))  # nor pages that the changes left behind


@contextmanager
def _unwaiting() -> Iterator[None]:
    """GDAL does not wait for the disk either; its own setting is put back at once."""
    before = os.environ.get(GDAL_WAITS)
    os.environ[GDAL_WAITS] = "OFF"
    try:
        yield
    finally:
        os.environ.pop(GDAL_WAITS)
        if before is not None:
            os.environ[GDAL_WAITS] = before


def _opened(written: Path) -> sqlite3.Connection:
    """A database that does not wait for the disk: its copy is there whole or not at all."""
    book = sqlite3.connect(written)
    book.execute("PRAGMA synchronous = OFF")
    return book


def _style(
    book: sqlite3.Connection,
    vectors: Sequence[Vector],
    edition: Edition,
    words: Words,
    *,
    stamp: str,
) -> None:
    book.execute(STYLES)
    book.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
        (stamp,),
    )
    shaped = dict(book.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    book.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, "
        "update_time) VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, '', NULL, ?)",
        [
            (one.name, shaped[one.name], "assetmap", *styles_of(one, edition, words),
             one.sheet.says, stamp)
            for one in vectors
        ],
    )  # fmt: skip


def _describe(book: sqlite3.Connection, vectors: Sequence[Vector]) -> None:
    for statement in COLUMNS.split(";"):
        book.execute(statement)
    book.executemany(
        "INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) "
        "VALUES (?, NULL, ?, ?, ?)",
        [
            (table, *SCHEMA_EXTENSION)
            for table in ("gpkg_data_columns", "gpkg_data_column_constraints")
        ],
    )
    book.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, title, description) "
        "VALUES (?, ?, ?, ?)",
        [
            (one.name, held.name, held.name, f"{held.says} ({held.unit})" if held.unit
             else held.says)
            for one in vectors
            for held in one.sheet.columns
        ],
    )  # fmt: skip


def _says(edition: Edition, words: Words) -> str:
    """What every layer says of itself: its title, and that it is invented or an estimate."""
    facts = edition.facts
    lines = [plain(facts.title)]
    lines += [words.say("banner.invented")] if facts.invented else []
    lines += [words.say("banner.estimate", detour=f"{facts.detour:g}")] if facts.straight else []
    return " ".join(lines)


def _stamp(day: dt.date) -> str:
    """One fixed time for every layer: the study's day."""
    return f"{day.isoformat()}T00:00:00.000Z"
