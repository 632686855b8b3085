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
        As :func:`~assetmap.sources.files.open_table`, and where an area is named twice.
    """
    told = open_tables(job)
    picked = pick(job, told.table, ("area_id", "place")).apply(as_text)
    named = picked.dropna()
    refuse(faults_of_ids(job, named["area_id"], column="area_id"))
    place, *_ = clean_cells(named["place"])
    return Told(table_of(NAMES, {"area_id": named["area_id"], "place": place}), told.cautions)
