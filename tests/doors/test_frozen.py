"""A frozen run: the same bytes, nothing that must not leave, checked and told exactly."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import stat
import threading
import zipfile
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import said

from assetmap.errors import ContractError, MissingError, ReadError, WriteError
from assetmap.publish.packed import packed
from assetmap.publish.serve import serve_folder
from assetmap.study.freeze import freeze_run
from assetmap.study.run import REPLACED, tell_replaced
from assetmap.study.study import example_folder, open_example
from assetmap.study.verify import of_table, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import ThreadingHTTPServer
    from pathlib import Path

    from assetmap.study.run import Run

DAY = open_example().settings.study.as_of


@pytest.fixture(scope="module")
def frozen(example_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = open_example().work()
    return freeze_run(work, example_run, out=tmp_path_factory.mktemp("frozen")).path


def inside(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(frozen: Path, folder: Path, **changes: bytes | None) -> Path:
    """The archive with some files changed; None takes one out. Double underscores are slashes."""
    held = inside(frozen)
    for name, content in changes.items():
        held[name] = content or b""
        if content is None:
            del held[name]
    path = folder / "a.zip"
    path.write_bytes(packed(held, day=DAY))
    return path


def test_it_holds_what_a_reviewer_needs(frozen: Path, example_run: Run) -> None:
    held = inside(frozen)
    assert {"manifest.json", "README.txt", "versions.txt", "not-included.json",
            "study/study.toml", "run/lineage.json", "run/cautions.json"} <= set(held)  # fmt: skip
    manifest = json.loads(held["manifest.json"])
    assert manifest["run"] == example_run.id
    assert set(manifest["sha256"]) == set(held) - {"manifest.json"}
    assert b"numpy==" in held["versions.txt"]
    assert held["run/tables/areas.csv"] == (example_run.folder / "tables/areas.csv").read_bytes()


def test_the_same_run_is_the_same_archive(frozen: Path, example_run: Run, tmp_path: Path) -> None:
    again = freeze_run(open_example().work(), example_run, out=tmp_path)
    assert again.path.read_bytes() == frozen.read_bytes()


def test_registers_and_who_told_stay_with_the_study(frozen: Path) -> None:
    """Their files hold contacts and places that must not be mapped; who told is withheld."""
    held = inside(frozen)
    (absent,) = json.loads(held["not-included.json"])
    assert (absent["file"], absent["source"]) == ("asset_register.csv", "register")
    everything = b"".join(held.values())
    with (example_folder() / "asset_register.csv").open(encoding="utf-8", newline="") as handle:
        people = {row["contact_email"] for row in csv.DictReader(handle)}
    for secret in (*people, "Rowan Lodge", "Depot Meeting Room", "An invented resident"):
        assert secret.encode() not in everything
    assert b'who = "withheld"' in held["study/corrections.toml"]


def test_a_whole_archive_is_made_again_and_equal(frozen: Path) -> None:
    """The register comes from the reviewer's own folder."""
    found = verify(frozen, data=example_folder())
    assert found.holds
    assert found.recomputed
    assert found.lines()[-1] == "Made again: every table is equal."


def test_without_every_file_it_says_which_is_missing(frozen: Path) -> None:
    found = verify(frozen)
    assert not found.recomputed
    assert "'register' is missing" in found.why_not
    assert found.lines()[-1].endswith("--data")
    assert found.holds  # every file in it is whole


def test_what_differs_is_told_to_the_cell() -> None:
    before = b"area_id,people\r\nA,10\r\nB,\r\nC,5\r\n"
    assert list(of_table("t.csv", before, before)) == []
    after = b"area_id,people\r\nA,12\r\nB,7\r\n"
    assert list(of_table("t.csv", before, after)) == [
        "t.csv: 3 rows, now 2",
        "t.csv, row 2 (A), people: 10, now 12",
        "t.csv, row 3 (B), people: empty, now 7",
    ]
    assert list(of_table("t.csv", before, b"area_id,households\r\n")) == [
        "t.csv: columns differ: households, people"
    ]
    assert list(of_table("t.csv", None, after)) == ["t.csv: only in the new run"]
    many = b"a\r\n" + b"1\r\n" * 9
    told = list(of_table("t.csv", many, many.replace(b"1", b"2")))
    assert told[-1] == "t.csv: and 4 more cells"


def test_the_command_ends_with_a_code_of_its_own(frozen: Path, tmp_path: Path) -> None:
    path = changed(frozen, tmp_path, **{"run/lineage.json": b"{}"})
    told = said("verify", path)
    assert told.code == ContractError.exit_code
    assert "damaged: run/lineage.json" in told.out


def test_a_damaged_file_is_named(frozen: Path, tmp_path: Path) -> None:
    path = changed(frozen, tmp_path, **{"run/lineage.json": b"{}", "extra.txt": b"x"})
    found = verify(path, data=example_folder())
    assert found.damaged == ("run/lineage.json", "extra.txt (not listed)")
    assert not found.recomputed


