"""Plain compiled searches kept outside this repository, as a measure to pass."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from assetmap.network.kernels import Graph

SHIFTS = (8, 10, 12)


def loaded(path: Path) -> ModuleType:
    """The file as a module; its compiled code goes to a temporary folder."""
    spec = importlib.util.spec_from_file_location("yardstick_file", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no Python file at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["yardstick_file"] = module
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, tempfile.mkdtemp(prefix="yardstick")
    spec.loader.exec_module(module)
    config.CACHE_DIR = before
    return module


def nearest_ways(
    module: ModuleType, graph: Graph, places: list[np.ndarray], cut_off_cm: int
) -> dict[str, Callable[[], None]]:
    """Each of its ways to find the nearest of every category."""
    w, found = graph.w.astype(np.uint32), np.empty(graph.nodes, np.uint32)
    most = np.uint32(cut_off_cm)

    def every(search: Callable[..., object], *more: int) -> None:
        for nodes in places:
            search(graph.ptr, graph.idx, w, nodes.astype(np.int32), most, found, *more)

    ways = {
        "local searches": partial(every, module.near1_local),
        "one heap": partial(every, module.near1),
    }
    buckets = {
        f"buckets of 2^{shift} cm": partial(every, module.near1_bucket, shift) for shift in SHIFTS
    }
    return ways | buckets


def sums_way(
    module: ModuleType, graph: Graph, values: np.ndarray, thresholds: np.ndarray, decays: np.ndarray
) -> Callable[[], None]:
    """Its bucket search for sums around every node, on one thread."""
    w = graph.w.astype(np.uint32)
    shape = (graph.nodes, len(thresholds))

    def search() -> None:
        module._dense_range(  # noqa: SLF001 - the part of it that runs on one thread
            graph.ptr, graph.idx, w, values, thresholds.astype(np.uint32), decays,
            np.zeros(shape), np.zeros(shape), 0, graph.nodes, 10,
        )  # fmt: skip

    return search
