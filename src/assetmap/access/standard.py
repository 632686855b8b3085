"""Who is within a minimum standard, standard by standard and theme by theme."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.nearest import nearest_of_each
from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def satisfying(assets: pd.DataFrame, standard: Mapping[Hashable, object]) -> list[str]:
    """The ``to_id`` of assets that satisfy a standard: its categories, at least its size.

    An asset whose size is not known does not satisfy a standard that asks for one.
    """
    fits = assets["category"].isin(str(standard["categories"]).split(";"))
    least = standard["min_size_m2"]
    if isinstance(least, (int, float)) and not math.isnan(least):
        fits &= assets["size_m2"].fillna(-1) >= least
    return sorted(assets["to_id"][fits])


def wanted_by_standard(assets: pd.DataFrame, standards: pd.DataFrame) -> dict[str, list[str]]:
    """The assets that satisfy each standard, by ``standard_id``."""
    return {
        str(standard["standard_id"]): satisfying(assets, standard)
        for standard in standards.to_dict("records")
    }


def nearest_by_standard(
    costs: pd.DataFrame, assets: pd.DataFrame, standards: pd.DataFrame
) -> pd.DataFrame:
    """Minutes to the nearest asset that satisfies each standard: origins by standards.

    Empty (NaN) where none is within the cut-off; without standards there are still all origins.
    """
    return nearest_of_each(costs, wanted_by_standard(assets, standards))


def within_standard(nearest_min: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Whether each origin is within each standard: ``N_i ≤ τ``, the equal case included.

    An origin that reaches nothing within the cut-off is not within; the cut-off is never shorter
    than a threshold (the study's settings refuse it).
    """
    limits = standards.set_index("standard_id")["threshold_min"].reindex(nearest_min.columns)
    found = is_within(nearest_min.to_numpy(np.float64), limits.to_numpy(np.float64))
    return pd.DataFrame(found, index=nearest_min.index, columns=nearest_min.columns)


def is_within(minutes: Numbers, limits: Numbers) -> Flags:
    """The same of arrays, origins by standards."""
    # Both at the decimals of COSTS, so that four-byte floats decide nothing
    found: Flags = minutes.round(COST_DECIMALS) <= limits.round(COST_DECIMALS)
    return found


def theme_met(
    within: pd.DataFrame, standards: pd.DataFrame, measured: pd.DataFrame
) -> pd.DataFrame:
    """Whether each origin meets each theme: any standard of the theme that is measured there.

    Parameters
    ----------
    within
        Origins by standards, boolean.
    standards
        STANDARDS.
    measured
        Origins by standards, boolean: whether the standard is measured in the origin's area.

    Returns
    -------
    DataFrame
        Origins by themes: 1 met, 0 not met, empty (NaN) where no standard of the theme is
        measured. What is not measured is never a failure.
    """
    met, known = within.to_numpy(bool), measured[list(within.columns)].to_numpy(bool)
    columns = {
        theme: any_met(met[:, its], known[:, its])
        for theme, its in columns_by_theme(standards, list(within.columns)).items()
    }
    return pd.DataFrame(columns, index=within.index)


def any_met(within: Flags, measured: Flags) -> Numbers:
    """One theme's column of :func:`theme_met`, from origins by its standards."""
    met = np.zeros(len(within), dtype=np.bool_)
    known = np.zeros(len(within), dtype=np.bool_)
    for column in range(within.shape[1]):  # a few columns of many rows: one after the other
        met |= within[:, column] & measured[:, column]
        known |= measured[:, column]
    found: Numbers = np.where(known, met.astype(np.float64), np.nan)
    return found


def columns_by_theme(standards: pd.DataFrame, ids: Sequence[str]) -> dict[str, list[int]]:
    """Which of the columns ``ids`` are standards of each theme; themes in alphabetical order."""
    place = {standard_id: column for column, standard_id in enumerate(ids)}
    return {
        str(theme): [place[one] for one in rows["standard_id"]]
        for theme, rows in standards.groupby("theme", sort=True)
    }
