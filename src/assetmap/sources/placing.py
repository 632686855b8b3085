"""Rows of a register put on the map: by their coordinates, else UPRN, else postcode."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, ReadError, nearest_name
from assetmap.sources.codes import as_postcodes
from assetmap.sources.columns import as_text, where_of
from assetmap.sources.positions import place_points

if TYPE_CHECKING:
    import geopandas as gpd

    from assetmap.sources.read import Job

POSTCODE_M = 100.0
"""A postcode holds some fifteen addresses; in towns they lie within about 100 m of its point."""
AREA_M = 500.0
"""A postcode known only by its small area is taken to lie at the area's centre."""
COORDINATES = (
    ("x", "y", None), ("lon", "lat", "EPSG:4326"), ("easting", "northing", "EPSG:27700"),
)  # fmt: skip
NO_PLACE = "no coordinates, UPRN or postcode"


class Placed(NamedTuple):
    """Where each row is, how precisely, and why the others have no place.

    Attributes
    ----------
    points
        Points in the study's CRS, None where a row has no place.
    precision_m
        How far a point may be off, in metres: 0 by coordinates or UPRN, about 100 by postcode,
        about 500 by a postcode's area.
    reasons
        Why a row has no place; empty where it has one.
    by
        ``point``, ``uprn``, ``postcode``, ``area`` or empty.
    """

    points: pd.Series
    precision_m: pd.Series
    reasons: pd.Series
    by: pd.Series


def with_crs(job: Job, crs: str) -> Job:
    """The job with that CRS for coordinate columns, where the study does not say another."""
    if job.spec.crs is not None:
        return job
    return dataclasses.replace(job, spec=job.spec.model_copy(update={"crs": crs}))


def place_rows(job: Job, rows: pd.DataFrame, *, areas: pd.Series | None = None) -> Placed:
    """A place for each row, by the first way that finds one.

    Parameters
    ----------
    job
        ``lookups`` holds places by postcode or UPRN; ``spec.postcodes`` names the one for
        postcodes, UPRNs are looked for in all.
    rows
        Columns ``x`` and ``y``, or ``lon`` and ``lat``, or ``easting`` and ``northing``; ``uprn``;
        ``postcode``: those that there are.
    areas
        Small areas by postcode, for a lookup that holds the centres of areas.

    Raises
    ------
    ReadError
        Where coordinates have no CRS, or the wrong one, or are swapped in most rows; and where
        ``spec.postcodes`` names no lookup.
    """
    placed = Placed(
        points=pd.Series(None, index=rows.index, dtype=object),
        precision_m=pd.Series(0.0, index=rows.index),
        reasons=pd.Series(NO_PLACE, index=rows.index, dtype=object),
        by=pd.Series("", index=rows.index, dtype=object),
    )
    placed = _by_coordinates(job, rows, placed)
    if "uprn" in rows:
        placed = _by_uprn(job, rows, placed)
    if "postcode" in rows and job.spec.postcodes is not None:
        placed = _by_postcode(job, rows, placed, areas)
    return placed


def coordinate_columns(rows: pd.DataFrame) -> tuple[str, str, str | None] | None:
    """The pair of coordinate columns that the rows have, and its usual CRS."""
    return next((pair for pair in COORDINATES if pair[0] in rows and pair[1] in rows), None)


def as_uprn(cells: pd.Series) -> pd.Series:
    """UPRNs as digits without leading zeros; missing where there are none."""
    digits = as_text(cells).str.replace(r"\.0$", "", regex=True).str.lstrip("0")
    return digits.where(digits.str.fullmatch(r"[0-9]{1,12}", na=False), None).astype(object)


def postcode_places(job: Job) -> gpd.GeoDataFrame:
    """The lookup that ``spec.postcodes`` names.

    Raises
    ------
    ReadError
        Where there is none of that name.
    """
    name = job.spec.postcodes or ""
    if name in job.lookups:
        return job.lookups[name]
    attempt = nearest_name(name, job.lookups) or "add a source of kind 'places' with that id"
    what = f"postcodes = '{name}' names no source of places"
    raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))


def _by_coordinates(job: Job, rows: pd.DataFrame, placed: Placed) -> Placed:
    pair = coordinate_columns(rows)
    if pair is None:
        return placed
    x, y, usual = pair
    named = job.spec.columns
    told = place_points(
        with_crs(job, usual) if usual else job,
        rows[x], rows[y], x_name=named.get(x, x), y_name=named.get(y, y),
    )  # fmt: skip
    points = pd.Series(np.asarray(told.points, dtype=object), index=rows.index)
    found = points.notna()
    return placed._replace(
        points=points,
        reasons=told.reasons.astype(object),
        by=placed.by.mask(found, "point"),
    )


def _by_uprn(job: Job, rows: pd.DataFrame, placed: Placed) -> Placed:
    uprn = as_uprn(rows["uprn"])
    for _, places in sorted(job.lookups.items()):
        known = pd.Series(
            np.asarray(places.geometry, dtype=object), index=as_uprn(places["place_id"])
        )
        placed = _filled(placed, _looked_up(uprn, known), how="uprn", precision_m=0.0)
    told = placed.points.isna() & uprn.notna()
    return placed._replace(
        reasons=placed.reasons.mask(told & (placed.reasons == NO_PLACE), "UPRN not found")
    )


def _by_postcode(job: Job, rows: pd.DataFrame, placed: Placed, areas: pd.Series | None) -> Placed:
    places = postcode_places(job)
    shapes = np.asarray(places.geometry, dtype=object)
    postcode = as_postcodes(rows["postcode"])
    known = pd.Series(shapes, index=as_postcodes(places["place_id"]))
    placed = _filled(placed, _looked_up(postcode, known), how="postcode", precision_m=POSTCODE_M)
    if areas is not None:
        centres = pd.Series(shapes, index=places["place_id"].astype("object"))
        area = _looked_up(postcode, areas)
        placed = _filled(placed, _looked_up(area, centres), how="area", precision_m=AREA_M)
    told = placed.points.isna() & postcode.notna()
    lost = f"postcode not in '{job.spec.postcodes}'"
    reason: str | pd.Series = lost
    if areas is not None:
        known_area = _looked_up(postcode, areas).notna()
        elsewhere = f"the postcode's area is not in '{job.spec.postcodes}'"
        reason = pd.Series(np.where(known_area, elsewhere, "postcode not known"), rows.index)
    unsaid = placed.reasons.isin([NO_PLACE, "UPRN not found", "coordinates are missing"])
    return placed._replace(reasons=placed.reasons.mask(told & unsaid, reason))


def _looked_up(keys: pd.Series, known: pd.Series) -> pd.Series:
    """What is known of each key; None where it is not, or the key is missing."""
    distinct = known[known.index.notna() & ~known.index.duplicated()]
    found = keys.map(distinct.to_dict(), na_action="ignore").astype(object)
    return found.where(found.notna(), None)


def _filled(placed: Placed, points: pd.Series, *, how: str, precision_m: float) -> Placed:
    """Places for those rows that have none yet."""
    new = placed.points.isna() & points.notna()
    return Placed(
        points=placed.points.where(~new, points),
        precision_m=placed.precision_m.mask(new, precision_m),
        reasons=placed.reasons.mask(new, ""),
        by=placed.by.mask(new, how),
    )
