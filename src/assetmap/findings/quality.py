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
    reached: pd.Series | None,
    survival: pd.Series | None = None,
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
    reached
        Whether the streets reach the area, by ``area_id``; an area that is not named is not
        reached. None where no streets are used: then every area is reached.
    survival
        Share of draws of the detour in which the area is flagged, by ``area_id``; None where not
        drawn.
    """
    ids = areas["area_id"]
    first = population.assign(part=population["kind"] != "all").sort_values(
        ["area_id", "part", "kind", "group"]
    )
    status = first.drop_duplicates("area_id").set_index("area_id")["crosswalk_status"]
    return table_of(
        QUALITY,
        {
            "area_id": ids,
            "share_unsnapped": ids.map(unsnapped).fillna(1.0),
            "crosswalk_status": ids.map(status).fillna("irregular"),
            "detour_survival": ids.map(survival) if survival is not None else [None] * len(ids),
            "streets_cover": [True if reached is None else bool(reached.get(one)) for one in ids],
        },
    )
