"""Places that must not be mapped, by ``_data/not_mapped.toml``: dropped at the door, counted."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from assetmap.provenance import Caution
from assetmap.sources.categories import packaged_table
from assetmap.sources.cells import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Tags = Mapping[str, str]


class NameRule(NamedTuple):
    """Words that name a place that must not be mapped, and what else the words may mean."""

    found: re.Pattern[str]
    unless: re.Pattern[str] | None
    not_for: frozenset[str]

    def speaks_of(self, words: str, category: str | None) -> bool:
        """Whether folded words name such a place."""
        if category in self.not_for or not self.found.search(words):
            return False
        return self.unless is None or not self.unless.search(words)


class OsmRule(NamedTuple):
    """Tags of a place that must not be mapped."""

    tags: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]

    def speaks_of(self, tags: Tags) -> bool:
        """Whether all of the tags hold and none of the exceptions."""
        return all(holds(tags, key, values) for key, values in self.tags.items()) and not any(
            holds(tags, key, values) for key, values in self.unless.items()
        )


class NotMapped(NamedTuple):
    """The rules: by tags, by words of the name, by the register's own type.

    ``osm_keys`` has the first key of each rule by tags: without it the rule does not hold.
    """

    osm: tuple[OsmRule, ...]
    osm_keys: frozenset[str]
    names: tuple[NameRule, ...]
    types: re.Pattern[str]
    keep_without_name: frozenset[str]


@cache
def read_not_mapped() -> NotMapped:
    """The packaged rules, compiled.

    Raises
    ------
    ReadError
        For a packaged table of a version that this code does not know.
    """
    table = packaged_table("not_mapped.toml")
    types = "|".join(f"(?:{one})" for rule in table["type"] for one in rule["patterns"])
    osm = tuple(OsmRule(_sets(r["tags"]), _sets(r.get("unless", {}))) for r in table["osm"])
    return NotMapped(
        osm=osm,
        osm_keys=frozenset(next(iter(rule.tags)) for rule in osm),
        names=tuple(_name_rule(rule) for rule in table["name"]),
        types=re.compile(types),
        keep_without_name=frozenset(table["keep_without_name"]),
    )


def holds(tags: Tags, key: str, values: frozenset[str]) -> bool:
    """Whether a tag has one of the values, alone or in a list separated by semicolons."""
    given = tags.get(key)
    if given is None:
        return False
    return given in values or any(one.strip().casefold() in values for one in given.split(";"))


def is_protected_osm(tags: Tags, *, category: str | None = None) -> bool:
    """Whether an OpenStreetMap object must not be mapped, by its tags or any of its names."""
    rules = read_not_mapped()
    if not rules.osm_keys.isdisjoint(tags):  # seldom: most objects are plain buildings
        near = (rule for rule in rules.osm if not rule.tags.keys().isdisjoint(tags))
        if any(rule.speaks_of(tags) for rule in near):
            return True
    named = [value for key, value in tags.items() if _is_name(key)]
    return any(is_protected_name(value, category=category) for value in named)


def is_protected_name(text: str, *, category: str | None = None) -> bool:
    """Whether a name or address speaks of a place that must not be mapped."""
    words = folded(text)
    return any(rule.speaks_of(words, category) for rule in read_not_mapped().names)


def is_protected_type(text: str) -> bool:
    """Whether a register's own type is one that must not be mapped."""
    return read_not_mapped().types.fullmatch(folded(text)) is not None


def protected_rows(
    rows: pd.DataFrame, *, texts: Iterable[str], types: Iterable[str] = ()
) -> pd.Series:
    """True for each row that must not be mapped.

    Parameters
    ----------
    rows
        Rows with a column ``category`` where it is known.
    texts
        Columns of names and addresses; those that are not there are passed over.
    types
        Columns that hold the register's own type of place.
    """
    category = rows["category"] if "category" in rows else pd.Series(None, index=rows.index)
    hit = pd.Series(data=False, index=rows.index)
    for column in [name for name in texts if name in rows]:
        pairs = pd.DataFrame({"text": rows[column], "category": category})
        hit |= _matched_names(pairs)
    for column in [name for name in types if name in rows]:
        known = {cell: is_protected_type(str(cell)) for cell in rows[column].dropna().unique()}
        hit |= rows[column].map(known).eq(other=True)
    return hit


def not_mapped_caution(about: str, dropped: int, unnamed: int = 0) -> tuple[Caution, ...]:
    """The count of what was dropped, without a name; nothing where nothing was."""
    told = []
    if dropped:
        text = (
            "Places that must not be mapped (refuges, safe and asylum accommodation, group and "
            "children's homes, home-based childminders) were left out."
        )
        told.append(Caution(code="not_mapped", about=about, text=text, count=dropped))
    if unnamed:
        text = "Stops named after a place that must not be mapped are shown without their name."
        told.append(Caution(code="name_withheld", about=about, text=text, count=unnamed))
    return tuple(told)


def _matched_names(pairs: pd.DataFrame) -> pd.Series:
    distinct = pairs.dropna(subset=["text"]).drop_duplicates()
    matched = {
        (text, category)
        for text, category in zip(distinct["text"], distinct["category"], strict=True)
        if is_protected_name(str(text), category=category)
    }
    hits = [pair in matched for pair in zip(pairs["text"], pairs["category"], strict=True)]
    return pd.Series(hits, index=pairs.index, dtype=bool)


@lru_cache(maxsize=1024)
def _is_name(key: str) -> bool:
    stem = key.split(":", 1)[0]
    return stem in {"name", "operator", "description"} or stem.endswith("_name")


def _name_rule(rule: dict[str, Any]) -> NameRule:
    unless = rule.get("unless")
    return NameRule(
        found=re.compile("|".join(rule["patterns"])),
        unless=re.compile("|".join(unless)) if unless else None,
        not_for=frozenset(rule.get("not_for", ())),
    )


def _sets(tags: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in tags.items()}
