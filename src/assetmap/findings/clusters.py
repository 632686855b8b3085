"""Flagged areas that touch: clusters that residents would call one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from assetmap.frames import table_of
from assetmap.frames.fairness import CLUSTERS

if TYPE_CHECKING:
    import geopandas as gpd

FLAGGED = ("left_behind", "at_risk")


def flag_clusters(
    areas: gpd.GeoDataFrame,
    findings: pd.DataFrame,
    *,
    levels: tuple[str, ...] = FLAGGED,
    gap_m: float = 1.0,
) -> pd.DataFrame:
    """CLUSTERS: contiguous flagged areas, touching at a side or a corner (queen).

    Clusters are numbered from the one with most people; those that tie, by their first area.
    An area that touches no other flagged one is a cluster of its own.

    Parameters
    ----------
    areas
        AREAS with geometry.
    findings
        FINDINGS.
    levels
        The levels that count as flagged.
    gap_m
        Slivers as wide as this between generalised boundaries still touch.
    """
    flagged = findings.loc[findings["level"].isin(levels), "area_id"]
    here = areas[areas["area_id"].isin(flagged)].sort_values("area_id").reset_index(drop=True)
    left, right = here.sindex.query(here.geometry, predicate="dwithin", distance=gap_m)
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(here),) * 2)
    _, label = connected_components(links, directed=False) if len(here) else (0, np.empty(0))
    table = pd.DataFrame({"area_id": here["area_id"], "people": here["people"], "part": label})
    parts = table.groupby("part").agg(
        people=("people", "sum"), areas=("area_id", "size"), first=("area_id", "min")
    )
    ordered = parts.sort_values(["people", "first"], ascending=[False, True])
    ordered["cluster"] = np.arange(1, len(ordered) + 1)
    numbered = table[["area_id", "part"]].merge(
        ordered.reset_index(), on="part", how="left", validate="m:1"
    )
    return table_of(CLUSTERS, {name: numbered[name] for name in CLUSTERS.names})


def methods() -> list[dict[str, str]]:
    """The METHODS row of the clusters."""
    return [
        {
            "name": "Clusters of flagged areas",
            "formula": "connected components of areas that share a side or a corner (queen)",
            "settings": "gaps up to 1 m are closed",
            "source": "Design choice",
            "status": "design choice",
        }
    ]
