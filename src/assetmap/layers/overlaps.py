"""Areas that lie over one another: two vintages loaded at once, or careless drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.errors import Fault, JoinError
from assetmap.provenance import Caution

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

SAME_GROUND_SHARE = 0.5
OVERLAP_SHARE = 0.05


def overlaps(areas: gpd.GeoDataFrame) -> tuple[Caution, ...]:
    """A caution that counts the pairs that overlap by more than a twentieth of the smaller.

    Raises
    ------
    JoinError
        When two areas share half of the smaller one: two sets of boundaries are mixed.
    """
    first, second = _pairs(areas)
    shapes = areas.geometry.to_numpy()
    over = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    ground = np.minimum(shapely.area(shapes[first]), shapely.area(shapes[second]))
    share = over / np.where(ground > 0, ground, np.inf)
    same = np.flatnonzero(share >= SAME_GROUND_SHARE)
    if len(same):
        ids = areas["area_id"].to_numpy()
        pair = f"{ids[first[same[0]]]} and {ids[second[same[0]]]}"
        raise JoinError(
            Fault(
                what=f"{len(same)} pairs of areas cover the same ground, for example {pair}",
                where="areas.boundaries",
                attempt="load boundaries of one vintage and one level only",
            )
        )
    count = int((share > OVERLAP_SHARE).sum())
    text = (
        f"Pairs of areas that overlap by more than a twentieth, as boundaries are coarse: {count}."
    )
    caution = Caution(code="areas_overlap", about="areas", text=text, count=count)
    return (caution,) if count else ()


def _pairs(areas: gpd.GeoDataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the pairs of areas that meet, each pair once."""
    left, right = areas.geometry.sindex.query(areas.geometry, predicate="intersects")
    once = left < right
    return left[once].astype(np.int64), right[once].astype(np.int64)
