"""How a language counts and writes numbers: by the Unicode CLDR, through babel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol

SHIPPED = "en"
"""The language of the words that come with the package."""
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")


@dataclass(frozen=True)
class Tongue:
    """A language by its tag, as ``cy`` or ``pt-BR``."""

    tag: str = SHIPPED

    @property
    def direction(self) -> str:
        """``ltr``, or ``rtl`` where it is written from the right."""
        return "ltr" if self.tag == SHIPPED else str(_locale(self.tag).text_direction)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that a word takes by its number, as ``one`` and ``other``; in order."""
        if self.tag == SHIPPED:
            return ("one", "other")
        return (*sorted(_locale(self.tag).plural_form.tags), "other")

    def form(self, n: int) -> str:
        """The form for a number."""
        if self.tag == SHIPPED:
            return "one" if n == 1 else "other"
        return str(_locale(self.tag).plural_form(n))

    def number(self, text: str) -> str:
        """A number that is written in English, as ``1,234.5``, in this language; else the text.

        Whole numbers without commas stay as they are: a year is no quantity.
        """
        if self.tag == SHIPPED or not _NUMBER.fullmatch(text):
            return text
        locale = _locale(self.tag)
        whole, dot, fraction = text.lstrip("-").replace(",", "").partition(".")
        said = format_decimal(int(whole), locale=locale)
        sign = "-" if text.startswith("-") else ""
        return f"{sign}{said}{get_decimal_symbol(locale)}{fraction}" if dot else f"{sign}{said}"


def is_known(tag: str) -> bool:
    """Whether there is such a language."""
    try:
        _locale(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")
