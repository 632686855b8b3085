"""Whether an area's numbers are good enough to speak of it: QUALITY."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.frames import table_of
from assetmap.frames.legs import QUALITY

if TYPE_CHECKING:
    import pandas as pd


def quality_of(
    areas: pd.DataFrame,
    population: pd.DataFrame,
    unsnapped: pd.Series,
    streets_cover: pd.Series,
) -> pd.DataFrame:
    """QUALITY of every area.

    Parameters
    ----------
    areas
        AREAS.
    population
        POPULATION; the ``crosswalk_status`` of an area's people is that of the whole, ``all``,
        else of its first group.
    unsnapped
        Share of people off the streets, by ``area_id``; an area that is not named has nobody on
        them.
    streets_cover
        Whether the streets reach the area, by ``area_id``; an area that is not named is reached,
        as every area is where no streets are used.
    """
    ids = areas["area_id"]
    first = population.sort_values(["area_id", "kind", "group"])
    status = first.drop_duplicates("area_id").set_index("area_id")["crosswalk_status"]
    return table_of(
        QUALITY,
        {
            "area_id": ids,
            "share_unsnapped": ids.map(unsnapped).fillna(1.0),
            "crosswalk_status": ids.map(status).fillna("irregular"),
            "streets_cover": [streets_cover.get(one, True) for one in ids],
        },
    )
