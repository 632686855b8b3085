"""What people typed, made harmless and readable: one line, no hidden characters, no surprises."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SHOWN = 160
LONGEST_CELL = 32_000
"""A cell of XLSX holds 32,767 characters."""

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# joiners that scripts and emoji need; every other format character can reorder or hide text
_KEPT = {"\u200c", "\u200d"}
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FROM_LEFT = re.compile("[A-Za-z\u00aa-\u02b8\u0370-\u0589\u0900-\u1fff]")
ISOLATE, END = "\u2068", "\u2069"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def known(value: object) -> bool:
    """Whether there is a value: not None, not NaN, not a missing one of pandas."""
    return isinstance(value, str) or not pd.isna(value)  # type: ignore[call-overload]


def plain(value: object, *, longest: int = LONGEST_CELL) -> str:
    """The text on one line, without characters that reorder, hide or break; '' for no value.

    Control characters, direction marks and overrides, lone surrogates and unassigned code points
    go; runs of white space become one space; what is longer than ``longest`` ends with '…'.
    """
    if not known(value):
        return ""
    # a screenful more than needed is looked at, so that ten thousand characters cost nothing
    text = str(value)[: 4 * longest]
    if not text.isprintable():
        seen = "".join(" " if char.isspace() else char for char in text)
        text = "".join(c for c in seen if c in _KEPT or unicodedata.category(c) not in _HIDDEN)
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def each_once(values: pd.Series, said: Callable[[Any], str], *, empty: str | None) -> pd.Series:
    """What is said of each value; equal ones are looked at once, and no value is ``empty``."""
    codes, known_values = pd.factorize(values)
    told = np.array([*map(said, known_values.tolist()), empty], dtype=object)
    return pd.Series(told[codes], index=values.index, dtype=object)


def capfirst(text: str) -> str:
    """The text with its first letter large; the rest as it was written."""
    return text[:1].upper() + text[1:]


def shown(value: object) -> str:
    """The text as a page shows it: :func:`plain`, and short enough to read."""
    return plain(value, longest=LONGEST_SHOWN)


def neutral(value: object) -> str:
    """The text as a CSV cell: on one line, and never a formula."""
    return formula_free(plain(value))


def formula_free(line: str) -> str:
    """The line, with a leading apostrophe where a spreadsheet would see a formula."""
    return f"'{line}" if line[:1] in _FORMULA else line


def isolated(text: str, *, direction: str = "ltr") -> str:
    """A text to stand in a sentence, set apart where it runs the other way than the sentence.

    An Arabic or Hebrew name in an English sentence would else take the numbers and stops beside
    it to its own side (Unicode's bidirectional algorithm, UAX 9: first strong isolate).
    """
    other = _FROM_RIGHT if direction == "ltr" else _FROM_LEFT
    return f"{ISOLATE}{text}{END}" if other.search(text) else text


def web_address(value: object) -> str:
    """The address where it is an ordinary web address, else ''; ``javascript:`` never passes."""
    address = plain(value, longest=2000)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    fits = parts.scheme.casefold() in {"http", "https"} and parts.netloc and " " not in address
    return address if fits else ""


def email_address(value: object) -> str:
    """The address where it is an ordinary e-mail address, else ''."""
    address = plain(value, longest=254)
    return address if _EMAIL.fullmatch(address) else ""
