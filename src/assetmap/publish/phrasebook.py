"""Texts of tables and of the study in another language: whole sentences, their numbers apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assetmap.frames.results import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LEVELS = "|".join(sorted(LEVELS, key=len, reverse=True))
_APART = re.compile(rf"\b(?:{_LEVELS})\b|\d+(?:,\d{{3}})*(?:\.\d+)?")
_GAP = re.compile(r"\{(\d+)\}")


class Phrasebook:
    """English to the words of another language; what it lacks is remembered in ``unknown``.

    Numbers, and officers' names of results, are gaps: ``{1} of {2} areas`` is one phrase for
    every run, whatever it counts.
    """

    def __init__(self, said: Mapping[str, str], *, number: Callable[[str], str]) -> None:
        self.said = said
        self.number = number
        self.unknown: dict[str, None] = {}

    def told(self, text: str) -> str:
        """A text in the language; as it is, and remembered, where the book does not have it."""
        phrase, gaps = apart(text)
        if not any(char.isalpha() for char in _GAP.sub("", phrase)):
            return self.number(text)
        found = self.said.get(phrase)
        if not found:
            self.unknown[phrase] = None
            return text
        return _GAP.sub(lambda gap: self._filled(gap, gaps), found)

    def _filled(self, gap: re.Match[str], gaps: list[str]) -> str:
        place = int(gap[1]) - 1
        return self.number(gaps[place]) if place < len(gaps) else gap[0]


def apart(text: str) -> tuple[str, list[str]]:
    """A text with numbered gaps in place of its numbers, and the numbers."""
    gaps: list[str] = []

    def kept(found: re.Match[str]) -> str:
        gaps.append(found[0])
        return f"{{{len(gaps)}}}"

    return _APART.sub(kept, text), gaps


def gaps_of(phrase: str) -> set[str]:
    """The numbered gaps of a phrase."""
    return set(_GAP.findall(phrase))
