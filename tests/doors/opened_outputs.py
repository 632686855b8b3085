"""Everything that a run leaves, opened: what somebody who looks hard enough would read."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

ARCHIVES, DATABASES = {".xlsx", ".zip"}, {".gpkg", ".sqlite"}


def opened(folder: Path) -> dict[str, str]:
    """The text in every file, packed ones unpacked, by the file's name and what is inside it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        found[name] = path.read_bytes().decode("utf-8", errors="replace")
        if path.suffix in ARCHIVES:
            with zipfile.ZipFile(path) as packed:
                for inside in packed.namelist():
                    text = packed.read(inside).decode("utf-8", errors="replace")
                    found[f"{name}:{inside}"] = text
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            columns = [name for name in table.column_names if name != "geometry"]
            rows = table.select(columns).to_pylist()
            found[f"{name}:rows"] = "\n".join(map(str, [table.schema.metadata, *rows]))
        if path.suffix in DATABASES:
            found[f"{name}:tables"] = _tables(path)
    return found


def _tables(path: Path) -> str:
    """Every row of every table, views and definitions too."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as book:
        book.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        said = [str(row) for row in book.execute("SELECT * FROM sqlite_master")]
        names = [row[0] for row in book.execute("SELECT name FROM sqlite_master")]
        tables = [name for name in names if not name.startswith(("rtree_", "sqlite_", "gpkg_tile"))]
        for name in tables:
            kind = book.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,))
            if kind.fetchone()[0] in {"table", "view"}:
                said += [str(row) for row in book.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - names from the file itself
    return "\n".join(said)
