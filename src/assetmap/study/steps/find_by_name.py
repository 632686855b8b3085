"""Prepare: what a reader can look for on the page, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.layers.finding import make_postcodes, make_street_names
from assetmap.sources.osm_street_names import read_street_names
from assetmap.study.ledger import Made
from assetmap.study.steps.given import read_local, shape_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def prepare_postcodes(work: Work, areas: Kept) -> Kept | None:
    """POSTCODES of every source of postcodes that is loaded; None where none is."""
    loaded = {
        spec.id: read_local(work, spec.id, areas, {})
        for spec in work.settings.of_kind("places")
        if spec.layout == "postcodes"
    }
    if not loaded:
        return None

    def made() -> Made:
        every = [kept.table("table") for kept in loaded.values()]
        places = gpd.GeoDataFrame(pd.concat(every, ignore_index=True))
        return Made({"table": make_postcodes(gpd.GeoDataFrame(areas.table("table")), places)})

    inputs = fingerprints({**loaded, "areas": areas})
    return work.ledger.run("prepare postcodes", made, inputs=inputs, settings={})


def prepare_street_names(work: Work, areas: Kept) -> Kept | None:
    """STREET_NAMES of the study's streets; None where it has no street map."""
    streets = work.settings.travel.streets
    if streets is None:
        return None
    spec = work.settings.of(streets)

    def made() -> Made:
        named = read_street_names(work.job(streets, within=shape_of(areas)))
        return Made({"table": make_street_names(gpd.GeoDataFrame(areas.table("table")), named)})

    return work.read(spec, made, inputs={"areas": areas}, name="prepare street names")
