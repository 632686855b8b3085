"""Seconds of CPU, of this process and of others, and one result a line."""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE = 500_000
"""Nodes from which on a task is measured less often."""
MOST_CPU_S = 900
"""CPU seconds after which a peer is stopped."""
LONGEST = 160
SHARED_BY_NONE = 1 << 20
DIGESTS = 400


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
    large_runs: int
    sizes: tuple[int, ...]
    yardstick: Path | None
    peers: Path | None
    other: Path | None
    python: str = sys.executable

    def turns(self, nodes: int) -> int:
        """How often a task on so many nodes is measured."""
        return self.runs if nodes < LARGE else self.large_runs


class PeerError(Exception):
    """A peer gave no figure: why, in a line."""


def cpu(task: Callable[[], object]) -> float:
    """The CPU seconds of all threads of this process while the task runs."""
    start = time.process_time()
    task()
    return time.process_time() - start


def wall(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def processors_given() -> float:
    """How many times as much two threads do as one where they share nothing: 2 on a quiet machine.

    A digest lets go of the interpreter's lock and stays within a processor's cache.
    """
    data = bytes(SHARED_BY_NONE)

    def digest(_: int) -> None:
        for _ in range(DIGESTS):
            hashlib.sha256(data)

    with ThreadPoolExecutor(2) as pool:
        return 2 * wall(lambda: digest(0)) / wall(lambda: list(pool.map(digest, range(2))))


def side_by_side(*tasks: Callable[[], object], runs: int, warm: bool = True) -> list[float]:
    """The median CPU seconds of each task, taken in turns, after one to warm up where asked."""
    for task in tasks if warm else ():
        task()
    turns = [[cpu(task) for task in tasks] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*turns, strict=True)]


def child(
    words: list[str],
    *,
    python: str = sys.executable,
    **variables: str,
) -> tuple[dict[str, Any], float, float]:
    """What a fresh process prints last, a JSON object; its CPU seconds and its most memory in MB.

    Raises
    ------
    PeerError
        Where the process fails, or is stopped.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [python, *words],
            stdout=out,
            stderr=told,
            env={**env, **variables},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime
        if process.returncode:
            told.seek(0)
            last = told.read().decode(errors="replace").strip().splitlines()[-1:]
            stopped = process.returncode < 0
            said = f"stopped after {seconds:.0f} s of CPU" if stopped else "failed:"
            raise PeerError(" ".join([said, *last])[:LONGEST])
        out.seek(0)
        said = out.read().decode()
        found = json.loads(said[said.rfind("\n{") + 1 :])
    return found, seconds, usage.ru_maxrss / 1024


def ask(
    settings: Settings, peer: str, file: Path, *, turns: int = 1
) -> tuple[dict[str, Any], float, float]:
    """What a peer says of a task that it does so many times in one process; see :func:`child`."""
    script = Path(__file__).with_name("peers.py")
    words = [str(script), peer, str(file), str(MOST_CPU_S), str(turns)]
    return child(words, python=str(settings.peers))


def silent(task: str, ours_cpu_s: float, peer: str, *, runs: int, why: PeerError) -> Result:
    """The row of a peer that gave no figure: the note says why."""
    note = f"no figure of the peer: {why}".replace("|", "/")
    return Result(task=task, ours_cpu_s=ours_cpu_s, peer=peer, runs=runs, note=note)
