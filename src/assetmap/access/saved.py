"""Minutes to the nearest place of each theme, for what a change would save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.standard import nearest_by_standard
from assetmap.access.summarise import mean_by_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.access.measured import Place


def theme_minutes(
    costs: Sequence[pd.DataFrame],
    assets: Sequence[pd.DataFrame],
    place: Place,
    *,
    cut_off_min: float,
) -> pd.DataFrame:
    """Mean minutes of each area's people to the nearest asset that satisfies a theme.

    ``Σ P_o min(c_o, c_max) / Σ P_o`` with c_o the least over the theme's standards and over all
    pairs of COSTS and ASSETS given: today's, and those that a scheme would add. Whoever reaches
    none counts with the cut-off, so that a difference of two such means is never made smaller by
    reaching more people; the mean by itself is for comparison only.

    Returns
    -------
    DataFrame
        ``area_id``, ``theme``, ``nearest_min``: every area and theme.
    """
    nearest = [
        nearest_by_standard(cost, asset, place.standards)
        for cost, asset in zip(costs, assets, strict=True)
    ]
    least = pd.concat(nearest).groupby(level=0).min().reindex(place.origins["from_id"])
    tables = []
    for theme, rows in place.standards.groupby("theme", sort=True):
        minutes = least[list(rows["standard_id"])].min(axis="columns")
        mean = mean_by_area(minutes.fillna(cut_off_min), place.origins)
        tables.append(mean.rename("nearest_min").reset_index().assign(theme=str(theme)))
    return pd.concat(tables, ignore_index=True)[["area_id", "theme", "nearest_min"]]
