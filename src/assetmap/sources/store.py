"""The store: results of steps kept by fingerprint, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import uuid
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.errors import Fault, WriteError

if TYPE_CHECKING:
    from collections.abc import Mapping

Part = pd.DataFrame | dict[str, np.ndarray]
STEPS, NOTE = "steps", "note.json"


def cache_folder() -> Path:
    """Where results are kept: in ``ASSETMAP_CACHE``, else in the platform's cache folder."""
    named = os.environ.get("ASSETMAP_CACHE")
    if named:
        return Path(named) / STEPS
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where it is asked

    return user_cache_path("assetmap", appauthor=False) / STEPS


def open_store() -> Store:
    """The store in the cache folder; where that cannot be written, one that lasts for this run."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        passing = Store(Path(tempfile.mkdtemp(prefix="assetmap-")), lasting=False)
        weakref.finalize(passing, shutil.rmtree, passing.folder, ignore_errors=True)
        return passing
    return Store(folder)


@dataclass(frozen=True)
class Store:
    """A folder of results; each in a folder of its own, named by its fingerprint.

    A result is a mapping of named parts (tables or mappings of arrays) and a JSON note. It is
    written beside and moved into place, so that a killed run leaves nothing half-written, and two
    runs that make the same result at once do no harm. The note holds the size of every part: a
    result that a full disk or a tidy machine has cut short counts as not there.

    Attributes
    ----------
    lasting
        Whether the results are there for the next run too.
    """

    folder: Path
    lasting: bool = True

    def has(self, fingerprint: str) -> bool:
        """Whether the result is kept, and whole."""
        place = self._place(fingerprint)
        try:
            sizes = _read_note(place)["sizes"]
            return all((place / name).stat().st_size == size for name, size in sizes.items())
        except (OSError, ValueError, KeyError):
            return False

    def note(self, fingerprint: str) -> dict[str, Any]:
        """The JSON note kept with the result."""
        found: dict[str, Any] = _read_note(self._place(fingerprint))["note"]
        return found

    def get(self, fingerprint: str, part: str) -> Part:
        """One part of a kept result, as it was."""
        place = self._place(fingerprint)
        if (place / f"{part}.npz").is_file():
            with np.load(place / f"{part}.npz", allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files}
        return _read_table(place, part)

    def put(self, fingerprint: str, parts: Mapping[str, Part], note: Mapping[str, Any]) -> None:
        """Keep a result; where it is kept already, that one stays.

        Raises
        ------
        WriteError
            Where the folder cannot be written or the disk is full.
        """
        place = self._place(fingerprint)
        fresh = place.with_name(f"{place.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.new")
        try:
            fresh.mkdir(parents=True)
            _write(fresh, parts, note)
            self._settle(fresh, fingerprint)
        except OSError as error:
            if not self.has(fingerprint):
                raise WriteError(_unwritten(error, self.folder)) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def size_bytes(self) -> int:
        """What the store takes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def clean(self) -> int:
        """Remove everything kept; the number of bytes freed."""
        before = self.size_bytes()
        shutil.rmtree(self.folder, ignore_errors=True)
        return before - self.size_bytes()

    def _settle(self, fresh: Path, fingerprint: str) -> None:
        """The fresh result in its place; one that is there and not whole gives way."""
        place = self._place(fingerprint)
        if place.exists() and not self.has(fingerprint):
            broken = fresh.with_suffix(".old")
            place.rename(broken)
            shutil.rmtree(broken, ignore_errors=True)
        fresh.rename(place)

    def _place(self, fingerprint: str) -> Path:
        return self.folder / fingerprint[:2] / fingerprint


def _write(fresh: Path, parts: Mapping[str, Part], note: Mapping[str, Any]) -> None:
    for name, part in parts.items():
        if isinstance(part, dict):
            with (fresh / f"{name}.npz").open("wb") as file:
                np.savez(file, **part)  # type: ignore[arg-type]
        else:
            _write_table(fresh, name, part)
    sizes = {file.name: file.stat().st_size for file in sorted(fresh.iterdir())}
    text = json.dumps({"note": dict(note), "sizes": sizes}, sort_keys=True)
    (fresh / NOTE).write_text(text, encoding="utf-8")


def _read_note(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((place / NOTE).read_text(encoding="utf-8"))
    return found


def _unwritten(error: OSError, folder: Path) -> Fault:
    return Fault(
        what=f"the cache cannot be written: {error.strerror or error}",
        where=str(folder),
        attempt="make room with assetmap cache --clean, or set ASSETMAP_CACHE to another folder",
    )


def _write_table(place: Path, name: str, table: pd.DataFrame) -> None:
    """A table as Parquet; categorical columns as codes, with all their categories beside."""
    codes = {
        str(column): table[column].cat.categories.astype("str").to_numpy(object).tolist()
        for column in table.columns
        if isinstance(table[column].dtype, pd.CategoricalDtype)
    }
    if codes:
        (place / f"{name}.categories.json").write_text(json.dumps(codes), encoding="utf-8")
        table = table.assign(**{column: table[column].cat.codes for column in codes})
    text = [str(column) for column in table.columns if table[column].dtype == "str"]
    # words repeat and are looked up; numbers hardly do, and nobody asks for their least and most
    table.to_parquet(
        place / f"{name}.parquet", index=False, use_dictionary=text, write_statistics=False
    )


def _read_table(place: Path, name: str) -> pd.DataFrame:
    path = place / f"{name}.parquet"
    import pyarrow.parquet as pq  # noqa: PLC0415 - cold start

    if b"geo" in (pq.read_schema(path).metadata or {}):
        import geopandas as gpd  # noqa: PLC0415 - plain tables do not pay for it

        shapes: pd.DataFrame = gpd.read_parquet(path)
        return shapes
    table = pd.read_parquet(path)
    beside = place / f"{name}.categories.json"
    if beside.is_file():
        for column, categories in json.loads(beside.read_text(encoding="utf-8")).items():
            table[column] = pd.Categorical.from_codes(
                table[column].to_numpy(), categories=pd.Index(categories, dtype="str")
            )
    return table
