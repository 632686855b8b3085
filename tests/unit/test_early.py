"""A run's first steps, made while the program is loaded: in its store, in turns, without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.test_ahead import bytes_in, study_in

from assetmap.study.early import begin
from assetmap.study.first_steps import find_ground
from assetmap.study.others import started
from assetmap.study.study import example_folder
from assetmap.study.turns import BEGUN, Turns

if TYPE_CHECKING:
    from assetmap.study.study import Study

HEAVY = """
import sys
import assetmap.study.early
print(*{"folium", "jinja2", "numba", "scipy"} & {name.split(".")[0] for name in sys.modules})
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    (tmp_path / "turns").mkdir()
    return study_in(tmp_path / "study")


def reused_by(study: Study) -> set[bool]:
    """Whether the steps of the ground are there already when a run comes to them."""
    told: list[tuple[str, bool]] = []
    find_ground(study.work(lambda *said: told.append(said)))
    return {reused for _, reused in told}


def test_the_ground_is_made_in_the_store_of_the_run(study: Study, tmp_path: Path):
    begin(study.folder / "study.toml", None, Turns(tmp_path / "turns"))
    assert reused_by(study) == {True}


def test_once_the_run_has_begun_the_rest_is_left_to_it(study: Study, tmp_path: Path):
    assert Turns(tmp_path / "turns").take(BEGUN)
    begin(study.folder, None, Turns(tmp_path / "turns"))
    assert reused_by(study) == {False}


def test_a_fault_is_left_to_the_run(study: Study, tmp_path: Path):
    (study.folder / "study.toml").write_text("schema_version = 0\n")
    begin(study.folder, None, Turns(tmp_path / "turns"))
    assert not list((tmp_path / "turns").iterdir())


def test_nothing_is_begun_where_the_run_would_not_find_it(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "no folder").write_text("")
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "no folder"))
    begin(study.folder, None, Turns(tmp_path / "turns"))
    assert not list((tmp_path / "turns").iterdir())


def test_it_begins_before_the_program_is_loaded():
    told = subprocess.run(
        [sys.executable, "-c", HEAVY], capture_output=True, text=True, timeout=300, check=True
    )
    assert told.stdout.split() == []


def test_no_ground_is_begun_for_a_run_alone(study: Study):
    with started(0, study=study.folder) as others:
        assert others.processes == ()
    assert reused_by(study) == {False}


def run_by_command(cache: Path, workers: int) -> tuple[dict[str, bytes], str]:
    """The files of the example's run, and what it told, from an empty cache."""
    command = [sys.executable, "-m", "assetmap", "run", str(example_folder())]
    told = subprocess.run(
        [*command, "--workers", str(workers), "--out", str(cache / "out")],
        env={**os.environ, "ASSETMAP_CACHE": str(cache)},
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    page = Path(told.stdout.strip())
    assert page.is_file()
    return bytes_in(page.parents[1]), told.stderr


def test_a_run_that_began_early_is_that_of_one_process(tmp_path: Path):
    alone, said = run_by_command(tmp_path / "one", 1)
    shared, again = run_by_command(tmp_path / "two", 2)
    assert shared == alone
    assert again == said
