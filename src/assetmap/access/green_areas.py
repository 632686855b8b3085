"""Green-space tiers area by area: the share of people who lack each, and who meet the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.green import headline_met
from assetmap.access.summarise import mean_by_area
from assetmap.frames import table_of
from assetmap.frames.results import AREA_ACCESS

if TYPE_CHECKING:
    from collections.abc import Sequence


def green_by_area(
    deficient: pd.DataFrame,
    measured: pd.DataFrame,
    origins: pd.DataFrame,
    *,
    name: str,
    headline: Sequence[Sequence[str]],
) -> pd.DataFrame:
    """AREA_ACCESS of one green-space profile, without its walking profile; every area, always.

    ``green_deficient`` of ``<name>.<tier>`` is the share of people in an area of deficiency,
    ``green_headline`` of ``<name>`` the share who meet the headline, where it has one. Both are
    of the people at origins that are on the streets. Empty where a tier is not measured for any
    of them: the rest alone would all be well served.

    Parameters
    ----------
    deficient
        Of :func:`assetmap.access.green.deficiency`, by ``from_id``.
    measured
        Origins by the same tiers: whether a source covers the tier's ground, and the origin is
        on the streets.
    origins
        ORIGINS.
    name
        The profile.
    headline
        Groups of tiers, as in the profile; none where it has no headline.
    """
    known = deficient.where(measured.reindex(deficient.index, fill_value=False))
    tiers = [(f"{name}.{tier}", "green_deficient", known[tier]) for tier in known.columns]
    met = [(name, "green_headline", headline_met(known, headline))] if headline else []
    placed = measured.any(axis="columns").reindex(origins["from_id"], fill_value=False)
    here = origins[placed.to_numpy(dtype=bool)]
    return pd.concat([_rows(*one, here, origins) for one in (*tiers, *met)], ignore_index=True)


def _rows(
    category: str,
    measure: str,
    values: pd.Series,
    here: pd.DataFrame,
    origins: pd.DataFrame,
) -> pd.DataFrame:
    areas = pd.Index(sorted(origins["area_id"].unique()), dtype="str")
    untold = here.loc[values.reindex(here["from_id"]).isna().to_numpy(), "area_id"]
    told = here[~here["area_id"].isin(untold)]
    table = {
        "area_id": areas,
        "category": category,
        "measure": measure,
        "profile": "",
        "value": mean_by_area(values, told).reindex(areas).to_numpy(),
        "unit": "share",
        "people": told.groupby("area_id")["people"].sum().reindex(areas, fill_value=0.0).to_numpy(),
    }
    return table_of(AREA_ACCESS, {name: table[name] for name in AREA_ACCESS.names})
