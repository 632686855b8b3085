"""Runs that were killed, or that met, leave what one quiet run leaves: the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import kept_in, typed

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run

pytestmark = pytest.mark.slow


def started(cache: Path, out: Path) -> subprocess.Popen[str]:
    """The demo in a process of its own, with a cache of its own and another hash seed."""
    return subprocess.Popen(
        [sys.executable, "-m", "assetmap", "demo", "--quiet", "--out", str(out)],
        env={**os.environ, "ASSETMAP_CACHE": str(cache), "PYTHONHASHSEED": "3"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_after_a_kill_the_next_run_is_as_if_nothing_had_been(
    example_run: Run, tmp_path: Path
) -> None:
    """Killed where it cannot tidy up, at three places: early, amid the steps, at the end."""
    cache, out = tmp_path / "cache", tmp_path / "out"
    for kept in (1, 15, 30):
        running = started(cache, out)
        while running.poll() is None and kept_in(cache) < kept:
            time.sleep(0.01)
        running.kill()
        running.communicate(timeout=300)
    told = typed("demo", "--quiet", "--out", out, ASSETMAP_CACHE=str(cache))
    assert told.code == 0, told.err
    assert contents(out / "example" / example_run.id) == contents(example_run.folder)


def test_two_runs_at_once_do_no_harm(example_run: Run, tmp_path: Path) -> None:
    """One cache, one output folder, both empty at the start."""
    both = [started(tmp_path / "cache", tmp_path / "out") for _ in range(2)]
    for running in both:
        out, err = running.communicate(timeout=300)
        assert running.returncode == 0, err
        assert out.strip().endswith("index.html")
    (folder,) = (tmp_path / "out" / "example").iterdir()
    assert contents(folder) == contents(example_run.folder)
