"""The tasks of the speed table, each giving its results."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.measure import (
    LARGE,
    PeerError,
    Result,
    Settings,
    ask,
    processors_given,
    side_by_side,
    silent,
    wall,
)
from benchmarks.streets import contracted, graph_of, newport_file, read_streets, tiled
from benchmarks.yardstick import loaded, nearest_ways, sums_way
from scipy.spatial import cKDTree

from assetmap.network.kernels import accumulate, many_to_many, nearest, seeds_at

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("random", "clustered")
CATEGORIES = 5
PLACES = 1000
NEAREST_CM = 160_000
CATCHMENT_CM = 120_000
THRESHOLDS_CM = np.array([40_000, 80_000, 120_000])
BIN_CM = 64
SEED = 1
PEERS_MOST = 1_000_000
"""Nodes up to which peers are asked: pandana alone takes three minutes to build its graph there."""
DENSE_MOST = 1_000_000
"""Nodes up to which the sums around every node are measured: each settles 750 others."""


class Town:
    """The streets of Newport, tiled to a number of nodes, and places on them."""

    def __init__(self, nodes: int) -> None:
        streets = contracted(read_streets(newport_file()))
        self.graph, self.x, self.y = graph_of(tiled(streets, nodes))
        self.name = f"{self.graph.nodes:,} nodes"

    def places(self, *, clustered: bool) -> list[np.ndarray]:
        """1,000 nodes a category: anywhere, or around 40 centres as shops and stops are."""
        rng = np.random.default_rng(SEED)
        n = self.graph.nodes
        if not clustered:
            return [np.sort(rng.choice(n, PLACES, replace=False)) for _ in range(CATEGORIES)]
        tree = cKDTree(np.c_[self.x, self.y])
        found = []
        for _ in range(CATEGORIES):
            centre = rng.integers(0, n, 40)[rng.integers(0, 40, 3 * PLACES)]
            around = np.c_[self.x, self.y][centre] + rng.normal(0, 400, (3 * PLACES, 2))
            nodes = np.unique(tree.query(around)[1])
            found.append(np.sort(rng.permutation(nodes)[:PLACES]))
        return found


def nearest_places(settings: Settings) -> Iterator[Result]:
    """The nearest of 1,000 places in each of five categories, from every node."""
    for size in settings.sizes:
        town = Town(size)
        places = {kind: town.places(clustered=kind == "clustered") for kind in KINDS}
        ways = {
            kind: partial(
                nearest, town.graph, [seeds_at(nodes) for nodes in found],
                cut_off_cm=NEAREST_CM, threads=1, back=town.graph,
            )
            for kind, found in places.items()
        }  # fmt: skip
        for kind, ours in ways.items():
            yield from _against_yardstick(settings, _named(kind, town), ours, town, places[kind])
        if settings.peers and size <= PEERS_MOST:
            yield from _against_peers(settings, ways, town, places)


def _named(kind: str, town: Town) -> str:
    return f"nearest of 1,000 in 5 categories within 1,600 m, {kind}, {town.name}"


def _against_yardstick(
    settings: Settings, task: str, ours: Any, town: Town, places: list[np.ndarray]
) -> Iterator[Result]:
    runs = settings.turns(town.graph.nodes)
    if settings.yardstick is None:
        seconds = side_by_side(ours, runs=runs)
        yield Result(task=task, ours_cpu_s=seconds[0], runs=runs, note="no yardstick")
        return
    ways = nearest_ways(loaded(settings.yardstick), town.graph, places, NEAREST_CM)
    seconds = side_by_side(ours, *ways.values(), runs=runs)
    best = int(np.argmin(seconds[1:]))
    yield Result(
        task=task,
        ours_cpu_s=seconds[0],
        peer=f"best plain compiled search ({list(ways)[best]})",
        peer_cpu_s=seconds[1 + best],
        runs=runs,
        target="1 or more",
    )


def _against_peers(
    settings: Settings, ways: dict[str, Any], town: Town, places: dict[str, list[np.ndarray]]
) -> Iterator[Result]:
    start = np.repeat(np.arange(town.graph.nodes), np.diff(town.graph.ptr))
    once = start < town.graph.idx
    runs = settings.turns(town.graph.nodes)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "town.npz"
        np.savez(
            file, x=town.x, y=town.y, u=start[once], v=town.graph.idx[once],
            length_m=town.graph.w[once] / 100, places=np.array([places[kind] for kind in KINDS]),
        )  # fmt: skip
        for peer, target in (("pandana", "50 or more"), ("scipy", "")):
            ours = [side_by_side(way, runs=runs)[0] for way in ways.values()]
            try:
                said, _, _ = ask(settings, f"{peer}_nearest", file, turns=runs)
            except PeerError as why:
                yield silent(_named("random", town), ours[0], peer, runs=runs, why=why)
                continue
            note = f"building apart: {said['build_cpu_s']:.0f} s" if "build_cpu_s" in said else ""
            for kind, mine, theirs in zip(KINDS, ours, said["cpu_s"], strict=True):
                yield Result(
                    task=_named(kind, town),
                    ours_cpu_s=mine,
                    peer=f"{peer} {said['version']}",
                    peer_cpu_s=theirs,
                    runs=runs,
                    target=target if kind == "random" else "",
                    note=note,
                )


def people_around(settings: Settings) -> Iterator[Result]:
    """People within 400, 800 and 1,200 m of every node, and three sums that decay."""
    bins = int(THRESHOLDS_CM[-1]) // BIN_CM + 1
    rate = np.arange(bins) * BIN_CM / THRESHOLDS_CM[:, None]
    decays = np.where(rate < 1, np.exp(-rate), 0)
    for size in settings.sizes:
        if size > DENSE_MOST:
            continue
        town = Town(size)
        runs = settings.turns(town.graph.nodes)
        people = np.random.default_rng(SEED).integers(0, 50, town.graph.nodes).astype(float)
        ours = partial(
            accumulate, town.graph, people, thresholds_cm=THRESHOLDS_CM, decays=decays,
            bin_cm=BIN_CM,
        )  # fmt: skip
        task = f"people within 400, 800, 1,200 m and three decays, {town.name}"
        ways = [partial(ours, threads=1)]
        if settings.yardstick:
            ways.append(
                sums_way(loaded(settings.yardstick), town.graph, people, THRESHOLDS_CM, decays)
            )
        large = town.graph.nodes >= LARGE  # compiling is a hundredth of the time there
        seconds = side_by_side(*ways, runs=runs, warm=not large)
        yield Result(
            task=task,
            ours_cpu_s=seconds[0],
            peer="plain compiled bucket search" if settings.yardstick else "",
            peer_cpu_s=seconds[1] if settings.yardstick else None,
            runs=runs,
            target="1.18 or more",
            note="" if settings.yardstick else "no yardstick",
        )
        yield _in_two_threads(task, ours, runs=runs)


def _in_two_threads(task: str, ours: Any, *, runs: int) -> Result:
    """By the clock, in turns with what the machine gives two threads that share nothing."""
    one, two = partial(ours, threads=1), partial(ours, threads=2)
    turns = [(wall(two), wall(one), processors_given()) for _ in range(runs)]
    clock = [float(np.median(column)) for column in zip(*turns, strict=True)]
    return Result(
        task=f"{task}: two threads, by the clock",
        ours_cpu_s=clock[0],
        peer="ourselves on one thread",
        peer_cpu_s=clock[1],
        runs=runs,
        target="1.6 or more",
        note=f"two threads that share nothing, meanwhile: {clock[2]:.2f}",
    )


def catchments(settings: Settings) -> Iterator[Result]:
    """E2SFCA of 20,000 origins and 2,000 facilities on 100,000 nodes, costs included."""
    town = Town(100_000)
    rng = np.random.default_rng(SEED)
    n = town.graph.nodes
    origins, facilities = seeds_at(rng.integers(0, n, 20_000)), seeds_at(rng.integers(0, n, 2_000))
    people, supply = rng.integers(1, 500, 20_000), rng.integers(1, 20, 2_000)
    pairs = partial(
        many_to_many, town.graph, origins, facilities, cut_off_cm=CATCHMENT_CM, threads=1
    )

    def ours() -> None:
        from_code, to_code, cost_cm = pairs()
        weight = np.array([1, 0.68, 0.22])[np.searchsorted(THRESHOLDS_CM, cost_cm)]
        demand = np.bincount(to_code, people[from_code] * weight, minlength=2_000)
        share = np.divide(supply, demand, out=np.zeros(2_000), where=demand > 0)
        np.bincount(from_code, weight * share[to_code], minlength=20_000)

    task = f"E2SFCA of 20,000 by 2,000, {town.name}"
    seconds = side_by_side(ours, runs=settings.runs)
    yield Result(
        task=f"{task}, costs included",
        ours_cpu_s=seconds[0],
        runs=settings.runs,
        note="target: 0.33 s at most",
    )
    if settings.peers:
        found = pairs()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "costs.npz"
            np.savez(
                file, from_code=found.from_code, to_code=found.to_code,
                cost_m=found.cost_cm / 100, people=people, supply=supply,
            )  # fmt: skip
            try:
                said, _, _ = ask(settings, "access_e2sfca", file, turns=settings.runs)
            except PeerError as why:
                yield silent(task, seconds[0], "PySAL access", runs=settings.runs, why=why)
                return
        yield Result(
            task=f"{task}, costs included in ours alone",
            ours_cpu_s=seconds[0],
            peer=f"PySAL access {said['version']}, costs given",
            peer_cpu_s=said["cpu_s"],
            runs=settings.runs,
            target="3 or more",
        )
