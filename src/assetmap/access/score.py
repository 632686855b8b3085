"""The composite access score: fixed goalposts, weights shown, never a rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.access.standard import columns_by_theme
from assetmap.frames import table_of
from assetmap.frames.results import SCORES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def standard_score(nearest_min: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Each origin's score for each standard: 1 at half the threshold or nearer, 0 at twice it.

    ``s = clip((2τ - c) / (2τ - τ/2), 0, 1)``; an origin out of reach scores 0. The goalposts are
    fixed, so scores of two years or two places can be compared.

    References
    ----------
    STANDARDS 4.5; OECD and JRC 2008, Handbook on Constructing Composite Indicators.
    """
    limits = standards.set_index("standard_id")["threshold_min"].reindex(nearest_min.columns)
    scores = between_goalposts(nearest_min.to_numpy(np.float64), limits.to_numpy(np.float64))
    return pd.DataFrame(scores, index=nearest_min.index, columns=nearest_min.columns)


def between_goalposts(minutes: Numbers, limits: Numbers) -> Numbers:
    """The same of arrays, origins by standards."""
    far, width = goalposts(limits)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = (far - minutes) / width
    scores: Numbers = np.where(np.isnan(scaled), 0.0, scaled.clip(0, 1))
    return scores


def goalposts(limits: Numbers) -> tuple[Numbers, Numbers]:
    """The minutes from which a standard scores 0, and how far before them it scores 1."""
    return 2 * limits, 1.5 * limits


def theme_score(
    scores: pd.DataFrame, standards: pd.DataFrame, measured: pd.DataFrame
) -> pd.DataFrame:
    """Each origin's score for each theme: its best measured standard; empty where none is."""
    each, known = scores.to_numpy(np.float64), measured[list(scores.columns)].to_numpy(bool)
    columns = {
        theme: best_measured(each[:, its], known[:, its])
        for theme, its in columns_by_theme(standards, list(scores.columns)).items()
    }
    return pd.DataFrame(columns, index=scores.index)


def best_measured(scores: Numbers, measured: Flags) -> Numbers:
    """One theme's column of :func:`theme_score`, from origins by its standards."""
    best = np.full(len(scores), -1.0)
    for column in range(scores.shape[1]):  # a few columns of many rows: one after the other
        np.maximum(best, np.where(measured[:, column], scores[:, column], -1.0), out=best)
    found: Numbers = np.where(best < 0, np.nan, best)
    return found


def composite(
    themes: pd.DataFrame,
    weights: Mapping[str, float],
    *,
    mean: Literal["arithmetic", "geometric"] = "arithmetic",
) -> pd.Series:
    """The weighted mean of the theme scores that are measured; empty where none is.

    Parameters
    ----------
    themes
        Rows by themes, scores in [0, 1]; empty where not measured.
    weights
        Theme to weight, 1 where not named. Weights are shared out anew over the measured themes,
        so a theme that is not measured is neither a failure nor a zero.
    mean
        ``geometric`` lets a bad theme not be made good by another; a zero makes the whole zero.
    """
    weight = np.array([float(weights.get(str(theme), 1.0)) for theme in themes.columns])
    score = weighed(themes.to_numpy(np.float64), weight, mean=mean)
    return pd.Series(score, index=themes.index, name="score")


def weighed(
    themes: Numbers, weight: Numbers, *, mean: Literal["arithmetic", "geometric"] = "arithmetic"
) -> Numbers:
    """The same of arrays: rows by themes, and one weight a theme."""
    counted = ~np.isnan(themes) * weight
    values = np.where(np.isnan(themes), 1.0, themes)
    total = counted.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        if mean == "arithmetic":
            score = (values * counted).sum(axis=1) / total
        else:
            logs = np.where(counted > 0, np.log(values) * counted, 0.0)
            score = np.exp(logs.sum(axis=1) / total)
    found: Numbers = np.where(total > 0, score, np.nan)
    return found


def origin_score(
    theme_scores: pd.DataFrame, *, weights: Mapping[str, float], themes: Collection[str]
) -> pd.Series:
    """The composite score of each origin, of these themes alone; empty where none is measured."""
    counted = [theme for theme in theme_scores.columns if theme in themes]
    return composite(theme_scores[counted], weights)


def area_scores(score: pd.Series, origins: pd.DataFrame) -> pd.DataFrame:
    """SCORES: the mean score of each study area's people, and its place among the study's people.

    ``percentile`` is the share of the study's people whose area scores the same or lower.
    """
    homes = homes_of(origins[origins["role"] == "study"])
    everybody = np.ones(len(homes.from_ids), dtype=np.bool_)
    means = homes.means(homes.rows(score), everybody).round(6)
    held = np.flatnonzero(~np.isnan(means))
    weight = homes.people_of(everybody)[held]
    line = np.argsort(means[held], kind="stable")
    order = np.searchsorted(means[held][line], means[held], side="right")
    percentile = np.full(len(means), np.nan)
    if weight.sum() > 0:
        percentile[held] = 100 * np.cumsum(weight[line])[order - 1] / weight.sum()
    return table_of(SCORES, {"area_id": homes.areas, "score": means, "percentile": percentile})
