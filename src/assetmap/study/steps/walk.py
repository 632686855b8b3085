"""Streets: one walking graph a profile, and routes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.frames.streets import Streets
from assetmap.network.crs import moved
from assetmap.network.graph import WalkGraph, build_graph
from assetmap.network.router import route_from, start_from
from assetmap.network.snap import Ground
from assetmap.network.terrain import Relief, heights_at
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.network.keep import Keep
    from assetmap.network.router import Start
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def build_walk(work: Work, streets: Kept, heights: Kept | None, profile: str) -> Kept:
    """The walking graph of a profile; on hills where heights are given, else on the level."""
    crs = work.settings.study.crs

    def made() -> Made:
        network = Streets.from_arrays(streets.part("streets"))
        elevation_m = heights_of(network, heights, crs=crs) if heights else None
        told = build_graph(network, profile=profile, elevation_m=elevation_m)
        return Made({"graph": told.table.to_arrays()}, told.cautions)

    return work.ledger.run(
        f"build graph {profile}",
        made,
        inputs=fingerprints({"streets": streets} | ({"heights": heights} if heights else {})),
        settings={"profile": profile, "crs": crs},
    )


def heights_of(network: Streets, heights: Kept, *, crs: str) -> NDArray[np.float64]:
    """Metres above the sea at the nodes of the streets."""
    relief = heights.part("relief")
    x, y = moved(network.x, network.y, crs=crs, to_crs=str(relief["crs"][0]))
    return heights_at(x, y, Relief(relief["cells"], relief["transform"]))


def route_walk(
    work: Work,
    graph: Kept,
    ends: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame],
    keep: Keep,
    starts: list[Start],
) -> Made:
    """COSTS and SNAPS on a walking graph, from ORIGINS by ENTRANCES to ASSETS.

    ``starts`` holds where homes met the streets of another profile; where it is empty, this one
    goes into it.
    """
    origins, gates, assets = ends
    start = start_from(
        WalkGraph.from_arrays(graph.part("graph")),
        origins,
        snap_max_m=work.settings.travel.snap_max_m,
        beside=starts[0] if starts else None,
    )
    if not starts:
        starts.append(start._replace(ground=Ground(start.graph)))  # what it made is not kept
    told = route_from(start, gates, assets, keep=keep)
    costs, snaps = told.table
    return Made({"costs": costs, "snaps": snaps}, told.cautions)
