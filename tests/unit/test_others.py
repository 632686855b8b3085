"""Processes beside a run: copied where that is safe, started afresh elsewhere, gone with it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.town.line_town import line_town
from tests.unit.test_ahead import bytes_in, study_in

from assetmap.study.beside import beside
from assetmap.study.others import can_be_copied, started
from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KINDS = """
import os, sys, threading
from assetmap.study.others import started

threading.Event() if sys.argv[1] == "alone" else threading.Timer(60, print).start()
with started(2) as others:
    print(*(type(one).__name__ for one in others.processes), flush=True)
    os._exit(0)  # at once, as when it is killed: it tells nobody
"""


def kinds(company: str) -> list[str]:
    """The kinds of process that a program starts, which then is gone without a word.

    Each of them holds the program's stdout: were one not to end, this would wait for it.
    """
    told = subprocess.run(
        [sys.executable, "-c", KINDS, company],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    return told.stdout.split()


def test_a_program_of_one_thread_is_copied():
    copied = "ForkProcess" if sys.platform == "linux" else "SpawnProcess"
    assert kinds("alone") == [copied, copied]


def test_a_program_of_several_threads_is_not_copied():
    assert kinds("in company") == ["SpawnProcess", "SpawnProcess"]


def test_only_where_threads_can_be_counted_is_one_known(tmp_path: Path):
    assert not can_be_copied(tmp_path / "none")
    (tmp_path / "1").mkdir()
    assert can_be_copied(tmp_path) == (sys.platform == "linux")
    (tmp_path / "2").mkdir()
    assert not can_be_copied(tmp_path)


def test_one_worker_starts_nobody(tmp_path: Path):
    work = line_town(tmp_path)
    with started(0) as others, beside(work, others):
        assert others.processes == ()
        assert work.ledger.turns == Turns()


def test_a_process_to_whom_no_work_comes_ends():
    with started(1) as others:
        (other,) = others.waiting
        other.way.close()
        other.process.join(timeout=300)
        assert other.process.exitcode == 0


def test_a_process_that_ended_before_its_work_came_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    study = study_in(tmp_path / "study")
    with started(1) as others:
        others.end()
        run = study.run(out=tmp_path / "out", workers=2, others=others)
    assert run.page.is_file()


def test_others_that_have_worked_beside_a_run_do_not_work_beside_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    study = study_in(tmp_path / "study")
    with started(1) as others:
        first = study.run(out=tmp_path / "first", workers=2, others=others)
        assert not any(one.is_alive() for one in others.processes)
        second = study.run(out=tmp_path / "second", workers=2, others=others)
    assert bytes_in(first.folder) == bytes_in(second.folder)
