"""The bytes of a file, unpacked where it is packed, and never trusted while unpacking."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from assetmap.errors import Fault, ReadError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import Protocol

    class Packed(Protocol):
        """What is read in pieces."""

        def read(self, size: int, /) -> bytes:
            """The next bytes."""


MOST_BYTES = 4 * 1024**3
MOST_MEMBERS = 2_000
CHUNK_BYTES = 1024**2
PACKED = (".gz", ".zip")


def inner_suffix(path: Path) -> str:
    """The suffix that says what is inside: ``.csv`` for ``stops.csv.gz``, ``.zip`` for a zip."""
    suffixes = [suffix.casefold() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz" and len(suffixes) > 1:
        return suffixes[-2]
    return suffixes[-1] if suffixes else ""


def read_bytes(path: Path, *, most_bytes: int = MOST_BYTES) -> bytes:
    """The content of a plain or gzipped file.

    Raises
    ------
    ReadError
        Where a ``.gz`` is cut short or damaged, or unpacks to more than ``most_bytes``.
    """
    if path.suffix.casefold() != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as packed:
            return _at_most(packed, path.name, most_bytes=most_bytes)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(_damaged(path.name, str(error))) from error


def read_member(
    path: Path, *, suffixes: Collection[str], name: str | None = None, most_bytes: int = MOST_BYTES
) -> tuple[str, bytes]:
    """The name and content of the one member of a zip that has a wanted suffix.

    Members are read into memory, so that no name in the archive is ever a path on this disk.

    Raises
    ------
    ReadError
        Where the zip is damaged or cut short, a member's name climbs out of the archive, no
        member or more than one fits and ``name`` does not choose, or it unpacks to more than
        ``most_bytes``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            chosen = _choose(archive, path.name, suffixes=suffixes, name=name)
            with archive.open(chosen) as packed:
                return chosen, _at_most(packed, f"{path.name}, {chosen}", most_bytes=most_bytes)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ReadError(_damaged(path.name, str(error))) from error


def members(path: Path) -> tuple[str, ...]:
    """The names in a zip, in order, or a ReadError for one that must not be opened."""
    guard_zip(path)
    with zipfile.ZipFile(path) as archive:
        return tuple(sorted(archive.namelist()))


def read_archive(path: Path, *, most_bytes: int = MOST_BYTES) -> dict[str, bytes]:
    """Every file of a zip by its name, read into memory: nothing is unpacked onto this disk.

    Raises
    ------
    ReadError
        Where the zip is damaged, unpacks to more than ``most_bytes``, or holds a name that climbs
        out, a name twice, a link, or more files than :data:`MOST_MEMBERS`.
    """
    guard_zip(path, most_bytes=most_bytes)
    held: dict[str, bytes] = {}
    left = most_bytes
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_odd(entries, path.name)
            for entry in entries:
                with archive.open(entry) as packed:
                    held[entry.filename] = _at_most(packed, path.name, most_bytes=left)
                left -= len(held[entry.filename])
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ReadError(_damaged(path.name, str(error))) from error
    return held


def _refuse_odd(entries: list[zipfile.ZipInfo], where: str) -> None:
    names = [entry.filename for entry in entries]
    faults = [
        Fault(what=f"the archive holds a name twice: {name!r}", where=where)
        for name in sorted({name for name in names if names.count(name) > 1})
    ] if len(names) <= MOST_MEMBERS else [Fault(what="the archive holds too many files",
                                                where=where)]  # fmt: skip
    faults += [
        Fault(what=f"the archive holds a link: {entry.filename!r}", where=where)
        for entry in entries
        if stat.S_ISLNK(entry.external_attr >> 16)
    ]
    faults += [
        Fault(what=f"a member's name climbs out of the archive: {name!r}", where=where)
        for name in names
        if ":" in name or "\\" in name or "\0" in name
    ]
    if faults:
        raise ReadError(faults)


def guard_zip(path: Path, *, most_bytes: int = MOST_BYTES) -> None:
    """Nothing, or a ReadError for a zip (or a workbook, which is one) that must not be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_escapes(archive, path.name)
            stated = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, EOFError) as error:
        raise ReadError(_damaged(path.name, str(error))) from error
    if stated > most_bytes:
        raise ReadError(_too_large(path.name, most_bytes))


def _choose(
    archive: zipfile.ZipFile, where: str, *, suffixes: Collection[str], name: str | None
) -> str:
    _refuse_escapes(archive, where)
    members = sorted(member for member in archive.namelist() if not member.startswith("__MACOSX"))
    fitting = [member for member in members if member.casefold().endswith(tuple(suffixes))]
    if name is not None and name in members:
        return name
    if len(fitting) == 1:
        return fitting[0]
    wanted = ", ".join(sorted(suffixes))
    listed = ", ".join(fitting or members)[:300]
    what = f"the archive holds {len(fitting)} files of kind {wanted}, expected one: {listed}"
    attempt = "unpack the one you mean beside the archive and name it as the source's file"
    raise ReadError(Fault(what=what, where=where, attempt=attempt))


def _refuse_escapes(archive: zipfile.ZipFile, where: str) -> None:
    faults = [
        Fault(what=f"a member's name climbs out of the archive: {member!r}", where=where)
        for member in archive.namelist()
        if member.startswith(("/", "\\")) or ".." in member.replace("\\", "/").split("/")
    ]
    if faults:
        raise ReadError(faults)


def _at_most(packed: Packed, where: str, *, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := packed.read(CHUNK_BYTES):
        size += len(part)
        if size > most_bytes:
            raise ReadError(_too_large(where, most_bytes))
        parts.append(part)
    return b"".join(parts)


def _damaged(where: str, detail: str) -> Fault:
    what = f"the archive is damaged or cut short ({detail or 'it ends early'})"
    return Fault(what=what, where=where, attempt="download it again and compare its size")


def _too_large(where: str, most_bytes: int) -> Fault:
    what = f"unpacks to more than {most_bytes / 1024**3:.3g} GB"
    attempt = "unpack it yourself, if you trust it, and name the unpacked file"
    return Fault(what=what, where=where, attempt=attempt)
