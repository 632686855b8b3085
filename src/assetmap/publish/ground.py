"""What the map is drawn on: the study's areas, its neighbours, water and schemes, as shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

if TYPE_CHECKING:
    from assetmap.publish.edition import Edition

FEW_SCHEMES = 12
"""More than these are drawn only when a reader asks: they would hide what is under them."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Shapes in the study's CRS: ``own`` by area id, ``edge`` one an authority.

    ``green``, ``water``, ``stream`` and ``road`` are drawn over the areas: nobody lives there.
    """

    own: gpd.GeoSeries
    edge: gpd.GeoSeries
    water: gpd.GeoSeries
    green: gpd.GeoSeries
    stream: gpd.GeoSeries
    road: gpd.GeoSeries
    schemes: gpd.GeoSeries

    @classmethod
    def of(cls, edition: Edition) -> Ground:
        """The shapes of an edition."""
        own = edition.own.set_index(edition.own["area_id"].astype("str")).geometry
        crs = edition.areas.crs
        outside = edition.areas[edition.areas["role"] != "study"]
        edge = outside.dissolve(by="authority_id").geometry if len(outside) else _none(crs)
        schemes = edition.schemes.sort_values("scheme_id").set_index("scheme_id").geometry
        tidal = _none(crs) if edition.water is None else edition.water.to_crs(crs)
        behind = _none(crs) if edition.backdrop is None else _by_kind(edition.backdrop)
        return cls(
            own=own,
            edge=edge,
            water=gpd.GeoSeries(pd.concat([tidal, behind[behind.index == "water"]]), crs=crs),
            green=behind[behind.index == "green"],
            stream=behind[behind.index == "stream"],
            road=behind[behind.index == "road"],
            schemes=schemes,
        )


def _by_kind(backdrop: gpd.GeoDataFrame) -> gpd.GeoSeries:
    return backdrop.set_index("kind").geometry


def _none(crs: object) -> gpd.GeoSeries:
    return gpd.GeoSeries([], crs=crs)
