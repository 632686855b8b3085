"""How many kinds of things are within reach, and how evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.decay import binary
from assetmap.access.pairs import pairs_to

if TYPE_CHECKING:
    from numpy.typing import NDArray


def themes_within(costs: pd.DataFrame, assets: pd.DataFrame, *, cut_off_min: float) -> pd.Series:
    """The number of distinct themes within the cut-off, the equal case included.

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    assets
        ASSETS; the rows that count.
    cut_off_min
        Minutes.

    Returns
    -------
    Series
        By ``from_id``, every origin; 0 where nothing is within it.

    Raises
    ------
    MethodError
        When the cut-off is negative or not a number.
    """
    counts, origins = _counts(costs, assets, cut_off_min=cut_off_min)
    return pd.Series((counts > 0).sum(axis=1), index=origins, name="themes_within", dtype="int64")


def theme_diversity(costs: pd.DataFrame, assets: pd.DataFrame, *, cut_off_min: float) -> pd.Series:
    """Shannon's index of the themes within the cut-off: ``H_i = -Σ_t p_it ln p_it``.

    ``p_it`` is theme t's share of the assets within the cut-off. 0 for one theme and for none;
    ln T when T themes are equally many. It says how even, not how much: a new asset of a theme
    that is already common lowers it.

    References
    ----------
    Shannon 1948, Bell Syst Tech J 27, 379.
    """
    counts, origins = _counts(costs, assets, cut_off_min=cut_off_min)
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.ones_like(counts), where=counts > 0)
    index = -(share * np.log(share)).sum(axis=1) + 0.0
    return pd.Series(index, index=origins, name="theme_diversity")


def _counts(
    costs: pd.DataFrame, assets: pd.DataFrame, *, cut_off_min: float
) -> tuple[NDArray[np.float64], pd.Index]:
    """Assets within the cut-off, origins by themes."""
    themes = pd.Categorical(assets.set_index("to_id")["theme"].sort_index())
    pairs = pairs_to(costs, assets["to_id"])
    pairs = pairs.those(binary(cut_off_min=cut_off_min)(pairs.cost_min) > 0)
    width = len(themes.categories)
    cell = pairs.from_code * width + themes.codes.astype(np.int64)[pairs.to_code]
    counts = np.bincount(cell, minlength=len(pairs.origins) * width)
    return counts.reshape(len(pairs.origins), width).astype(np.float64), pairs.origins
