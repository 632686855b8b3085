"""A run's folder read back: its tables and its lineage."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from assetmap.errors import Fault, MissingError, ReadError

if TYPE_CHECKING:
    from pathlib import Path

LINEAGE_VERSION = 1
TABLES = ("findings", "access", "areas", "fairness")
NUMBERS = ("value", "low", "high", "people")


class RunRead(NamedTuple):
    """A run's tables by name, as they were written, and its lineage."""

    tables: dict[str, pd.DataFrame]
    lineage: dict[str, Any]


def read_run(folder: Path) -> RunRead:
    """The tables and the lineage of a run that was published to a folder.

    Raises
    ------
    MissingError
        With every file that is not there: the folder is of no run, or of one of an earlier
        version.
    ReadError
        For a file that is not what it should be, or a lineage of a version that is not known.
    """
    files = dict(zip((*TABLES, "lineage"), map(folder.joinpath, files_of_run()), strict=True))
    missing = [
        Fault(
            what=f"no {path.name}",
            where=str(folder),
            attempt="give the folder of a run: outputs/<study>/<run>",
        )
        for path in files.values()
        if not path.is_file()
    ]
    if missing:
        raise MissingError(missing)
    try:
        lineage = json.loads(files["lineage"].read_text(encoding="utf-8"))
        tables = {name: _table(files[name]) for name in TABLES}
    except (UnicodeDecodeError, ValueError, OSError) as error:
        raise ReadError(Fault(what=f"cannot be read: {error}", where=str(folder))) from error
    if not isinstance(lineage, dict) or lineage.get("schema_version") != LINEAGE_VERSION:
        what = "a lineage of a version that this assetmap does not know"
        raise ReadError(Fault(what=what, where=str(files["lineage"])))
    return RunRead(tables, lineage)


def files_of_run(folder: str = "") -> tuple[str, ...]:
    """The files of a run that :func:`read_run` reads, within its folder."""
    lead = f"{folder}/" if folder else ""
    return (*(f"{lead}tables/{name}.csv" for name in TABLES), f"{lead}lineage.json")


def _table(path: Path) -> pd.DataFrame:
    """A table with its text as text and its numbers as numbers; an empty cell is not known."""
    header = list(pd.read_csv(path, nrows=0).columns)
    text = {name: "str" for name in header if name.endswith("_id") or name == "place"}
    table = pd.read_csv(path, dtype=text)
    for name in NUMBERS:
        if name in table:
            table[name] = pd.to_numeric(table[name])
    return table
