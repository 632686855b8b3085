"""The nearest places on a town of a given size, in a process of its own."""

from __future__ import annotations

import json
import sys

import numpy as np
from benchmarks.measure import cpu
from benchmarks.tasks import CATEGORIES, NEAREST_CM, SEED, Town

from assetmap.network.kernels import nearest, seeds_at

NODES_A_PLACE = 1000


def growth(nodes: int) -> dict[str, float]:
    """Places as dense in every size, so that the work grows with the nodes alone."""
    graph = Town(nodes).graph
    rng = np.random.default_rng(SEED)
    places = [
        seeds_at(np.sort(rng.choice(graph.nodes, graph.nodes // NODES_A_PLACE, replace=False)))
        for _ in range(CATEGORIES)
    ]

    def search() -> None:
        nearest(graph, places, cut_off_cm=NEAREST_CM, threads=1, back=graph)

    search()
    return {"cpu_s": float(np.median([cpu(search) for _ in range(3)])), "nodes": graph.nodes}


if __name__ == "__main__":
    print(json.dumps(growth(int(sys.argv[1]))))
