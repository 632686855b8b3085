"""Names that run the other way than their page, and pages that are written from the right."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.doors.edition_toy import facts, toy_edition
from tests.doors.page_reader import Read
from tests.doors.pseudo_language import pseudo_translation
from tests.doors.test_page_browser import barriers, opened

from assetmap.publish.plain import END, ISOLATE, isolated, plain
from assetmap.publish.site import write_pages
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

HEBREW, ARABIC = "ספרייה 12", "مكتبة الحي (فرع 2)"
NAMES = (ARABIC, HEBREW, "Hall \u202egnal\u202c 3", "Old Mill")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy with names from the right, in English and in a made-up language from the right."""
    folder = tmp_path_factory.mktemp("right")
    edition = toy_edition(names=NAMES, facts=facts(place=HEBREW))
    write_pages(replace(edition, translations=(pseudo_translation(edition, "ar"),)), folder)
    return folder


@pytest.mark.parametrize(
    ("text", "direction", "told"),
    [
        (HEBREW, "ltr", f"{ISOLATE}{HEBREW}{END}"),
        ("Old Mill 12", "ltr", "Old Mill 12"),
        ("1,200", "ltr", "1,200"),
        (HEBREW, "rtl", HEBREW),
        ("Old Mill 12", "rtl", f"{ISOLATE}Old Mill 12{END}"),
        ("1,200", "rtl", "1,200"),
    ],
)
def test_a_name_is_set_apart_where_it_runs_the_other_way(
    text: str, direction: str, told: str
) -> None:
    assert isolated(text, direction=direction) == told


def test_nobody_can_bring_such_marks_along() -> None:
    """Marks in a name are dropped as ever; ours go around what is left, once."""
    brought = plain(f"{END}{ISOLATE}\u202e{HEBREW}\u2066")
    assert brought == HEBREW
    said = words_of({}).say("page.correct", place=brought, date="1 May 2026")
    assert said == f"{ISOLATE}{HEBREW}{END} · Correct to 1 May 2026"


def test_names_in_sentences_and_in_lists_stand_apart(site: Path) -> None:
    """Lists of names have an element each; sentences have the marks."""
    page = (site / "places" / "old-mill-e01000004.html").read_text(encoding="utf-8")
    read = Read(page)
    assert f"{ISOLATE}{HEBREW}{END}" in read.words
    assert {f"<bdi>{ARABIC}</bdi>", f"<bdi>{HEBREW}</bdi>"} & set(
        re.findall("<bdi>.*?</bdi>", page)
    )
    assert "\u202e" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_a_page_from_the_right_is_seen_whole(browser: Browser, site: Path, width: int) -> None:
    """What is hidden for screens must not lie where a page from the right scrolls to."""
    visit = opened(browser, site / "ar" / "index.html", width, reduced_motion="reduce")
    page = visit.drawn()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator("h1").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= width
    side = page.locator(".part").first.evaluate("(part) => getComputedStyle(part).borderRightWidth")
    assert side != "0px"
    assert width > 320 or not barriers(page)
    assert not visit.complaints


@pytest.mark.browser
def test_what_stands_beside_a_name_from_the_right_stays_beside_it(
    browser: Browser, site: Path
) -> None:
    """In “NAME · Correct to 1 November” the words come after the name, from left to right."""
    page = opened(browser, site / "index.html").page
    places = page.locator(".kicker").evaluate(
        """(part) => {
             const text = part.firstChild, said = text.data;
             const at = (found) => {
               const range = document.createRange();
               range.setStart(text, said.indexOf(found));
               range.setEnd(text, said.indexOf(found) + found.length);
               return range.getBoundingClientRect();
             };
             const name = at("12"), dot = at("·"), after = at("Correct");
             return [name.right, dot.left, dot.right, after.left];
           }"""
    )
    assert places == sorted(places)
