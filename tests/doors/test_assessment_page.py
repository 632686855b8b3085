"""An assessment as it is read: on a phone its options one under another, on paper side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from tests.doors.cli_words import said
from tests.doors.test_page_browser import barriers, opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

BESIDE = "[...document.querySelectorAll('.wide')].filter(it => it.scrollWidth > it.clientWidth)"
HEAD = "document.querySelector('.stack thead').getBoundingClientRect().height"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Path:
    out = tmp_path_factory.mktemp("assessed")
    told = said("assess", repo / "layers" / "example", "hall-sites", "--out", out, "-q")
    assert told.code == 0, told.err
    return next(out.rglob("assessment.html"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_each_option_is_read_from_top_to_bottom(
    browser: Browser, page_file: Path, width: int
) -> None:
    visit = opened(browser, page_file, width)
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(f"{BESIDE}.length") == 0
    assert page.evaluate(HEAD) == 1
    cells = page.locator(".stack tbody tr:first-child td").all()
    assert len({cell.bounding_box()["x"] for cell in cells if cell.is_visible()}) == 1
    label = "getComputedStyle(document.querySelector('.stack td'), '::before').content"
    assert "People newly within reach" in page.evaluate(label)
    assert page.locator(".stack").last.locator("tbody th").all_inner_texts() == [
        "A community centre or hall"
    ]
    assert not barriers(page)
    assert not visit.outside
    assert not visit.complaints


@pytest.mark.browser
def test_on_a_wide_screen_options_stand_side_by_side(browser: Browser, page_file: Path) -> None:
    page = opened(browser, page_file).page
    assert page.evaluate(HEAD) > 20
    row = page.locator(".stack").first.locator("tbody tr:first-child > *").all()
    assert len({cell.bounding_box()["y"] for cell in row}) == 1
    assert not barriers(page)


def test_on_paper_the_names_of_options_have_room(page_file: Path) -> None:
    first = pypdf.PdfReader(page_file.with_suffix(".pdf")).pages[0]
    assert "Do nothing (what is funded" in first.extract_text()
