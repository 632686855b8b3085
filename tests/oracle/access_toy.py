"""Costs from a drawn matrix, and the toy towns whose access is published or was worked by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames.costs import hold_costs


class Town(NamedTuple):
    costs: pd.DataFrame
    demand: pd.Series
    supply: pd.Series


def costs_of(minutes, origins=None, places=None):
    """COSTS from a matrix, origins by places; not a number = out of reach."""
    table = np.asarray(minutes, dtype=float)
    from_code, to_code = np.nonzero(np.isfinite(table))
    return hold_costs(
        list(origins) if origins else names("o", table.shape[0]),
        list(places) if places else names("p", table.shape[1]),
        from_codes=from_code.astype(np.int32),
        to_codes=to_code.astype(np.int32),
        cost_min=table[from_code, to_code].astype(np.float32),
    )


def names(letter, count):
    return [f"{letter}{number:04d}" for number in range(count)]


def series(values, ids, name):
    return pd.Series(np.asarray(values, dtype=float), index=pd.Index(ids, dtype="str"), name=name)


def town_of(minutes, people, supply):
    table = np.asarray(minutes, dtype=float).reshape(len(people), -1)
    return Town(
        costs_of(table),
        series(people, names("o", len(people)), "people"),
        series(supply, names("p", table.shape[1]), "supply"),
    )


def toy():
    """Three origins, two places: the toy of the worked table."""
    return town_of([[5, 25], [15, 15], [35, 8]], [1000, 2000, 500], [10, 5])


def toy_with_site():
    """The toy and a proposed place of supply 5, at 12, 6 and 18 minutes."""
    return town_of([[5, 25, 12], [15, 15, 6], [35, 8, 18]], [1000, 2000, 500], [10, 5, 5])


def soukhov():
    """The three-zone example of Soukhov et al. 2023, PLoS ONE 18(2), e0278468."""
    return town_of(
        [[15, 30, 100], [30, 15, 100], [100, 100, 15]],
        [50_000, 150_000, 10_000],
        [100_000, 100_000, 10_000],
    )


def hospital(inbound=40):
    """The three tracts of PySAL access' hospital tests; ``inbound`` leads into the third."""
    return town_of([[1, 80, inbound], [80, 1, inbound], [40, 40, 1]], [100, 50, 10], [15, 20, 100])
