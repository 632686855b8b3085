"""A whole nation's index of deprivation, as published: England, Wales, and others by mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.given import DEPRIVATION
from assetmap.frames.hold import table_of
from assetmap.provenance import Told
from assetmap.sources.columns import as_text, refuse, said_of, where_of
from assetmap.sources.deprivation_layouts import (
    RANKED,
    WIDE_ENGLAND,
    WIDE_WALES,
    YEARS,
    Placing,
    authority_columns,
    code_column,
    place_english,
    place_mapped,
    place_ranked,
    place_wide,
)
from assetmap.sources.deprivation_values import Index, cautions_of, index_of, joined, long_of
from assetmap.sources.files import open_table
from assetmap.sources.lookups import geography_of

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Caution
    from assetmap.sources.read import Job

WIDE = {"wide_parquet": WIDE_ENGLAND, "wimd2019": WIDE_WALES}
LAYOUTS = (*YEARS, *WIDE, *RANKED, "mapped")


def read_deprivation(job: Job) -> Told[pd.DataFrame]:
    """The DEPRIVATION of a whole nation: score, rank and decile of each domain, long.

    Layouts: ``file7_2025`` and ``file7_2019`` (columns found by how their headers begin),
    ``iod2019_files_1_2`` (ranks and deciles only), ``wide_parquet`` and ``wimd2019``
    (``<Name>_score|rank|decile``, codes in ``columns.area_id`` or ``lsoa11_code``,
    ``lsoa21_code``; Wales's *Crime* is its community safety domain), ``simd2020`` and
    ``nimdm2017`` (ranks alone; Scotland ranks areas that tie by their middle place, which is
    brought to the least, as everywhere here), ``mapped``
    (``spec.columns`` with ``area_id`` and ``<domain>_score|rank|decile``).

    Published deciles pass through unchanged; N is the number of rows. Told: ranks that rows share
    (``rank_ties``), deciles that differ from ceil(10 rank / N) beyond ties (``decile_differs``),
    domains whose columns are all empty (``domain_empty``), deciles that a mapped index does not
    publish and that are therefore computed (``decile_computed``).

    Raises
    ------
    StudyError
        Where the layout is unknown.
    ReadError
        With every fault of the file: columns that no header or two headers fit, codes that are
        empty, twice or not an LSOA's, cells that are no number, domains with some rows empty,
        ranks outside 1..N or not whole, which is how a file that is cut short shows, deciles
        outside 1..10, files of one index with different areas or values.

    References
    ----------
    MHCLG, *English indices of deprivation 2025: technical report*; Welsh Government, *WIMD 2019*.
    """
    _refuse_layout(job, LAYOUTS)
    indices: list[Index] = []
    cautions: list[Caution] = []
    faults: list[Fault] = []
    for position, path in enumerate(job.paths):
        told = open_table(job, path)
        cautions += told.cautions
        placing, misplaced = _place(job, told.table, path, position=position)
        faults += misplaced
        if not misplaced:
            index, wrong = index_of(job, told.table, placing, path)
            indices.append(index)
            faults += wrong
    refuse(faults)
    index, differing = joined(job, indices)
    refuse(differing)
    cautions += cautions_of(job, index)
    return Told(table_of(DEPRIVATION, long_of(index)), tuple(cautions))


def read_deprivation_geography(job: Job) -> Told[pd.DataFrame]:
    """The GEOGRAPHY of level ``authority`` that the English files carry: districts of LSOAs.

    Of 2024 in ``file7_2025``, of 2019 in ``file7_2019`` and File 1.

    Raises
    ------
    StudyError
        Where the layout carries none.
    ReadError, JoinError
        As :func:`read_deprivation`; an LSOA in two districts.
    """
    _refuse_layout(job, tuple(YEARS))
    path = job.paths[0]
    told = open_table(job, path)
    headers = [str(column) for column in told.table.columns]
    where = where_of(job, path.name)
    found, faults = authority_columns(headers, layout=job.spec.layout, where=where)
    refuse(faults)
    picked = told.table[list(found.values())].apply(as_text)
    picked.columns = pd.Index(list(found))
    empty = picked[["area_id", "unit_id"]].isna().any(axis=1)
    if empty.any():
        what = f"the district of an LSOA is empty {said_of(picked['area_id'], empty)}"
        refuse([Fault(what=what, where=where)])
    return Told(geography_of(job, picked, level="authority"), told.cautions)


def _refuse_layout(job: Job, known: tuple[str, ...]) -> None:
    if job.spec.layout not in known:
        what = f"layout '{job.spec.layout}' is no layout of an index of deprivation with this table"
        attempt = nearest_name(job.spec.layout, known) or f"one of {', '.join(known)}"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))


def _place(
    job: Job, table: pd.DataFrame, path: Path, *, position: int
) -> tuple[Placing, list[Fault]]:
    layout, where = job.spec.layout, where_of(job, path.name)
    headers = [str(column) for column in table.columns]
    if layout in YEARS:
        return place_english(headers, layout=layout, position=position, where=where)
    if layout in WIDE:
        area_id = job.spec.columns.get("area_id") or code_column(headers)
        return place_wide(headers, WIDE[layout], area_id=area_id, where=where)
    if layout in RANKED:
        return place_ranked(headers, layout=layout, where=where)
    return place_mapped(headers, job.spec.columns, where=where)
