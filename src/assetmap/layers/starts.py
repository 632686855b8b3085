"""One home to set out from for each small square: where buses are waited for, near is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

CELL_M = 100.0


def make_starts(usable: gpd.GeoDataFrame, *, cell_m: float = CELL_M) -> pd.Series:
    """The home that each of the origins on the streets sets out from: ``start_id`` by ``from_id``.

    Homes of one square of the CRS's grid share the one of them that is nearest the mean of
    their places (the first by id of two as near): none is more than a square's diagonal, under
    two minutes' walk, from it.
    """
    rows = usable.sort_values("from_id")
    xy = shapely.get_coordinates(rows.geometry)
    table = pd.DataFrame(
        {
            "from_id": rows["from_id"].to_numpy(),
            "square": _squares(xy, cell_m),
            "x": xy[:, 0],
            "y": xy[:, 1],
        }
    )
    means = table.groupby("square")[["x", "y"]].transform("mean")
    table["far"] = np.round(np.hypot(table["x"] - means["x"], table["y"] - means["y"]), 3)
    first = table.sort_values(["square", "far"], kind="stable").drop_duplicates("square")
    start = table["square"].map(first.set_index("square")["from_id"])
    return pd.Series(start.to_numpy(), index=pd.Index(table["from_id"]), name="start_id")


def _squares(xy: NDArray[np.float64], cell_m: float) -> NDArray[np.intp]:
    """The number of each point's square of the grid."""
    east, north = (np.unique(np.floor(axis / cell_m), return_inverse=True)[1] for axis in xy.T)
    return np.asarray(np.unique(east * (len(north) + 1) + north, return_inverse=True)[1])


def make_middles(usable: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Of the origins on the streets, the nearest to the middle of each study area's people.

    Columns ``area_id``, ``from_id``, geometry.

    The middle is the mean of their places by people; the first by id of two as near.
    """
    rows = usable[usable["role"] == "study"].sort_values("from_id").reset_index(drop=True)
    xy = shapely.get_coordinates(rows.geometry)
    people = np.maximum(rows["people"].to_numpy(), 1e-9)
    sums = pd.DataFrame({"x": xy[:, 0] * people, "y": xy[:, 1] * people, "people": people})
    whole = sums.groupby(rows["area_id"]).transform("sum")
    far = np.hypot(xy[:, 0] - whole["x"] / whole["people"], xy[:, 1] - whole["y"] / whole["people"])
    order = rows.assign(far=np.round(far, 3)).sort_values(["area_id", "far", "from_id"])
    found: gpd.GeoDataFrame = order.drop_duplicates("area_id")[["area_id", "from_id", "geometry"]]
    return found.reset_index(drop=True)
