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


def compared(place: Mapping[str, Kept], standard: pd.DataFrame, *, snap_max_m: float) -> str:
    """One line: minutes and verdicts by the edge and by the middle, weighted by people."""
    assets = gpd.GeoDataFrame(place["assets"].table("table"))
    gates = gpd.GeoDataFrame(place["assets"].table("entrances"))
    parks = assets[assets["to_id"].isin(satisfying(assets, standard.to_dict("records")[0]))]
    edges = gates[gates["to_id"].isin(parks["to_id"])]
    middles = gates.groupby("to_id", as_index=False).first()[["to_id", "entrance", "basis"]]
    middles = parks[["to_id", "geometry"]].merge(middles, how="left", on="to_id",
                                                 validate="one_to_one")  # fmt: skip
    coverage = place["coverage"].table("table").merge(standard[["standard_id"]], how="inner",
                                                      on="standard_id", validate="m:1")  # fmt: skip
    measured = coverage.loc[coverage["measured"], "area_id"]
    origins = gpd.GeoDataFrame(place["origins"].table("table"))
    homes = origins[(origins["role"] == "study") & origins["area_id"].isin(measured)]
    graph = WalkGraph.from_arrays(place["graph standard"].part("graph"))
    ends = (edges, gpd.GeoDataFrame(middles, crs=parks.crs))
    told = [route(graph, homes, end, parks, keep=KEEP, snap_max_m=snap_max_m) for end in ends]
    found = [nearest_by_standard(one.table[0], parks, standard).iloc[:, [0]] for one in told]
    within = [within_standard(one, standard).iloc[:, 0] for one in found]
    people = homes.set_index("from_id")["people"].reindex(found[0].index)
    minutes = pd.concat(found, axis=1, keys=["edge", "middle"]).dropna()
    late = (minutes.iloc[:, 1] - minutes.iloc[:, 0]).mul(people[minutes.index]).sum()
    turned = (people * (within[0] != within[1])).sum() / people.sum()
    lost = sum(one.count or 0 for one in told[1].cautions if one.code == "assets_off_streets")
    return (f"{standard['standard_id'].iloc[0]}: {len(parks)} sites, {people.sum():,.0f} people; "
            f"the middle is {late / people[minutes.index].sum():.2f} min farther; verdict changes "
            f"for {turned:.1%}; within {(people * within[0]).sum() / people.sum():.1%} by the edge, "
            f"{(people * within[1]).sum() / people.sum():.1%} by the middle; {lost} middles too far "
            f"from any path; entered by {edges.groupby('basis')['to_id'].nunique().to_dict()}")  # fmt: skip


if __name__ == "__main__":
    study = open_study("layers/newport", data=sys.argv[1])
    work = Work(study.settings, (study.folder, *([study.data] if study.data else [])),
                Ledger(open_store()))  # fmt: skip
    ground = find_ground(work)
    places = {**ground, **find_places(work, ground)}
    table = places["standards"].table("table")
    for number in table.index[table["theme"] == "green"]:
        print(compared(places, table.loc[[number]], snap_max_m=study.settings.travel.snap_max_m))
