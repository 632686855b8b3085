"""The tasks of the speed table, each giving its results."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.measure import Result, Settings, child, side_by_side, wall
from benchmarks.streets import contracted, graph_of, newport_file, read_streets, tiled
from benchmarks.yardstick import loaded, nearest_ways, sums_way
from scipy.spatial import cKDTree

from assetmap.network.kernels import Graph, accumulate, many_to_many, nearest, seeds_at

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
CATEGORIES = 5
PLACES = 1000
NEAREST_CM = 160_000
CATCHMENT_CM = 120_000
THRESHOLDS_CM = np.array([40_000, 80_000, 120_000])
BIN_CM = 64
SEED = 1


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
        for clustered in (False, True):
            places = town.places(clustered=clustered)
            ours = partial(
                nearest, town.graph, [seeds_at(nodes) for nodes in places],
                cut_off_cm=NEAREST_CM, threads=1, back=town.graph,
            )  # fmt: skip
            kind = "clustered" if clustered else "random"
            task = f"nearest of 1,000 in 5 categories within 1,600 m, {kind}, {town.name}"
            yield from _against_yardstick(settings, task, ours, town.graph, places)
            if settings.peers:
                yield from _against_peers(settings, task, ours, town, places)


def _against_yardstick(
    settings: Settings, task: str, ours: Any, graph: Graph, places: list[np.ndarray]
) -> Iterator[Result]:
    if settings.yardstick is None:
        seconds = side_by_side(ours, runs=settings.runs)
        yield Result(task=task, ours_cpu_s=seconds[0], runs=settings.runs, note="no yardstick")
        return
    ways = nearest_ways(loaded(settings.yardstick), graph, places, NEAREST_CM)
    seconds = side_by_side(ours, *ways.values(), runs=settings.runs)
    best = int(np.argmin(seconds[1:]))
    yield Result(
        task=task,
        ours_cpu_s=seconds[0],
        peer=f"best plain compiled search ({list(ways)[best]})",
        peer_cpu_s=seconds[1 + best],
        runs=settings.runs,
        target="1 or more",
    )


def _against_peers(
    settings: Settings, task: str, ours: Any, town: Town, places: list[np.ndarray]
) -> Iterator[Result]:
    start = np.repeat(np.arange(town.graph.nodes), np.diff(town.graph.ptr))
    once = start < town.graph.idx
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "town.npz"
        np.savez(
            file, x=town.x, y=town.y, u=start[once], v=town.graph.idx[once],
            length_m=town.graph.w[once] / 100, places=np.array(places),
        )  # fmt: skip
        for peer, target in (("pandana_nearest", "50 or more"), ("scipy_nearest", "")):
            said, _, _ = child(
                [str(FOLDER / "peers.py"), peer, str(file)], python=str(settings.peers)
            )
            seconds = side_by_side(ours, runs=settings.runs)
            note = f"building apart: {said['build_cpu_s']:.0f} s" if "build_cpu_s" in said else ""
            yield Result(
                task=task,
                ours_cpu_s=seconds[0],
                peer=f"{peer.removesuffix('_nearest')} {said['version']}",
                peer_cpu_s=said["cpu_s"],
                runs=1,
                target=target if "random" in task else "",
                note=note,
            )


def people_around(settings: Settings) -> Iterator[Result]:
    """People within 400, 800 and 1,200 m of every node, and three sums that decay."""
    bins = int(THRESHOLDS_CM[-1]) // BIN_CM + 1
    rate = np.arange(bins) * BIN_CM / THRESHOLDS_CM[:, None]
    decays = np.where(rate < 1, np.exp(-rate), 0)
    for size in settings.sizes:
        town = Town(size)
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
        seconds = side_by_side(*ways, runs=settings.runs)
        yield Result(
            task=task,
            ours_cpu_s=seconds[0],
            peer="plain compiled bucket search" if settings.yardstick else "",
            peer_cpu_s=seconds[1] if settings.yardstick else None,
            runs=settings.runs,
            target="1.18 or more",
            note="" if settings.yardstick else "no yardstick",
        )
        clock = [
            float(np.median([wall(partial(ours, threads=threads)) for _ in range(settings.runs)]))
            for threads in (2, 1)
        ]
        yield Result(
            task=f"{task}: two threads, by the clock",
            ours_cpu_s=clock[0],
            peer="ourselves on one thread",
            peer_cpu_s=clock[1],
            runs=settings.runs,
            target="1.6 or more",
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
            said, _, _ = child(
                [str(FOLDER / "peers.py"), "access_e2sfca", str(file)], python=str(settings.peers)
            )
        yield Result(
            task=f"{task}, costs included in ours alone",
            ours_cpu_s=seconds[0],
            peer=f"PySAL access {said['version']}, costs given",
            peer_cpu_s=said["cpu_s"],
            runs=1,
            target="3 or more",
        )
