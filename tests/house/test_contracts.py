"""Each import contract catches a planted violation; the house as it stands keeps them all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = {
    "Storeys: imports go down, neighbours on a storey never meet": (
        "errors.py",
        "import assetmap.frames",
    ),
    "The doors know tables, not methods": (
        "sources/weigh.py",
        "import assetmap.access.nearest",
    ),
    "Inner rooms never touch the world": ("access/nearest.py", "import pathlib"),
    "Only sources reads the world in": ("publish/edition.py", "import pyogrio"),
    "Only publish draws": ("study/config.py", "import folium"),
    "Only cli speaks click": ("study/settings.py", "import click"),
    "No circles inside a room": ("access/pairs.py", "import assetmap.access.nearest"),
}


def linted(folder: Path) -> dict[str, str]:
    """Each contract's verdict, for a copy of the package."""
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(.+?) (KEPT|BROKEN)\s*$", told.stdout, flags=re.MULTILINE)
    assert found, told.stdout + told.stderr
    return dict(found)


@pytest.fixture
def copy(repo: Path, tmp_path: Path) -> Path:
    """The package and its contracts, in a folder of its own."""
    shutil.copytree(
        repo / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "example")
    )
    shutil.copy(repo / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_every_contract(copy: Path) -> None:
    verdicts = linted(copy)
    assert set(verdicts) == set(PLANTED)
    assert set(verdicts.values()) == {"KEPT"}


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    path = copy / "src" / "assetmap" / name
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    assert linted(copy)[contract] == "BROKEN"
