"""``assetmap compare``: the example's run beside an edited copy of it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.cli_words import said

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run

MILLBROOK = "E01099022"


@pytest.fixture(scope="module")
def edited(example_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As if a library had opened on the estate, in a register of a later day."""
    folder = tmp_path_factory.mktemp("edited") / "later"
    shutil.copytree(example_run.folder, folder)
    findings = pd.read_csv(folder / "tables" / "findings.csv")
    findings.loc[findings["area_id"] == MILLBROOK, "level"] = "need_only"
    findings.to_csv(folder / "tables" / "findings.csv", index=False)
    access = pd.read_csv(folder / "tables" / "access.csv")
    here = access["area_id"].eq(MILLBROOK) & access["category"].eq("library")
    access.loc[here & access["measure"].eq("share_within"), "value"] = 1.0
    access.to_csv(folder / "tables" / "access.csv", index=False)
    lineage = json.loads((folder / "lineage.json").read_text(encoding="utf-8"))
    register = next(one for one in lineage["sources"] if one["file"] == "asset_register.csv")
    register |= {"vintage": "2027", "sha256": "0" * 64}
    (folder / "lineage.json").write_text(json.dumps(lineage), encoding="utf-8")
    return folder


def test_what_changed_is_said_with_its_cause(example_run, edited, tmp_path) -> None:
    told = said("compare", str(example_run.folder), str(edited), "--out", str(tmp_path), "--json")
    assert told.code == 0, told.err
    answer = json.loads(told.out)
    assert [(one["area_id"], one["cause"]) for one in answer["changed"]] == [(MILLBROOK, "real")]
    assert answer["method"] == answer["data"] == []
    table = pd.read_csv(tmp_path / "comparison.csv")
    assert len(table) == 24
    page = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert "One of 24 neighbourhoods has another result" in page
    assert "The place itself changed" in page
    for word in ("left_behind", "left behind", "at risk", "https:"):
        assert word not in page


def test_a_run_beside_itself_has_nothing_to_say(example_run, tmp_path) -> None:
    folder = str(example_run.folder)
    told = said("compare", folder, folder, "--out", str(tmp_path))
    assert told.code == 0
    assert "0 of 24 areas have another level" in told.out


def test_what_is_no_run_is_refused(example_run, edited, tmp_path) -> None:
    told = said("compare", str(tmp_path), str(example_run.folder), "--out", str(tmp_path / "x"))
    assert told.code != 0
    assert "no findings.csv" in told.err
    other = tmp_path / "other"
    shutil.copytree(edited, other)
    lineage = (other / "lineage.json").read_text(encoding="utf-8")
    (other / "lineage.json").write_text(
        lineage.replace('"id": "example"', '"id": "elsewhere"'), encoding="utf-8"
    )
    told = said("compare", str(other), str(example_run.folder), "--out", str(tmp_path / "x"))
    assert "give two runs of one study" in told.err
    (other / "lineage.json").write_text("{", encoding="utf-8")
    told = said("compare", str(other), str(example_run.folder), "--out", str(tmp_path / "x"))
    assert "cannot be read" in told.err
    assert not (tmp_path / "x").exists()
