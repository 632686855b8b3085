"""The CPU seconds of a search's first use in this process, imports of numpy and numba apart."""

from __future__ import annotations

import json
import sys
import time

import numba  # noqa: F401 - imported before the clock starts
import numpy as np


def first_use(wanted: str) -> float:
    start = time.process_time()
    from assetmap.network import kernels  # noqa: PLC0415 - the clock must run

    ring = np.arange(100)
    graph = kernels.csr(100, ring, (ring + 1) % 100, np.full(100, 50))
    ends = kernels.seeds_at(ring[::10])
    searches = {
        "many_to_many": lambda: kernels.many_to_many(graph, ends, ends, cut_off_cm=900, threads=1),
        "nearest": lambda: kernels.nearest(graph, [ends], cut_off_cm=900),
        "k_nearest_from": lambda: kernels.k_nearest_from(graph, ends, ends, k=2, cut_off_cm=900),
        "accumulate": lambda: kernels.accumulate(graph, ring, thresholds_cm=[900], threads=1),
    }
    for name, search in searches.items():
        if wanted == "all of them" or name in wanted.split(" and "):
            search()
    return time.process_time() - start


if __name__ == "__main__":
    print(json.dumps({"cpu_s": first_use(sys.argv[1])}))
