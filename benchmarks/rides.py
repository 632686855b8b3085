"""The tasks of public transport, each in processes of its own."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.measure import PeerError, Result, Settings, child, silent
from benchmarks.transit import ROUTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWPORT = "Newport by bus: 1,000 x 100, 60 departures, percentiles"
HEXAGONS = "Porto Alegre by bus and train: 1,227 x 1,227 cells, 60 departures, percentiles"
GRID = "PTAL-method index of every 100 m cell over Newport's streets"


def by_timetable(settings: Settings) -> Iterator[Result]:
    """Newport beside cafein, which is given our changes on foot; all of Porto Alegre; the index."""
    ours = _median("newport", settings.runs)
    for router in ROUTERS:
        peer = f"cafein, router {router}"
        try:
            theirs = _median(router, settings.runs)
        except PeerError as why:
            yield silent(NEWPORT, ours["cpu_s"], peer, runs=settings.runs, why=why)
            continue
        yield Result(
            task=NEWPORT,
            ours_cpu_s=ours["cpu_s"],
            peer=peer,
            peer_cpu_s=theirs["cpu_s"],
            runs=settings.runs,
            target="4 or more",
            note=f"{ours['memory_mb']:.0f} MB (target: 600 MB at most); the same points, walks of "
            f"up to 20 min, changes on foot; pairs reached {ours['count']:.0f}, cafein "
            f"{theirs['count']:.0f}: it strings walks together",
        )
    cells = _median("hexagons", settings.large_runs)
    yield Result(
        task=HEXAGONS,
        ours_cpu_s=cells["cpu_s"],
        runs=settings.large_runs,
        note=f"{cells['clock_s']:.0f} s by the clock, two cores (target: 60 s on a quiet machine); "
        f"{cells['memory_mb']:.0f} MB",
    )
    grid = _median("grid", settings.runs)
    yield Result(
        task=GRID,
        ours_cpu_s=grid["cpu_s"],
        runs=settings.runs,
        note=f"{grid['count']:,.0f} cells, walks included; target: 5 s at most",
    )


def _median(task: str, runs: int) -> dict[str, float]:
    """Each figure's median over fresh processes."""
    found = [child(["-m", "benchmarks.transit", task])[0] for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}
