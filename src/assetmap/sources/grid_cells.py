"""A grid of cells as one table: a row a cell, its centre, and what is counted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.errors import Fault
from assetmap.frames.given import BOUNDARIES
from assetmap.frames.hold import table_of
from assetmap.provenance import Caution, Told
from assetmap.sources.categories import read_categories
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
from assetmap.sources.hexagons import hexagons_of
from assetmap.sources.positions import place_points
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground

if TYPE_CHECKING:
    from assetmap.sources.read import AssetsRead, Job


class Cells(NamedTuple):
    """The cells of a grid: their rows as published, ids, and centres in the study's CRS."""

    rows: pd.DataFrame
    ids: pd.Series
    centres: gpd.GeoSeries
    cautions: tuple[Caution, ...]


def open_cells(job: Job, *, key: str) -> Cells:
    """The cells of the source's files, every one with its id and its place.

    Parameters
    ----------
    job
        ``spec.columns`` names ``x``, ``y`` (in ``spec.crs``) and the id.
    key
        Our name of the id: ``area_id``, ``place_id`` or ``source_row``.

    Raises
    ------
    ReadError
        With missing columns, ids that are empty or occur twice, and centres without a place.
    """
    told = open_tables(job)
    picked = pick(job, told.table, (key, "x", "y"))
    ids = as_text(picked[key])
    named = job.spec.columns
    faults = faults_of_ids(job, ids, column=named.get(key, key))
    placed = place_points(
        job, picked["x"], picked["y"], x_name=named.get("x", "x"), y_name=named.get("y", "y")
    )
    lost = placed.reasons != ""
    if lost.any():
        what = f"cells have no place {said_of(placed.reasons, lost)}"
        faults.append(Fault(what=what, where=where_of(job), attempt="correct these rows"))
    refuse(faults)
    return Cells(told.table, ids, placed.points, told.cautions)


def read_cell_boundaries(job: Job) -> Told[gpd.GeoDataFrame]:
    """The BOUNDARIES of a grid of hexagons, drawn from its centres.

    Which cells there are is as published; their outlines are ours, see
    :func:`assetmap.sources.hexagons.hexagons_of`, and told as ``cells_drawn``. The whole grid is
    drawn before ``job.within`` chooses, so that a cell has the same outline in every study.

    Raises
    ------
    ReadError
        As :func:`open_cells` and :func:`~assetmap.sources.hexagons.hexagons_of`, and where no
        cell is on the study's ground.
    """
    cells = open_cells(job, key="area_id")
    xy = np.column_stack([cells.centres.x, cells.centres.y])
    shapes = gpd.GeoSeries(hexagons_of(xy, where=where_of(job)), index=cells.ids.index)
    near = on_ground(job, shapes)
    if not near.any():
        what = "none of the cells is on the study's ground"
        refuse([Fault(what=what, where=where_of(job), attempt="check the file's place and CRS")])
    columns = {
        "area_id": cells.ids[near].array,
        "geometry": gpd.GeoSeries(shapes[near].array, crs=job.crs),
    }
    held = table_of(BOUNDARIES, columns, crs=job.crs)
    text = "Only the centres of the cells are published; their outlines are drawn half way between."
    caution = Caution(code="cells_drawn", about=job.spec.id, text=text, count=len(held))
    return Told(cast("gpd.GeoDataFrame", held), (*cells.cautions, caution))


def read_cell_counts(job: Job) -> Told[AssetsRead]:
    """What is counted in each cell, as one asset of ``spec.category`` at the cell's centre.

    The count is the asset's ``supply``; a cell with 0 holds no asset. A cell without a count is
    no asset either, and told as ``cells_uncounted``: nobody knows what is there. ``spec.columns``
    names ``source_row``, ``x``, ``y`` and ``supply``; ``spec.precision_m`` should be the distance
    from a cell's centre to its corner.

    Raises
    ------
    ReadError
        As :func:`open_cells`, with counts that are negative or no numbers, and without a category.
    """
    cells = open_cells(job, key="source_row")
    counts = pick(job, cells.rows, ("supply",))["supply"]
    column = job.spec.columns.get("supply", "supply")
    supply, faults = as_numbers(job, counts, column=column, low=0, blank=True)
    if job.spec.category not in read_categories():
        what, attempt = f"category '{job.spec.category}' is not known", "set the source's category"
        faults.append(Fault(what=what, where=where_of(job), attempt=attempt))
    refuse(faults)
    near = on_ground(job, cells.centres)
    text = "Cells say nothing of how many there are: whatever is in them is not counted."
    cautions = (
        *cells.cautions,
        *counted(job, "cells_uncounted", int((near & supply.isna()).sum()), text),
    )
    rows = pd.DataFrame(
        {
            "source_row": cells.ids,
            "name": None,
            "category": job.spec.category,
            "supply": supply,
            "geometry": pd.Series(
                np.asarray(cells.centres, dtype=object), index=supply.index, dtype=object
            ),
        }
    )
    return hand_on(job, Gathered(rows[supply > 0], cautions=cautions))
