"""The store: results of steps kept by fingerprint, written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

Part = pd.DataFrame | dict[str, np.ndarray]


def cache_folder() -> Path:
    """``ASSETMAP_CACHE``, else the platform's cache folder."""
    named = os.environ.get("ASSETMAP_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where it is asked

    return user_cache_path("assetmap", appauthor=False)


@dataclass(frozen=True)
class Store:
    """A folder of results; each in a folder of its own, named by its fingerprint.

    A result is a mapping of named parts (tables or mappings of arrays) and a JSON note. It is
    written beside and moved into place, so that a killed run leaves nothing half-written, and two
    runs that make the same result at once do no harm.
    """

    folder: Path

    def has(self, fingerprint: str) -> bool:
        """Whether the result is kept."""
        return (self._place(fingerprint) / "note.json").is_file()

    def note(self, fingerprint: str) -> dict[str, Any]:
        """The JSON note kept with the result."""
        text = (self._place(fingerprint) / "note.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def get(self, fingerprint: str, part: str) -> Part:
        """One part of a kept result, as it was."""
        place = self._place(fingerprint)
        if (place / f"{part}.npz").is_file():
            with np.load(place / f"{part}.npz", allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files}
        return _read_table(place, part)

    def put(self, fingerprint: str, parts: Mapping[str, Part], note: Mapping[str, Any]) -> None:
        """Keep a result; where it is kept already, that one stays."""
        place = self._place(fingerprint)
        fresh = place.with_name(f"{place.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.new")
        fresh.mkdir(parents=True)
        try:
            for name, part in parts.items():
                if isinstance(part, dict):
                    with (fresh / f"{name}.npz").open("wb") as file:
                        np.savez(file, **part)  # type: ignore[arg-type]
                else:
                    _write_table(fresh, name, part)
            (fresh / "note.json").write_text(json.dumps(note, sort_keys=True), encoding="utf-8")
            fresh.rename(place)
        except OSError:
            if not self.has(fingerprint):
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def size_bytes(self) -> int:
        """What the store takes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def clean(self) -> int:
        """Remove everything kept; the number of bytes freed."""
        freed = self.size_bytes() if self.folder.is_dir() else 0
        shutil.rmtree(self.folder, ignore_errors=True)
        return freed

    def _place(self, fingerprint: str) -> Path:
        return self.folder / fingerprint[:2] / fingerprint


def _write_table(place: Path, name: str, table: pd.DataFrame) -> None:
    """A table as Parquet; categorical columns as codes, with all their categories beside."""
    codes = {
        str(column): [str(value) for value in table[column].cat.categories]
        for column in table.columns
        if isinstance(table[column].dtype, pd.CategoricalDtype)
    }
    if codes:
        (place / f"{name}.categories.json").write_text(json.dumps(codes), encoding="utf-8")
        table = table.assign(**{column: table[column].cat.codes for column in codes})
    table.to_parquet(place / f"{name}.parquet", index=False)


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
