"""Minutes to the nearest place of each theme, for what a change would save."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.access.measured import measured_at
from assetmap.access.standard import nearest_by_standard
from assetmap.access.summarise import mean_by_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.access.measured import Place

COLUMNS = ["area_id", "theme", "nearest_min"]


class Reach(NamedTuple):
    """COSTS, and the ASSETS they lead to; costs to any other asset do not count."""

    costs: pd.DataFrame
    assets: pd.DataFrame


def theme_minutes(
    reaches: Sequence[Reach], snaps: pd.DataFrame, place: Place, *, cut_off_min: float
) -> pd.DataFrame:
    """Mean minutes of each area's people to the nearest asset that satisfies a theme.

    ``Σ P_o min(c_o, c_max) / Σ P_o`` over the people at measured origins, with c_o the least over
    the theme's measured standards and over all reaches: today's, and those that a scheme would
    add. Whoever reaches none counts with the cut-off, so that a difference of two such means is
    never made smaller by reaching more people; the mean by itself is for comparison only.

    Parameters
    ----------
    reaches
        At least one.
    snaps
        SNAPS of the origins.
    place
        ORIGINS, STANDARDS and COVERAGE; its assets are not looked at.
    cut_off_min
        That of the costs.

    Returns
    -------
    DataFrame
        ``area_id``, ``theme``, ``nearest_min``: every area and theme that is measured there. What
        is there already is not known elsewhere, so what is added saves an unknown time.
    """
    nearest = [nearest_by_standard(*reach, place.standards) for reach in reaches]
    least = pd.concat(nearest).groupby(level=0).min().reindex(place.origins["from_id"])
    measured = measured_at(place.origins, snaps, place.coverage).reindex(
        index=least.index, columns=least.columns, fill_value=False
    )
    minutes = least.clip(upper=cut_off_min).fillna(cut_off_min).where(measured)
    empty = pd.DataFrame({"area_id": [], "theme": [], "nearest_min": []}, dtype="object")
    tables = [empty.astype({"nearest_min": "float64"})]
    for theme, rows in place.standards.groupby("theme", sort=True):
        nearest_min = minutes[list(rows["standard_id"])].min(axis="columns")
        mean = mean_by_area(nearest_min, place.origins).dropna()
        tables.append(mean.rename("nearest_min").reset_index().assign(theme=str(theme)))
    filled = [table for table in tables if len(table)]
    return pd.concat(filled or tables[:1], ignore_index=True)[COLUMNS]
