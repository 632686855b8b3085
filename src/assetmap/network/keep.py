"""Which pairs of COSTS are kept: the nearest of each category, and all within its catchment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray


class Keep(NamedTuple):
    """Which pairs are worth keeping.

    Nothing farther than ``cut_off_min``; of each origin and category the ``nearest`` assets, with
    all that tie with the last of them (so that row order decides nothing), and every asset within
    the minutes that ``within_min`` gives for its category.
    """

    cut_off_min: float = 45
    nearest: int = 8
    within_min: Mapping[str, float] = {}


class Kept(NamedTuple):
    """Pairs by the codes of their origin and asset, and the least minutes between them."""

    from_code: NDArray[np.int32]
    to_code: NDArray[np.int32]
    cost_min: NDArray[np.float32]


def kept_pairs(
    from_code: NDArray[np.int64],
    to_code: NDArray[np.int64],
    cost_min: NDArray[np.float32],
    *,
    categories: pd.Series,
    keep: Keep,
) -> Kept:
    """The pairs worth keeping, the least cost over an asset's entrances.

    Parameters
    ----------
    categories
        Category of each asset, in the order of its codes.
    """
    near = np.round(cost_min, COST_DECIMALS) <= keep.cut_off_min
    cost = np.round(cost_min[near], COST_DECIMALS)
    order = np.lexsort((cost, to_code[near], from_code[near]))
    origin, asset, cost = from_code[near][order], to_code[near][order], cost[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (origin[1:] != origin[:-1]) | (asset[1:] != asset[:-1])
    origin, asset, cost = origin[first], asset[first], cost[first]
    kinds, kind_of = np.unique(categories.to_numpy(dtype="U"), return_inverse=True)
    kind = kind_of[asset]
    limit = np.array([keep.within_min.get(str(name), -1.0) for name in kinds])
    close = cost <= (limit[kind] if len(kinds) else np.empty(0))
    kept = close | (_place(origin, kind, cost) < keep.nearest)
    return Kept(
        origin[kept].astype(np.int32), asset[kept].astype(np.int32), cost[kept].astype(np.float32)
    )


def _place(
    origin: NDArray[np.int64], kind: NDArray[np.int64], cost: NDArray[np.float32]
) -> NDArray[np.int64]:
    """How many pairs of the same origin and category cost less."""
    order = np.lexsort((cost, kind, origin))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (origin[order][1:] != origin[order][:-1]) | (kind[order][1:] != kind[order][:-1])
    start = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    same = np.zeros(len(order), dtype=bool)
    same[1:] = ~fresh[1:] & (cost[order][1:] == cost[order][:-1])
    tied = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    place = np.empty(len(order), np.int64)
    place[order] = tied - start
    return place
