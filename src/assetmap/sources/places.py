"""Places where people live: small polygons, points, postcodes, or cells of a raster."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.given import PLACES
from assetmap.frames.hold import table_of
from assetmap.provenance import Caution, Told
from assetmap.sources.archives import inner_suffix
from assetmap.sources.codes import as_postcodes
from assetmap.sources.columns import (
    as_numbers,
    as_text,
    faults_of_ids,
    pick,
    refuse,
    said_of,
    where_of,
)
from assetmap.sources.files import open_tables
from assetmap.sources.positions import place_points
from assetmap.sources.shapes import read_all_shapes
from assetmap.sources.vectors import PARQUETS, VECTORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.sources.read import Job


def read_places(job: Job) -> Told[gpd.GeoDataFrame]:
    """The PLACES of a source, on the study's ground.

    Layouts:

    ``polygons``
        Output areas or other small polygons: a point inside each (shapely's representative
        point). ``spec.columns``: ``place_id``, optional ``area_id`` and ``people``.
    ``points``
        A table with the coordinate columns ``x`` and ``y`` in ``spec.crs``, or a vector file of
        points; columns as above. Every row must have its place.
    ``postcodes``
        ``place_id`` is the postcode, made ``DY1 1AA``; with ``x`` and ``y``. Rows that are no
        postcode or have no place are left out and told as ``places_unplaced``.
    ``cells``
        As ``points``, for the centres of a grid's cells.
    ``raster``
        One place for each cell of a population GeoTIFF with people, at its centre; the id is its
        row and column in the whole file.

    Raises
    ------
    StudyError
        Where the layout is unknown.
    ReadError
        As the file's reader, and with ids that are empty or occur twice, people that are negative
        or no numbers, points without a place, and no place on the study's ground.
    """
    readers: dict[str, Callable[[Job], Told[gpd.GeoDataFrame]]] = {
        "polygons": _polygons,
        "points": _points,
        "cells": _cell_centres,
        "postcodes": _postcodes,
        "raster": _cells,
    }
    layout = job.spec.layout
    if layout not in readers:
        what = f"layout '{layout}' is no layout of places"
        attempt = nearest_name(layout, readers) or f"one of {', '.join(readers)}"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    told = readers[layout](job)
    places = told.table
    if job.within is not None:
        shapely.prepare(job.within)
        places = places[shapely.covers(job.within, np.asarray(places.geometry.array))]
    if places.empty:
        what = f"none of the {len(told.table)} places is on the study's ground"
        refuse([Fault(what=what, where=where_of(job), attempt="check the file's place and CRS")])
    columns = {name: places[name].reset_index(drop=True) for name in places}
    held = table_of(PLACES, columns, crs=job.crs)
    return Told(cast("gpd.GeoDataFrame", held), told.cautions)


def _polygons(job: Job) -> Told[gpd.GeoDataFrame]:
    told = read_all_shapes(job)
    inner = told.table.geometry.representative_point()
    return Told(_places(job, told.table, inner, basis="output area"), told.cautions)


def _cell_centres(job: Job) -> Told[gpd.GeoDataFrame]:
    return _points(job, basis="grid cell")


def _points(job: Job, *, basis: str = "population-weighted centre") -> Told[gpd.GeoDataFrame]:
    if _is_vector(job):
        read = read_all_shapes(job)
        middles = read.table.geometry.representative_point()
        return Told(_places(job, read.table, middles, basis=basis), read.cautions)
    told = open_tables(job)
    x, y = (job.spec.columns.get(name, name) for name in ("x", "y"))
    at = pick(job, told.table, ("x", "y"))
    placed = place_points(job, at["x"], at["y"], x_name=x, y_name=y)
    wrong = placed.reasons != ""
    if wrong.any():
        what = f"points have no place {said_of(placed.reasons, wrong)}"
        refuse([Fault(what=what, where=where_of(job), attempt="correct or take out these rows")])
    return Told(_places(job, told.table, placed.points, basis=basis), told.cautions)


def _is_vector(job: Job) -> bool:
    """Whether the files carry shapes: a Parquet file does unless coordinate columns are named."""
    suffixes = {inner_suffix(path) for path in job.paths}
    return suffixes <= {*VECTORS, *PARQUETS} and not (
        suffixes <= {*PARQUETS} and "x" in job.spec.columns
    )


def _postcodes(job: Job) -> Told[gpd.GeoDataFrame]:
    told = open_tables(job)
    picked = pick(job, told.table, ("place_id", "x", "y"))
    x, y = (job.spec.columns.get(name, name) for name in ("x", "y"))
    placed = place_points(job, picked["x"], picked["y"], x_name=x, y_name=y)
    codes = as_postcodes(picked["place_id"])
    lost = codes.isna() | (placed.reasons != "")
    known = told.table.assign(**{job.spec.columns.get("place_id", "place_id"): codes})[~lost]
    places = _places(job, known, placed.points[~lost], basis="postcode")
    if not lost.any():
        return Told(places, told.cautions)
    said = f"Rows that are no postcode or have no coordinates, left out: {int(lost.sum())}."
    caution = Caution(code="places_unplaced", about=job.spec.id, text=said, count=int(lost.sum()))
    return Told(places, (*told.cautions, caution))


def _cells(job: Job) -> Told[gpd.GeoDataFrame]:
    from assetmap.sources.raster import cells_of, read_grid  # noqa: PLC0415 - rasterio, seldom

    told = read_grid(job)
    grid = told.table
    rows, columns, x, y = cells_of(grid)
    below = int((grid.cells < 0).sum())
    if below:
        what = f"{below} cells hold fewer than 0 people"
        attempt = "the raster's nodata value is not set: ask the publisher which it is"
        refuse([Fault(what=what, where=where_of(job), attempt=attempt)])
    centres = gpd.GeoSeries.from_xy(x, y, crs=grid.crs).to_crs(job.crs)
    ids = [
        f"r{row}c{column}"
        for row, column in zip(rows + grid.row, columns + grid.column, strict=True)
    ]
    people = grid.cells[rows, columns]
    columns_ = {"place_id": ids, "basis": "raster cell", "people": people, "geometry": centres}
    return Told(gpd.GeoDataFrame(columns_, crs=job.crs), told.cautions)


def _places(
    job: Job, table: pd.DataFrame, points: gpd.GeoSeries, *, basis: str
) -> gpd.GeoDataFrame:
    """The places with their ids checked, and area and people where the file has them."""
    picked = pick(job, table, ("place_id",), ("area_id", "people"))
    column = job.spec.columns.get("place_id", "place_id")
    ids = as_text(picked["place_id"])
    faults = faults_of_ids(job, ids, column=column)
    columns = {"place_id": ids, "basis": pd.Series(basis, index=ids.index)}
    if "area_id" in picked:
        columns["area_id"] = as_text(picked["area_id"])
    if "people" in picked:
        header = job.spec.columns.get("people", "people")
        columns["people"], wrong = as_numbers(job, picked["people"], column=header, low=0)
        faults += wrong
    refuse(faults)
    values = {name: cells.array for name, cells in columns.items()}
    return gpd.GeoDataFrame(values, geometry=points.array, crs=job.crs)
