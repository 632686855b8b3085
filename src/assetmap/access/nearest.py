"""Travel cost to the nearest opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.access.pairs import kinds_of, origins_of, pairs_to
from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from assetmap.access.pairs import Pairs


BLOCK = 100_000
"""Pairs looked at together: what is worked out of them is at hand when it is used."""


def nearest(costs: pd.DataFrame, opportunities: Collection[str]) -> pd.Series:
    """The least travel cost of each origin to any of the opportunities.

    ``N_i = min_j c_ij``

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    opportunities
        The ``to_id`` that count.

    Returns
    -------
    Series
        Minutes by ``from_id``, every origin; empty (NaN) where none is within the cut-off.

    References
    ----------
    Apparicio et al. 2008, Int J Health Geogr 7, 7.
    """
    return nearest_of_each(costs, {"nearest": opportunities})["nearest"]


def nearest_of_each(costs: pd.DataFrame, wanted: Mapping[Any, Collection[str]]) -> pd.DataFrame:
    """The least travel cost of each origin to each of several sets: origins by sets.

    Each column is that of :func:`nearest`, named as its set is. One pass over COSTS, however
    many sets there are.
    """
    origins = origins_of(costs)
    kinds, kind_of = kinds_of(costs, wanted)
    least = np.full((kinds.shape[1] + 1, len(origins)), np.inf, dtype=np.float32)
    start, stop = (costs[name].array.codes for name in ("from_id", "to_id"))
    minutes, row_of = costs["cost_min"].to_numpy(), kind_of * len(origins)
    for at in range(0, len(minutes), BLOCK):
        some = slice(at, at + BLOCK)
        np.minimum.at(least.ravel(), row_of.take(stop[some]) + start[some], minutes[some])
    columns = {}
    for name, has in zip(wanted, kinds, strict=True):
        found = least[:-1][has].min(axis=0, initial=np.inf).astype(np.float64)
        columns[name] = np.where(np.isinf(found), np.nan, found.round(COST_DECIMALS))
    return pd.DataFrame(columns, index=origins)


def nearest_mean(costs: pd.DataFrame, opportunities: Collection[str], *, k: int) -> pd.Series:
    """The mean travel cost of each origin to its k nearest opportunities: how much choice.

    Empty (NaN) where fewer than k are within the cut-off: a mean over fewer would look better for
    having less. Ties do not matter, since equal costs add equally.

    Raises
    ------
    MethodError
        When k is not positive.
    """
    if k < 1:
        raise MethodError(Fault(what=f"k must be 1 or more, not {k}", where="nearest_mean"))
    pairs = pairs_to(costs, opportunities)
    codes, minutes = _dearer_later(pairs)
    counts = np.bincount(codes, minlength=len(pairs.origins))
    place = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    taken = place < k
    sums = np.bincount(codes[taken], weights=minutes[taken], minlength=len(pairs.origins))
    mean = np.where(counts >= k, sums / k, np.nan)
    return pd.Series(mean, index=pairs.origins, name=f"nearest_{k}_mean")


def _dearer_later(pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Origin and cost of each pair, by origin and then by cost.

    Costs are whole numbers of their last decimal: origin and cost are sorted as one number.
    """
    last = 10**COST_DECIMALS
    ranks = np.rint(pairs.cost_min * last).astype(np.int64)
    most = int(ranks.max(initial=0)) + 1
    codes, ranks = np.divmod(np.sort(pairs.from_code * most + ranks), most)
    return codes, ranks / last
