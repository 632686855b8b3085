"""What an edit reaches: standards that it can change, and points that enter streets elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.network.snap import snap

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.network.router import Start
    from assetmap.network.snap import Snapped


def standards_touched(standards: pd.DataFrame, categories: Collection[str]) -> pd.DataFrame:
    """STANDARDS of every theme that has one which assets of these categories satisfy."""
    listed = standards["categories"].str.split(";")
    hit = [bool(set(one) & set(categories)) for one in listed]
    return standards[standards["theme"].isin(set(standards.loc[hit, "theme"]))]


def without_touched(
    before: Start | None, after: Start | None, entrances: gpd.GeoDataFrame
) -> tuple[NDArray[np.bool_], set[str]]:
    """Which origins (in order of ``from_id``), and which assets, enter the streets elsewhere.

    Whoever meets another street than before, at another place on it or in another state, walks
    anew.
    """
    if before is None or after is None:
        return np.zeros(0, dtype=bool), set()
    xy = shapely.get_coordinates(entrances.geometry)
    doors = [snap(one.graph, xy, snap_max_m=one.snap_max_m, ground=one.ground)
             for one in (before, after)]  # fmt: skip
    elsewhere = _differs(before, before.homes, after, after.homes)
    other = _differs(before, doors[0], after, doors[1])
    return elsewhere, set(entrances.loc[other, "to_id"])


def _differs(before: Start, was: Snapped, after: Start, now: Snapped) -> NDArray[np.bool_]:
    """Whether points are on another segment, by where its ends are, or elsewhere on it.

    A link between two nodes that a street joins already may make that street cheaper.
    """
    ends = [_places(before, was), _places(after, now)]
    alike = (ends[0] == ends[1]).all(axis=1) & (was.state == now.state)
    return np.asarray(~alike)


def _places(start: Start, snapped: Snapped) -> NDArray[np.float64]:
    segments = start.graph.segments
    found = np.full((len(snapped.segment), 8), -1.0)
    rows = np.flatnonzero(snapped.placed)
    at = snapped.segment[rows]
    found[rows] = np.column_stack([
        segments.ax[at], segments.ay[at], segments.bx[at], segments.by[at],
        segments.forward_cm[at], segments.back_cm[at],
        snapped.share[rows], snapped.snap_m[rows],
    ])  # fmt: skip
    return found
