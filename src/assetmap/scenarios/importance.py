"""Which assumption matters: how much of what varies is explained by each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Numbers

BINS = 20


def first_order(values: Numbers, results: Numbers) -> Numbers:
    """The first-order share of each assumption in each result: assumptions by results.

    ``S = V[E(Y | X)] / V(Y)`` from the sample at hand: draws are put into twenty bins of equal size
    by the value of X (each value its own bin where there are at most twenty), and the variance
    between bins is corrected for what chance alone puts there, ``1 - (1 - η²)(n - 1)/(n - B)``;
    never below 0. Empty (NaN) for a result that never varies; 0 for a value that never does.

    Parameters
    ----------
    values
        Draws by assumptions.
    results
        Draws by results.

    References
    ----------
    Saltelli and others 2008, *Global sensitivity analysis: the primer*, 1.2; Kelley 1935, *An
    unbiased correlation ratio measure*, doi:10.1073/pnas.21.9.554.
    """
    found = [_of_one(column, results) for column in values.T]
    shape = (values.shape[1], results.shape[1])
    out: Numbers = np.array(found, dtype=np.float64).reshape(shape)
    return out


def _of_one(values: Numbers, results: Numbers) -> Numbers:
    bins = _bins(values)
    count = np.bincount(bins).astype(np.float64)
    draws, size = len(values), len(count)
    member = (bins[None, :] == np.arange(size)[:, None]).astype(np.float64)
    mean = results.mean(axis=0)
    total = ((results - mean) ** 2).sum(axis=0)
    between = (count[:, None] * (member @ results / count[:, None] - mean) ** 2).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        explained = np.where(total > 0, between / total, np.nan)
    spare = (draws - 1) / (draws - size) if draws > size else 1.0
    adjusted = np.clip(1 - (1 - explained) * spare, 0, 1)
    out: Numbers = adjusted if size > 1 else np.where(np.isnan(explained), np.nan, 0.0)
    return out


def _bins(values: Numbers) -> NDArray[np.int64]:
    """The bin of each draw, from 0; no bin is empty."""
    distinct, place = np.unique(values, return_inverse=True)
    if len(distinct) <= BINS:
        return place.astype(np.int64)
    order = np.argsort(values, kind="stable")
    bins = np.empty(len(values), dtype=np.int64)
    bins[order] = np.arange(len(values)) * BINS // len(values)
    return bins
