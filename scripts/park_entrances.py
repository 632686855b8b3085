"""Newport's parks by gates and paths, and by their middle: scripts/park_entrances.py DATA."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap import open_study
from assetmap.access.standard import nearest_by_standard, satisfying, within_standard
from assetmap.network.graph import WalkGraph
from assetmap.network.keep import Keep
from assetmap.network.router import route
from assetmap.sources.store import open_store
from assetmap.study.ledger import Ledger
from assetmap.study.pipeline import find_ground, find_places
from assetmap.study.work import Work

if TYPE_CHECKING:
    from assetmap.study.ledger import Kept

KEEP = Keep(cut_off_min=45, nearest=1)


def compared(place: dict[str, Kept], standard: pd.DataFrame, snap_max_m: float) -> dict[str, float]:
    """Minutes and verdicts by the edge and by the middle, weighted by people."""
    assets = gpd.GeoDataFrame(place["assets"].table("table"))
    gates = gpd.GeoDataFrame(place["assets"].table("entrances"))
    parks = assets[assets["to_id"].isin(satisfying(assets, standard.to_dict("records")[0]))]
    edges = gates[gates["to_id"].isin(parks["to_id"])]
    middles = parks[["to_id", "geometry"]].assign(entrance=1, basis="point")
    measured = place["coverage"].table("table").query("measured").set_index("standard_id")
    homes = gpd.GeoDataFrame(place["origins"].table("table").query("role == 'study'"))
    homes = homes[homes["area_id"].isin(measured.loc[standard["standard_id"], "area_id"])]
    graph = WalkGraph.from_arrays(place["graph standard"].part("graph"))
    ways = [(graph, homes, ends, parks) for ends in (edges, middles)]
    costs = [route(*way, keep=KEEP, snap_max_m=snap_max_m).table[0] for way in ways]
    found = [nearest_by_standard(one, parks, standard) for one in costs]
    edge, middle = (within_standard(one, standard).iloc[:, 0] for one in found)
    people = homes.set_index("from_id")["people"].reindex(edge.index)
    later = (found[1] - found[0]).iloc[:, 0].dropna()
    figures = {"sites": len(parks), **edges.groupby("basis")["to_id"].nunique()}
    figures["minutes farther"] = (later * people[later.index]).sum() / people[later.index].sum()
    told = {"by edge": edge, "by middle": middle, "verdict changes": edge != middle}
    shares = {name: 100 * people[who].sum() / people.sum() for name, who in told.items()}
    return {**figures, "people": people.sum(), **shares}


if __name__ == "__main__":
    study = open_study("layers/newport", data=sys.argv[1])
    work = Work(study.settings, (study.folder, study.data or study.folder), Ledger(open_store()))
    ground = find_ground(work)
    places = {**ground, **find_places(work, ground)}
    green = places["standards"].table("table").query("theme == 'green'").set_index(
        "standard_id", drop=False)  # fmt: skip
    snap_m = study.settings.travel.snap_max_m
    print(pd.DataFrame({i: compared(places, green.loc[[i]], snap_m) for i in green.index}).round(1))
