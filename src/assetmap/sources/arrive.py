"""A file that comes from elsewhere takes its place only once it is whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assetmap.errors import Fault, FetchError

if TYPE_CHECKING:
    from collections.abc import Callable


def arriving(path: Path, write: Callable[[Path], None]) -> int:
    """The bytes of the file that ``write`` makes, once it is in its place.

    It is written in a folder beside, under its own name, and moved; whatever goes wrong, an
    earlier file stays as it was and nothing half-written is left.

    Raises
    ------
    FetchError
        Where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            write(fresh)
            size = fresh.stat().st_size
            os.replace(fresh, path)  # noqa: PTH105 - in one go on every system
    except OSError as error:
        if isinstance(error, FetchError):
            raise
        what = f"the file cannot be written: {error.strerror or error}"
        attempt = "choose another folder with --data, or make room"
        raise FetchError(Fault(what=what, where=str(path), attempt=attempt)) from error
    return size
