"""A register of assets in any layout, by the study's mapping of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, ReadError, nearest_name
from assetmap.frames.holdings import NAMES as HELD
from assetmap.sources.archives import inner_suffix
from assetmap.sources.categories import read_categories
from assetmap.sources.cells import folded
from assetmap.sources.codes import as_postcodes
from assetmap.sources.columns import as_text, pick, refuse, where_of
from assetmap.sources.files import open_tables, read_all_shapes
from assetmap.sources.placing import as_uprn, coordinate_columns, place_rows
from assetmap.sources.protected import protected_rows
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground
from assetmap.sources.register_categories import said_of_categories, sort_categories
from assetmap.sources.register_cells import checked_cells
from assetmap.sources.register_holdings import held_cells

if TYPE_CHECKING:
    from assetmap.provenance import Caution, Told
    from assetmap.sources.placing import Placed
    from assetmap.sources.read import AssetsRead, Job

PLACES = ("x", "y", "lon", "lat", "easting", "northing", "uprn", "postcode")
OURS = (
    "source_row", "name", "category", "supply", "size_m2", "address", "opening_hours",
    "wheelchair", "visibility", *PLACES,
)  # fmt: skip
VECTORS = (".gpkg", ".geojson", ".json", ".fgb", ".shp", ".parquet", ".geoparquet")
NAMING = frozenset(("name", "title"))
SORTING = frozenset(("type", "category", "kind", "provision", "service", "purpose", "sector"))
PERSONAL = frozenset(
    ("contact", "manager", "owner", "person", "email", "mail", "phone", "telephone", "mobile",
     "keyholder", "trustee", "officer", "staff", "surname", "forename")
)  # fmt: skip
AREAL_THEMES = ("green", "play")


class _Register(NamedTuple):
    """Rows as published, the columns that the study maps, and shapes where the file has them."""

    published: pd.DataFrame
    table: pd.DataFrame
    shapes: pd.Series | None
    cautions: tuple[Caution, ...]


def read_register(job: Job) -> Told[AssetsRead]:
    """Assets of a CSV, XLSX, GeoJSON or GeoPackage register, by ``spec.columns``.

    ``spec.columns`` maps ``name, category, supply, size_m2, uprn, postcode, address,
    opening_hours, wheelchair, visibility, source_row`` and coordinates (``x, y``; ``lon, lat``;
    ``easting, northing``) to the register's columns; ones of our own name need no mapping. No
    other column is handed on: names of contacts, telephone numbers and e-mail addresses are never
    read. The category is ``spec.category``, or the register's by ``spec.categories``; values that
    are mapped to an empty text are left out, as are values that are not mapped, and both are
    counted. How a place is held (the columns of HOLDINGS) is read only where ``spec.columns`` names
    it, and of an owner only the kind.

    A row is placed by its shape or coordinates, else by UPRN, else by postcode through the lookup
    that ``spec.postcodes`` names (some 100 m precise, and counted); a row that has no place goes
    to UNPLACED with the reason and its row number. Shapes of green space and play areas stay
    polygons; others become a point inside them. Supply that is not given is 1. Cells are text:
    nothing in them is ever run, and invisible characters are taken out.

    Raises
    ------
    ReadError
        With every fault of the file: missing columns, ids that occur twice, supply and sizes that
        are negative or not numbers, words for step-free access or visibility that are not known,
        categories that do not exist, no CRS, swapped coordinates, nothing by which to place a row.
    """
    register = _opened(job)
    _refuse_placeless(job, register)
    category = sort_categories(job, register.table)
    hidden = _hidden(register, category)
    shown = register.table[~hidden]
    cells = checked_cells(job, shown)
    held, faults = held_cells(job, shown)
    refuse([*cells.faults, *faults])
    kept = hidden | (category.notna() & (category != ""))
    table = register.table[kept]
    placed = _placed(job, register, table)
    rows = pd.DataFrame(
        {
            "source_row": cells.source_row.reindex(table.index).fillna(""),
            "name": _column(table, "name"),
            "category": category[kept].fillna(""),
            "supply": cells.supply.reindex(table.index),
            "size_m2": cells.size_m2.reindex(table.index),
            "uprn": as_uprn(_column(table, "uprn")),
            "postcode": as_postcodes(_column(table, "postcode")),
            "address": _column(table, "address"),
            "opening_hours": _column(table, "opening_hours"),
            "wheelchair": cells.wheelchair.reindex(table.index),
            "visibility": cells.visibility.reindex(table.index),
            "precision_m": placed.precision_m,
            "reason": placed.reasons,
            "geometry": placed.points,
            "is_protected": hidden[kept],
            **{name: held[name].reindex(table.index) for name in held},
        }
    )
    cautions = (
        *register.cautions,
        *said_of_categories(job, shown, category[~hidden]),
        *_said(job, rows, placed),
    )
    return hand_on(job, Gathered(_shaped(rows), cautions=cautions))


def _opened(job: Job) -> _Register:
    """The register as a table, with shapes where it has them and no columns of coordinates."""
    is_vector = all(inner_suffix(path) in VECTORS for path in job.paths)
    if is_vector and not any(name in job.spec.columns for name in PLACES):
        told = read_all_shapes(job)
        published = pd.DataFrame(told.table.drop(columns="geometry"))
        shapes = pd.Series(np.asarray(told.table.geometry, dtype=object))
        shapes.index = pd.RangeIndex(len(shapes))
    else:
        told = open_tables(job)
        published, shapes = told.table, None
    known = (*OURS, *HELD)
    mapped = [name for name in HELD if name in job.spec.columns]  # never by a name alone
    table = pick(job, published, (), (*OURS, *mapped))
    missing = [name for name in job.spec.columns if name not in known]
    refuse(
        [
            Fault(
                what=f"columns.{name} is not a column of a register",
                where=where_of(job),
                attempt=nearest_name(name, known) or f"one of {', '.join(known)}",
            )
            for name in missing
        ]
    )
    row = published.index.to_series()
    part = (~row.diff().gt(0)).cumsum()
    table = table.assign(
        row=np.where(part > 1, part.astype(str) + ":" + row.astype(str), row.astype(str))
    )
    table.index = published.index = pd.RangeIndex(len(table))
    return _Register(published, table, shapes, told.cautions)


def _refuse_placeless(job: Job, register: _Register) -> None:
    table = register.table
    has_postcode = "postcode" in table and job.spec.postcodes is not None
    if register.shapes is None and coordinate_columns(table) is None:
        if "uprn" in table or has_postcode:
            return
        what = "there is nothing to place the rows by"
        attempt = (
            "map columns.lon and columns.lat, easting and northing, x and y, uprn, or postcode "
            "with postcodes = the id of a source of places"
        )
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))


def _hidden(register: _Register, category: pd.Series) -> pd.Series:
    """Places that must not be mapped, by any column that says what a place is or is called."""
    rows = pd.DataFrame({"category": category})
    for name in ("name", "address", "category"):
        rows[f"our {name}"] = _column(register.table, name)
    texts = ["our name", "our address", "our category"]
    kinds = ["our category"]
    for column in register.published.columns:
        words = set(folded(str(column)).split())
        if words & (NAMING | SORTING) and not words & PERSONAL:
            rows[f"their {column}"] = as_text(register.published[column])
            texts.append(f"their {column}")
            kinds += [f"their {column}"] * bool(words & SORTING)
    return protected_rows(rows, texts=texts, types=kinds)


def _placed(job: Job, register: _Register, table: pd.DataFrame) -> Placed:
    columns = [name for name in PLACES if name in table]
    places = table[columns].copy()
    if "uprn" in places:
        places["uprn"] = as_uprn(places["uprn"])
    placed = place_rows(job, places)
    if register.shapes is None:
        return placed
    shapes = register.shapes.reindex(table.index)
    found = shapes.notna()
    return placed._replace(
        points=shapes.where(found, placed.points),
        precision_m=placed.precision_m.mask(found, 0.0),
        reasons=placed.reasons.mask(found, ""),
        by=placed.by.mask(found, "point"),
    )


def _shaped(rows: pd.DataFrame) -> pd.DataFrame:
    """Polygons of green space with their size; a point inside for everything else."""
    themes = {name: category.theme for name, category in read_categories().items()}
    areal = rows["category"].map(themes).isin(AREAL_THEMES)
    shapes = np.asarray(rows["geometry"], dtype=object)
    flat = shapely.get_dimensions(shapes) > 1
    stays = areal.to_numpy() & flat
    is_shape = rows["geometry"].notna().to_numpy() & ~stays
    moved = shapes.copy()
    moved[is_shape] = shapely.point_on_surface(shapes[is_shape])
    size = rows["size_m2"].where(rows["size_m2"].notna() | ~stays, shapely.area(shapes))
    return rows.assign(geometry=pd.Series(moved, index=rows.index, dtype=object), size_m2=size)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if name in table:
        return as_text(table[name])
    return pd.Series(None, index=table.index, dtype=object)


def _said(job: Job, rows: pd.DataFrame, placed: Placed) -> tuple[Caution, ...]:
    near = on_ground(job, rows["geometry"])
    by_postcode = (placed.by == "postcode") & near & ~rows["is_protected"]
    text = "Rows without coordinates stand at the point of their postcode, some 100 m precise."
    return counted(job, "placed_by_postcode", int(by_postcode.sum()), text)
