"""Planning data as sites: brownfield land registers, and the layout of planning.data.gov.uk."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.errors import Fault, ReadError
from assetmap.frames.given import SCHEMES
from assetmap.frames.hold import table_of
from assetmap.provenance import Caution, Told
from assetmap.sources.archives import inner_suffix
from assetmap.sources.columns import as_numbers, as_text, refuse, said_of, where_of
from assetmap.sources.files import open_tables
from assetmap.sources.planning_places import placed
from assetmap.sources.shapes import read_all_shapes
from assetmap.sources.vectors import VECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.sources.read import Job

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("reference", "SiteReference", "site-reference"),
    "org": ("organisation-entity", "organisation", "OrganisationLabel"),
    "name": ("name", "SiteNameAddress", "site-address"),
    "x": ("GeoX",),
    "y": ("GeoY",),
    "status": ("planning-permission-status", "PlanningStatus"),
    "fewest": ("minimum-net-dwellings", "NetDwellingsRangeFrom", "MinNetDwellings"),
    "point": ("point",),
    "geometry": ("geometry",),
    "ended": ("end-date", "EndDate"),
}
"""What the register of 2017 and the national data of today call the same thing."""
PERMITTED = ("permission", "full planning", "outline", "reserve", "technical details")
"""How cells of the status begin where there is a permission; misspelt ones among them."""


def read_planning(job: Job) -> Told[gpd.GeoDataFrame]:
    """The SCHEMES of a brownfield land register, or of a data set of planning.data.gov.uk.

    CSV or GeoJSON, by the headers of either, cells of the first that a row has. Where a row lies
    is said by its shape, by ``geometry`` or ``point`` (WKT, longitude before latitude), else by
    ``GeoX`` and ``GeoY`` (:func:`assetmap.sources.planning_places.placed`). Homes are the fewest
    net dwellings. A site with a permission is ``consented``, another ``allocated`` or what
    ``spec.stage`` says. An id is the reference, with the organisation before it where two have
    the same; of several rows of one organisation and reference the last is kept.

    Told: ``sites_ended`` (rows with an end date, left out), ``sites_unplaced``, ``sites_turned``
    (latitude came before longitude), ``sites_twice``; and as the readers of tables and shapes.

    Raises
    ------
    ReadError
        For a file without a column of references, rows without one, dwellings that are negative
        or no numbers, and where nothing is on the study's ground.

    References
    ----------
    Department for Levelling Up, *Brownfield land registers data standard*, 2017;
    planning.data.gov.uk, *Specification of brownfield-land*.
    """
    shaped = inner_suffix(job.paths[0]) in VECTORS
    told = read_all_shapes(job) if shaped else open_tables(job)
    table = told.table.reset_index(drop=True)
    cells = pd.DataFrame({ours: _first(table, theirs) for ours, theirs in NAMES.items()})
    _refuse_ids(job, cells)
    where = placed(job, cells, gpd.GeoSeries(table.geometry) if shaped else None)
    ended = cells["ended"].notna()
    lost = where.shapes.isna() & ~ended
    twice = cells.duplicated(["org", "id"], keep="last") & ~ended & ~lost
    here = where.shapes.notna() & ~ended & ~twice
    if job.within is not None:
        here &= where.shapes.intersects(job.within)
    if not here.any():
        what, attempt = "no site is on the study's ground", "check the file's place"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))
    counts = {"ended": int(ended.sum()), "unplaced": int(lost.sum()),
              "turned": int(where.turned.sum()), "twice": int(twice.sum())}  # fmt: skip
    sites = _sites(job, cells[here], where.shapes[here])
    return Told(sites, (*told.cautions, *_said(job, counts)))


def _first(table: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """The first of these columns that each row has a cell of."""
    found = pd.Series(None, index=table.index, dtype="str")
    for name in names:
        if name in table:
            found = found.fillna(as_text(table[name]))
    return found


def _refuse_ids(job: Job, cells: pd.DataFrame) -> None:
    missing = cells["id"].isna()
    if missing.any():
        what = f"no reference {said_of(cells['name'], missing)}"
        attempt = f"one of the columns {', '.join(NAMES['id'])}"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))


def _sites(job: Job, cells: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    shared = cells["id"].duplicated(keep=False) & cells["org"].notna()
    ids = cells["id"].mask(shared, cells["org"] + " " + cells["id"])
    homes, faults = as_numbers(job, cells["fewest"], column="net dwellings", low=0, blank=True)
    refuse(faults)
    permitted = cells["status"].fillna("").str.casefold().str.startswith(PERMITTED)
    empty = pd.Series(None, index=cells.index, dtype="str")
    columns: dict[str, pd.Series] = {
        "scheme_id": ids,
        "name": cells["name"].str.strip(' "').replace("", None).fillna(ids),
        "kind": pd.Series(job.spec.scheme_kind, index=cells.index),
        "stage": pd.Series(np.where(permitted, "consented", job.spec.stage or "allocated"),
                           index=cells.index),
        "opens": empty, "delivers": empty, "removes": empty,
        "homes": homes,
        "geometry": shapes,
    }  # fmt: skip
    rows = {name: column.reset_index(drop=True) for name, column in columns.items()}
    return cast("gpd.GeoDataFrame", table_of(SCHEMES, rows, crs=job.crs))


def _said(job: Job, counts: Mapping[str, int]) -> tuple[Caution, ...]:
    texts = {
        "ended": "sites have an end date and are left out",
        "unplaced": "sites have no place that can be read and are left out",
        "turned": "sites had latitude before longitude, and were turned",
        "twice": "rows repeat a reference; the last of each is kept",
    }
    return tuple(
        Caution(code=f"sites_{name}", about=job.spec.id, text=f"{counts[name]} {text}.",
                count=counts[name])
        for name, text in texts.items()
        if counts[name]
    )  # fmt: skip
