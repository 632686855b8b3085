"""What a reader looks for by name, and the areas where it is: postcodes and streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames import hold
from assetmap.frames.prepared import POSTCODES, STREET_NAMES
from assetmap.layers.position import area_at

if TYPE_CHECKING:
    import geopandas as gpd


def make_postcodes(areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """The POSTCODES of the study's own areas, from PLACES that are postcodes.

    By position, since people look for where they are; a publisher's area is taken only where the
    point lies in none. What is in no area of the study is left out.
    """
    own = areas[areas["role"] == "study"]
    found = pd.Series(area_at(own, places.geometry.to_numpy()), index=places.index)
    told = places["area_id"].where(places["area_id"].isin(own["area_id"]))
    table = pd.DataFrame({"postcode": places["place_id"], "area_id": found.fillna(told)})
    return hold(table.dropna().drop_duplicates("postcode"), POSTCODES)


def make_street_names(areas: gpd.GeoDataFrame, named: gpd.GeoDataFrame) -> pd.DataFrame:
    """The STREET_NAMES of the study's own areas, from points along streets with their ``name``.

    A street is in every area that holds a point of it; two streets of one name are one entry.
    """
    own = areas[areas["role"] == "study"]
    found = area_at(own, named.geometry.to_numpy())
    table = pd.DataFrame({"street": named["name"].to_numpy(), "area_id": found})
    return hold(table.dropna().drop_duplicates(), STREET_NAMES)
