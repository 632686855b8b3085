"""``docs/access.md`` keeps its word: its tables are what the code says, its settings are read."""

from __future__ import annotations

import re
import runpy
import tomllib
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from assetmap.frames.hours import OPEN_WEEK
from assetmap.sources.categories import packaged_table
from assetmap.study.isochrones import Isochrone
from assetmap.study.opening import Moment, Opening
from assetmap.study.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(repo: Path) -> str:
    return (repo / "docs" / "access.md").read_text(encoding="utf-8")


def test_its_tables_are_made_by_the_code(repo: Path, page: str) -> None:
    made = runpy.run_path(str(repo / "scripts" / "access_tables.py"))["tables"]()
    assert len(made) == 4
    for table in made:
        assert table in page


def test_its_settings_are_read(page: str) -> None:
    """Each block by the part of the settings that it names; words such as paces are real ones."""
    blocks = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        for key, value in tomllib.loads(block).items():
            TypeAdapter(Settings.model_fields[key].annotation).validate_python(value)


@pytest.mark.parametrize("model", [Opening, Moment, Isochrone])
def test_it_names_every_setting(page: str, model: type) -> None:
    for name in model.model_fields:
        assert re.search(rf"\b{name}\b", page), name


def test_it_names_every_profile_of_green_space(page: str) -> None:
    for name in packaged_table("green_profiles.toml")["profile"]:
        assert f"`{name}`" in page


def test_it_says_every_way_not_to_know(page: str) -> None:
    (why,) = [column for column in OPEN_WEEK.columns if column.name == "why"]
    for word in why.choices:
        assert f"| `{word}` |" in page
