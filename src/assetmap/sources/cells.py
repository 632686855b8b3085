"""Cells that somebody typed or downloaded: kept as text, made harmless to read and to match."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import pandas as pd

LONGEST = 300
"""Characters of a cell that are kept; published names are a tenth of this."""

_JOINERS = "\u200c\u200d"
_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032]")
_NOT_WORDS = re.compile(r"[\W_]+")


class Cleaned(NamedTuple):
    """Cells after cleaning, and how many had to be cut or lost invisible characters."""

    values: pd.Series
    cut: int
    stripped: int


def clean_cells(values: pd.Series) -> Cleaned:
    """The cells as text, without control and direction characters, at most 300 characters long.

    Text is never read as markup, a formula or a path: ``<script>``, ``=cmd`` and ``../`` stay as
    they are, and whoever writes them out escapes them. Empty cells become None.
    """
    known = {cell: _visible(str(cell)) for cell in values.dropna().unique()}
    shown = values.map(known, na_action="ignore")
    cut = shown.str.len().gt(LONGEST) if known else pd.Series(data=False, index=values.index)
    stripped = values.isin([cell for cell, (text) in known.items() if _is_stripped(cell, text)])
    short = {cell: _cut(text) or None for cell, text in known.items()}
    kept = values.map(short, na_action="ignore").astype("object")
    return Cleaned(kept.where(kept.notna(), None), int(cut.sum()), int(stripped.sum()))


def folded(text: str) -> str:
    """The words of a text, in lower case without accents, apostrophes or punctuation.

    Made for matching: ``Women\u2019s  AID`` and ``womens aid`` are one.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    letters = "".join(
        sign for sign in plain if unicodedata.category(sign) not in {"Mn", "Cf", "Cc"}
    )
    return _NOT_WORDS.sub(" ", letters).strip()


def _visible(text: str) -> str:
    spaced = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isspace() or not _is_hidden(sign)
    )
    return " ".join(spaced.split())


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} and sign not in _JOINERS


def _is_stripped(cell: object, text: str) -> bool:
    return len(text) != len(" ".join(unicodedata.normalize("NFC", str(cell)).split()))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"
