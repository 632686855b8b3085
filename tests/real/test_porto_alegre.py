"""Porto Alegre: a grid for areas, no index of deprivation, hills; and Newport's park gates."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import shapely

import assetmap

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study import Run

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def run(repo: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    study = assetmap.open_study(repo / "layers" / "porto_alegre", data=data_dir)
    return study.run(out=tmp_path_factory.mktemp("out"))


def test_the_areas_are_the_grids_cells(run: Run) -> None:
    areas = run.tables["areas"]
    assert len(areas) == 1227
    assert areas["place"].is_unique
    # H3 cells of resolution 9: 0.105 km2 on average over the Earth, some 10 % either way.
    assert areas.area.between(80_000, 120_000).all()
    whole = shapely.union_all(areas.geometry.to_numpy())
    assert whole.area == pytest.approx(areas.area.sum(), rel=1e-6)


def test_opportunities_are_the_grids_counts(run: Run) -> None:
    # Cells with a count above 0, counted in the file with awk.
    found = run.tables["assets"].groupby("category").size()
    assert found[["school", "jobs", "health_centre"]].to_dict() == {
        "school": 177, "jobs": 1004, "health_centre": 117,
    }  # fmt: skip


def test_nothing_is_flagged_and_the_page_says_why(run: Run) -> None:
    assert not {"findings", "need"} & set(run.tables)
    assert "no deprivation figures" in run.answer
    page = run.page.read_text(encoding="utf-8")
    assert "There are no deprivation figures for this place" in page
    uncounted = [one.count for one in run.cautions if one.code == "cells_uncounted"]
    # Five cells say nothing of jobs, and the same five nothing of health centres.
    assert uncounted == [5, 5]


def test_the_hills_are_walked(run: Run, repo: Path, data_dir: Path, tmp_path: Path) -> None:
    """On the level instead, some walk is shorter by more than a minute, and somewhere a step."""
    text = (repo / "layers" / "porto_alegre" / "study.toml").read_text(encoding="utf-8")
    level = tmp_path / "study.toml"
    level.write_text(text.replace('elevation = "heights"\n', ""), encoding="utf-8")
    flat = assetmap.open_study(tmp_path, data=data_dir).run(out=tmp_path / "out")
    keys = ["area_id", "category", "measure", "profile"]
    both = run.tables["access"].merge(flat.tables["access"], how="inner", on=keys,
                                      suffixes=("", "_flat"), validate="one_to_one")  # fmt: skip
    nearest = both[both["measure"] == "nearest"]
    assert (nearest["value"] - nearest["value_flat"]).max() > 1
    # The raster covers the streets but for the ends of a few ways that leave the grid.
    share = [one.text for one in run.cautions if one.code == "elevation_unknown"]
    assert not share or share[0].startswith(("Less than", *(f"{n}%" for n in range(1, 6))))


@pytest.mark.slow
def test_the_docs_say_what_the_script_measures(repo: Path, data_dir: Path) -> None:
    told = subprocess.run(
        [sys.executable, repo / "scripts" / "park_entrances.py", data_dir],
        cwd=repo, capture_output=True, text=True, check=True,
    )  # fmt: skip
    docs = (repo / "docs" / "greenspace.md").read_text(encoding="utf-8")
    rows = {line[:18].strip(): line[18:].split() for line in told.stdout.splitlines()[1:]}
    for said, name in (
        ("the middle is farther by, mean over people", "minutes farther"),
        ("people within the standard, by the edge", "by edge"),
        ("people within the standard, by the middle", "by middle"),
        ("**people whose verdict changes**", "verdict changes"),
    ):
        line = next(line for line in docs.splitlines() if said in line)
        assert re.findall(r"[0-9.]+", line) == rows[name]
