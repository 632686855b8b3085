"""The ground within a straight line of some points, where no streets are known: discs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from assetmap.errors import Fault, MethodError
from assetmap.frames.hold import hold
from assetmap.frames.isochrones import ISOCHRONES
from assetmap.network.impedance import CM_A_MINUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

CM_A_METRE = 100
CORNERS = 16
"""Straight pieces a quarter of a circle is drawn with: 0.1 % of the radius inside it."""


def build_discs(
    points: gpd.GeoDataFrame, *, minutes: Sequence[float], detour: float
) -> gpd.GeoDataFrame:
    """ISOCHRONES of points with a ``to_id``, along straight lines lengthened by ``detour``.

    Discs of ``80 m/min x minutes / detour`` around every entrance, those of one asset as one. An
    estimate: no street, railway or water is in the way.

    Raises
    ------
    MethodError
        For minutes that are not above zero, and a detour below 1.
    """
    if not all(np.isfinite(one) and one > 0 for one in minutes) or not 1 <= detour < np.inf:
        what = f"minutes {list(minutes)} with a detour of {detour}"
        raise MethodError(Fault(what=what, where="discs", attempt="above 0; 1 or more"))
    rows = [
        (str(to_id), float(limit), shapely.union_all(shapely.buffer(
            entrances.geometry.to_numpy(), limit * CM_A_MINUTE / CM_A_METRE / detour,
            quad_segs=CORNERS)))
        for to_id, entrances in points.groupby("to_id", sort=True)
        for limit in sorted(set(minutes))
    ]  # fmt: skip
    table = gpd.GeoDataFrame(
        {"point_id": [row[0] for row in rows], "minutes": [row[1] for row in rows]},
        geometry=[row[2] for row in rows],
        crs=points.crs,
    )
    return gpd.GeoDataFrame(hold(table, ISOCHRONES))
