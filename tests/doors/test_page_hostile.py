"""Names, facts and words from strangers, through the page: text, everywhere and only text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.doors.edition_toy import facts, toy_edition
from tests.doors.hostile_strings import HOSTILE, SURROGATE
from tests.doors.page_reader import Read, page_of

from assetmap.publish.edition import Contact
from assetmap.publish.sections import FILES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(toy_edition(), tmp_path_factory.mktemp("page"))


def test_the_corpus_is_large_enough() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 6))
def test_hostile_names_change_no_markup(page: str, tmp_path: Path, start: int) -> None:
    """The page has the same elements and the same kinds of attributes whatever the names are."""
    names = [*HOSTILE[start:], *HOSTILE[:start]]
    hostile = Read(page_of(toy_edition(names=names), tmp_path))
    plain = Read(page)
    changes = {
        "a",
        "b",
        "span",
        "li",
        "details",
        "summary",
        "h3",
        "ul",
    }  # lists may merge or lose details
    for tag in (hostile.tags.keys() | plain.tags.keys()) - changes:
        assert hostile.tags[tag] == plain.tags[tag], tag
    assert {(tag, name) for tag, name, _ in hostile.attributes} <= {
        (tag, name) for tag, name, _ in plain.attributes
    }
    for _, name, value in hostile.attributes:
        if name == "href":
            ours = value in FILES.values() or re.fullmatch(r"places/[a-z0-9-]+\.html", value)
            outside = ("#", "data:,", "https://", "http://", "mailto:sample@")
            assert ours or value.startswith(outside), value
    # nothing typed is in a script that runs; what the search knows is data beside it
    code, same = (
        [text for text in read.raw["script"] if not text.startswith("{")]
        for read in (hostile, plain)
    )
    assert code == same


def test_hidden_and_reordering_characters_never_reach_the_page(tmp_path: Path) -> None:
    page = page_of(toy_edition(names=HOSTILE), tmp_path)
    own = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    # names from the right are set apart by us, each opened and closed again
    own = re.sub("\u2068([^\u2066-\u2069]*)\u2069", r"\1", own)
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x7f]", own)
    assert "x" * 200 not in own


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 8))
def test_hostile_facts_are_text_too(tmp_path: Path, start: int) -> None:
    a, b, c, d, e, f, g, h = [*HOSTILE[start:], *HOSTILE][:8]
    contact = Contact(team=c, email=d, telephone=e, post=f"{f}{SURROGATE}", reply_days=1)
    edition = toy_edition(
        facts=facts(
            title=f"T {a}",
            place=b,
            nation=h,
            about=c,
            authorities=(g,),
            run=h,
            contact=contact,
            version=a,
        ),
        themes={"community": a, "green": b, "leisure": c},
        categories={"library": (d, e)},
        words={"always.near": f"{a.replace('{', '').replace('}', '')} near"},
    )
    read = Read(page_of(edition, tmp_path))
    assert read.tags["script"] == 4  # the search with what it knows, the table, the loader
    assert not [a for a in read.attributes if a[1].startswith("on")]
