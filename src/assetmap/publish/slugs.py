"""Names of files made from names of places: letters, digits and hyphens, each name once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60
_APART = re.compile(r"[^a-z0-9]+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for itself."""


def slug_of(text: str) -> str:
    """A text as part of an address: accents dropped, runs of other characters one hyphen.

    ``place`` where nothing is left, as of a name in another script.
    """
    ascii_only = unicodedata.normalize("NFKD", text[:1_000]).encode("ascii", "ignore").decode()
    made = _APART.sub("-", ascii_only.casefold()).strip("-")[:LONGEST].strip("-")
    return f"{made}-place" if _DEVICES.fullmatch(made) else made or "place"


def slugs_of(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A slug for each id, from its name; names that would meet carry their id as well.

    A slug depends on the names and ids alone, never on the order of rows.
    """
    made = {str(key): slug_of(str(name)) for key, name in named}
    often = Counter(made.values())
    wanted = {
        key: slug if often[slug] == 1 else f"{slug}-{slug_of(key)}" for key, slug in made.items()
    }
    seen: Counter[str] = Counter()
    told = {}
    for key in sorted(wanted):
        slug = wanted[key]
        seen[slug] += 1
        told[key] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
    return told
