"""A new study: the folder, its ``study.toml`` to fill in, and what to download."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError, WriteError

if TYPE_CHECKING:
    from pathlib import Path

NATIONS = {"E": "England", "W": "Wales"}
CODE = re.compile(r"[EW]\d{8}")


def new_study(authority_code: str, *, folder: Path, place: str | None) -> Path:
    """The path of a fresh ``study.toml`` for a local authority.

    Raises
    ------
    StudyError
        When the code is not that of an authority in England or Wales, whose published files the
        scaffold knows.
    WriteError
        When the folder has a study already: nothing is written over.
    """
    code = authority_code.strip().upper()
    if not CODE.fullmatch(code) or code[1:3] not in {"06", "07", "08", "09"}:
        raise StudyError(
            Fault(
                what=f"'{authority_code}' is not the code of a local authority",
                attempt="nine characters such as E08000027 (Dudley) or W06000022 (Newport)",
            )
        )
    path = folder / "study.toml"
    if path.exists():
        attempt = "give another --folder, or edit the one that is there"
        raise WriteError(Fault(what="there is a study already", where=str(path), attempt=attempt))
    template = files("assetmap").joinpath("_data", f"new_{NATIONS[code[0]].lower()}.toml")
    text = template.read_text(encoding="utf-8")
    for mark, value in {
        "@CODE@": code,
        "@ID@": code.lower(),
        "@PLACE@": re.sub(r'["\\\n]', "", place or code),
    }.items():
        text = text.replace(mark, value)
    _write_whole(path, text)
    return path


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        attempt = "choose a folder of your own with --folder"
        raise WriteError(
            Fault(what=f"cannot write: {error.strerror}", where=str(path), attempt=attempt)
        ) from None
