"""Gates and entrances on the boundary of green space, as OpenStreetMap has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

ON_BOUNDARY_M = 2.0
"""A gate drawn on a path where it crosses the boundary stands beside it by the width of a line."""


def gates_of(rows: pd.DataFrame, gates: NDArray[Any], *, crs: str) -> gpd.GeoDataFrame:
    """Entrances of the polygons among the rows: every gate within 2 m of their boundary.

    Parameters
    ----------
    rows
        ``source_row`` and ``geometry`` in a projected CRS; points have no boundary.
    gates
        Points in the same CRS.
    crs
        That CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        ``source_row``, ``entrance`` counted from 1 from west to east, ``geometry``. A gate
        between two parks is an entrance of both.
    """
    shapes = np.asarray(rows["geometry"], dtype=object)
    areas = shapely.get_dimensions(shapes) > 1
    tree = shapely.STRtree(shapely.boundary(shapes[areas]))
    at, of = tree.query(gates, predicate="dwithin", distance=ON_BOUNDARY_M)
    found = gpd.GeoDataFrame(
        {"source_row": rows["source_row"].to_numpy()[areas][of]},
        geometry=gpd.GeoSeries(gates[at], crs=crs),
    )
    found["x"], found["y"] = found.geometry.x, found.geometry.y
    found = found.sort_values(["source_row", "x", "y"], kind="stable")
    found = found.drop_duplicates(["source_row", "x", "y"])
    found["entrance"] = found.groupby("source_row").cumcount() + 1
    return found[["source_row", "entrance", "geometry"]].reset_index(drop=True)
