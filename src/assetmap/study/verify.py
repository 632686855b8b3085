"""A frozen run checked: every file against its fingerprint, and made again where that can be."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from assetmap.errors import AssetmapError, Fault, MissingError, ReadError
from assetmap.sources.archives import read_archive
from assetmap.study.freeze import DATA, MANIFEST, RUN, SCHEMA_VERSION, STUDY
from assetmap.study.ledger import code_version
from assetmap.study.study import Study, open_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_BYTES = 2 * 1024**3
MOST_TOLD = 5
"""Cells of a table that are told one by one; the rest are counted."""
WITH_FILES = "give the folder that holds the files the archive could not: --data"


@dataclass(frozen=True)
class Verified:
    """What a check found.

    Attributes
    ----------
    damaged
        Files that are not what the archive's own list says.
    recomputed
        Whether the run was made again; ``why_not`` says what was in the way.
    differences
        What came out otherwise, a line each.
    """

    run: str
    files: int
    damaged: tuple[str, ...]
    recomputed: bool
    why_not: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every file is whole and nothing came out otherwise."""
        return not self.damaged and not self.differences

    def told(self) -> dict[str, Any]:
        """The check, plain enough for JSON."""
        return {**asdict(self), "holds": self.holds}

    def lines(self) -> list[str]:
        """The check as a person reads it."""
        said = [f"Run {self.run}: {self.files} files, {len(self.damaged)} damaged."]
        said += [f"  damaged: {name}" for name in self.damaged]
        if self.recomputed:
            said.append("Made again." if self.differences else "Made again: every table is equal.")
        else:
            said.append(f"Not made again: {self.why_not}")
            said += [f"  try:   {WITH_FILES}"] if not self.damaged else []
        return [*said, *(f"  differs: {line}" for line in self.differences)]


def verify(
    path: Path,
    *,
    data: Path | None = None,
    tell: Callable[[str, bool], None] = lambda _name, _reused: None,
) -> Verified:
    """The archive checked, and its run made again in a folder that goes away afterwards.

    ``data`` holds source files that the archive could not.

    Raises
    ------
    MissingError
        Where there is no such file.
    ReadError
        Where it is no frozen run, damaged, or tries to reach outside of itself.
    """
    if not path.is_file():
        raise MissingError(Fault(what="no such file", where=str(path)))
    held = read_archive(path, most_bytes=MOST_BYTES)
    manifest = _manifest(held, path.name)
    listed: dict[str, str] = manifest["sha256"]
    damaged = [name for name, digest in sorted(listed.items())
               if name not in held or hashlib.sha256(held[name]).hexdigest() != digest]  # fmt: skip
    damaged += [f"{name} (not listed)" for name in sorted(set(held) - set(listed) - {MANIFEST})]
    run, why_not, differences = str(manifest["run"]), "", []
    if damaged:
        why_not = "the archive is damaged"
    else:
        with tempfile.TemporaryDirectory() as folder:
            try:
                differences = list(_recomputed(held, manifest, Path(folder), data=data, tell=tell))
            except MissingError as error:
                why_not = "; ".join(fault.what for fault in error.faults)
    return Verified(run, len(held), tuple(damaged), not why_not, why_not, tuple(differences))


def _manifest(held: Mapping[str, bytes], where: str) -> dict[str, Any]:
    attempt = "give an archive that 'assetmap freeze' made"
    try:
        found = json.loads(held[MANIFEST])
        fits = found["schema_version"] == SCHEMA_VERSION and isinstance(found["sha256"], dict)
    except (KeyError, ValueError, TypeError) as error:
        fault = Fault(what="no frozen run", where=where, attempt=attempt)
        raise ReadError(fault) from error
    if not fits:
        raise ReadError(Fault(what="a frozen run of another version", where=where, attempt=attempt))
    return dict(found)


def _recomputed(
    held: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    folder: Path,
    *,
    data: Path | None,
    tell: Callable[[str, bool], None],
) -> Iterator[str]:
    """Every difference between the tables in the archive and those made again."""
    for name, content in held.items():
        if name.startswith((f"{STUDY}/", f"{DATA}/")):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    study = open_study(folder / STUDY)
    _refuse_escapes(study)
    opened = Study(study.settings, folder / STUDY, folder / DATA, more=(data,) if data else ())
    if manifest["code"] != code_version():
        yield f"made with other code: {manifest['code']}, here {code_version()}"
    try:
        again = opened.run(out=folder / "out", tell=tell)
    except MissingError:
        raise
    except AssetmapError as error:
        yield f"cannot be made again: {error.faults[0]}"
        return
    if again.id != manifest["run"]:
        yield f"run {manifest['run']} comes out as {again.id}"
    prefix = f"{RUN}/tables/"
    before = {name.removeprefix(prefix): content for name, content in held.items()
              if name.startswith(prefix) and name.endswith(".csv")}  # fmt: skip
    after = {path.name: path.read_bytes() for path in (again.folder / "tables").glob("*.csv")}
    for name in sorted(before.keys() | after.keys()):
        yield from of_table(name, before.get(name), after.get(name))


def _refuse_escapes(study: Study) -> None:
    """No file that a stranger's settings name lies outside of the archive's own folders."""
    faults = [
        Fault(what=f"source '{spec.id}' names a file outside the archive: {name}")
        for spec in study.settings.source
        for name in spec.files
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name
    ]
    if faults:
        raise ReadError(faults)


def of_table(name: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """What differs between two CSV files, a line each: rows, columns, cells by their row's key."""
    if before is None or after is None:
        yield f"{name}: only in {'the new run' if before is None else 'the archive'}"
        return
    if before == after:
        return
    (head, *old), (new_head, *new) = _rows(before), _rows(after)
    if head != new_head:
        yield f"{name}: columns differ: {', '.join(sorted(set(head) ^ set(new_head))) or 'order'}"
        return
    if len(old) != len(new):
        yield f"{name}: {len(old)} rows, now {len(new)}"
    cells = [
        f"{name}, row {number} ({row[0]}), {column}: {was or 'empty'}, now {now or 'empty'}"
        for number, (row, other) in enumerate(zip(old, new, strict=False), start=2)
        for column, was, now in zip(head, row, other, strict=False)
        if was != now
    ]
    yield from cells[:MOST_TOLD]
    if len(cells) > MOST_TOLD:
        yield f"{name}: and {len(cells) - MOST_TOLD} more cells"


def _rows(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8"))))