def test_settings_that_reach_outside_are_refused(frozen: Path, tmp_path: Path) -> None:
    held = inside(frozen)
    text = held["study/study.toml"].replace(b'file = "names.csv"', b'file = "../../../etc/passwd"')
    manifest = json.loads(held["manifest.json"])
    manifest["sha256"]["study/study.toml"] = hashlib.sha256(text).hexdigest()
    path = changed(frozen, tmp_path, **{
        "study/study.toml": text, "manifest.json": json.dumps(manifest).encode()})  # fmt: skip
    with pytest.raises(ReadError, match="outside the archive"):
        verify(path)


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:/a", "a\\..\\b"])
def test_names_that_climb_out_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"manifest.json": b"{}", name: b"x"}, day=DAY))
    with pytest.raises(ReadError, match="climbs out"):
        verify(path)


def test_links_bombs_and_names_twice_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("a")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ReadError, match="holds a link"):
        verify(path)
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "2")
    with pytest.raises(ReadError, match="a name twice"):
        verify(path)
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_001):
            archive.writestr(str(number), "")
    with pytest.raises(ReadError, match="too many files"):
        verify(path)


def test_a_bomb_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assetmap.study.verify.MOST_BYTES", 10_000)
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed({"a": b"\0" * 1_000_000}, day=DAY))
    with pytest.raises(ReadError, match="unpacks to more"):
        verify(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_frozen_run_is_told_plainly(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ReadError):
        verify(tmp_path / "a.zip")
    (tmp_path / "b.zip").write_bytes(packed({"manifest.json": b"[]"}, day=DAY))
    with pytest.raises(ReadError, match="no frozen run"):
        verify(tmp_path / "b.zip")
    with pytest.raises(MissingError):
        verify(tmp_path / "c.zip")


# ------------------------------------------------------------------------------ editions, profile


def test_an_older_edition_says_what_replaced_it(tmp_path: Path) -> None:
    for name in ("old", "new", "reports"):
        (tmp_path / name).mkdir()
    for name in ("old", "new"):
        (tmp_path / name / "lineage.json").write_text("{}", encoding="utf-8")
    tell_replaced(tmp_path / "new", {"old", "new", "reports"})
    assert (tmp_path / "old" / REPLACED).read_text(encoding="utf-8") == "Replaced by run new.\n"
    assert not (tmp_path / "new" / REPLACED).exists()
    assert not (tmp_path / "reports" / REPLACED).exists()
    tell_replaced(tmp_path / "old", {"old", "new"})  # the study went back to what it was
    assert not (tmp_path / "old" / REPLACED).exists()
    assert (tmp_path / "new" / REPLACED).exists()


@pytest.mark.usefixtures("example_run")
def test_a_profile_starts_with_what_is_there() -> None:
    told = said("profile", "E01099022")
    assert told.code == 0, told.err
    assert told.out.startswith("Millbrook Estate South (E01099022)\nPriority for support")
    assert "E01099022:area.people" in told.out
    near, far = told.out.index("Most people here live near"), told.out.index("are not near")
    assert near < far
    assert said("profile", "E0109902").code == 3


# ------------------------------------------------------------------------------ the preview


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    public = tmp_path / "run" / "public"
    (public / "empty").mkdir(parents=True)
    (public / "index.html").write_text("the page", encoding="utf-8")
    (tmp_path / "run" / "findings.csv").write_text("secret", encoding="utf-8")
    (public / "link.csv").symlink_to(tmp_path / "run" / "findings.csv")
    with serve_folder(tmp_path / "run", port=0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def asked(server: ThreadingHTTPServer, path: str, *, host: str = "127.0.0.1") -> tuple[int, bytes]:
    link = HTTPConnection("127.0.0.1", server.server_port, timeout=120)
    link.putrequest("GET", path, skip_host=True)
    link.putheader("Host", f"{host}:{server.server_port}")
    link.endheaders()
    answer = link.getresponse()
    found = answer.status, answer.read()
    link.close()
    return found


def test_only_the_folder_to_publish_is_shown(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert asked(server, "/index.html") == (200, b"the page")
    for path in ("/../findings.csv", "/%2e%2e/findings.csv", "/..%2ffindings.csv", "/link.csv",
                 "/empty/", "//etc/passwd"):  # fmt: skip
        status, body = asked(server, path)
        assert status in {403, 404}, path
        assert b"secret" not in body


def test_another_name_for_this_machine_is_not_answered(server: ThreadingHTTPServer) -> None:
    assert asked(server, "/index.html", host="evil.example")[0] == 403
    assert asked(server, "/index.html", host="localhost")[0] == 200


def test_working_files_are_no_folder_to_serve(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("working files", encoding="utf-8")
    with pytest.raises(MissingError, match="no folder to publish"):
        serve_folder(tmp_path, port=0)


def test_a_port_that_is_taken_is_told(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "run", tmp_path / "again", symlinks=True)
    with pytest.raises(WriteError, match="cannot be used"):
        serve_folder(tmp_path / "again", port=server.server_port)
