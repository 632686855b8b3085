"""The tasks that are measured in fresh processes: first use, reading, growth."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.measure import PeerError, Result, Settings, ask, child, silent
from benchmarks.streets import newport_file

if TYPE_CHECKING:
    from collections.abc import Iterator

STUDY = "many_to_many and k_nearest_from"
SEARCHES = ("many_to_many", "nearest", "k_nearest_from", "accumulate", STUDY, "all of them")


def first_use(settings: Settings) -> Iterator[Result]:
    """Every search for the first time after installation, and again from the cache."""
    for search in SEARCHES:
        times = []
        for _ in range(settings.runs):
            with tempfile.TemporaryDirectory() as folder:
                words = ["-m", "benchmarks.first_use", search]
                both = [child(words, NUMBA_CACHE_DIR=folder)[0]["cpu_s"] for _ in range(2)]
            times.append(both)
        first, again = (float(np.median(column)) for column in zip(*times, strict=True))
        yield Result(
            task=f"compiling, kept for later: {search}{' (a study)' * (search == STUDY)}",
            ours_cpu_s=first,
            runs=settings.runs,
            note="target: 4 s at most",
        )
        yield Result(
            task=f"from the cache: {search}",
            ours_cpu_s=again,
            runs=settings.runs,
            note="target: 0.6 s at most",
        )


def extract_to_graph(settings: Settings) -> Iterator[Result]:
    """Newport's extract made into a graph to route on, in a cold process."""
    if not newport_file().exists():
        return
    runs = [child(["-m", "benchmarks.extract"]) for _ in range(settings.runs)]
    said = [run[0]["cpu_s"] for run in runs]
    whole = float(np.median([run[1] for run in runs]))
    memory = float(np.median([run[2] for run in runs]))
    task = "Newport's .osm.pbf to a graph"
    yield Result(
        task=f"{task}: reading and building",
        ours_cpu_s=float(np.median(said)),
        runs=settings.runs,
        note="target: 1.5 s at most",
    )
    if not settings.peers:
        yield Result(
            task=f"{task}: whole process",
            ours_cpu_s=whole,
            runs=settings.runs,
            note=f"{memory:.0f} MB; target: 3.5 s and 350 MB at most",
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        for peer, file in _extracts(Path(folder)):
            try:
                theirs = [ask(settings, peer, file) for _ in range(settings.runs)]
            except PeerError as why:
                yield silent(f"{task}: whole process", whole, peer, runs=settings.runs, why=why)
                continue
            most = float(np.median([memory_mb for _, _, memory_mb in theirs]))
            yield Result(
                task=f"{task}: whole process",
                ours_cpu_s=whole,
                peer=f"{peer.removesuffix('_graph')} {theirs[0][0]['version']}",
                peer_cpu_s=float(np.median([seconds for _, seconds, _ in theirs])),
                runs=settings.runs,
                note=f"ours {memory:.0f} MB, theirs {most:.0f} MB; target: 3.5 s, 350 MB at most",
            )


def _extracts(folder: Path) -> list[tuple[str, Path]]:
    """The extract as each peer wants it; osmnx reads XML only, writing which is not counted."""
    import osmium  # noqa: PLC0415 - only here

    xml = folder / "newport.osm"
    with osmium.SimpleWriter(str(xml)) as writer:
        for thing in osmium.FileProcessor(str(newport_file())):
            writer.add(thing)
    return [("pyrosm_graph", newport_file()), ("osmnx_graph", xml)]


def growth(settings: Settings) -> Iterator[Result]:
    """Time and memory of the nearest places on three million nodes, beside one million."""
    runs = [
        [child(["-m", "benchmarks.growth", str(size)]) for _ in range(settings.large_runs)]
        for size in (1_000_000, 3_000_000)
    ]
    one, three = ([float(np.median([r[0]["cpu_s"] for r in size]))] for size in runs)
    memory = max(run[2] for run in runs[1])
    nodes = runs[1][0][0]["nodes"] / runs[0][0][0]["nodes"]
    yield Result(
        task="nearest in 5 categories, places as dense, 3 M nodes beside 1 M",
        ours_cpu_s=three[0],
        peer=f"ourselves on 1 M nodes, times {nodes:.2f}",
        peer_cpu_s=one[0] * nodes,
        runs=settings.large_runs,
        target="1 or more",
        note=f"{memory:.0f} MB at most; target: 4,096 MB",
    )
