"""Opening hours as a person reads them: days by their names, unread ones as they were given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assetmap.publish.plain import known, plain

if TYPE_CHECKING:
    from assetmap.publish.words import Words

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LONGEST_GIVEN = 40
"""What cannot be read is shown as it was given, and never at length: anybody may have typed it."""
LONGEST_READ = 120


def hours_in_words(given: object, read: object, words: Words) -> str:
    """The hours with days by their names; where they cannot be read, that, and how they begin."""
    if known(read) and read:
        return plain(_spelt(str(read), words), longest=LONGEST_READ)
    text = plain(given, longest=LONGEST_GIVEN)
    return words.say("assess.hours_given", text=text) if text else words.say("assess.not_known")


def _spelt(text: str, words: Words) -> str:
    if text == "24/7":
        return words.say("assess.hours_always")
    names = {day: words.say(f"day.{place}") for place, day in enumerate(DAYS, start=1)}
    names |= {"PH": words.say("assess.hours_ph"), "SH": words.say("assess.hours_sh")}
    names |= {one: words.say("assess.hours_closed") for one in ("closed", "off")}
    said = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)-(Mo|Tu|We|Th|Fr|Sa|Su)\b", _from_to(words), text)
    said = re.sub(r"\b(" + "|".join(names) + r")\b", lambda one: names[one[1]], said)
    return said.replace(",", ", ")


def _from_to(words: Words) -> str:
    return rf"\1 {words.say('assess.hours_to')} \2"
