"""Scenario files as people write them: every fault told at once, nothing guessed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import said

from assetmap.errors import MissingError, ReadError
from assetmap.sources.scenario_file import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

CRS = "EPSG:27700"
HEAD = 'schema_version = 1\nid = "s"\nname = "S"\n'


def _written(folder: Path, text: str, name: str = "s.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_and_geojson_say_the_same(tmp_path: Path) -> None:
    toml = _written(
        tmp_path, HEAD + '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\n'
    )
    whole = {
        "type": "FeatureCollection",
        "scenario": {"schema_version": 1, "id": "s", "name": "S"},
        "features": [{"type": "Feature", "properties": {"kind": "add", "category": "library"},
                      "geometry": {"type": "Point", "coordinates": [-1, 53]}}],
    }  # fmt: skip
    geojson = _written(tmp_path, json.dumps(whole), "s.geojson")
    one, other = (read_scenario(path, crs=CRS).edits for path in (toml, geojson))
    assert one.equals(other)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = HEAD + (
        '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\nsupply = 0\n'
        '[[edit]]\nkind = "homes"\nat = [-1, 53]\ndwellings = 10\n'
        '[[edit]]\nkind = "remove"\nasset = "x"\nopens = 2027-01-01\nuntil = 2026-01-01\n'
        '[[edit]]\nkind = "add"\ncatagory = "library"\n'
    )
    with pytest.raises(ReadError) as told:
        read_scenario(_written(tmp_path, text), crs=CRS)
    words = str(told.value)
    for part in ("a supply of 0", "needs household_size", "before it opens", "catagory",
                 "did you mean 'category'"):  # fmt: skip
        assert part in words


def test_what_means_nothing_is_refused(tmp_path: Path) -> None:
    text = HEAD + (
        '[[edit]]\nkind = "add"\ncategory = "libary"\nat = [53, 530]\n'
        '[[edit]]\nkind = "homes"\nsite = "NSP1"\nhousehold_size = 2\n'
    )
    with pytest.raises(ReadError) as told:
        read_scenario(_written(tmp_path, text), crs=CRS)
    assert len(told.value.faults) == 3  # no such category, no degrees, no such site
    assert "did you mean 'library'" in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b'{"features": 3}', b"[" * 100_000])
def test_hostile_bytes_are_told_as_no_scenario(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.geojson"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="not a scenario file"):
        read_scenario(path, crs=CRS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _written(tmp_path, HEAD, "hall.toml")
    with pytest.raises(MissingError, match="did you mean 'hall'"):
        read_scenario(tmp_path / "hal.toml", crs=CRS)


def test_the_example_is_assessed(tmp_path: Path, repo: Path) -> None:
    """Its page says who gains in ten parts, in public words; its tables are there."""
    told = said("assess", repo / "layers" / "example", "millbrook-hall", "--out", tmp_path, "-q")
    assert told.code == 0, told.err
    page = next(tmp_path.rglob("assessment.html"))
    assert told.out.strip() == str(page)
    text = page.read_text(encoding="utf-8")
    assert all(f'id="h{number}"' in text for number in range(1, 11))
    assert "<script" not in text
    assert "default-src" in text
    for word in ("left_behind", "at_risk", "left behind", "no impact"):
        assert word not in text
    assert "No data in this study. Ask:" in text
    assert "Cost not compared" in text
    header = (page.parent / "gains.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("area_id,people,before,after,level_before,level_after")
    assert (page.parents[1] / "comparison.csv").is_file()


def test_the_example_s_sites_are_chosen_between(repo: Path) -> None:
    """One of four: the answer comes with the answer by hand and the gap."""
    example = repo / "layers" / "example"
    sites = example / "scenarios" / "hall-sites.toml"
    told = said("locate", example, "--standard", "community_hall", "--candidates", sites, "-q")
    assert told.code == 0, told.err
    assert "gap 0.00%" in told.out
    refused = said("locate", example, "--standard", "community_hall", "--candidates", sites,
                   "--p", "9", "-q")  # fmt: skip
    assert refused.code == 8
    assert "larger than the number of candidates, 4" in refused.err
