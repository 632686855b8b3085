"""Pictures of a study's own: read, made small, and stripped of all but what is seen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from assetmap.errors import Fault, MissingError, ReadError

if TYPE_CHECKING:
    from pathlib import Path

WIDEST = 1200
MOST_BYTES, MOST_PIXELS = 20_000_000, 60_000_000
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}


def read_picture(path: Path) -> tuple[str, bytes]:
    """The kind of a picture (``image/png``) and its bytes, at most ``WIDEST`` pixels wide.

    Written anew from its pixels: what a camera noted of place, time and owner is gone, and so is
    whatever else was hidden in the file.

    Raises
    ------
    MissingError
        Where there is no such file.
    ReadError
        Where it is neither PNG nor JPEG, or too large to be opened safely.
    """
    if not path.is_file():
        raise MissingError(Fault(what="no such picture", where=str(path)))
    if path.stat().st_size > MOST_BYTES:
        raise ReadError(Fault(what=f"more than {MOST_BYTES // 1_000_000} MB", where=str(path)))
    try:
        with Image.open(path, formats=tuple(KINDS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ReadError(Fault(what="more pixels than can be opened", where=str(path)))
            kind = str(picture.format)
            return KINDS[kind], _anew(picture, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        attempt = "give a PNG or a JPEG"
        raise ReadError(
            Fault(what="not a picture that can be read", where=str(path), attempt=attempt)
        ) from error


def _anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    shown = upright.convert("RGB")
    if shown.width > WIDEST:
        height = max(round(shown.height * WIDEST / shown.width), 1)
        shown = shown.resize((WIDEST, height))
    bare = Image.new("RGB", shown.size)
    bare.paste(shown)
    held = io.BytesIO()
    bare.save(held, format=kind, optimize=True)
    return held.getvalue()
