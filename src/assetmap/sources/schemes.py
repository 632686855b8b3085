"""Regeneration schemes and site allocations: where, of which kind, how far along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.given import SCHEMES, STAGES
from assetmap.frames.hold import table_of
from assetmap.provenance import Caution, Told
from assetmap.sources.columns import (
    as_numbers,
    as_text,
    faults_of_ids,
    pick,
    refuse,
    said_of,
    where_of,
)
from assetmap.sources.shapes import read_all_shapes

if TYPE_CHECKING:
    from assetmap.sources.read import Job

OPTIONAL = ("scheme_id", "name", "kind", "stage", "opens", "delivers", "removes", "homes")
TEXTS = ("kind", "stage", "opens", "delivers", "removes")
FEW_NAMES = 2
DATE = r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T].*)?"


def read_schemes(job: Job) -> Told[gpd.GeoDataFrame]:
    """The SCHEMES of vector files, in the study's CRS, those that meet its ground.

    ``spec.columns`` may name ``scheme_id``, ``name``, ``kind``, ``stage``, ``opens``,
    ``delivers``, ``removes`` and ``homes``. Where they are not there: the id is the name if all
    names differ, else where the scheme lies; the kind is ``spec.scheme_kind``; the stage is
    ``spec.stage``. ``spec.id_pattern`` takes the id out of its column, and rows of one id are
    then one scheme, told as ``schemes_merged``: shapes united, homes summed, the earliest stage,
    the latest opening, what is delivered and removed gathered.

    Raises
    ------
    StudyError
        Where ``spec.id_pattern`` is set and ``columns.scheme_id`` is not.
    ReadError
        As :func:`~assetmap.sources.shapes.read_shapes`, and with every row whose stage is unknown
        or empty, whose date is none, whose homes are negative or no number, whose id is empty, or
        is another's, or does not fit the pattern.
    """
    told = read_all_shapes(job)
    picked = pick(job, told.table, (), OPTIONAL)
    rows, faults = _rows(job, picked, told.table.geometry)
    refuse(faults)
    merged = rows
    cautions = told.cautions
    if job.spec.id_pattern is not None and rows["scheme_id"].duplicated().any():
        merged = _merged(rows)
        said = f"{len(rows)} rows are {len(merged)} schemes: phases of one id are taken together."
        caution = Caution(
            code="schemes_merged", about=job.spec.id, text=said, count=len(rows) - len(merged)
        )
        cautions = (*cautions, caution)
    columns = {name: merged[name].reset_index(drop=True) for name in merged}
    held = table_of(SCHEMES, columns, crs=job.crs)
    return Told(cast("gpd.GeoDataFrame", held), cautions)


def _rows(
    job: Job, picked: pd.DataFrame, shapes: gpd.GeoSeries
) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    texts = {name: as_text(picked[name]) for name in OPTIONAL[:-1] if name in picked}
    empty = pd.Series(None, index=picked.index, dtype="str")
    columns: dict[str, Any] = {name: texts.get(name, empty) for name in TEXTS}
    columns["scheme_id"], faults = _ids(job, texts, shapes)
    columns["name"] = texts.get("name", empty).fillna(columns["scheme_id"])
    columns["kind"] = columns["kind"].fillna(job.spec.scheme_kind)
    columns["stage"], wrong = _stages(job, columns["stage"], columns["name"])
    faults += wrong
    columns["opens"], wrong = _dates(job, columns["opens"])
    faults += wrong
    columns["homes"] = pd.Series(float("nan"), index=picked.index)
    if "homes" in picked:
        header = job.spec.columns.get("homes", "homes")
        columns["homes"], wrong = as_numbers(job, picked["homes"], column=header, low=0, blank=True)
        faults += wrong
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=shapes.crs), faults


def _ids(
    job: Job, texts: dict[str, pd.Series], shapes: gpd.GeoSeries
) -> tuple[pd.Series, list[Fault]]:
    pattern = _pattern(job)
    if "scheme_id" in texts:
        ids = texts["scheme_id"]
        column = job.spec.columns.get("scheme_id", "scheme_id")
        if pattern is None:
            return ids, faults_of_ids(job, ids, column=column)
        found = ids.str.extract(pattern, expand=False)
        unfit = found.isna()
        what = f"'{column}' does not fit id_pattern {pattern!r} {said_of(ids, unfit)}"
        return found, [Fault(what=what, where=where_of(job))] if unfit.any() else []
    if pattern is not None:
        what, attempt = "id_pattern needs a column", "set columns.scheme_id"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    names = texts.get("name")
    if names is not None and names.notna().all() and names.is_unique:
        return names, []
    inner = shapes.representative_point()
    places = [f"{job.spec.id} at {x:.0f}, {y:.0f}" for x, y in zip(inner.x, inner.y, strict=True)]
    ids = pd.Series(places, index=shapes.index, dtype="str")
    return ids, faults_of_ids(job, ids, column="scheme_id (made from where the scheme lies)")


def _pattern(job: Job) -> str | None:
    """``spec.id_pattern``, or a StudyError where it is no expression with one group."""
    if job.spec.id_pattern is None:
        return None
    attempt = "write it with one group, for example 'NSP ?([0-9]+)'"
    try:
        groups = re.compile(job.spec.id_pattern).groups
    except re.error as error:
        what = f"id_pattern is no regular expression: {error}"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt)) from error
    if groups != 1:
        what = f"id_pattern has {groups} groups, expected one"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    return job.spec.id_pattern


def _stages(job: Job, stages: pd.Series, names: pd.Series) -> tuple[pd.Series, list[Fault]]:
    known = stages.str.casefold().str.replace(r"[\s_-]+", " ", regex=True)
    filled = known.fillna(job.spec.stage) if job.spec.stage is not None else known
    faults = []
    unknown = filled.notna() & ~filled.isin(STAGES)
    if unknown.any():
        hint = nearest_name(str(filled[unknown].iloc[0]), STAGES)
        what = f"the stage is none of {', '.join(STAGES)} {said_of(stages, unknown)}"
        faults.append(Fault(what=what, where=where_of(job), attempt=hint))
    if filled.isna().any():
        what = f"schemes have no stage {said_of(names, filled.isna())}"
        attempt = "set columns.stage, or stage for all of them"
        faults.append(Fault(what=what, where=where_of(job), attempt=attempt))
    return filled, faults


def _dates(job: Job, cells: pd.Series) -> tuple[pd.Series, list[Fault]]:
    """Days as YYYY-MM-DD; a day before the month or a bare year is a fault, not a guess."""
    plain = cells.str.replace(f"^{DATE}$", r"\1-\2-\3", regex=True)
    days = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce")
    wrong = cells.notna() & days.isna()
    if not wrong.any():
        return days.dt.strftime("%Y-%m-%d").astype("str").where(days.notna(), None), []
    what = f"the opening date is no day {said_of(cells, wrong)}"
    return cells, [Fault(what=what, where=where_of(job), attempt="write it as 2027-04-30")]


def _merged(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    parts = []
    for scheme_id, group in rows.groupby("scheme_id", sort=True):
        parts.append(
            {
                "scheme_id": scheme_id,
                "name": _shared_name(sorted(set(group["name"]))),
                "kind": min(group["kind"]),
                "stage": min(group["stage"], key=STAGES.index),
                "opens": group["opens"].dropna().max() if group["opens"].notna().any() else None,
                "delivers": _gathered(group["delivers"]),
                "removes": _gathered(group["removes"]),
                "homes": group["homes"].sum(min_count=1),
                "geometry": shapely.union_all(sorted(group.geometry, key=shapely.to_wkb)),
            }
        )
    return gpd.GeoDataFrame(parts, geometry="geometry", crs=rows.crs)


def _gathered(cells: pd.Series) -> str | None:
    parts = {part.strip() for cell in cells.dropna() for part in cell.split(";") if part.strip()}
    return "; ".join(sorted(parts)) or None


def _shared_name(names: list[str]) -> str:
    """Both names of two; of more, the words with which all begin, else the first and a count."""
    if len(names) <= FEW_NAMES:
        return "; ".join(names)
    words = [name.split() for name in names]
    shared: list[str] = []
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    beginning = re.sub(r"[\s:,;-]+$", "", " ".join(shared))
    return beginning or f"{names[0]} and {len(names) - 1} more"
