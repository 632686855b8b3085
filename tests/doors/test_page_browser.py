"""The page in a real browser: no request, no error, no barrier, by keyboard and without script."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.doors.edition_toy import IDS, facts, toy_edition
from tests.doors.hostile_strings import HOSTILE

from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIRST = '#canvas path.area[tabindex="0"]'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy's page, the same by straight lines, and one where everything has a hostile name."""
    folder = tmp_path_factory.mktemp("site")
    write_pages(toy_edition(), folder / "whole")
    straight = toy_edition(facts=facts(method="straight line", contact=None))
    bare = replace(straight, schemes=straight.schemes[:0], assets=straight.assets[:0], water=None)
    write_pages(bare, folder / "bare")
    write_pages(toy_edition(names=HOSTILE), folder / "hostile")
    return folder


class Visit:
    """A page with everything it asked for and everything it complained of."""

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(path.as_uri())

    def drawn(self) -> Page:
        """The page with its map, which a narrow screen shows when it is asked for."""
        if self.page.locator("#show-map").is_visible() and self.page.viewport_size["width"] < 768:
            self.page.click("#show-map")
        self.page.wait_for_selector(FIRST)
        return self.page

    @property
    def outside(self) -> list[str]:
        """What was asked for, but for the page and the map's script beside it."""
        beside = self.requests[0].rsplit("/", 1)[0] + "/map.js"
        return [url for url in self.requests[1:] if not url.startswith(("data:", beside))]


def opened(browser: Browser, path: Path, width: int = 1280, **settings: object) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
    context.set_default_timeout(120_000)  # however busy the machine is
    return Visit(context, path)


def barriers(page: Page) -> str:
    """What axe finds by the rules of WCAG 2.2 A and AA; nothing where all is well."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where it can run

    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("name", ["whole", "bare", "hostile"])
def test_nothing_is_asked_for_and_nothing_goes_wrong(
    browser: Browser, site: Path, name: str
) -> None:
    visit = opened(browser, site / name / "index.html")
    page = visit.drawn()
    for tick in page.locator("#atlas input[type=checkbox]").all():
        tick.check()
    for view in range(page.locator("#view option").count()):
        page.select_option("#view", str(view))
    for button in page.locator("[data-steer]").all():
        button.click()
    page.click("#share")
    for asked in ("a", "Mill", "MB1 1AA", "<b>"):
        page.fill("#asked", asked)
        page.press("#asked", "Enter")
    page.locator(FIRST).focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    for header in page.locator("#areas thead button").all():
        header.click()
    page.fill("#find", "a")
    assert not visit.outside
    assert not visit.complaints


def at_rest(page: Page) -> None:
    """The map moves so that its words fit: what slides under a button then is no barrier."""
    areas = "[...document.querySelectorAll('#canvas path.area')]"
    where = f"{areas}.map(area => area.getBoundingClientRect().top)"
    before, now = None, page.evaluate(where)
    while before != now:
        page.wait_for_timeout(400)
        before, now = now, page.evaluate(where)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (768, "dark"), (390, "light"), (320, "dark")]
)
def test_axe_finds_no_barrier(browser: Browser, site: Path, width: int, scheme: str) -> None:
    # without motion: a map that still slides shows half of a mark
    visit = opened(
        browser, site / "whole" / "index.html", width, color_scheme=scheme, reduced_motion="reduce"
    )
    page = visit.drawn()
    page.check("#atlas input[data-theme]")
    for folded in page.locator("details").all():
        folded.evaluate("part => { part.open = true; }")
    page.locator(FIRST).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".pop")
    at_rest(page)
    assert not barriers(page)


@pytest.mark.parametrize("name", ["whole", "bare", "hostile"])
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_cut_off_on_a_small_screen(
    browser: Browser, site: Path, name: str, width: int
) -> None:
    page = opened(browser, site / name / "index.html", width).drawn()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")].filter((part) =>
             !part.closest(".scroll, .canvas, .skip") &&
             part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.outerHTML)"""
    )
    assert not cut


