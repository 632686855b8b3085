"""Compiled searches over a compact graph, in integer centimetres of level walking."""

from assetmap.network.kernels.compiled import KernelCache, kernel_cache
from assetmap.network.kernels.ends import Seeds, part, seeds, seeds_at
from assetmap.network.kernels.graph import (
    LIMIT_CM,
    UNREACHED,
    Graph,
    csr,
    reverse,
    spatial_order,
)
from assetmap.network.kernels.pairs import (
    Pairs,
    many_to_many,
    many_to_many_blocks,
)
from assetmap.network.kernels.ranks import Ranked, k_nearest, k_nearest_from, nearest
from assetmap.network.kernels.reached import Reached, reach
from assetmap.network.kernels.sort import sorted_by
from assetmap.network.kernels.totals import Accumulated, accumulate

__all__ = [
    "LIMIT_CM",
    "UNREACHED",
    "Accumulated",
    "Graph",
    "KernelCache",
    "Pairs",
    "Ranked",
    "Reached",
    "Seeds",
    "accumulate",
    "csr",
    "k_nearest",
    "k_nearest_from",
    "kernel_cache",
    "many_to_many",
    "many_to_many_blocks",
    "nearest",
    "part",
    "reach",
    "reverse",
    "seeds",
    "seeds_at",
    "sorted_by",
    "spatial_order",
]
