"""Streets: one walking graph a profile, and routes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.frames.streets import Streets
from assetmap.network.graph import WalkGraph, build_graph
from assetmap.network.router import route
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from assetmap.network.keep import Keep
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def build_walk(work: Work, streets: Kept, profile: str) -> Kept:
    """The walking graph of a profile."""

    def made() -> Made:
        told = build_graph(Streets.from_arrays(streets.part("streets")), profile=profile)
        return Made({"graph": told.table.to_arrays()}, told.cautions)

    return work.ledger.run(
        f"build graph {profile}",
        made,
        inputs=fingerprints({"streets": streets}),
        settings={"profile": profile},
    )


def route_walk(
    work: Work,
    graph: Kept,
    ends: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame],
    keep: Keep,
) -> Made:
    """COSTS and SNAPS on a walking graph, from ORIGINS by ENTRANCES to ASSETS."""
    told = route(
        WalkGraph.from_arrays(graph.part("graph")),
        *ends,
        keep=keep,
        snap_max_m=work.settings.travel.snap_max_m,
    )
    costs, snaps = told.table
    return Made({"costs": costs, "snaps": snaps}, told.cautions)
