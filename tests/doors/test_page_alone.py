"""Pages that must do without the others: one file each, and links that show a picture."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.doors.edition_toy import IDS, facts, toy_edition

from assetmap.publish.site import write_pages
from assetmap.publish.style import LIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone")
    write_pages(toy_edition(), folder, single=True)
    return folder


def test_no_page_alone_points_to_a_file_beside_it(alone: Path) -> None:
    pages = sorted(alone.rglob("*.html"))
    assert len(pages) == len(list((alone / "places").iterdir())) + 7
    assert not (alone / "map.js").exists()
    for page in pages:
        for target in re.findall(r'<a href="([^"]*)"', page.read_text(encoding="utf-8")):
            assert target.startswith(("#", "https://", "mailto:")), (page.name, target)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index.html", "places/quarry-bank.html"])
def test_a_page_alone_in_an_empty_folder_does_all_it_does(
    browser: Browser, alone: Path, tmp_path: Path, name: str
) -> None:
    shutil.copy(alone / name, tmp_path / "sent.html")
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.set_default_timeout(120_000)  # however busy the machine is
    page, told = context.new_page(), []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((tmp_path / "sent.html").as_uri())
    if name == "index.html":
        page.fill("#asked", "MB1 1AB")
        page.press("#asked", "Enter")
        assert "MB1 1AB is in Quarry Bank." in page.locator("#replied").inner_text()
        page.get_by_role("button", name="Show it on the map").click()
        page.wait_for_selector('#canvas path.area[tabindex="0"]')
        page.locator("#replied a").click()
        page.locator(".place", has_text="Quarry Bank").first.wait_for(state="visible")
    else:
        assert page.locator("h1").inner_text() == "Quarry Bank"
        assert page.locator(".locator path.here").count() == 1
    ours = [one for one in told[1:] if not one.startswith("data:")]
    assert all("sent.html#" in one for one in ours), ours


def test_a_message_shows_title_words_and_picture_of_a_place(tmp_path: Path) -> None:
    edition = toy_edition(facts=facts(base_url="https://example.org/near/"))
    write_pages(edition, tmp_path)
    page = (tmp_path / "places" / "quarry-bank.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', page))
    assert told["title"] == "Quarry Bank"
    assert told["description"].startswith("Quarry Bank, Millbrook: what is near")
    assert told["url"] == "https://example.org/near/places/quarry-bank.html"
    assert told["image"] == "https://example.org/near/places/quarry-bank.png"
    pictures = sorted((tmp_path / "places").glob("*.png"))
    assert len(pictures) == len(IDS)
    assert all(one.read_bytes().startswith(PNG) for one in [*pictures, tmp_path / "picture.png"])
    assert b"Software" not in pictures[0].read_bytes()
    drawn = Image.open(pictures[0])
    # flat colours: what the page draws, exactly, and the lines between
    assert (drawn.size, drawn.mode) == ((600, 315), "P")
    assert tuple(bytes.fromhex(LIGHT["land"][1:])) in {
        colour for _, colour in drawn.convert("RGB").getcolors() or []
    }


def test_without_an_address_no_picture_is_promised(alone: Path) -> None:
    page = (alone / "places" / "quarry-bank.html").read_text(encoding="utf-8")
    assert "og:title" in page
    assert "og:image" not in page
    assert "og:url" not in page
