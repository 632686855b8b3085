"""A regular grid of points over the study's areas, on which service is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL_M = 100.0


def make_grid(areas: gpd.GeoDataFrame, *, cell_m: float = CELL_M) -> gpd.GeoDataFrame:
    """The middles of the grid's cells inside the study's own areas: ``from_id``, ``area_id``.

    Cells lie on whole multiples of ``cell_m`` of the CRS; a cell belongs to the area that its
    middle is in, of two that share a border the first by code. ``from_id`` is the cell's south
    west corner in metres, such as ``E331200N187900``.
    """
    own = areas[areas["role"] == "study"].sort_values("area_id")
    cells = [
        (area_id, *place)
        for area_id, shape in zip(own["area_id"], own.geometry, strict=True)
        for place in _inside(shape, cell_m)
    ]
    east = np.array([cell[1] for cell in cells])
    north = np.array([cell[2] for cell in cells])
    table = gpd.GeoDataFrame(
        {
            "from_id": [f"E{x - cell_m / 2:.0f}N{y - cell_m / 2:.0f}" for _, x, y in cells],
            "area_id": [cell[0] for cell in cells],
        },
        geometry=shapely.points(east, north),
        crs=areas.crs,
    )
    return table.drop_duplicates("from_id").sort_values("from_id", ignore_index=True)


def _inside(shape: shapely.Geometry, cell_m: float) -> NDArray[np.float64]:
    """The middles of cells inside a shape, or on its border."""
    west, south, east, north = shape.bounds
    x, y = (
        np.arange(np.floor(low / cell_m), np.floor(high / cell_m) + 1) * cell_m + cell_m / 2
        for low, high in ((west, east), (south, north))
    )
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    shapely.prepare(shape)
    return np.asarray(grid[shapely.intersects_xy(shape, grid[:, 0], grid[:, 1])])
