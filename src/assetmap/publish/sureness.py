"""How sure a result is, in one phrase."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from assetmap.publish.rounding import hundredths

if TYPE_CHECKING:
    from assetmap.publish.words import Words

FLAGGED = ("left_behind", "at_risk")
CLEAR, BORDERLINE = 80, 50
"""In 100 reruns: a result that stands as often is clear; one that stands in half, borderline."""


def stands_of(level: str, robustness: float) -> Literal["clear", "borderline", "either"]:
    """Clear, borderline, or either way: by how often the result stands.

    A neighbourhood that is not flagged stands where it is not flagged.
    """
    share = hundredths(robustness)
    stands = share if level in FLAGGED else 100 - share
    return "clear" if stands >= CLEAR else "borderline" if stands >= BORDERLINE else "either"


def word_of(level: str, robustness: float, words: Words) -> str:
    """The same in public words."""
    return words.say(f"sure.{stands_of(level, robustness)}")


def phrase_of(level: str, robustness: float, words: Words) -> str:
    """The word, and in how many of 100 reruns it is flagged."""
    return words.say(
        "sure.phrase", word=word_of(level, robustness, words), share=hundredths(robustness)
    )


def sure_of(level: str, robustness: object, words: Words) -> tuple[str, ...]:
    """The sentence beside a flagged neighbourhood; none beside others, or without draws."""
    if level not in FLAGGED or not isinstance(robustness, float) or math.isnan(robustness):
        return ()
    word = word_of(level, robustness, words).lower()
    return (words.say("sure.sentence", word=word, share=hundredths(robustness)),)
