"""A source's files on this disk, or where to get them and how to name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, MissingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.sources.read import Job
    from assetmap.sources.spec import SourceSpec


def missing_faults(spec: SourceSpec, folders: Sequence[Path]) -> tuple[Fault, ...]:
    """One fault for each file of the source that is in none of the folders.

    Each names the source, its publisher, the page to have it from, its licence, and where to save
    it under which name.
    """
    return tuple(
        _fault(spec, name, " or ".join(str(folder / name) for folder in folders))
        for name in spec.files
        if not any((folder / name).is_file() for folder in folders)
    )


def find_files(spec: SourceSpec, folders: Sequence[Path]) -> tuple[Path, ...]:
    """The source's files, in the order of ``spec.files``, from the first folder that has each.

    Raises
    ------
    MissingError
        With every file that is missing.
    """
    faults = missing_faults(spec, folders)
    if faults:
        raise MissingError(faults)
    return tuple(
        next(folder / name for folder in folders if (folder / name).is_file())
        for name in spec.files
    )


def require_file(job: Job, path: Path) -> None:
    """Nothing, or the MissingError of a file that is no longer where it was found."""
    if not path.is_file():
        raise MissingError(_fault(job.spec, path.name, str(path)))


def _fault(spec: SourceSpec, name: str, where: str) -> Fault:
    return Fault(
        what=f"the file of source '{spec.id}' is missing: {spec.publisher}, {spec.title}",
        where=where,
        attempt=f"get it from {spec.address} (licence: {spec.licence}) and save it as {name}",
    )
