"""A small part of England by the country's own steps: one process and two leave the same bytes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import assetmap

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real
PART = 'authorities = ["E06000017", "E09000001"]'
"""Rutland and the City of London: 26 and 6 neighbourhoods."""


@pytest.fixture(scope="module")
def part(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part") / "england"
    shutil.copytree(repo / "layers" / "england", folder)
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8").replace(
        'nation = "England"', f'nation = "England"\n{PART}'
    )
    path.write_text(f"{text}\n[robustness]\ndraws = 120\ndetour_draws = 10\n", encoding="utf-8")
    return folder


def test_two_processes_leave_the_bytes_of_one(
    part: Path, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {}
    for workers in (1, 2):
        monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / f"cache {workers}"))
        study = assetmap.open_study(part, data=data_dir)
        whole = study.run_whole(out=tmp_path / f"out {workers}", workers=workers)
        left[workers] = {one.name: one.read_bytes() for one in sorted(whole.folder.glob("*.csv"))}
        assert len(whole.tables["findings"]) == 32
        # two measured themes of two: no level rises above at_risk
        assert "left_behind" not in set(whole.tables["findings"]["level"])
    assert set(left[1]) == {
        "findings.csv", "importance.csv", "need.csv", "robustness.csv", "sensitivity.csv",
        "summaries.csv",
    }  # fmt: skip
    assert left[1] == left[2]
