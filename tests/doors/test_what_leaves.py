"""What must never leave is in no file of a run, however hard one looks."""

from __future__ import annotations

import csv
import getpass
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.doors.opened_outputs import opened

from assetmap.frames.results import LEVELS

if TYPE_CHECKING:
    from assetmap.study.run import Run

# Named in layers/example/README.md: a refuge, a childminder and a group home.
PROTECTED = ("Rowan Lodge", "Little Catkins", "Larchwood")
NOT_PUBLIC = ("Depot Meeting Room",)
CONTACTS = ("contact_name", "contact_email")


@pytest.fixture(scope="module")
def texts(example_run: Run) -> dict[str, str]:
    return opened(example_run.folder)


def leaks(texts: dict[str, str], words: set[str]) -> list[str]:
    return [
        f"{word} in {name}"
        for name, text in texts.items()
        for word in sorted(words)
        if word.casefold() in text.casefold()
    ]


def test_every_kind_of_file_is_opened(texts: dict[str, str]) -> None:
    """The search is only as good as what it looks into: a public name is found in each."""
    found = {name for name, text in texts.items() if "Osierford Library" in text}
    for folder in ("", "public/"):
        assert {f"{folder}tables/assets.csv", f"{folder}assetmap.gpkg:tables"} <= found
        assert any(name.startswith(f"{folder}tables.xlsx:xl/") for name in found)
        files = {"lineage.json", "tables/unplaced.csv", "tables/areas.csv"}
        assert {f"{folder}{name}" for name in files} <= set(texts)
    assert {"public/services.html", "public/map.js", "public/map/assets.parquet:rows"} <= found


def test_officers_words_are_in_no_byte_of_the_public_folder(texts: dict[str, str]) -> None:
    """Nor in the name of a file; everything else in the run is marked as not for publication."""
    public = {name: text for name, text in texts.items() if name.startswith("public/")}
    assert not leaks(public, set(LEVELS))
    assert not [name for name in public for level in LEVELS if level in name.casefold()]
    assert "level" in texts["tables/findings.csv"].splitlines()[0].split(",")
    assert "left_behind" in texts["tables/findings.csv"]
    assert texts["NOT-FOR-PUBLICATION.txt"].startswith("Working files, not for publication")


def test_the_public_tables_say_the_result_in_public_words(example_run: Run) -> None:
    folder = example_run.folder / "public"
    with (folder / "tables" / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = example_run.tables["findings"].set_index("area_id")["level"]
    assert {row["area_id"]: row["result_code"] for row in rows} == {
        area: str(LEVELS.index(level) + 1) for area, level in found.items()
    }
    assert {row["result"] for row in rows if row["result_code"] == "1"} == {
        "Priority for support: services are out of reach, and investment has not reached here"
    }


def test_the_run_folder_leads_on_to_the_page(example_run: Run) -> None:
    """Whoever opens the index of the run, as before, comes to the page."""
    page = (example_run.folder / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=public/index.html"' in page
    assert (example_run.folder / "public" / "index.html") == example_run.page


def test_places_that_must_not_be_mapped_are_nowhere(texts: dict[str, str], repo: Path) -> None:
    given = (repo / "layers" / "example" / "README.md").read_text(encoding="utf-8")
    assert all(name in given for name in PROTECTED)
    assert not leaks(texts, set(PROTECTED))


def test_places_that_are_not_public_are_nowhere(texts: dict[str, str]) -> None:
    assert not leaks(texts, set(NOT_PUBLIC))


def test_contacts_of_a_register_are_nowhere(texts: dict[str, str], repo: Path) -> None:
    register = repo / "layers" / "example" / "asset_register.csv"
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = {row[column] for row in rows for column in CONTACTS}
    assert len(people) > len(rows)  # each has an address of its own, and several share a name
    assert not leaks(texts, people | set(CONTACTS) | {"@osierford.example"})


def test_how_places_are_held_is_for_officers(texts: dict[str, str], repo: Path) -> None:
    """Neither the names of owners nor the kinds that are kept of them leave."""
    register = repo / "layers" / "example" / "asset_register.csv"
    with register.open(encoding="utf-8", newline="") as file:
        owners = {row["Owner"] for row in csv.DictReader(file)}
    assert "Parish trust" in owners
    assert not leaks(texts, {"Parish trust", "charity or community body"})


def test_nothing_tells_of_the_machine(texts: dict[str, str], example_run: Run, repo: Path) -> None:
    folders = {repo, example_run.folder, Path.home(), Path(os.environ["ASSETMAP_CACHE"])}
    paths = {str(folder) for folder in folders} - {"/"}
    names = {name for name in (platform.node(), getpass.getuser()) if len(name) > len("root")}
    assert not leaks(texts, paths | names)


def test_no_place_where_somebody_lives_leaves(texts: dict[str, str], example_run: Run) -> None:
    """Origins are rows of the run's tables for analysis; no file holds one of their ids."""
    ids = set(example_run.tables["origins"]["from_id"].head(50))
    assert len(ids) == 50
    pages = {name for name in texts if name.endswith(".html")}
    assert not leaks({n: t for n, t in texts.items() if n not in pages}, ids)
    assert "origins" not in {Path(name).stem for name in texts}
