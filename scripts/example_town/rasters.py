"""Elevation and population as GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import rasterio
from rasterio.transform import from_origin

from example_town.relief import height_m

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt
    import pandas as pd
    from shapely.geometry import Point

    from example_town.plan import Plan

WEST, SOUTH, EAST, NORTH = -400, -400, 4200, 3000
RELIEF_CELL_M, PEOPLE_CELL_M = 25, 50


def write_elevation(plan: Plan, path: Path) -> None:
    """Metres above the sea to the decimetre, every 25 m."""
    half = RELIEF_CELL_M / 2
    east = np.arange(WEST + half, EAST, RELIEF_CELL_M)
    north = np.arange(NORTH - half, SOUTH, -RELIEF_CELL_M)
    cells = height_m(plan, *np.meshgrid(east, north))
    _write(plan, path, np.round(cells, 1), RELIEF_CELL_M)


def write_people(
    plan: Plan, path: Path, homes: dict[str, list[Point]], areas: pd.DataFrame
) -> None:
    """People a cell of 50 m: each area's people shared equally over its homes."""
    shape = (NORTH - SOUTH) // PEOPLE_CELL_M, (EAST - WEST) // PEOPLE_CELL_M
    cells = np.zeros(shape)
    for code, people in zip(areas["LSOA21CD"], areas["people"], strict=True):
        for row, column in _cells_of(homes[code]):
            cells[row, column] += people / len(homes[code])
    _write(plan, path, np.round(cells, 3), PEOPLE_CELL_M)


def _cells_of(points: Sequence[Point]) -> list[tuple[int, int]]:
    return [
        (int((NORTH - point.y) // PEOPLE_CELL_M), int((point.x - WEST) // PEOPLE_CELL_M))
        for point in points
    ]


def _write(plan: Plan, path: Path, cells: npt.NDArray[np.float64], cell_m: int) -> None:
    corner = plan.given["origin"][0] + WEST, plan.given["origin"][1] + NORTH
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=1,
        height=cells.shape[0],
        width=cells.shape[1],
        crs="EPSG:27700",
        transform=from_origin(*corner, cell_m, cell_m),
        nodata=-9999,
        compress="deflate",
        predictor=3,
    ) as made:
        made.write(cells.astype("float32"), 1)
