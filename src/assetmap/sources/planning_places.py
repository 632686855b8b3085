"""Where rows of planning data lie, whatever their coordinate system is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from assetmap.sources.read import Job

DEGREES, GRID = "EPSG:4326", "EPSG:27700"
LON, LAT = (-9.0, 2.1), (49.7, 61.0)
"""Degrees of Great Britain and its islands."""
EAST_M, NORTH_M = (1.0, 700_000.0), (1.0, 1_300_000.0)
"""The National Grid."""


class PlacedSites(NamedTuple):
    """Where each row lies, in the study's CRS (None where nowhere), and which were turned."""

    shapes: gpd.GeoSeries
    turned: pd.Series


def placed(job: Job, cells: pd.DataFrame, shapes: gpd.GeoSeries | None) -> PlacedSites:
    """Where each row lies: by its shape, else by WKT, else by a pair of numbers.

    Registers spell their system in so many ways (OSGB36, ETRS89, "ETRS114" where a spreadsheet
    has counted on) that the word says little: numbers within the degrees of Great Britain are
    degrees, those within the National Grid are metres of it, and degrees whose mirror image is in
    Britain, but they are not, are turned. Anything else has no place.
    """
    found = _of_texts(cells, "geometry").fillna(_of_texts(cells, "point"))
    x, y = (pd.to_numeric(cells[name], errors="coerce") for name in ("x", "y"))
    plain = x.between(*LON) & y.between(*LAT)
    turned = ~plain & y.between(*LON) & x.between(*LAT) & found.isna()
    lon, lat = x.where(~turned, y), y.where(~turned, x)
    by_degrees = _points(lon, lat, plain | turned, DEGREES)
    by_metres = _points(x, y, x.between(*EAST_M) & y.between(*NORTH_M) & ~plain & ~turned, GRID)
    whole = found.set_crs(DEGREES).to_crs(job.crs).fillna(by_degrees.to_crs(job.crs))
    whole = whole.fillna(by_metres.to_crs(job.crs))
    if shapes is not None:
        whole = gpd.GeoSeries(shapes).fillna(whole)
    return PlacedSites(whole, turned)


def _of_texts(cells: pd.DataFrame, name: str) -> gpd.GeoSeries:
    """The valid shapes of well-known text; none for any other text, and for empty shapes."""
    texts = np.array([text if isinstance(text, str) else None for text in cells[name]], object)
    read = shapely.from_wkt(texts, on_invalid="ignore")
    made = gpd.GeoSeries(shapely.make_valid(shapely.force_2d(read)), index=cells.index)
    west, south, east, north = made.bounds.to_numpy().T
    in_degrees = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)  # noqa: PLR2004
    return made.where(in_degrees & ~made.is_empty.to_numpy(), None)


def _points(x: pd.Series, y: pd.Series, here: pd.Series, crs: str) -> gpd.GeoSeries:
    points = shapely.points(x.where(here).to_numpy(), y.where(here).to_numpy())
    return gpd.GeoSeries(points, index=x.index, crs=crs).where(here, None)
