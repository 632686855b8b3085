"""`python -m benchmarks`: every task measured, results.json and the page of the docs written."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.cold import extract_to_graph, first_use, growth
from benchmarks.measure import Result, Settings
from benchmarks.page import machine, page
from benchmarks.rides import by_timetable
from benchmarks.scenarios import sites_chosen, what_if
from benchmarks.streets import ROOT, newport_file
from benchmarks.tasks import catchments, nearest_places, people_around
from benchmarks.whole import whole_study

# Processes of their own first: the most memory of one is at least what this one held before it.
TASKS = (
    first_use,
    extract_to_graph,
    whole_study,
    by_timetable,
    growth,
    nearest_places,
    people_around,
    catchments,
    what_if,
    sites_chosen,
)
RESULTS = ROOT / "benchmarks" / "results.json"
SIZES = (100_000, 1_000_000, 3_000_000)


def settings() -> tuple[Settings, argparse.Namespace]:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--runs", type=int, default=5, help="turns of each task (5)")
    words.add_argument("--large-runs", type=int, default=5, help="turns on a million nodes (5)")
    words.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="nodes of the towns")
    words.add_argument(
        "--yardstick",
        type=Path,
        default=os.environ.get("ASSETMAP_YARDSTICK"),
        help="a file of plain compiled searches to be measured beside ours (ASSETMAP_YARDSTICK)",
    )
    words.add_argument(
        "--peers",
        type=Path,
        default=os.environ.get("ASSETMAP_PEERS"),
        help="Python of an environment with benchmarks/peers.txt (ASSETMAP_PEERS)",
    )
    words.add_argument(
        "--other",
        type=Path,
        default=os.environ.get("ASSETMAP_OTHER_PYTHON"),
        help="another Python with all that assetmap needs, beside this one (ASSETMAP_OTHER_PYTHON)",
    )
    words.add_argument(
        "--only", nargs="+", choices=[task.__name__ for task in TASKS], help="some tasks only"
    )
    words.add_argument("--dry", action="store_true", help="print, and write nothing")
    said = words.parse_args()
    yardstick = Path(said.yardstick) if said.yardstick else None
    peers = Path(said.peers) if said.peers else None
    told = Settings(
        runs=said.runs,
        large_runs=said.large_runs,
        sizes=tuple(said.sizes),
        yardstick=yardstick,
        peers=peers,
        other=Path(said.other) if said.other else None,
    )
    return told, said


def main() -> None:
    told, said = settings()
    if not newport_file().exists():
        raise SystemExit(f"no {newport_file()}: set ASSETMAP_DATA to the folder of published files")
    for name, path in (("yardstick", told.yardstick), ("peers", told.peers)):
        print(f"{name}: {path or f'none given, so rows beside the {name} are left out'}")
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    rows = _kept(said)
    fresh: set[str] = set()
    for task in TASKS:
        if said.only and task.__name__ not in said.only:
            continue
        for result in task(told):
            _say(result)
            measured = {**vars(result), "ratio": result.ratio, "commit": commit}
            rows = _placed(rows, measured, more=result.task in fresh)
            fresh.add(result.task)
        if not said.dry:
            _write({"machine": machine(), "commit": commit, "results": rows})


def _placed(
    rows: list[dict[str, Any]], measured: dict[str, Any], *, more: bool
) -> list[dict[str, Any]]:
    """The rows with one in the place of its task's earlier ones; behind them where it is one more.

    A task that was never measured comes last.
    """
    same = [place for place, row in enumerate(rows) if row["task"] == measured["task"]]
    if not same:
        return [*rows, measured]
    if more:
        return [*rows[: same[-1] + 1], measured, *rows[same[-1] + 1 :]]
    rest = [row for row in rows[same[0] :] if row["task"] != measured["task"]]
    return [*rows[: same[0]], measured, *rest]


def _kept(said: argparse.Namespace) -> list[dict[str, Any]]:
    """The rows of earlier runs that stay where only some tasks are measured, with their commits."""
    if not said.only or not RESULTS.exists():
        return []
    rows: list[dict[str, Any]] = json.loads(RESULTS.read_text())["results"]
    return rows


def _say(result: Result) -> None:
    print(f"{result.task}: {result.ours_cpu_s:.3g} s", end="")
    if result.peer_cpu_s is not None:
        print(f" · {result.peer} {result.peer_cpu_s:.3g} s · ratio {result.ratio}", end="")
    print(f" · {result.note}" if result.note else "", flush=True)


def _write(results: dict[str, Any]) -> None:
    """After every task, so that what was measured is kept where a later one breaks off."""
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    (ROOT / "docs").mkdir(exist_ok=True)
    (ROOT / "docs" / "benchmarks.md").write_text(page(results))


if __name__ == "__main__":
    main()
