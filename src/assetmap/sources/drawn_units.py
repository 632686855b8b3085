"""Larger units that are drawn, not listed: wards, committees, localities of a council's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import geopandas as gpd
import pandas as pd

from assetmap.frames.given import BOUNDARIES
from assetmap.frames.hold import table_of
from assetmap.provenance import Told
from assetmap.sources.columns import as_text, faults_of_ids, pick, refuse
from assetmap.sources.lookups import refuse_no_level
from assetmap.sources.shapes import read_all_shapes

if TYPE_CHECKING:
    from assetmap.sources.read import Job


def read_drawn_units(job: Job) -> Told[gpd.GeoDataFrame]:
    """The BOUNDARIES of the units of one level, in the study's CRS; one row a unit.

    ``spec.columns`` names the publisher's ``unit_id`` and, where there is one, ``unit_name`` (of
    two spellings the first in the alphabet). Rows of one code are parts of one unit. Which unit a
    small area belongs to is decided by
    :func:`assetmap.layers.geography.make_membership_by_position`.

    Raises
    ------
    StudyError
        Where ``spec.level`` is not set.
    ReadError
        As :func:`~assetmap.sources.shapes.read_shapes`, and with missing columns and empty codes.
    """
    refuse_no_level(job)
    told = read_all_shapes(job)
    picked = pick(job, told.table, ("unit_id",), ("unit_name",)).apply(as_text)
    names = picked["unit_name"] if "unit_name" in picked else picked["unit_id"]
    parts = gpd.GeoDataFrame(
        {
            "unit_id": picked["unit_id"].array,
            "unit_name": names.fillna(picked["unit_id"]).array,
            "geometry": told.table.geometry.array,
        },
        crs=job.crs,
    )
    column = job.spec.columns.get("unit_id", "unit_id")
    refuse(faults_of_ids(job, parts["unit_id"].drop_duplicates(), column=column))
    whole = _joined(parts)
    columns = {
        "area_id": whole["unit_id"].array,
        "area_name": whole["unit_name"].array,
        "geometry": whole.geometry.array,
    }
    held = table_of(BOUNDARIES, columns, crs=job.crs)
    return Told(cast("gpd.GeoDataFrame", held), told.cautions)


def _joined(parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row a unit; only units of several parts are put together, since that takes long."""
    several = parts["unit_id"].duplicated(keep=False)
    joined = parts[several].sort_values("unit_id").dissolve(by="unit_id", aggfunc="min")
    return gpd.GeoDataFrame(pd.concat([parts[~several], joined.reset_index()]), crs=parts.crs)
