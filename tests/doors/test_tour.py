"""A guided tour: an article by keyboard and without script, its faults told all at once."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from shapely.geometry import Point, box
from tests.doors.edition_toy import IDS, SIDE, SOUTH, WEST, square, toy_edition
from tests.doors.hostile_strings import HOSTILE
from tests.doors.page_reader import Read, pages_of
from tests.doors.pseudo_language import TAG, pseudo_translation
from tests.doors.test_page_browser import barriers, opened

from assetmap.errors import ReadError, StudyError
from assetmap.publish.page import Press
from assetmap.publish.scene import Scene
from assetmap.publish.sections import SECTIONS
from assetmap.publish.site import write_pages
from assetmap.publish.tour_stops import Look, Picture, Stop, Tour
from assetmap.sources.pictures import WIDEST, read_picture
from assetmap.study.config import read_settings
from assetmap.study.steps.tour import tour_of
from assetmap.study.tour import Tour as Asked

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from assetmap.publish.edition import Edition


def png(width: int = 8, height: int = 6) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(held, format="PNG")
    return held.getvalue()


def toured(*, words: tuple[str, ...] = ()) -> Edition:
    """The toy with a tour of five stops, one of each kind; ``words`` given in turn to all texts."""
    given = iter(words * 40)

    def told(text: str) -> str:
        return next(given) if words else text

    around = box(WEST, SOUTH, WEST + 2 * SIDE, SOUTH + SIDE)
    picture = Picture(kind="image/png", content=png(), alternative=told("A hall of brick."))
    looks = (
        Look(kind="area", shape=square(1), name=told("Quarry Bank"), area_id=IDS[1]),
        Look(kind="scheme", shape=square(9).buffer(-150), name=told("Market Place renewal")),
        Look(kind="asset", shape=Point(square(0).centroid), name=told("library 0 0")),
        Look(kind="box", shape=around),
        None,
    )
    stops = tuple(
        Stop(
            title=told(f"Place number {n}"),
            text=told(f"One thing is here.\n\nAnother thing is {n}."),
            look=look,
            picture=None if look else picture,
        )
        for n, look in enumerate(looks, start=1)
    )
    tour = Tour(title=told("A walk"), text=told("It takes an hour."), stops=stops)
    return replace(toy_edition(), tour=tour)


def article(edition: Edition) -> str:
    """The tour's own part of its page."""
    scene = Scene.of(edition)
    (section,) = [one for one in SECTIONS if one.key == "tour"]
    told = section.context(scene)
    assert told is not None
    return str(Press(scene).part(section, told).body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy with its tour, in English and in the pseudo-language."""
    edition, folder = toured(), tmp_path_factory.mktemp("toured")
    write_pages(replace(edition, translations=(pseudo_translation(edition),)), folder)
    return folder


# ---------------------------------------------------------------------------- the article


def test_every_stop_is_a_heading_with_its_picture_and_the_ways_on(site: Path) -> None:
    page = (site / "tour.html").read_text(encoding="utf-8")
    assert re.findall(r'<h3 id="stop-(\d)"[^>]*>Stop \d: Place number (\d)</h3>', page) == [
        (str(n), str(n)) for n in range(1, 6)
    ]
    assert "<p>One thing is here.</p>\n<p>Another thing is 3.</p>" in page
    labels = re.findall(r'<svg class="view still"[^>]* role="img" aria-label="([^"]+)"', page)
    assert labels == [
        "Map of Quarry Bank, outlined, among its neighbours.",
        "Map of the scheme Market Place renewal, outlined, and the neighbourhoods around it.",
        "Map of where library 0 0 is, ringed, and the neighbourhoods around it.",
        "Map of this part of Millbrook, each neighbourhood with the pattern of its result.",
    ]
    assert 'alt="A hall of brick."' in page
    ways = re.findall(r'<nav class="ways".*?</nav>', page, flags=re.DOTALL)
    assert [re.findall(r'href="#stop-(\d)">(\w+):', way) for way in ways] == [
        [("2", "Next")], [("1", "Back"), ("3", "Next")], [("2", "Back"), ("4", "Next")],
        [("3", "Back"), ("5", "Next")], [("4", "Back")],
    ]  # fmt: skip
    assert '<a href="places/quarry-bank.html">Read about Quarry Bank</a>' in page
    assert "<script" not in page


def test_the_first_page_leads_to_the_tour_and_a_study_without_one_has_no_page(
    site: Path, tmp_path: Path
) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    assert '<a href="tour.html">Guided tour</a>' in front
    assert "tour.html" not in pages_of(toy_edition(), tmp_path)


def test_names_that_are_seen_on_a_map_are_those_of_what_it_shows() -> None:
    """Around A02, 800 m square, a view is 4 by 3 and 0.675 x 800 x 4/3 = 720 m to each side."""
    page = article(toured())
    first = page[page.index('id="stop-1"') : page.index('id="stop-2"')]
    assert 'class="name"' in first
    assert ">Quarry Bank</text>" in first
    assert "Riverside" not in first


def test_hostile_words_are_text() -> None:
    plain = article(toured(words=("Plain words.",)))
    for start in range(0, len(HOSTILE), 9):
        words = tuple(HOSTILE[start : start + 9])
        page = article(toured(words=words))
        told, odd = Read(plain).tags, Read(page).tags
        shaped = {"p", "text", "figcaption"}  # as many as there are paragraphs and names that fit
        assert {tag: n for tag, n in odd.items() if tag not in shaped} == {
            tag: n for tag, n in told.items() if tag not in shaped
        }


@pytest.mark.browser
@pytest.mark.parametrize(("width", "name"), [(1280, "tour.html"), (320, f"{TAG}/tour.html")])
def test_no_barrier_and_nothing_cut_off(
    browser: Browser, site: Path, width: int, name: str
) -> None:
    page = opened(browser, site / name, width).page
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator('.ways a[href="#stop-2"]').first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#stop-2"


# ---------------------------------------------------------------------------- faults


def work_of(edition: Edition, folder: Path, **asked: object) -> tuple[SimpleNamespace, dict]:
    tables = {"names": edition.areas, "assets": edition.assets, "schemes": edition.schemes}
    steps = {
        name: SimpleNamespace(table=lambda _, found=found: found) for name, found in tables.items()
    }
    settings = SimpleNamespace(tour=Asked.model_validate({"title": "A walk", **asked}))
    return SimpleNamespace(settings=settings, folders=(folder,)), steps


def test_what_a_stop_names_and_the_study_lacks_is_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    said = {"title": "A stop", "text": "Words."}
    stops = [
        {**said, "area": "E01000001"}, {**said, "area": "E01000031"}, {**said, "scheme": "S9"},
        {**said, "asset": "hidden-1"}, {**said, "box": [10.0, 50.0, 10.1, 50.1]},
        {**said, "picture": "none.png", "alternative": "Nothing."},
        {**said, "picture": "text.png", "alternative": "Text."},
    ]  # fmt: skip
    work, steps = work_of(toy_edition(), tmp_path, stop=stops)
    with pytest.raises(StudyError) as refused:
        tour_of(work, steps)  # type: ignore[arg-type]
    assert [fault.what for fault in refused.value.faults] == [
        "no area 'E01000031'",
        "no scheme 'S9'",
        "no asset 'hidden-1'",  # it is there, and not for everybody
        "the box shows nothing of the study",
        "none.png: no such picture",
        "text.png: not a picture that can be read",
    ]


def test_a_stop_that_says_too_little_or_too_much_is_refused(repo: Path, tmp_path: Path) -> None:
    text = (repo / "layers" / "example" / "study.toml").read_text(encoding="utf-8")
    text = text[: text.index("[tour]")]
    text += '[tour]\ntitle = "A walk"\n'
    for looks in ('area = "A"\nscheme = "B"', "", 'picture = "a.png"', 'picture = "../a.png"'):
        text += f'[[tour.stop]]\ntitle = "x"\ntext = "y"\n{looks}\n'
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as refused:
        read_settings(tmp_path)
    told = " ".join(str(fault) for fault in refused.value.faults)
    assert "looks at one thing, this one at area and scheme" in told
    assert "looks at an area, a scheme, an asset or a box, or has a picture" in told
    assert "a picture needs an alternative" in told
    assert len(refused.value.faults) == 4


# ---------------------------------------------------------------------------- pictures


def test_a_photograph_leaves_without_what_the_camera_noted(tmp_path: Path) -> None:
    noted = Image.Exif()
    noted[0x010E] = "Taken at 12 Secret Lane"  # ImageDescription
    noted[0x013B] = "Jo Bloggs"  # Artist
    Image.new("RGB", (2_400, 600), "teal").save(tmp_path / "a.jpg", exif=noted)
    kind, content = read_picture(tmp_path / "a.jpg")
    assert kind == "image/jpeg"
    assert b"Secret" not in content
    assert b"Bloggs" not in content
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.size == (WIDEST, 300)
        assert not seen.getexif()
    assert read_picture(tmp_path / "a.jpg") == (kind, content)


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", png()[:40], b"GIF89a"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(ReadError, match="not a picture"):
        read_picture(tmp_path / "a.png")
