"""Seconds of CPU, of this process and of others, and one result a line."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Result:
    """One task, ours and a peer's, measured in one run.

    ``ratio`` is the peer's time by ours: how many times as much CPU it takes.
    """

    task: str
    ours_cpu_s: float
    peer: str = ""
    peer_cpu_s: float | None = None
    runs: int
    target: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The peer's time by ours."""
        return None if self.peer_cpu_s is None else round(self.peer_cpu_s / self.ours_cpu_s, 2)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the runner was told."""

    runs: int
    sizes: tuple[int, ...]
    yardstick: Path | None
    peers: Path | None


def cpu(task: Callable[[], object]) -> float:
    """The CPU seconds of all threads of this process while the task runs."""
    start = time.process_time()
    task()
    return time.process_time() - start


def wall(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def side_by_side(*tasks: Callable[[], object], runs: int) -> list[float]:
    """The median CPU seconds of each task, taken in turns after one turn to warm up."""
    for task in tasks:
        task()
    turns = [[cpu(task) for task in tasks] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*turns, strict=True)]


def child(
    words: list[str], *, python: str = sys.executable, **variables: str
) -> tuple[dict[str, Any], float, float]:
    """What a fresh process prints as JSON, its CPU seconds, and its most memory in MB."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([python, *words], stdout=out, env={**env, **variables})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words)
        out.seek(0)
        said = json.loads(out.read().decode().strip().splitlines()[-1])
    return said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
