"""``assetmap fetch``: a source's file from its address or by Overpass, to where the study looks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import osmium
import pytest
from tests.doors.map_server import Answer, node, overpass, serving, way

from assetmap import open_study
from assetmap.errors import StudyError

if TYPE_CHECKING:
    from pathlib import Path

# Nodes where Osierford lies, inside the box that its sources say they cover.
MAP = overpass(
    node(1) | {"lon": -2.27, "lat": 54.62},
    node(2, amenity="library") | {"lon": -2.26, "lat": 54.62},
    way(7, 1, 2, highway="footway"),
)


@pytest.fixture
def study(repo: Path, tmp_path: Path) -> Path:
    """The example, without its map."""
    folder = tmp_path / "study"
    shutil.copytree(repo / "layers" / "example", folder)
    (folder / "osierford.osm.pbf").unlink()
    return folder


def test_one_file_serves_every_source_that_names_it(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(MAP) as server:
        monkeypatch.setenv("ASSETMAP_OVERPASS_URL", server.url)
        got = open_study(study).fetch("streets")
    (asked,) = server.asked
    # Streets, homes and places are read from one file: all their keys are asked for.
    assert all(f"'{key}'" in asked for key in ("highway", "building", "amenity", "leisure"))
    assert (got.file, got.came_from, got.licence) == (
        study / "osierford.osm.pbf",
        server.url,
        "MIT",
    )
    assert len(list(osmium.FileProcessor(got.file))) == 3


def test_what_is_here_is_fetched_only_when_asked_twice(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = study / "osierford.osm.pbf"
    path.write_bytes(b"earlier")
    with serving(MAP) as server:
        monkeypatch.setenv("ASSETMAP_OVERPASS_URL", server.url)
        with pytest.raises(StudyError, match="here already"):
            open_study(study).fetch("streets")
        assert path.read_bytes() == b"earlier"
        open_study(study).fetch("streets", again=True)
    assert path.read_bytes() != b"earlier"


def test_without_a_box_the_studys_ground_is_asked_for(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = study / "study.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("covers = { bbox", "# covers = { bbox"), encoding="utf-8")
    with serving(MAP) as server:
        monkeypatch.setenv("ASSETMAP_OVERPASS_URL", server.url)
        open_study(study).fetch("places")
    assert "54.6" in server.asked[0]


def test_a_page_for_people_is_told_apart(study: Path) -> None:
    with pytest.raises(StudyError, match="a page for people"):
        open_study(study).fetch("lsoa21", again=True)
    with pytest.raises(StudyError, match="did you mean 'streets'"):
        open_study(study).fetch("street")


def test_the_command_saves_a_direct_file_beside_the_data(study: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    settings = study / "study.toml"
    (study / "names.csv").unlink()
    with serving(Answer(b"area_id,place\n", kind="text/csv")) as server:
        text = settings.read_text(encoding="utf-8")
        head, tail = text.split('id = "names"\n')
        page = "https://example.org/osierford"
        settings.write_text(
            f'{head}id = "names"\n{tail.replace(page, f"{server.url}/names.csv", 1)}',
            encoding="utf-8",
        )
        told = subprocess.run(
            [sys.executable, "-m", "assetmap", "fetch", study, "names", "--data", data, "--json"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    got = json.loads(told.stdout)
    assert got["file"] == str(data / "names.csv")
    assert (data / "names.csv").read_bytes() == b"area_id,place\n"


def test_a_failed_download_has_its_exit_code(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Answer(b"no", status=404, kind="text/plain")) as server:
        url = server.url
        text = (study / "study.toml").read_text(encoding="utf-8")
        (study / "study.toml").write_text(
            text.replace("https://example.org/osierford", f"{url}/osierford.osm.pbf"),
            encoding="utf-8",
        )
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        told = subprocess.run(
            [sys.executable, "-m", "assetmap", "fetch", study, "homes"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert told.returncode == 10
    assert "the download failed" in told.stderr
    assert not (study / "osierford.osm.pbf").exists()
