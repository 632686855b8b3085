"""Where a point lies: the area that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


def area_at(areas: gpd.GeoDataFrame, points: NDArray[Any]) -> NDArray[np.object_]:
    """The ``area_id`` of the area that each point lies in; None outside all of them.

    A point on the border of several, or under several that overlap, goes to the smallest
    ``area_id``, whatever the order of rows.
    """
    found = np.full(len(points), None, dtype=object)
    point, area = areas.geometry.sindex.query(points, predicate="intersects")
    hits = pd.DataFrame({"point": point, "area_id": areas["area_id"].to_numpy()[area]})
    first = hits.groupby("point", sort=True)["area_id"].min()
    found[first.index.to_numpy()] = first.to_numpy(dtype=object)
    return found


def metre_key(x: float, y: float) -> str:
    """Coordinates to the metre, as a part of an id: ``533412,178220``."""
    return f"{round(x)},{round(y)}"
