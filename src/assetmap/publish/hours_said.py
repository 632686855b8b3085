"""Opening hours as a reader says them: ``Mo-Fr 09:00-17:00`` as days and times in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.publish.words import Words

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS, HOLIDAYS = "24/7", "PH"
_DAY = f"(?:{'|'.join(DAYS)}|{HOLIDAYS})"
_DAYS = f"{_DAY}(?:-{_DAY})?"
_CLOCK = r"\d{1,2}:\d{2}"
_TIMES = f"{_CLOCK}-{_CLOCK}"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAYS}(?:, ?{_DAYS})*) )?(?P<times>off|closed|{_TIMES}(?:, ?{_TIMES})*)"
)


def hours_said(text: str, words: Words) -> str:
    """The hours in words; as they were written where they say more than days and times.

    By the plainest part of the grammar of ``opening_hours`` in OpenStreetMap: days or spans of
    them, times or spans of them, ``off``, ``24/7``; rules apart by ``;``.
    """
    if text.strip() == ALWAYS:
        return words.say("hours.always")
    rules = [_RULE.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    read = [found for found in rules if found is not None]
    if not rules or len(read) < len(rules):
        return text
    return words.say("unit.semicolon").join(_rule(found, words) for found in read)


def _rule(found: re.Match[str], words: Words) -> str:
    days = _list(found["days"], words) if found["days"] else words.say("hours.daily")
    if found["times"] in {"off", "closed"}:
        return words.say("hours.shut", days=days)
    return words.say("hours.rule", days=days, times=_list(found["times"], words))


def _list(text: str, words: Words) -> str:
    return words.joined([_span(part.strip(), words) for part in text.split(",")])


def _span(text: str, words: Words) -> str:
    first, to, last = text.partition("-")
    if not to:
        return _end(first, words)
    return words.say("hours.span", first=_end(first, words), last=_end(last, words))


def _end(name: str, words: Words) -> str:
    """A day in words, or a time as it is."""
    if name == HOLIDAYS:
        return words.say("hours.holidays")
    return words.say(f"day.{DAYS.index(name) + 1}") if name in DAYS else name
