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
    assert {"index.html", "tables/assets.csv", "assetmap.gpkg:tables"} <= found
    assert any(name.startswith("tables.xlsx:xl/") for name in found)
    assert {"lineage.json", "tables/unplaced.csv", "tables/areas.csv"} <= set(texts)


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


def test_nothing_tells_of_the_machine(texts: dict[str, str], example_run: Run, repo: Path) -> None:
    folders = {repo, example_run.folder, Path.home(), Path(os.environ["ASSETMAP_CACHE"])}
    paths = {str(folder) for folder in folders} - {"/"}
    names = {name for name in (platform.node(), getpass.getuser()) if len(name) > len("root")}
    assert not leaks(texts, paths | names)


def test_no_place_where_somebody_lives_leaves(texts: dict[str, str], example_run: Run) -> None:
    """Origins are rows of the run's tables for analysis; no file holds one of their ids."""
    ids = set(example_run.tables["origins"]["from_id"].head(50))
    assert len(ids) == 50
    assert not leaks({n: t for n, t in texts.items() if n != "index.html"}, ids)
    assert "origins" not in {Path(name).stem for name in texts}
