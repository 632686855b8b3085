"""Shapes from a publisher's file, in the study's CRS, valid, and on the study's ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.provenance import Caution, Told
from assetmap.sources.archives import inner_suffix
from assetmap.sources.columns import keep_where, where_of
from assetmap.sources.find import require_file
from assetmap.sources.positions import crs_of, refuse_bounds
from assetmap.sources.vectors import open_vector

if TYPE_CHECKING:
    from pathlib import Path

    import pyproj

    from assetmap.sources.read import Job

POLYGONS = ("Polygon", "MultiPolygon")
DEGREES = "EPSG:4326"


def read_shapes(
    job: Job, path: Path, *, layer: str | None = None, filtered: bool = True
) -> Told[gpd.GeoDataFrame]:
    """The features of a vector file or GeoParquet: attributes as published, shapes made ready.

    Shapes come in ``job.crs``, flat (no heights), valid, and only where they meet ``job.within``;
    the column is ``geometry``, the index ``row`` the number of the feature in the file from 1.
    Invalid polygons are repaired by ``shapely.make_valid``, of which the polygonal parts stay,
    and told as ``geometry_repaired``. Features without a shape are left out and told as
    ``geometry_missing``, those of which a repair leaves nothing as ``geometry_lost``.

    Parameters
    ----------
    job
        Where ``spec.crs`` is set, it is the CRS of a file that states none; a GeoJSON states none
        by its nature.
    path
        One of ``job.paths``.
    layer
        In place of ``spec.layer``.
    filtered
        Whether ``spec.where`` applies.

    Raises
    ------
    MissingError
        Where the file is not there.
    ReadError
        Where there are no features, no CRS, a CRS that the coordinates belie (degrees for metres,
        metres for degrees, longitude and latitude swapped), or nothing on the study's ground.
    """
    require_file(job, path)
    where = where_of(job, path.name)
    table = open_vector(path, layer=layer or job.spec.layer, where=where)
    if table.empty:
        raise ReadError(
            Fault(what="the layer has no features", where=where, attempt="download it again")
        )
    table = table.rename_geometry("geometry") if table.geometry.name != "geometry" else table
    table.index = pd.RangeIndex(1, len(table) + 1, name="row")
    table = gpd.GeoDataFrame(keep_where(job, table)) if filtered else table
    bare = table.geometry.isna() | table.geometry.is_empty
    table = table[~bare]
    if table.empty:
        raise ReadError(Fault(what="no feature has a shape", where=where))
    crs = _crs(job, table, path, where=where)
    refuse_bounds(job, tuple(table.total_bounds), crs, where=where)
    shapes = np.asarray(table.geometry.array)
    shapes = shapely.force_2d(shapes) if shapely.has_z(shapes).any() else shapes
    flat = gpd.GeoSeries(shapes, index=table.index, crs=crs)
    moved = table.set_geometry(flat.to_crs(job.crs))
    ready, cautions = _ready(job, moved, where=where)
    if ready.empty and len(job.paths) == 1:
        _refuse_elsewhere(job, moved, where=where)
    return Told(ready, (*_told(job, where, bare=int(bare.sum())), *cautions))


def read_all_shapes(job: Job) -> Told[gpd.GeoDataFrame]:
    """The features of all of the source's files, one below the other; ``row`` counts in each.

    Raises
    ------
    ReadError
        As :func:`read_shapes`, and where no file has anything on the study's ground.
    """
    told = [read_shapes(job, path) for path in job.paths]
    whole = gpd.GeoDataFrame(pd.concat([part.table for part in told]), crs=job.crs)
    if whole.empty:
        what, attempt = "nothing is on the study's ground", "check the file's place and CRS"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))
    return Told(whole, tuple(caution for part in told for caution in part.cautions))


def _refuse_elsewhere(job: Job, table: gpd.GeoDataFrame, *, where: str) -> None:
    """A ReadError where the file's whole extent misses the study's ground."""
    extent = tuple(table.total_bounds)
    if job.within is not None and not shapely.intersects(job.within, shapely.box(*extent)):
        seen = "{:.0f}, {:.0f} to {:.0f}, {:.0f}".format(*extent)
        what = f"none of the {len(table)} shapes is on the study's ground; they lie at {seen}"
        attempt = "check that the file is of this place, and its CRS"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))


def _crs(job: Job, table: gpd.GeoDataFrame, path: Path, *, where: str) -> pyproj.CRS:
    """The CRS that the file states, or the study where it may speak for the file."""
    said = None if job.spec.crs is None else crs_of(job, job.spec.crs, where=where)
    unsaid = table.crs is None or inner_suffix(path) in {".geojson", ".json"}
    if said is not None and not unsaid and said != table.crs:
        what = f"the file is in {table.crs.to_string()}, the study says {said.to_string()}"
        attempt = "take crs out of the source, unless the file is wrong"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))
    if said is not None and unsaid:
        return said
    if table.crs is None:
        attempt = f"ask the publisher, then set the source's crs, for example '{job.crs}'"
        raise ReadError(Fault(what="the file does not say its CRS", where=where, attempt=attempt))
    stated: pyproj.CRS = table.crs
    # By its name: PROJ finds a way from it sooner, and once for all readers, than from its parts.
    return crs_of(job, DEGREES, where=where) if stated == DEGREES else stated


def _ready(
    job: Job, table: gpd.GeoDataFrame, *, where: str
) -> tuple[gpd.GeoDataFrame, tuple[Caution, ...]]:
    """Features on the study's ground, valid; those far off are not repaired for nothing."""
    if job.within is not None:
        near = shapely.box(*job.within.bounds)
        boxes = shapely.box(*np.asarray(table.bounds, dtype="float64").T)
        table = table[shapely.intersects(boxes, near)]
    shapes = np.asarray(table.geometry.array)
    broken = ~shapely.is_valid(shapes)
    shapes = shapes.copy()
    shapes[broken] = [_repaired(shape) for shape in shapes[broken]]
    lost = shapely.is_empty(shapes)
    kept = ~lost
    if job.within is not None:
        shapely.prepare(job.within)
        kept &= shapely.intersects(job.within, shapes)
    ready = table.set_geometry(gpd.GeoSeries(shapes, index=table.index, crs=table.crs))[kept]
    return ready, _told(job, where, repaired=int((broken & kept).sum()), lost=int(lost.sum()))


def _repaired(shape: Any) -> Any:  # noqa: ANN401 - shapely has no types to give
    valid = shapely.make_valid(shape)
    if shape.geom_type not in POLYGONS or valid.geom_type in POLYGONS:
        return valid
    parts = shapely.get_parts(shapely.get_parts(valid))
    return shapely.union_all([part for part in parts if part.geom_type in POLYGONS])


def _told(
    job: Job, where: str, *, bare: int = 0, repaired: int = 0, lost: int = 0
) -> tuple[Caution, ...]:
    said = (
        ("geometry_missing", bare, "rows without a shape, left out"),
        ("geometry_repaired", repaired, "invalid shapes, repaired"),
        ("geometry_lost", lost, "invalid shapes that could not be repaired, left out"),
    )
    return tuple(
        Caution(code=code, about=job.spec.id, text=f"{where}: {text}: {count}.", count=count)
        for code, count, text in said
        if count
    )
