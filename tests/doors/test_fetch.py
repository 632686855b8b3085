"""The fetch door: whole files or clear words, never half of one."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import geopandas as gpd
import osmium
import osmnx
import pytest
import shapely
from tests.doors.map_server import Answer, node, overpass, serving, way
from tests.doors.table_jobs import BNG, job_of

from assetmap.errors import FetchError
from assetmap.sources.fetch import fetch_file, is_direct
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.overpass import Overpass, fetch_overpass

if TYPE_CHECKING:
    from pathlib import Path

    from tests.doors.map_server import Replayed

GROUND = gpd.GeoSeries([shapely.box(-3.01, 51.58, -2.98, 51.60)], crs=4326).to_crs(BNG).iloc[0]
MAP = overpass(
    way(7, 1, 2, 3, highway="residential", name="Mill <Lane> & Co"),
    node(3, 0, 100),
    node(1),
    node(2, 100, 0, barrier="gate"),
    {"type": "relation", "id": 9, "tags": {"type": "route"},
     "members": [{"type": "way", "ref": 7, "role": ""}]},
)  # fmt: skip


def ask(server: Replayed, path: Path, *, tries: int = 1) -> int:
    asked = Overpass(url=server.url, polite=False, tries=tries, wait_s=0.01, timeout_s=120)
    return fetch_overpass(GROUND, path, crs=BNG, keys=["highway"], server=asked)


@pytest.mark.parametrize("name", ["town.osm", "town.osm.pbf"])
def test_a_replayed_map_becomes_a_file_that_the_readers_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "new" / name
    with serving(MAP) as server:
        assert ask(server, path) == path.stat().st_size
    found = [(thing.type_str(), thing.id, dict(thing.tags)) for thing in osmium.FileProcessor(path)]
    assert found == [
        ("n", 1, {}), ("n", 2, {"barrier": "gate"}), ("n", 3, {}),
        ("w", 7, {"highway": "residential", "name": "Mill <Lane> & Co"}),
        ("r", 9, {"type": "route"}),
    ]  # fmt: skip
    streets = read_streets(job_of("streets", path)).table
    # 100 m east, then from there to 100 m north of the start: the hypotenuse, 141.4 m.
    assert streets.length_m.round(0).tolist() == [100, 141]
    assert [one.name for one in path.parent.iterdir()] == [name]


def test_only_the_server_and_only_the_ground_are_asked(tmp_path: Path) -> None:
    before = osmnx.settings.overpass_url, osmnx.settings.use_cache, socket.getaddrinfo
    with serving(MAP) as server:
        ask(server, tmp_path / "town.osm")
    (asked,) = server.asked
    assert "'highway'" in asked
    assert "51.58" in asked
    assert (osmnx.settings.overpass_url, osmnx.settings.use_cache, socket.getaddrinfo) == before


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>overloaded</html>", status=500, kind="text/html"),
        Answer(b'{"elements": []}', status=503),
        Answer(MAP.body[:150]),
        Answer(MAP.body[:150], cut=True),
        Answer(b'["no", "map"]'),
        Answer(b'{"version": 0.6}'),
        overpass(),
        overpass({"type": "node", "id": 1}),
        overpass({"type": "node", "id": "one", "lon": 0, "lat": 0}),
        overpass({"type": "node", "id": 1, "lon": 1e9, "lat": 5}),
        overpass({"type": "moon", "id": 1}),
        overpass(way(7), remark="runtime error: Query timed out"),
        overpass({"type": "way", "id": 7, "nodes": "none"}),
        overpass({"type": "way", "id": 10**30, "nodes": []}),
    ],
)
def test_a_failing_server_leaves_the_earlier_file(tmp_path: Path, answer: Answer) -> None:
    path = tmp_path / "town.osm"
    path.write_text("earlier", encoding="utf-8")
    with serving(answer) as server, pytest.raises(FetchError) as error:
        ask(server, path)
    assert error.value.faults[0].where == server.url
    assert error.value.faults[0].attempt
    assert path.read_text(encoding="utf-8") == "earlier"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    with serving(Answer(b"no", status=500, kind="text/plain"), MAP) as server:
        ask(server, tmp_path / "town.osm", tries=2)
    assert len(server.asked) == 2


def test_a_country_is_not_asked_of_overpass(tmp_path: Path) -> None:
    with serving(MAP) as server, pytest.raises(FetchError, match="too much"):
        fetch_overpass(GROUND.buffer(100_000), tmp_path / "a.osm", crs=BNG, keys=["highway"],
                       server=Overpass(url=server.url))  # fmt: skip
    assert not server.asked


def test_a_file_at_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    busy = Answer(b"", status=503)
    with serving(busy, busy, Answer(b"a,b\n1,2\n", kind="text/csv")) as server:
        assert fetch_file(f"{server.url}/x/a.csv", path, wait_s=0.01) == 8
    assert path.read_bytes() == b"a,b\n1,2\n"
    assert server.asked == ["/x/a.csv"] * 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"", status=500), "500"),
        (Answer(b"no", status=404), "404"),
        (Answer(b"a,b\n", kind="text/csv", cut=True), "download failed"),
        (Answer(b"<html>Log in</html>", kind="text/html; charset=utf-8"), "web page"),
        (Answer(b"", kind="text/csv"), "empty"),
    ],
)
def test_a_failing_download_leaves_nothing(tmp_path: Path, answer: Answer, said: str) -> None:
    with serving(answer) as server, pytest.raises(FetchError, match=said):
        fetch_file(f"{server.url}/a.csv", tmp_path / "a.csv", tries=2, wait_s=0.01)
    assert not list(tmp_path.iterdir())


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with serving(MAP) as server:
        gone = server.url
    with pytest.raises(FetchError, match="download failed"):
        fetch_file(f"{gone}/a.csv", tmp_path / "a.csv", tries=1)


def test_a_proxy_of_the_environment_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Answer(b"a\n", kind="text/csv")) as server:
        monkeypatch.setenv("http_proxy", server.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        fetch_file("http://data.example.org/a.csv", tmp_path / "a.csv", tries=1)
    assert server.asked == ["http://data.example.org/a.csv"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with serving(MAP) as server, pytest.raises(FetchError, match="cannot be written"):
        ask(server, tmp_path / "file" / "town.osm")


@pytest.mark.parametrize(
    ("address", "name", "direct"),
    [
        ("https://data.example.org/2021/areas.zip", "national/areas.zip", True),
        ("https://data.example.org/latest/wales.osm.pbf?x=1", "wales.osm.pbf", True),
        ("https://data.example.org/areas", "areas.zip", False),
        ("https://download.example.org/", "wales.osm.pbf", False),
        ("ftp://data.example.org/areas.zip", "areas.zip", False),
        ("file:///etc/areas.zip", "areas.zip", False),
        ("", "areas.zip", False),
        ("https://data.example.org/areas.zip", "areas", False),
    ],
)
def test_an_address_of_a_file_and_one_of_a_page(address: str, name: str, direct: bool) -> None:  # noqa: FBT001
    assert is_direct(address, name) is direct
