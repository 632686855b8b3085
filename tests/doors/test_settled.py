"""Bytes reach the disk before a name moves: a file's by themselves, a folder's together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from assetmap.errors import WriteError
from assetmap.publish.atomic import whole_file, whole_folder
from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The files that have reached the disk, by what tells them apart there."""
    seen: list[int] = []
    settle = os.fsync

    def told(handle: int) -> None:
        settle(handle)
        seen.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", told)
    return seen


def write(path: Path) -> int:
    with whole_file(path) as draft:
        draft.write_text("1", encoding="utf-8")
    return path.stat().st_ino


def test_a_file_is_settled_before_it_has_its_name(tmp_path: Path, settled: list[int]) -> None:
    with whole_file(tmp_path / "a") as draft:
        draft.write_text("1", encoding="utf-8")
        assert settled == []
    assert settled == [(tmp_path / "a").stat().st_ino]


def test_every_file_of_a_folder_is_settled_once_before_the_folder_has_its_name(
    tmp_path: Path, settled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[str, int]] = []
    replace = type(tmp_path).replace

    def move(self: Path, to: Path) -> Path:
        moved.append((to.name, len(settled)))
        return replace(self, to)

    monkeypatch.setattr(type(tmp_path), "replace", move)
    with whole_folder(tmp_path / "run") as draft:
        written = [write(draft / "a"), write(draft / "deep" / "b")]
        (draft / "c").write_text("3", encoding="utf-8")
        assert settled == []
    written.append((tmp_path / "run" / "c").stat().st_ino)
    assert sorted(settled) == sorted(written)
    assert moved == [("a", 0), ("b", 0), ("run", 3)]


def test_a_file_elsewhere_does_not_wait_for_the_folder(tmp_path: Path, settled: list[int]) -> None:
    with whole_folder(tmp_path / "run"):
        beside = write(tmp_path / "beside")
        assert settled == [beside]
    late = write(tmp_path / "run" / "late")
    assert settled == [beside, late]


def test_a_folder_that_the_disk_refuses_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with whole_folder(tmp_path / "run") as draft:
        write(draft / "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(WriteError, match="No space left"),
        whole_folder(tmp_path / "run") as draft,
    ):
        write(draft / "new")
    assert [path.name for path in tmp_path.rglob("*")] == ["run", "old"]


def test_files_that_one_process_writes_for_another_do_not_wait(
    tmp_path: Path, settled: list[int]
) -> None:
    run, other = Turns(tmp_path), Turns(tmp_path)
    other.offer("pages", lambda folder: write(folder / "page.html"))
    assert settled == []
    run.fetch("pages", pytest.fail, tmp_path / "out")
    assert settled == [(tmp_path / "out" / "page.html").stat().st_ino]