def test_text_twice_as_large_still_fits(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html", 640).drawn()
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_targets_are_large_enough_for_a_finger(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html", 390).drawn()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input[type=text], summary, .tick")]
             .filter((part) => part.offsetParent && part.getBoundingClientRect().height < 44)
             .map((part) => part.outerHTML)"""
    )
    assert not small


def test_without_javascript_the_answer_the_map_and_the_table_are_there(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site / "whole" / "index.html", java_script_enabled=False).page
    assert page.locator(".opening").is_visible()
    assert page.locator(".no-script").is_visible()
    assert page.locator("svg.still").is_visible()
    assert page.locator("#areas tbody tr").count() == len(IDS)
    assert page.locator("#areas tbody tr").last.is_visible()
    for control in ("#view", "#find", "#asked", "#show-map", "[data-steer=zoom_in]"):
        assert not page.locator(control).is_visible()


def test_a_keyboard_alone_finds_an_area_reads_it_and_returns(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html").drawn()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):  # by Tab alone, from the top of the page to the first area
        if page.evaluate("document.activeElement.matches('path.area')"):
            break
        page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Part of Mill ward, around Hope Street: Priority for support")
    assert page.locator(".ring").count() == 1  # focus is drawn around the area
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    popup = page.locator(".pop")
    assert popup.locator("h3").inner_text() == "Quarry Bank"
    assert (
        "About 1,100 people live here. Most people here live near a bus stop." in popup.inner_text()
    )
    assert page.evaluate("document.activeElement.className") == "pop"
    page.keyboard.press("Escape")
    page.wait_for_selector(".pop", state="detached")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Quarry Bank"
    )
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.locator(".pop button").press("Enter")
    page.wait_for_selector(".pop", state="detached")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == label


def test_a_pointer_opens_what_it_points_at(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html").drawn()
    page.locator("#canvas path.area").last.click(position={"x": 12, "y": 12})
    assert page.locator(".pop .verdict").inner_text()
    page.check("input[data-theme=t0]")
    marks = page.locator("#canvas path.asset")
    assert marks.count() == 24
    marks.first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".pop h3").inner_text().startswith("community_centre")
    page.uncheck("input[data-theme=t0]")
    assert marks.count() == 0
    page.locator("#canvas path.scheme").first.focus()
    page.keyboard.press("Enter")
    assert (
        "Stage: being built. Opens: 1 May 2027. Brings: library."
        in page.locator(".pop").inner_text()
    )


def test_the_key_is_always_there_and_follows_the_colours(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html").drawn()
    assert page.locator(".key:visible li").count() == 6
    page.select_option("#view", label="People near a library")
    assert page.locator(".key:visible li").first.inner_text() == "80 to 100 in 100 people"
    # of the shares drawn in the toy, .9, 1 and .8 are 80 or more, and 0 and .1 under 20
    assert page.locator("#canvas path.area.v-q5").count() == 3
    assert page.locator("#canvas path.area.v-q1").count() == 2


def test_the_table_sorts_by_button_and_says_so(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html").drawn()
    button = page.get_by_role("button", name="People", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    header = page.locator("#areas th[aria-sort]")
    assert header.count() == 1
    assert header.get_attribute("aria-sort") == "ascending"
    assert (
        page.locator("#areas tbody tr").first.inner_text().startswith("Part of Mill ward, around")
    )
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert page.locator("#areas tbody tr").first.inner_text().startswith("The Moors")
    assert page.locator("#said").inner_text() == "Sorted, highest first: People"
    # what is not measured comes last, whichever way
    green = page.get_by_role("button", name="Near green space of two hectares")
    for _ in range(2):
        green.click()
        assert page.locator("#areas tbody tr").last.inner_text().startswith("The Moors")


def taken(page: Page) -> list[list[str]]:
    """The rows that a reader takes away, as a spreadsheet would read them."""
    with page.expect_download() as waiting:
        page.click("#take")
    assert waiting.value.suggested_filename == "neighbourhoods.csv"
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_rows_that_are_shown_can_be_taken_away(browser: Browser, site: Path) -> None:
    visit = opened(browser, site / "whole" / "index.html")
    page = visit.page
    header, *rows = taken(page)
    assert header[:3] == ["Neighbourhood", "Result", "People"]
    assert len(rows) == 12
    assert rows[0][2] == "1000", "a number, without the comma that a reader sees"
    page.fill("#find", "mill ward")
    shown = page.locator("#areas tbody tr:visible th").all_inner_texts()
    assert [row[0] for row in taken(page)[1:]] == shown
    assert page.locator("#said").inner_text().endswith(str(len(shown)))
    assert not visit.outside
    assert not visit.complaints


def test_no_cell_that_is_taken_away_is_a_formula(browser: Browser, tmp_path: Path) -> None:
    formulas = [f"{sign}SUM(A1) of {n}" for n in range(12) for sign in "=+-@"]
    write_pages(toy_edition(names=formulas), tmp_path)
    cells = [cell for row in taken(opened(browser, tmp_path / "index.html").page) for cell in row]
    assert {cell[:2] for cell in cells} >= {"'=", "'+", "'-", "'@"}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_finding_a_place_hides_the_rest_and_sends_nothing(browser: Browser, site: Path) -> None:
    visit = opened(browser, site / "whole" / "index.html")
    page = visit.drawn()
    page.fill("#find", "mill ward")
    assert page.locator("#areas tbody tr:visible").count() == 2
    assert page.locator("#said").inner_text() == "Neighbourhoods shown: 2"
    assert "mill" not in page.url
    assert not visit.outside


def test_a_row_of_the_table_leads_to_the_page_of_its_place(browser: Browser, site: Path) -> None:
    visit = opened(browser, site / "whole" / "index.html")
    page = visit.page
    page.locator("#areas a", has_text="Riverside").click()
    assert page.url.endswith("/places/riverside.html")
    assert page.locator("h1").inner_text() == "Riverside"
    page.locator(".trail a").click()
    assert page.url.endswith("/whole/index.html")
    assert not visit.complaints


def test_the_answer_to_a_search_comes_in_words_before_the_map_moves(
    browser: Browser, site: Path
) -> None:
    visit = opened(browser, site / "whole" / "index.html", 360)
    page = visit.page
    page.fill("#asked", "mb1 1ab")  # as people write it
    page.press("#asked", "Enter")
    reply = page.locator("#replied")
    # the toy puts MB1 1AA to MB1 1AN, in turn, into its twelve areas
    assert "MB1 1AB is in Quarry Bank." in reply.inner_text()
    assert "Priority for support" in reply.inner_text()
    assert len(visit.requests) == 1  # not even the map
    page.get_by_role("button", name="Show it on the map").click()
    page.wait_for_selector(".ring")
    assert "mb1" not in page.url.casefold()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    for asked, said in (
        ("MB9 9ZZ", "MB9 9ZZ is not in our list of postcodes of Millbrook."),
        ("hope street", "Part of Mill ward, around Hope Street"),
        ("Long Lane", "Long Lane runs through these neighbourhoods:"),
        ("ward", "These have “ward” in their name:"),
        ("nowhere", "We found no “nowhere” in Millbrook."),
        ("", "Write a name first."),
    ):
        page.fill("#asked", asked)
        page.press("#asked", "Enter")
        assert said in reply.inner_text()
    assert not visit.outside
    assert not visit.complaints


def test_a_shared_link_opens_the_same_view_and_nothing_that_was_typed(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site / "whole" / "index.html").drawn()
    page.fill("#asked", "MB1 1AB")
    page.press("#asked", "Enter")
    page.select_option("#view", "2")
    page.locator("[data-steer=zoom_in]").click()
    page.click("#share")
    link = page.input_value("#share-link")
    assert "#view=2," in link
    assert "MB1" not in link
    again = page.context.new_page()
    again.goto(link)
    again.wait_for_selector(FIRST)
    assert again.input_value("#view") == "2"
    again.click("#share")
    assert again.input_value("#share-link") == link


@pytest.mark.parametrize("kind", ["services.html", "annex.html", "places/quarry-bank.html"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_no_barrier_on_other_pages(
    browser: Browser, site: Path, kind: str, width: int, scheme: str
) -> None:
    visit = opened(browser, site / "whole" / kind, width, color_scheme=scheme)
    for folded in visit.page.locator("details").all():
        folded.evaluate("part => { part.open = true; }")
    assert not barriers(visit.page)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert not visit.complaints
    assert len(visit.requests) == 1


def test_colours_follow_the_reader(browser: Browser, site: Path) -> None:
    paint = "getComputedStyle(document.body).backgroundColor"
    day, night = (
        opened(browser, site / "whole" / "index.html", color_scheme=scheme).page.evaluate(paint)
        for scheme in ("light", "dark")
    )
    assert (day, night) == ("rgb(251, 250, 247)", "rgb(20, 23, 26)")
    page = opened(browser, site / "whole" / "index.html", forced_colors="active").drawn()
    ink = "getComputedStyle(document.querySelector('.pr1 .ink')).stroke"
    ground = "getComputedStyle(document.querySelector('.pr1 .ground')).fill"
    assert page.evaluate(ink) != page.evaluate(ground)  # the pattern still tells


def test_patterns_can_be_seen_on_the_still_map(browser: Browser, site: Path) -> None:
    """A pattern repeats every few pixels, not within one: neighbouring dots differ in colour."""
    page = opened(browser, site / "whole" / "index.html", java_script_enabled=False).page
    repeats = page.locator(".still").evaluate(
        """(map) => {
             const side = document.querySelector("#pr1").width.baseVal.value;
             const large = document.querySelector("#sr1").patternTransform.baseVal[0].matrix.a;
             return side * large * map.getScreenCTM().a;
           }"""
    )
    assert 4 <= repeats <= 40
    fill = page.locator(".still .v-r1").first.evaluate("(path) => getComputedStyle(path).fill")
    assert fill == 'url("#sr1")'


def test_print_shows_the_still_map_and_every_row(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "whole" / "index.html", color_scheme="dark").drawn()
    page.emulate_media(media="print")
    assert page.locator("svg.still").is_visible()
    assert not page.locator("#canvas").is_visible()
    assert page.locator("#areas tbody tr").last.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_hostile_names_are_text_in_popups_too(browser: Browser, site: Path) -> None:
    visit = opened(browser, site / "hostile" / "index.html")
    page = visit.drawn()
    page.check("input[data-theme=t0]")
    for first in (FIRST, '#canvas path.asset[tabindex="0"]'):
        page.locator(first).focus()
        for _ in range(24):
            page.keyboard.press("Enter")
            assert page.locator(".pop").count() == 1
            assert page.locator(".pop :not(h3, p, button, .foot, p > a)").count() == 0
            page.keyboard.press("Escape")
            page.keyboard.press("ArrowRight")
    assert not visit.complaints
    assert not visit.outside
