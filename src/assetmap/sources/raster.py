"""Grids: the ground's height, and where people live, cut to the study's ground."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import rasterio
import shapely
from pyproj import CRS
from rasterio.errors import RasterioError, RasterioIOError, WindowError
from rasterio.warp import transform_bounds
from rasterio.windows import Window, from_bounds

from assetmap.errors import Fault, ReadError
from assetmap.provenance import Caution, Told
from assetmap.sources.columns import where_of
from assetmap.sources.find import require_file
from assetmap.sources.positions import refuse_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assetmap.sources.read import Job

MOST_CELLS = 200_000_000


class Grid(NamedTuple):
    """A part of a raster.

    Attributes
    ----------
    cells
        Rows from north to south; float64, NaN where nothing is known. For heights: metres.
    transform
        a, b, c, d, e, f: the cell at (row, column) has its upper left corner at
        x = a column + b row + c, y = d column + e row + f.
    crs
        Of x and y, as text that pyproj reads; not the study's.
    row, column
        Where the first cell is in the whole file.
    """

    cells: np.ndarray
    transform: tuple[float, float, float, float, float, float]
    crs: str
    row: int
    column: int


def read_elevation(job: Job) -> Told[Grid]:
    """The heights of the ground, with one cell to spare on each side for interpolation.

    Told: ``raster_part`` where the raster covers only part of the ground's extent.

    Raises
    ------
    ReadError
        As :func:`read_grid`.
    """
    return read_grid(job, spare=1)


def read_grid(job: Job, *, spare: int = 0) -> Told[Grid]:
    """The part of a one-band GeoTIFF that holds ``job.within``, in the raster's own CRS.

    Raises
    ------
    MissingError
        Where the file is not there.
    ReadError
        Where it is no GeoTIFF or cut short, has no CRS and ``spec.crs`` is not set, has several
        bands, or does not touch the study's ground.
    """
    path = job.paths[0]
    require_file(job, path)
    where = where_of(job, path.name)
    with _opened(path, where=where) as source:
        crs = _crs(job, source, where=where)
        refuse_bounds(job, tuple(source.bounds), CRS.from_user_input(crs), where=where)
        window, share = _window(job, source, crs, where=where, spare=spare)
        values = source.read(1, window=window, masked=True).astype("float64").filled(np.nan)
        scaled = values * source.scales[0] + source.offsets[0]
        transform = tuple(source.window_transform(window))[:6]
    grid = Grid(scaled, transform, crs, int(window.row_off), int(window.col_off))
    whole = 0.999
    if share >= whole:
        return Told(grid)
    said = f"{where} covers only {share:.0%} of the extent of the study's ground."
    return Told(grid, (Caution(code="raster_part", about=job.spec.id, text=said),))


def cells_of(grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Row and column of each cell with a value above 0, and x and y of its centre."""
    rows, columns = np.nonzero(np.nan_to_num(grid.cells) > 0)
    a, b, c, d, e, f = grid.transform
    x = a * (columns + 0.5) + b * (rows + 0.5) + c
    y = d * (columns + 0.5) + e * (rows + 0.5) + f
    return rows, columns, x, y


@contextmanager
def _opened(path: Path, *, where: str) -> Iterator[rasterio.DatasetReader]:
    """The raster, opened as a GeoTIFF only: other formats may name further files to read."""
    try:
        with rasterio.open(path.resolve(), driver="GTiff") as source:
            if source.count != 1:
                raise ReadError(Fault(what=f"has {source.count} bands, expected 1", where=where))
            yield source
    except (RasterioError, RasterioIOError, UnicodeDecodeError) as error:
        what = f"cannot be read as a GeoTIFF, damaged or cut short ({str(error)[:200]})"
        attempt = "download it again and compare its size"
        raise ReadError(Fault(what=what, where=where, attempt=attempt)) from error


def _crs(job: Job, source: rasterio.DatasetReader, *, where: str) -> str:
    if source.crs is not None:
        return str(source.crs.to_wkt())
    if job.spec.crs is None:
        attempt = "set the source's crs, for example 'EPSG:27700'"
        raise ReadError(Fault(what="the raster has no CRS", where=where, attempt=attempt))
    return job.spec.crs


def _window(
    job: Job, source: rasterio.DatasetReader, crs: str, *, where: str, spare: int
) -> tuple[Window, float]:
    """The cells that hold the study's ground, and the share of its extent that they cover."""
    whole = Window(0, 0, source.width, source.height)
    if job.within is None:
        return _guarded(whole, where=where), 1.0
    ground = transform_bounds(job.crs, crs, *job.within.bounds, densify_pts=21)
    shared = shapely.intersection(shapely.box(*ground), shapely.box(*source.bounds))
    if shared.area == 0:
        seen = "{:.6g}, {:.6g} to {:.6g}, {:.6g}".format(*source.bounds)
        what = f"does not cover the study's ground: it lies at {seen}"
        attempt = "check that the raster is of this place, and its CRS"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))
    exact = from_bounds(*ground, transform=source.transform)
    row, column = int(np.floor(exact.row_off)) - spare, int(np.floor(exact.col_off)) - spare
    bottom = int(np.ceil(exact.row_off + exact.height)) + spare
    right = int(np.ceil(exact.col_off + exact.width)) + spare
    try:
        window = Window(column, row, right - column, bottom - row).intersection(whole)
    except WindowError as error:
        raise ReadError(Fault(what=f"does not cover the ground: {error}", where=where)) from error
    return _guarded(window, where=where), shared.area / shapely.box(*ground).area


def _guarded(window: Window, *, where: str) -> Window:
    cells = int(window.width) * int(window.height)
    if cells > MOST_CELLS:
        what = f"{cells} cells are more than {MOST_CELLS}, which is too many to hold"
        raise ReadError(Fault(what=what, where=where, attempt="use a coarser raster"))
    return window
