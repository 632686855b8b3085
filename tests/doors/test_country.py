"""A study with more areas than a page can carry: a page of its authorities, and one of each."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import IDS, PLACES, facts, toy_edition
from tests.doors.hostile_strings import HOSTILE
from tests.doors.page_reader import Read, pages_of
from tests.doors.plain_english import faults_of
from tests.doors.pseudo_language import TAG, Spoken, pseudo_translation
from tests.doors.test_page_browser import barriers, opened
from tests.doors.test_page_budget import borough

from assetmap.publish.cautions import cautions
from assetmap.publish.parting import Country, is_split
from assetmap.publish.public import write_open_files
from assetmap.publish.scene import Scene
from assetmap.publish.shapes import light_areas
from assetmap.publish.site import write_pages
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from assetmap.publish.edition import Edition

NAMES = ("Ash & Elm", "Millbrook")
ASH, MILLBROOK = "E07000003", "E07000001"


def country(edition: Edition | None = None, *, names: tuple[str, str] = NAMES) -> Edition:
    """The toy as a country of two authorities: A01 to A05 are Millbrook, A06 to A12 Ash & Elm."""
    made = toy_edition() if edition is None else edition
    whose = [MILLBROOK] * 5 + [ASH] * (len(made.own) - 5)
    known = dict(zip((ASH, MILLBROOK), names, strict=True))
    own = made.areas["role"] == "study"
    areas = made.areas.copy()
    areas.loc[own, "authority_id"] = whose
    areas.loc[own, "authority_name"] = [known[one] for one in whose]
    ours = facts(page_areas=5, authorities=names, place="Osland", title="Help within reach")
    return replace(made, areas=areas, facts=ours)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    write_pages(country(), folder / "whole")
    hostile = toy_edition(names=HOSTILE)
    write_pages(country(hostile, names=(HOSTILE[0], HOSTILE[1])), folder / "hostile")
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    whole = site / "whole"
    return {
        path.relative_to(whole).as_posix(): path.read_text(encoding="utf-8")
        for path in whole.rglob("*")
        if path.is_file()
    }


def test_a_study_is_split_only_where_a_page_cannot_carry_it_and_all_authorities_are_named() -> None:
    split = country()
    assert is_split(split)
    assert not is_split(replace(split, facts=replace(split.facts, page_areas=12)))
    assert not is_split(toy_edition(facts=facts(page_areas=5)))  # of one authority
    areas = split.areas.copy()
    areas.loc[areas["area_id"] == IDS[11], "authority_name"] = " "
    assert not is_split(replace(split, areas=areas))


def test_a_page_that_cannot_be_split_says_how_much_it_carries() -> None:
    of_one = toy_edition(facts=facts(page_areas=5))
    words = Scene.of(of_one).words
    said = "This page tells of 12 neighbourhoods, more than the 5 that a phone shows with ease"
    assert any(said in one for one in cautions(of_one, words).checks)
    for light in (country(), toy_edition(facts=facts(page_areas=12))):
        assert not any("with ease" in one for one in cautions(light, words).checks)


def test_each_authority_has_a_page_with_its_own_areas_only(pages: dict[str, str]) -> None:
    written = {name for name in pages if name.startswith("authority/")}
    assert written == {
        "authority/ash-elm.html", "authority/ash-elm-map.js", "authority/millbrook.html",
        "authority/millbrook-map.js", "authority/map.js",
    }  # fmt: skip
    assert not [name for name in pages if name.startswith("places/")]
    held = {"millbrook": PLACES[:5], "ash-elm": PLACES[5:]}
    for slug, own in held.items():
        both = pages[f"authority/{slug}.html"] + pages[f"authority/{slug}-map.js"]
        # a scheme close to both is called after the market place
        others = set(PLACES) - set(own) - {"Market Place"}
        assert all(place in both for place in own)
        assert not [place for place in others if place in both]
        assert "Leaflet" not in pages[f"authority/{slug}-map.js"]
    assert "Leaflet" in pages["authority/map.js"]


def test_the_parts_hold_every_row_of_the_whole_and_none_twice() -> None:
    """People, findings and access of the two parts are those of the country: nothing is lost."""
    edition = country()
    whole = Country.of(edition, words_of({}))
    parts = [whole.part(one) for one in (ASH, MILLBROOK)]
    for name in ("findings", "area_access", "coverage", "scores", "postcodes", "street_names"):
        rows = pd.concat([getattr(part, name) for part in parts]).sort_index()
        table = getattr(edition, name)
        own = table[table["area_id"].isin(IDS)]
        pd.testing.assert_frame_equal(rows, own)
    assert [len(part.own) for part in parts] == [7, 5]
    assert [part.facts.place for part in parts] == list(NAMES)
    # each is drawn beside the other and beside the country's own neighbour
    beside = [set(part.areas.loc[part.areas["role"] == "edge", "authority_id"]) for part in parts]
    assert beside == [{MILLBROOK, "E07000002"}, {ASH, "E07000002"}]


def test_the_first_page_says_where_most_people_with_a_result_live(pages: dict[str, str]) -> None:
    """A01 and A02 (1,000 and 1,100 people) are a priority and in Millbrook; A12 is not known."""
    said = " ".join(Read(pages["index.html"]).words.split())
    assert "We looked at 12 neighbourhoods in Osland" in said
    assert "2 neighbourhoods are a priority for support, home to about 2,100 people." in said
    assert "In one of 2 local authorities: Millbrook 2 neighbourhoods, about 2,100 people" in said
    assert not [place for place in PLACES if place in said]


def test_the_table_tells_people_in_100_by_result(pages: dict[str, str]) -> None:
    """People in 100 of Millbrook, worked by hand.

    1,000 + 1,100 of 6,000 = 35 in 100 a priority, 1,200 + 1,300 = 42 a possible one, 1,400 = 23
    need only. Near a library 0 + 110 + 240 + 390 + 840 of 6,000 = 26 in 100; green space 400 +
    330 + 540 + 260 + 1,120 = 44; a bus stop 980 + 1,012 + 1,080 + 1,144 + 1,400 = 94.
    """
    rows = re.findall(r'<tr id="a\d">(.*?)</tr>', pages["index.html"], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    millbrook = [re.sub(r"<[^>]*>", "", cell) for cell in cells[1]]
    assert millbrook[:8] == ["Millbrook", "5", "6,000", "35", "42", "23", "0", "0"]
    assert millbrook[8:] == ["26", "44", "94", MILLBROOK]


def test_every_link_leads_to_a_page_that_is_there(site: Path) -> None:
    whole = site / "whole"
    for page in whole.rglob("*.html"):
        read = Read(page.read_text(encoding="utf-8"))
        own = {value for _, name, value in read.attributes if name == "id"}
        for _, name, href in read.attributes:
            if name != "href" or href.startswith(("mailto:", "data:", "https:")):
                continue
            file, _, anchor = href.partition("#")
            if not file:
                assert anchor in own, (page.name, href)
            elif file.endswith(".html"):
                assert (page.parent / file).is_file(), (page.name, href)
    index = (whole / "index.html").read_text(encoding="utf-8")
    known = re.search(r'id="known">(.*?)</script>', index)
    assert known
    assert [row[3] for row in json.loads(known[1])["areas"]] == [
        "authority/ash-elm.html", "authority/millbrook.html",
    ]  # fmt: skip


def test_single_files_lead_to_no_other(tmp_path: Path) -> None:
    written = write_pages(country(), tmp_path, single=True)
    assert not [path for path in written if path.suffix == ".js"]
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'href="(?:\.\./)?[\w/-]+\.html', text), path.name
        if path.name in {"index.html", "ash-elm.html"}:
            assert "function assetmapLoad" in text


def test_the_same_country_gives_the_same_bytes_whatever_the_order_of_rows(
    pages: dict[str, str], tmp_path: Path
) -> None:
    edition = country()
    turned = replace(
        edition,
        areas=edition.areas.iloc[::-1],
        findings=edition.findings.iloc[::-1],
        area_access=edition.area_access.iloc[::-1],
        assets=edition.assets.iloc[::-1],
    )
    assert pages_of(turned, tmp_path) == pages


def test_pages_are_plain_english(pages: dict[str, str]) -> None:
    for name in ("index.html", "authority/ash-elm.html"):
        assert not faults_of(name, pages[name]), name


def test_a_second_language_tells_the_country_too(tmp_path: Path) -> None:
    """Of the pseudo-language no English is left but names; each page leads to its other self."""
    edition = country()
    abroad = pseudo_translation(edition)
    pages = pages_of(replace(edition, translations=(abroad,)), tmp_path)
    other = pages[f"{TAG}/authority/ash-elm.html"]
    assert 'href="../../authority/ash-elm.html"' in other
    for name in (f"{TAG}/index.html", f"{TAG}/authority/ash-elm.html"):
        said = " ".join(Spoken(pages[name]).found)
        assert "neighbourhood" not in said
        assert "local authority" not in said


def test_a_place_far_from_services_is_compared_with_the_whole_country(tmp_path: Path) -> None:
    """The relative test takes the lowest fifth of all places of the study, not of an authority."""
    edition = country()
    tests = edition.findings.assign(access_test="relative", need_local=True)
    pages = pages_of(replace(edition, findings=tests), tmp_path)
    said = Read(pages["authority/millbrook.html"]).words
    assert "the lowest fifth of places in Osland" in said
    assert "lowest fifth of places in Millbrook" not in said


def test_the_open_files_tell_each_place_within_its_authority(tmp_path: Path) -> None:
    edition = country()
    local = edition.findings.assign(need=False, need_local=True)
    write_open_files(replace(edition, findings=local), tmp_path)
    table = pd.read_csv(tmp_path / "tables" / "areas.csv", comment="#")
    why = table.set_index("area_id")["why"]
    assert "most deprived fifth within Millbrook" in why[IDS[0]]
    assert "most deprived fifth within Ash & Elm" in why[IDS[7]]


def test_a_large_authority_is_within_its_budget(tmp_path: Path) -> None:
    """Half of Birmingham, 330 areas with 60 corners, and 450 places, in half of 3 MB.

    A page weighs with all that it loads.
    """
    write_pages(country(borough(areas=335, assets=450)), tmp_path)
    shared = (tmp_path / "authority" / "map.js").stat().st_size
    for page in ("index.html", "authority/ash-elm.html"):
        path = tmp_path / page
        beside = path.with_name(f"{path.stem}-map.js") if "/" in page else tmp_path / "map.js"
        extra = shared if "/" in page else 0
        assert path.stat().st_size + beside.stat().st_size + extra <= 1_500_000


def test_borders_stay_shared_when_authorities_are_drawn_light() -> None:
    """No gap and no overlap between the two: the corners that both have are the same."""
    edition = country(borough(areas=60, assets=10))
    shapes = Scene.of(edition).country.shapes
    light = light_areas(shapes, most_points=40)
    first, second = light.iloc[0], light.iloc[1]
    assert first.intersection(second).area == 0
    assert first.union(second).area == pytest.approx(light.area.sum())
    assert first.touches(second)


# ------------------------------------------------------------------------------- in a browser


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("index.html", 1280, "light"),
        ("index.html", 320, "dark"),
        ("authority/ash-elm.html", 320, "dark"),
    ],
)
def test_axe_finds_no_barrier(
    browser: Browser, site: Path, page: str, width: int, scheme: str
) -> None:
    visit = opened(
        browser, site / "whole" / page, width, color_scheme=scheme, reduced_motion="reduce"
    )
    drawn = visit.drawn()
    for folded in drawn.locator("details").all():
        folded.evaluate("part => { part.open = true; }")
    assert not barriers(drawn)
    assert drawn.evaluate("document.documentElement.scrollWidth") == width
    assert not visit.complaints
    beside = {url.rsplit("/", 1)[1] for url in visit.requests[1:] if url.startswith("file:")}
    assert beside <= {"map.js", "ash-elm-map.js"}
    assert not [url for url in visit.requests if not url.startswith(("file:", "data:"))]


@pytest.mark.browser
def test_a_keyboard_goes_from_the_country_to_an_authority_and_back(
    browser: Browser, site: Path
) -> None:
    visit = opened(browser, site / "whole" / "index.html")
    page = visit.drawn()
    page.fill("#asked", "ash")
    page.press("#asked", "Enter")
    assert "About 13,000 people live there." in page.locator("#replied").inner_text()
    page.locator("#canvas path.area[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    popup = page.locator(".pop")
    assert popup.locator("h3").inner_text() == "Millbrook"
    assert "Priority for support: 2 neighbourhoods" in popup.inner_text()
    page.get_by_role("link", name="Read more about this place").press("Enter")
    page.wait_for_url("**/authority/millbrook.html")
    assert page.locator("h1").inner_text() == "Millbrook"
    page.wait_for_selector("#canvas path.area[tabindex='0']")
    page.locator(".trail a").press("Enter")
    page.wait_for_url("**/index.html")
    assert not visit.complaints


@pytest.mark.browser
def test_without_javascript_the_map_the_table_and_the_links_are_there(
    browser: Browser, site: Path
) -> None:
    page = opened(browser, site / "whole" / "index.html", java_script_enabled=False).page
    assert page.locator("svg.still").is_visible()
    page.locator("#areas a", has_text="Millbrook").click()
    assert page.locator("#areas tbody tr").count() == 5
    assert page.locator("svg.still").is_visible()
    assert page.locator(".place").count() == 5


@pytest.mark.browser
def test_hostile_names_of_authorities_do_nothing(browser: Browser, site: Path) -> None:
    index = site / "hostile" / "index.html"
    visit = opened(browser, index)
    page = visit.drawn()
    page.fill("#asked", "a")
    page.press("#asked", "Enter")
    page.locator("#canvas path.area[tabindex='0']").focus()
    page.keyboard.press("Enter")
    assert page.locator(".pop").count() == 1
    assert not visit.complaints
    names = sorted(path.name for path in (index.parent / "authority").iterdir())
    assert all(re.fullmatch(r"[a-z0-9-]+\.(html|js)", name) for name in names)
