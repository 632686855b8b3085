"""One home to set out from for each small square: where buses are waited for, near is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

CELL_M = 100.0


def make_starts(
    origins: gpd.GeoDataFrame, *, usable: Collection[str], cell_m: float = CELL_M
) -> pd.Series:
    """The home that each usable origin sets out from: ``start_id`` by ``from_id``.

    Homes of one square of the CRS's grid share the one of them that is nearest the mean of
    their places (the first by id of two as near): none is more than a square's diagonal, under
    two minutes' walk, from it.
    """
    rows = origins[origins["from_id"].isin(set(usable))].sort_values("from_id")
    xy = shapely.get_coordinates(rows.geometry)
    table = pd.DataFrame(
        {
            "from_id": rows["from_id"].to_numpy(),
            "square": pd.MultiIndex.from_arrays(np.floor(xy / cell_m).astype(np.int64).T),
            "x": xy[:, 0],
            "y": xy[:, 1],
        }
    )
    table["square"] = pd.factorize(table["square"])[0]
    means = table.groupby("square")[["x", "y"]].transform("mean")
    table["far"] = np.round(np.hypot(table["x"] - means["x"], table["y"] - means["y"]), 3)
    first = table.sort_values(["square", "far", "from_id"]).drop_duplicates("square")
    start = table["square"].map(first.set_index("square")["from_id"])
    return pd.Series(start.to_numpy(), index=pd.Index(table["from_id"]), name="start_id")


def make_middles(origins: gpd.GeoDataFrame, *, usable: Collection[str]) -> gpd.GeoDataFrame:
    """The usable origin nearest the middle of each study area's people: ``area_id``, geometry.

    The middle is the mean of their places by people; the first by id of two as near.
    """
    rows = origins[origins["from_id"].isin(set(usable)) & (origins["role"] == "study")]
    rows = rows.sort_values("from_id").reset_index(drop=True)
    xy = shapely.get_coordinates(rows.geometry)
    people = np.maximum(rows["people"].to_numpy(), 1e-9)
    sums = pd.DataFrame({"x": xy[:, 0] * people, "y": xy[:, 1] * people, "people": people})
    whole = sums.groupby(rows["area_id"]).transform("sum")
    far = np.hypot(xy[:, 0] - whole["x"] / whole["people"], xy[:, 1] - whole["y"] / whole["people"])
    order = rows.assign(far=np.round(far, 3)).sort_values(["area_id", "far", "from_id"])
    found: gpd.GeoDataFrame = order.drop_duplicates("area_id")[["area_id", "from_id", "geometry"]]
    return found.reset_index(drop=True)
