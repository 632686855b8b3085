"""Rules of tags found by their first key and value, beside trying every rule in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assetmap.sources.osm_tags import is_excluded, read_tag_table, rules_that_fit

TABLE = read_tag_table()
PAIRS = sorted({(key, v) for rule in TABLE.rules for key, values in rule.tags.keys for v in values})
KEYS = sorted({key for key, _ in PAIRS} | {"access", "name"})
VALUES = sorted({value for _, value in PAIRS} | {"", " ", "private", "a;b"})


@st.composite
def some_tags(draw: st.DrawFn) -> dict[str, str]:
    """Tags that often meet a rule, some with several values in a list."""
    tags = dict(draw(st.lists(st.sampled_from(PAIRS), max_size=3)))
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=2)):
        parts = draw(st.lists(st.sampled_from(VALUES), max_size=3))
        tags[key] = draw(st.sampled_from([";", "; ", " ;"])).join([tags.get(key, ""), *parts])
    return tags


@given(some_tags())
def test_the_rules_are_those_that_fit_one_by_one(tags: dict[str, str]) -> None:
    # No tag here has a lifecycle prefix, so that none of the rules is past.
    fitting = tuple(rule for rule in TABLE.rules if rule.fits(tags))
    assert rules_that_fit(tags, TABLE) == (() if is_excluded(tags, TABLE) else fitting)
