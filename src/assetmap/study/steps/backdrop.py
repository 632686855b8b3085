"""Prepare: what the map is drawn on, from the study's own streets and green space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.frames.backdrop import BACKDROP
from assetmap.layers.backdrop import make_backdrop
from assetmap.sources.categories import read_categories
from assetmap.sources.osm_backdrop import read_osm_backdrop
from assetmap.study.ledger import Made
from assetmap.study.steps.given import shape_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

GREEN = "green"


def prepare_backdrop(work: Work, areas: Kept, listings: Mapping[str, Kept]) -> Kept:
    """BACKDROP of the study; empty where it has neither streets nor outlines of green space."""
    read = _read(work, areas)
    green = sorted(name for name, kind in read_categories().items() if kind.theme == GREEN)

    def made() -> Made:
        crs = work.settings.study.crs
        drawn = gpd.GeoDataFrame(read.table("table")) if read else _nothing(crs)
        listed = [
            assets.geometry[assets["category"].isin(green)]
            for assets in (kept.table("assets") for kept in listings.values())
        ]
        shapes = gpd.GeoSeries(pd.concat(listed, ignore_index=True), crs=crs) if listed else None
        own = gpd.GeoDataFrame(areas.table("table"))
        table = make_backdrop(own, drawn.geometry[:0] if shapes is None else shapes, drawn)
        return Made({"table": table})

    inputs = {"areas": areas, **listings} | ({"drawn": read} if read else {})
    return work.ledger.run(
        "prepare backdrop", made, inputs=fingerprints(inputs), settings={"green": green}
    )


def _read(work: Work, areas: Kept) -> Kept | None:
    """Main roads and water of the study's street map; None where it has none."""
    streets = work.settings.travel.streets
    if streets is None:
        return None

    def made() -> Made:
        return Made({"table": read_osm_backdrop(work.job(streets, within=shape_of(areas)))})

    spec = work.settings.of(streets)
    return work.read(spec, made, inputs={"areas": areas}, name="read backdrop")


def _nothing(crs: str) -> gpd.GeoDataFrame:
    empty = {column: pd.Series(dtype="object") for column in BACKDROP.names}
    return gpd.GeoDataFrame(empty, geometry="geometry", crs=crs)
