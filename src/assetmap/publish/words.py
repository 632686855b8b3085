"""The public words: one file of strings, a study's own in their place, none missing."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.results import LEVELS
from assetmap.publish.plain import isolated, plain
from assetmap.publish.tongue import Tongue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from assetmap.publish.phrasebook import Phrasebook

Entry = str | dict[str, str]

ENGLISH = Tongue()

MOST_WORDS = 25
"""Of a sentence that a resident reads."""

_SHORT_ENDS = re.compile(r"[:;.]")
_LEVEL_NAMES = re.compile(rf"\b({'|'.join(sorted(LEVELS, key=len, reverse=True))})\b")


@dataclass(frozen=True)
class Words:
    """What the page says, by ``section.key``; ``book`` is None in the language of the package."""

    entries: Mapping[str, Entry]
    language: str
    tongue: Tongue = ENGLISH
    book: Phrasebook | None = None

    def say(self, key: str, /, **values: object) -> str:
        """The words under a key, with what its braces ask for."""
        entry = self.entries[key]
        if not isinstance(entry, str):
            raise KeyError(key)
        return entry.format_map(self._read(values))

    def count(self, key: str, n: int, /, **values: object) -> str:
        """The words for one or for several; ``{n}`` is the number as a reader wants it."""
        entry = self.entries[key]
        if isinstance(entry, str):
            raise KeyError(key)
        chosen = entry[self.tongue.form(n)]
        return chosen.format_map(self._read({"n": f"{n:,}", **values}))

    def _read(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """The values as they stand in a sentence of the language; what runs the other way apart."""
        way = self.tongue.direction
        return {
            key: isolated(self.number(it), direction=way) if isinstance(it, str) else it
            for key, it in values.items()
        }

    def number(self, text: str) -> str:
        """A number as the language writes it; any other text as it is."""
        return self.tongue.number(text)

    def told(self, text: str) -> str:
        """A text of a table or of the study in this language, officers' words in public ones."""
        return self.public(self.book.told(plain(text)) if self.book else text)

    def level(self, level: str) -> str:
        """The public words of an officers' level, whole."""
        return self.say(f"level.{level}")

    def short(self, level: str) -> str:
        """The public words of a level up to their first stop, for tables and keys."""
        return _SHORT_ENDS.split(self.level(level), maxsplit=1)[0].strip()

    def joined(self, things: Sequence[str]) -> str:
        """``A, B and C``; ``A, of a kind; B and C`` where a thing has a comma of its own."""
        if len(things) < 2:  # noqa: PLR2004 - one thing needs no joining
            return "".join(things)
        comma = self.say("unit.comma")
        between = self.say("unit.semicolon") if any(comma in it for it in things) else comma
        return between.join(things[:-1]) + self.say("unit.and") + things[-1]

    def in_turn(self, keys: tuple[str, str], things: Sequence[str]) -> list[str]:
        """All things, as many to a sentence as its 25 words allow: the first key, then the next."""
        said: list[str] = []
        rest = list(things)
        while rest:
            key = keys[bool(said)]
            fits = [n for n in range(1, len(rest) + 1) if self._short_enough(key, rest[:n])]
            taken = max(fits, default=1)
            said.append(self.say(key, things=self.joined(rest[:taken])))
            rest = rest[taken:]
        return said

    def _short_enough(self, key: str, things: Sequence[str]) -> bool:
        return len(self.say(key, things=self.joined(things)).split()) <= MOST_WORDS

    def public(self, text: str) -> str:
        """A text written for officers with the names of levels in public words."""
        return _LEVEL_NAMES.sub(lambda found: f"“{self.short(found[0])}”", text)

    def date(self, day: dt.date) -> str:
        """A day as it is said, the same whatever the machine's language."""
        month = self.say(f"month.{day.month}")
        return self.say("date.day", day=day.day, month=month, year=day.year)

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self.entries


def words_of(own: Mapping[str, str]) -> Words:
    """The public words with a study's own in their place.

    Raises
    ------
    StudyError
        For a key that does not exist (the nearest is named), words that are empty, braces that
        nothing fills, and a level left without public words: then nothing is published.
    """
    entries, language = shipped()
    faults = [
        fault for key, text in sorted(own.items()) for fault in _faults_of(key, text, entries)
    ]
    if faults:
        raise StudyError(faults)
    changed: dict[str, Entry] = {**entries, **{key: plain(text) for key, text in own.items()}}
    silent = [level for level in LEVELS if not changed.get(f"level.{level}")]
    if silent:
        raise StudyError([Fault(what=f"no public words for level '{name}'") for name in silent])
    return Words(changed, language)


@cache
def shipped() -> tuple[Mapping[str, Entry], str]:
    """The words that come with the package, by ``section.key``, and their language."""
    text = files("assetmap").joinpath("_data", "words.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    entries = {
        f"{section}.{key}": entry
        for section, inside in whole.items()
        if isinstance(inside, dict)
        for key, entry in inside.items()
    }
    return entries, str(whole["language"])


def _faults_of(key: str, text: str, entries: Mapping[str, Entry]) -> list[Fault]:
    where = "study.toml, [publish.words]"
    if key not in entries:
        hint = nearest_name(key, entries)
        return [Fault(what=f"no public words are called '{key}'", where=where, attempt=hint)]
    if not plain(text):
        return [Fault(what=f"the words for '{key}' are empty", where=where)]
    entry = entries[key]
    if not isinstance(entry, str):
        return [Fault(what=f"'{key}' follows a number and cannot be changed", where=where)]
    unknown = braces(text) - braces(entry)
    return [
        Fault(what=f"'{key}' has {{{name}}}, which nothing fills", where=where)
        for name in sorted(unknown)
    ]


def braces(text: str) -> set[str]:
    """The names in braces, with whatever stands beside them; the text itself where they are odd."""
    try:
        return {
            f"{name}{'!' if turn else ''}{turn or ''}{':' if shape else ''}{shape or ''}"
            for _, name, shape, turn in string.Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        return {text}
