"""Parks entered by gates and paths, or by their middle: python scripts/park_entrances.py DATA."""

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
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept

KEEP = Keep(cut_off_min=45, nearest=1)


def compared(place: Mapping[str, Kept], standard: pd.DataFrame, *, snap_max_m: float) -> pd.Series:
    """Minutes and verdicts by the edge and by the middle, weighted by people."""
    assets = gpd.GeoDataFrame(place["assets"].table("table"))
    gates = gpd.GeoDataFrame(place["assets"].table("entrances"))
    parks = assets[assets["to_id"].isin(satisfying(assets, standard.to_dict("records")[0]))]
    edges = gates[gates["to_id"].isin(parks["to_id"])]
    middles = parks[["to_id", "geometry"]].assign(entrance=1, basis="point")
    coverage = place["coverage"].table("table").query("measured")
    named = coverage["standard_id"] == standard["standard_id"].iloc[0]
    homes = gpd.GeoDataFrame(place["origins"].table("table").query("role == 'study'"))
    homes = homes[homes["area_id"].isin(coverage.loc[named, "area_id"])]
    graph = WalkGraph.from_arrays(place["graph standard"].part("graph"))
    told = [route(graph, homes, end, parks, keep=KEEP, snap_max_m=snap_max_m)
            for end in (edges, middles)]  # fmt: skip
    found = [nearest_by_standard(one.table[0], parks, standard) for one in told]
    edge, middle = (within_standard(one, standard).iloc[:, 0] for one in found)
    people = homes.set_index("from_id")["people"].reindex(edge.index)
    later = (found[1] - found[0]).iloc[:, 0].dropna()
    weight = people[later.index]
    off = [one.count for one in told[1].cautions if one.code == "assets_off_streets"]
    return pd.Series({
        "sites": len(parks), **edges.groupby("basis")["to_id"].nunique(), "middles off": sum(off),
        "people": people.sum(), "minutes farther": (later * weight).sum() / weight.sum(),
        "within by edge": people[edge].sum() / people.sum(),
        "within by middle": people[middle].sum() / people.sum(),
        "verdict changes": people[edge != middle].sum() / people.sum(),
    }, name=standard["standard_id"].iloc[0])  # fmt: skip


if __name__ == "__main__":
    study = open_study("layers/newport", data=sys.argv[1])
    work = Work(study.settings, (study.folder, *filter(None, [study.data])), Ledger(open_store()))
    ground = find_ground(work)
    places = {**ground, **find_places(work, ground)}
    green = places["standards"].table("table").query("theme == 'green'")
    for number in range(len(green)):
        one = green.iloc[[number]]
        print(compared(places, one, snap_max_m=work.settings.travel.snap_max_m).to_string(), "\n")
