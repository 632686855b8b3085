"""Stops without times: counts and routes, where a study has no timetable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.stops import STOPS_ALONE, STOPS_BY_AREA
from assetmap.layers.stops_alone import make_stops_alone
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

STEP = "stops alone"


def count_stops(
    work: Work, listed: Mapping[str, Kept], place: Mapping[str, Kept]
) -> dict[str, Kept]:
    """STOPS_ALONE and STOPS_BY_AREA; none where a timetable says more, or no stop is loaded.

    How often anything leaves is not known of such stops: no service index is made of them.
    """
    assets = gpd.GeoDataFrame(place["assets"].table("table"))
    stops = (assets["category"] == "bus_stop") & (assets["role"] == "study")
    if work.settings.timetable.feeds or not stops.any():
        return {}

    def made() -> Made:
        routes = [gpd.GeoDataFrame(kept.table("table")) for kept in listed.values()]
        table, by_area = make_stops_alone(assets, routes)
        return Made({"table": table, "by_area": by_area})

    inputs = fingerprints({**listed, "assets": place["assets"]})
    return {STEP: work.ledger.run("count stops", made, inputs=inputs, settings={})}


def tables_of_stops(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The tables of stops without times by file name; none where there is a timetable."""
    if STEP not in steps:
        return {}
    return {
        "stops": (STOPS_ALONE, steps[STEP].table("table")),
        "stops_by_area": (STOPS_BY_AREA, steps[STEP].table("by_area")),
    }
