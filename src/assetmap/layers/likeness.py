"""How alike two names are: token sets, so that word order and added words weigh little."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

SMALL_WORDS = frozenset({"the", "of", "and", "at", "in", "a", "or", "s"})


def tokens_of(name: str, *, generic: frozenset[str] = frozenset()) -> frozenset[str]:
    """The telling words of a name: folded, without accents, signs, small and generic words.

    ``generic`` are words that every name of the kind may bear, such as *library*. A name made of
    them alone tells nothing, and comes back empty.
    """
    marked = unicodedata.normalize("NFKD", name.replace("'", "").replace("\u2019", ""))
    plain = "".join(sign for sign in marked if not unicodedata.combining(sign)).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return frozenset(words) - SMALL_WORDS - generic


@lru_cache(maxsize=65536)
def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The token-set ratio of two names, 0 to 1: 1 where one holds all the words of the other.

    With the shared words s and the rest a and b of each, the largest of ratio(s, s+a),
    ratio(s, s+b) and ratio(s+a, s+b), where ratio = 2 matches / length. Names that bear
    different numbers (*Court 1*, *Court 2*) are not alike: 0. An empty name is like nothing: 0.

    References
    ----------
    A. Cohen, *FuzzyWuzzy: Fuzzy String Matching in Python* (2011).
    """
    if not one or not other or _numbered_apart(one, other):
        return 0.0
    shared = " ".join(sorted(one & other))
    first = " ".join([shared, *sorted(one - other)]).strip()
    second = " ".join([shared, *sorted(other - one)]).strip()
    pairs = [(first, second)]
    if shared:
        pairs += [(shared, first), (shared, second)]
    return max(_ratio(*sorted(pair)) for pair in pairs)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _numbered_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    numbers = [{word for word in words if word.isdigit()} for words in (one, other)]
    return all(numbers) and numbers[0] != numbers[1]
