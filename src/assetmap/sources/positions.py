"""Coordinates as publishers give them: which CRS they are in, and whether that can be true."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from pyproj.exceptions import CRSError

from assetmap.errors import Fault, ReadError
from assetmap.sources.columns import as_numbers, where_of

if TYPE_CHECKING:
    from assetmap.sources.read import Job

Bounds = tuple[float, float, float, float]

MISSING = "coordinates are missing"
NOT_NUMBERS = "coordinates are not numbers"
SWAPPED = "longitude and latitude are swapped"
OFF_THE_EARTH = "coordinates are off the map of their CRS"


class Points(NamedTuple):
    """Rows on the map, and why the others are not.

    Attributes
    ----------
    points
        A point in the study's CRS for each row, None where it has no place.
    reasons
        Why a row has no place; empty where it has one.
    """

    points: gpd.GeoSeries
    reasons: pd.Series


def crs_of(job: Job, name: str, *, where: str) -> pyproj.CRS:
    """The CRS of that name, or a ReadError that says how to write one."""
    try:
        return pyproj.CRS.from_user_input(name)
    except CRSError as error:
        what = f"'{name}' is no coordinate reference system that is known"
        attempt = f"write it as an EPSG code, as in crs = '{job.crs}'"
        raise ReadError(Fault(what=what, where=where, attempt=attempt)) from error


def refuse_bounds(job: Job, bounds: Bounds, crs: pyproj.CRS, *, where: str) -> None:
    """Nothing, or a ReadError where coordinates of these bounds cannot be in that CRS.

    Told apart: metres in a CRS of degrees, degrees in a CRS of metres, longitude and latitude
    swapped, which shows where the bounds miss the ground for which the study's CRS is made and
    their mirror image does not, and bounds that miss that ground in any other way.
    """
    west, south, east, north = bounds
    if not np.isfinite(bounds).all():
        return
    degrees = max(-west, east) <= 180 and max(-south, north) <= 90  # noqa: PLR2004 - the Earth's
    seen = f"x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}"
    name = crs.to_string() if len(crs.to_string()) < 20 else crs.name  # noqa: PLR2004 - for reading
    if crs.is_geographic and _mirrored(job, bounds):
        what = f"longitude and latitude are swapped: {seen}"
        attempt = "put longitude into x and latitude into y"
    elif crs.is_geographic and not degrees:
        what = f"coordinates look like metres, but the CRS is {name}, in degrees: {seen}"
        attempt = f"say which CRS they are in, for example crs = '{job.crs}'"
    elif crs.is_projected and degrees:
        what = f"coordinates look like degrees, but the CRS is {name}, in metres: {seen}"
        attempt = "say which CRS they are in, for example crs = 'EPSG:4326'"
    elif _off_ground(job, bounds, crs):
        what = f"in {name} these places lie outside the ground of {job.crs}: {seen}"
        attempt = "say which CRS they are in, and check that the file is of this place"
    else:
        return
    raise ReadError(Fault(what=what, where=where, attempt=attempt))


def place_points(job: Job, x: pd.Series, y: pd.Series, *, x_name: str, y_name: str) -> Points:
    """The points of two columns of coordinates, in the study's CRS.

    Parameters
    ----------
    job
        ``spec.crs`` says in which CRS the columns are.
    x, y
        Easting or longitude, and northing or latitude; text or numbers, on one index.
    x_name, y_name
        The publisher's names of the columns, for errors.

    Raises
    ------
    ReadError
        Where ``spec.crs`` is missing or unknown, or most rows show that it is wrong or the
        columns are swapped. Single rows are given a reason instead.
    """
    where = where_of(job)
    if job.spec.crs is None:
        what = f"the coordinate columns '{x_name}' and '{y_name}' have no CRS"
        attempt = "set the source's crs, for example 'EPSG:27700' or 'EPSG:4326'"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))
    crs = crs_of(job, job.spec.crs, where=where)
    east, _ = as_numbers(job, x, column=x_name, blank=True)
    north, _ = as_numbers(job, y, column=y_name, blank=True)
    reasons = _reasons(job, crs, east, north)
    reasons = reasons.mask((reasons == NOT_NUMBERS) & (_blank(x) | _blank(y)), MISSING)
    placed = reasons == ""
    _refuse_most(job, crs, east, north, where=where)
    shapes = shapely.points(east.where(placed), north.where(placed))
    shapes = np.where(placed.to_numpy(), shapes, None)
    points = gpd.GeoSeries(shapes, index=x.index, crs=crs).to_crs(job.crs)
    lost = placed & ~np.isfinite(points.x.fillna(np.inf))
    return Points(points.mask(lost, None), reasons.mask(lost, OFF_THE_EARTH))


def _reasons(job: Job, crs: pyproj.CRS, x: pd.Series, y: pd.Series) -> pd.Series:
    reasons = pd.Series("", index=x.index, dtype="str")
    if crs.is_geographic:
        reasons = reasons.mask((x.abs() > 180) | (y.abs() > 90), OFF_THE_EARTH)  # noqa: PLR2004
        ground = pyproj.CRS(job.crs).area_of_use
        if ground is not None:
            box = ground.bounds
            reasons = reasons.mask(_inside(y, x, box) & ~_inside(x, y, box), SWAPPED)
    reasons = reasons.mask((x == 0) & (y == 0), MISSING)
    return reasons.mask(x.isna() | y.isna(), NOT_NUMBERS)


def _refuse_most(job: Job, crs: pyproj.CRS, x: pd.Series, y: pd.Series, *, where: str) -> None:
    """A ReadError where the middle half of the rows cannot be in the CRS."""
    known = x.notna() & y.notna() & ~((x == 0) & (y == 0))
    if known.any():
        low_x, high_x = np.nanquantile(x[known], (0.25, 0.75))
        low_y, high_y = np.nanquantile(y[known], (0.25, 0.75))
        refuse_bounds(job, (low_x, low_y, high_x, high_y), crs, where=where)


def _blank(cells: pd.Series) -> pd.Series:
    return cells.isna() | (cells.astype("str").str.strip() == "")


def _inside(x: pd.Series, y: pd.Series, box: Bounds) -> pd.Series:
    west, south, east, north = box
    return x.between(west, east) & y.between(south, north)


def _mirrored(job: Job, bounds: Bounds) -> bool:
    """Whether the bounds lie off the study CRS's ground and their mirror image on it."""
    ground = pyproj.CRS(job.crs).area_of_use
    if ground is None:
        return False
    box = shapely.box(*ground.bounds)
    west, south, east, north = bounds
    seen, turned = shapely.box(west, south, east, north), shapely.box(south, west, north, east)
    return not shapely.intersects(box, seen) and bool(shapely.covers(box, turned))


@lru_cache
def _to_degrees(crs: pyproj.CRS) -> pyproj.Transformer:
    """Made once for all sources in a CRS: to find the best way between two takes its time."""
    return pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def _off_ground(job: Job, bounds: Bounds, crs: pyproj.CRS) -> bool:
    """Whether the bounds lie wholly off the ground for which the study's CRS is made."""
    ground = pyproj.CRS(job.crs).area_of_use
    if ground is None:
        return False
    seen = shapely.box(*_to_degrees(crs).transform_bounds(*bounds))
    return not shapely.intersects(shapely.box(*ground.bounds), seen)
