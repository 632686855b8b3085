"""What residents call their neighbourhoods: a study's ``names.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.frames import table_of
from assetmap.frames.given import NAMES
from assetmap.provenance import Told
from assetmap.sources.cells import clean_cells
from assetmap.sources.columns import as_text, faults_of_ids, pick, refuse
from assetmap.sources.files import open_tables

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.sources.read import Job


def read_names(job: Job) -> Told[pd.DataFrame]:
    """The NAMES that residents use, by ``area_id``; areas without a name have no row.

    Columns ``area_id`` and ``place``, or what ``spec.columns`` calls them.

    Raises
    ------
    ReadError
        As :func:`~assetmap.sources.files.open_table`, where an area is named twice, and where a
        name has no area.
    """
    told = open_tables(job)
    picked = pick(job, told.table, ("area_id", "place")).apply(as_text)
    place, *_ = clean_cells(picked["place"])
    named = picked.assign(place=place)[place.notna()]
    refuse(faults_of_ids(job, named["area_id"], column=job.spec.columns.get("area_id", "area_id")))
    return Told(table_of(NAMES, {name: named[name] for name in NAMES.names}), told.cautions)
