"""Archives whose bytes depend on what they hold and on nothing else."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

FILE_MODE = 0o644 << 16


def packed(files: Mapping[str, bytes], *, day: dt.date) -> bytes:
    """A zip of the files in the order given, each stamped with the day."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = FILE_MODE
            archive.writestr(entry, content)
    return held.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """What an archive that we made ourselves holds, in its order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {name: held.read(name) for name in held.namelist()}
