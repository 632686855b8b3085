"""The whole study of Newport by the clock and in CPU; only what was compiled is kept before it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measure import Result, Settings, child, processors_given
from benchmarks.streets import ROOT, newport_file

if TYPE_CHECKING:
    from collections.abc import Iterator

STUDY = "Newport from nothing kept: four profiles, timetables, 1,000 draws, every page"
CLOCK_S = 20


class Took(NamedTuple):
    """One run of the study."""

    clock_s: float
    cpu_s: float
    most_mb: float


def whole_study(settings: Settings) -> Iterator[Result]:
    """Newport by one process and by two, and by another Python in turns where one is given."""
    ours = {workers: (settings.python, workers) for workers in (2, 1)}
    other = {"other": (str(settings.other), 2)} if settings.other else {}
    ways = {**ours, **other}
    for way in ways.values():
        newport(*way)  # compiles what is not compiled yet
    turns = [{name: newport(*way) for name, way in ways.items()} for _ in range(settings.runs)]
    middle = {name: _middle([turn[name] for turn in turns]) for name in ways}
    given = processors_given()
    for workers in ours:
        took = middle[workers]
        theirs = middle["other"] if other and workers > 1 else None
        beside = f", {theirs.clock_s:.1f} with the other Python" if theirs else ""
        yield Result(
            task=f"{STUDY}, {workers} process{'es' * (workers > 1)}",
            ours_cpu_s=took.cpu_s,
            peer=f"another Python: {version_of(str(settings.other))}" if theirs else "",
            peer_cpu_s=theirs.cpu_s if theirs else None,
            runs=settings.runs,
            note="; ".join(
                [
                    f"{took.clock_s:.1f} s by the clock{beside}",
                    f"{took.most_mb:.0f} MB",
                    f"two threads that share nothing do {given:.2f} times as much as one",
                    *([f"target: {CLOCK_S} s by the clock"] if workers > 1 else []),
                ]
            ),
        )


def newport(python: str, workers: int) -> Took:
    """One run into folders of its own, which are gone after it."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "assetmap", "run", str(ROOT / "layers" / "newport"), "--json", "--quiet"]
        words += ["--data", str(newport_file().parents[1]), "--workers", str(workers)]
        start = time.perf_counter()
        _, cpu_s, most_mb = child(
            [*words, "--out", str(Path(folder) / "out")],
            python=python,
            ASSETMAP_CACHE=str(Path(folder) / "cache"),
            PYTHONPATH=str(ROOT / "src"),
        )
        return Took(time.perf_counter() - start, cpu_s, most_mb)


def version_of(python: str) -> str:
    """Which Python it is, and what compiled it."""
    said = (
        "import json, platform as p; print(json.dumps([p.python_version(), p.python_compiler()]))"
    )
    version, compiler = child(["-c", said], python=python)[0]
    return f"{version}, {compiler}"


def _middle(runs: list[Took]) -> Took:
    return Took(*(statistics.median(column) for column in zip(*runs, strict=True)))
