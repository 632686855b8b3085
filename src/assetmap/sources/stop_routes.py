"""Routes by stop, as operators list them without times: a row for each call of a route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, ReadError
from assetmap.frames.hold import table_of
from assetmap.frames.stops import STOP_ROUTES
from assetmap.provenance import Caution, Told
from assetmap.sources.columns import as_text, pick, where_of
from assetmap.sources.files import open_tables
from assetmap.sources.placing import place_rows

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.sources.read import Job


def read_stop_routes(job: Job) -> Told[pd.DataFrame]:
    """STOP_ROUTES: each stop with each route that calls there, once.

    ``spec.columns`` names the publisher's ``code`` of the stop, its ``route``, ``x`` and ``y``.
    Rows without a stop, a route or a place are left out and told as ``stop_routes_gaps``.

    Raises
    ------
    ReadError
        For missing columns, coordinates that cannot be true, and a file without a whole row.
    """
    told = open_tables(job)
    table = pick(job, told.table, ("code", "route", "x", "y")).apply(as_text).reset_index(drop=True)
    points = place_rows(job, table[["x", "y"]]).points
    whole = table["code"].notna() & table["route"].notna() & points.notna()
    if not whole.any():
        raise ReadError(Fault(what="no row has a stop, a route and a place", where=where_of(job)))
    rows = table[whole].assign(geometry=points[whole])
    rows = rows.sort_values(["code", "route", "x", "y"]).drop_duplicates(["code", "route"])
    lost = int((~whole).sum())
    text = f"{lost:,} rows without a stop, a route or a place were left out."
    caution = Caution(code="stop_routes_gaps", about=job.spec.id, text=text, count=lost)
    columns = {name: rows[name].array for name in STOP_ROUTES.names}
    held = table_of(STOP_ROUTES, columns, crs=job.crs)
    return Told(held, (*told.cautions, *((caution,) if lost else ())))
