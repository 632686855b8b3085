"""What an OpenStreetMap object is, by the tag tables of ``_data/osm_tags.toml``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assetmap.sources.categories import packaged_table
from assetmap.sources.cells import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Tags = Mapping[str, str]

ANY = "*"


class Wanted(NamedTuple):
    """Values wanted of some keys."""

    keys: tuple[tuple[str, frozenset[str]], ...]

    def all_hold(self, tags: Tags) -> bool:
        """Whether every key has one of its values."""
        return all(_has(tags, key, values) for key, values in self.keys)

    def any_holds(self, tags: Tags) -> bool:
        """Whether some key has one of its values."""
        return any(_has(tags, key, values) for key, values in self.keys)


class TagRule(NamedTuple):
    """Tags that make an object an asset of a category."""

    category: str
    tags: Wanted
    unless: Wanted
    needs: Wanted
    words: tuple[str, ...]
    shape: Literal["point", "area"]
    inside: str | None
    not_inside: str | None

    def fits(self, tags: Tags) -> bool:
        """Whether the tags meet the rule; where the object lies is asked elsewhere."""
        if not self.tags.all_hold(tags) or not self.needs.all_hold(tags):
            return False
        if self.unless.any_holds(tags):
            return False
        return not self.words or _holds_words(tags, self.words)


class LeftOut(NamedTuple):
    """Tags that the tables know and cannot use, and what is said of their count."""

    code: str
    says: str
    tags: Wanted
    named: bool


class TagTable(NamedTuple):
    """The whole table: rules in order, exclusions, grounds and gates."""

    rules: tuple[TagRule, ...]
    left_out: tuple[LeftOut, ...]
    access: frozenset[str]
    lifecycle: tuple[str, ...]
    grounds: Mapping[str, Wanted]
    gates: Wanted
    private_gates: Wanted
    begun: Mapping[str, Mapping[str, tuple[int, ...]]]
    """Which rules begin with a key and one of its values; numbers in the order of ``rules``."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that a rule begins with: objects with none of them need not be read."""
        begun = {rule.tags.keys[0][0] for rule in self.rules}
        return tuple(sorted(begun | {key for key, _ in self.gates.keys}))

    @property
    def area_keys(self) -> tuple[str, ...]:
        """Keys for which areas are wanted."""
        return tuple(sorted({rule.tags.keys[0][0] for rule in self.rules}))


@cache
def read_tag_table() -> TagTable:
    """The packaged table.

    Raises
    ------
    ReadError
        For a packaged table of a version that this code does not know.
    """
    table = packaged_table("osm_tags.toml")
    rules = tuple(_rule(row) for row in table["rule"])
    return TagTable(
        rules=rules,
        begun=_begun(rules),
        left_out=tuple(
            LeftOut(row["code"], row["says"], wanted_of(row["tags"]), row.get("named", False))
            for row in table["left_out"]
        ),
        access=frozenset(table["exclude"]["access"]),
        lifecycle=tuple(table["exclude"]["lifecycle"]),
        grounds={name: wanted_of(tags) for name, tags in table["grounds"].items()},
        gates=wanted_of(table["gates"]["tags"]),
        private_gates=wanted_of(table["gates"]["private"]),
    )


def rules_that_fit(tags: Tags, table: TagTable) -> tuple[TagRule, ...]:
    """The rules that the tags meet, in order; none for what is private or no longer there."""
    begun = {
        number
        for key, of_key in table.begun.items()
        if key in tags
        for value in {ANY, tags[key], *map(str.strip, tags[key].split(";"))}
        for number in of_key.get(value, ())
    }
    fitting = tuple(rule for n in sorted(begun) if (rule := table.rules[n]).fits(tags))
    if not fitting or is_excluded(tags, table):
        return ()
    return tuple(rule for rule in fitting if not _is_past(tags, rule, table))


def is_excluded(tags: Tags, table: TagTable) -> bool:
    """Whether an object is closed to the public or said to be no longer, or not yet, there."""
    access = tags.get("access")
    if access is not None and any(part.strip() in table.access for part in access.split(";")):
        return True
    return any(tags.get(state) == "yes" for state in table.lifecycle)


def left_out_as(tags: Tags, table: TagTable) -> LeftOut | None:
    """Why an object that fits no rule is left out, where that must be told."""
    fitting = (row for row in table.left_out if row.tags.all_hold(tags))
    return next((row for row in fitting if "name" in tags or not row.named), None)


def is_gate(tags: Tags, table: TagTable) -> bool:
    """Whether a node is an entrance that walkers may use."""
    return table.gates.any_holds(tags) and not table.private_gates.any_holds(tags)


def wanted_of(tags: dict[str, list[str]]) -> Wanted:
    """Values wanted of some keys, from a table's ``key = [values]``."""
    return Wanted(tuple((key, frozenset(values)) for key, values in tags.items()))


def _is_past(tags: Tags, rule: TagRule, table: TagTable) -> bool:
    """Whether the very tag is there again with a lifecycle prefix: ``disused:amenity=pub``."""
    key, values = rule.tags.keys[0]
    return any(_has(tags, f"{state}:{key}", values) for state in table.lifecycle)


def _has(tags: Tags, key: str, values: frozenset[str]) -> bool:
    given = tags.get(key)
    if given is None:
        return False
    if given in values or ANY in values:
        return True
    return ";" in given and any(part.strip() in values for part in given.split(";"))


def _holds_words(tags: Tags, words: tuple[str, ...]) -> bool:
    names = f" {folded(' '.join(tags.get(key, '') for key in ('name', 'name:en', 'name:cy')))} "
    return any(f" {word} " in names for word in words)


def _begun(rules: Sequence[TagRule]) -> dict[str, dict[str, tuple[int, ...]]]:
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for number, rule in enumerate(rules):
        key, values = rule.tags.keys[0]
        of_key = found.setdefault(key, {})
        of_key |= {value: (*of_key.get(value, ()), number) for value in values}
    return found


def _rule(row: dict[str, Any]) -> TagRule:
    return TagRule(
        category=row["category"],
        tags=wanted_of(row["tags"]),
        unless=wanted_of(row.get("unless", {})),
        needs=wanted_of(row.get("needs", {})),
        words=tuple(row.get("words", ())),
        shape=row.get("shape", "point"),
        inside=row.get("inside"),
        not_inside=row.get("not_inside"),
    )
