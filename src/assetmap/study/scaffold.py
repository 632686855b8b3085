"""A new study: the folder, its ``study.toml`` to fill in, and what to download."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError, WriteError

if TYPE_CHECKING:
    from pathlib import Path

NATIONS = {"E": "England", "W": "Wales"}
AUTHORITY = re.compile(r"(E0[6789]|W06)\d{6}")
"""Unitary authorities, districts, metropolitan districts and London boroughs; Welsh authorities."""
ELSEWHERE = re.compile(r"(S12|N09)\d{6}")
SMALLER = re.compile(r"[EW](00|01|02|05)\d{6}")
COUNTY = re.compile(r"E(10|11|12|13|47|92)\d{6}|W92\d{6}")


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
    if not AUTHORITY.fullmatch(code):
        raise StudyError(_fault_of(authority_code, code))
    path = folder / "study.toml"
    if path.exists():
        attempt = "give another --folder, or edit the one that is there"
        raise WriteError(Fault(what="there is a study already", where=str(path), attempt=attempt))
    template = files("assetmap").joinpath("_data", f"new_{NATIONS[code[0]].lower()}.toml")
    text = template.read_text(encoding="utf-8")
    for mark, value in {
        "@CODE@": code,
        "@ID@": code.lower(),
        "@PLACE@": _in_quotes(place or code),
    }.items():
        text = text.replace(mark, value)
    _write_whole(path, text)
    return path


def _in_quotes(text: str) -> str:
    """The text as it may stand between the quotes of a TOML string, on one line."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return json.dumps(" ".join(printable.split()), ensure_ascii=False)[1:-1]


def _fault_of(given: str, code: str) -> Fault:
    """Why a code is not one that a study can be made for."""
    attempt = "nine characters such as E08000027 (Dudley) or W06000022 (Newport)"
    if ELSEWHERE.fullmatch(code):
        return Fault(
            what=f"'{code}' is in a nation whose published files are not known here",
            attempt="copy a study.toml from layers/ and describe the files of Scotland or Northern "
            "Ireland in it",
        )
    if SMALLER.fullmatch(code):
        return Fault(what=f"'{code}' is an area inside an authority", attempt=attempt)
    if COUNTY.fullmatch(code):
        attempt = "make a study of one district, and add the others to its authorities"
        return Fault(what=f"'{code}' is larger than one local authority", attempt=attempt)
    return Fault(what=f"'{given}' is not the code of a local authority", attempt=attempt)


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
