"""Jobs for readers under test: a source as a study would describe it, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.sources.read import Job
from assetmap.sources.spec import SourceSpec

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

BNG = "EPSG:27700"


def job_of(
    kind: str, *paths: Path, within: BaseGeometry | None = None, study: str = BNG, **said: Any
) -> Job:
    """A job for files that are there, with the words of the source left to the test."""
    spec = SourceSpec(
        id="given",
        kind=kind,
        file=tuple(path.name for path in paths),
        publisher="Office of Invented Statistics",
        title="A table",
        address="https://statistics.example/table",
        licence="OGL v3",
        attribution="Invented",
        vintage="2021",
        format="CSV",
        **said,
    )
    return Job(spec=spec, paths=paths, crs=study, within=within, lookups={})


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
