"""Boundaries of small areas: census areas, Data Zones, or any polygons with a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from assetmap.frames.given import BOUNDARIES
from assetmap.frames.hold import table_of
from assetmap.provenance import Told
from assetmap.sources.codes import faults_of_codes
from assetmap.sources.columns import as_text, faults_of_ids, pick, refuse
from assetmap.sources.grid_cells import read_cell_boundaries
from assetmap.sources.shapes import read_all_shapes

if TYPE_CHECKING:
    import geopandas as gpd

    from assetmap.sources.read import Job


def read_boundaries(job: Job) -> Told[gpd.GeoDataFrame]:
    """The BOUNDARIES of one file or several: one valid polygon an area, in the study's CRS.

    ``spec.columns`` names the publisher's ``area_id`` and, where there is one, ``area_name``.
    Areas that do not meet ``job.within`` are left out. Invalid polygons are repaired and told;
    see :func:`~assetmap.sources.shapes.read_shapes`. With layout ``lsoa`` every code must be one
    of an LSOA of England or Wales; which vintage it is cannot be seen from a code. With layout
    ``cells`` the file is a table of a hexagonal grid's centres, and the polygons are drawn:
    :func:`assetmap.sources.grid_cells.read_cell_boundaries`.

    Raises
    ------
    ReadError
        As :func:`~assetmap.sources.shapes.read_shapes`, and with missing columns, codes that are
        empty, occur twice, in one file or in two, or are no LSOA's.

    References
    ----------
    ONS Geography, *Lower layer Super Output Areas Boundaries BGC* (generalised, clipped).
    """
    if job.spec.layout == "cells":
        return read_cell_boundaries(job)
    told = read_all_shapes(job)
    picked = pick(job, told.table, ("area_id",), ("area_name",))
    ids = as_text(picked["area_id"])
    column = job.spec.columns.get("area_id", "area_id")
    faults = faults_of_ids(job, ids, column=column)
    if job.spec.layout == "lsoa":
        faults += faults_of_codes(job, ids, column=column)
    refuse(faults)
    columns = {"area_id": ids.array, "geometry": told.table.geometry.array}
    if "area_name" in picked:
        columns["area_name"] = as_text(picked["area_name"]).array
    held = table_of(BOUNDARIES, columns, crs=job.crs)
    return Told(cast("gpd.GeoDataFrame", held), told.cautions)
