"""Files that are there whole or not at all, whenever the machine stops."""

from __future__ import annotations

import os
import secrets
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from assetmap.errors import AssetmapError, Fault, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_ONCE = 8
"""Files of a folder that wait for the disk together: it takes many in the time of one."""

_FILLED: ContextVar[Path | None] = ContextVar("the draft of a folder that is filled", default=None)
_OPEN = "close it there and run again; everything else is unchanged"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file in the same folder to write to, which takes the place of ``path`` at the end.

    Where the block fails, ``path`` is as it was and nothing else is left. Inside the block of
    :func:`whole_folder` a file of that folder reaches the disk with the folder.

    Raises
    ------
    WriteError
        Where the folder cannot be written, or ``path`` is open in another program.
    """
    draft = _beside(path)
    try:
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield draft
            if _FILLED.get() not in path.parents:
                _settle(draft)
            draft.replace(path)
    finally:
        if draft.exists():
            for left in path.parent.glob(f"{draft.name}*"):  # SQLite may leave its journal
                left.unlink()


@contextmanager
def unsettled(folder: Path) -> Iterator[None]:
    """While a folder is filled that nobody sees yet, its files do not wait for the disk."""
    before = _FILLED.set(folder)
    try:
        yield
    finally:
        _FILLED.reset(before)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder`` to fill, which takes its place at the end, all or nothing.

    What was in ``folder`` goes only once the new one is in its place; it comes back where that
    fails.

    Raises
    ------
    WriteError
        As :func:`whole_file`.
    """
    draft = _beside(folder)
    try:
        with _told(folder):
            draft.mkdir(parents=True)
            with unsettled(draft):
                yield draft
            _settle_all(draft)
            try:
                _swap(draft, folder)
            except OSError:  # a run beside this one may have come between look and move
                _swap(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _swap(draft: Path, folder: Path) -> None:
    old = draft.with_name(f"{draft.name}.old")
    had = folder.exists()
    if had:
        folder.replace(old)
    try:
        draft.replace(folder)
    except OSError:
        if had:
            old.replace(folder)
        raise
    if had:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Plain words for what the operating system says."""
    try:
        yield
    except AssetmapError:
        raise
    except PermissionError as error:
        what = "cannot be written: is it open in another program?"
        raise WriteError(Fault(what=what, where=str(path), attempt=_OPEN)) from error
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        attempt = "check that the folder exists, is yours and has room"
        raise WriteError(Fault(what=what, where=str(path), attempt=attempt)) from error


def _settle_all(draft: Path) -> None:
    """:func:`_settle` for every file of a folder, several at once."""
    with ThreadPoolExecutor(AT_ONCE) as waiting:
        list(waiting.map(_settle, [path for path in draft.rglob("*") if path.is_file()]))


def _settle(draft: Path) -> None:
    """The bytes on the disk before the name moves, so that a power cut leaves no empty file."""
    with draft.open("rb+") as handle:
        os.fsync(handle.fileno())


def _beside(path: Path) -> Path:
    """A name in the same folder that nobody else has; its ending tells writers the format."""
    return path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
