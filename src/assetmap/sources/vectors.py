"""Vector files and workbooks, opened only as what their names say they are."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError

from assetmap.errors import Fault, ReadError, nearest_name
from assetmap.sources.archives import guard_zip, inner_suffix, read_bytes, read_member

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

VECTORS = (".gpkg", ".geojson", ".json", ".fgb", ".shp")
WORKBOOKS = (".xlsx",)
PARQUETS = (".parquet", ".geoparquet")
BROKEN_VECTOR = (DataSourceError, DataLayerError, ShapelyError, ValueError, RuntimeError)
BROKEN_PARQUET = (pa.ArrowException, ShapelyError, ValueError, OSError, KeyError, TypeError)
"""What GDAL's and Arrow's readers raise on files whose bytes, metadata or shapes are damaged."""

COUNTED = (".fgb", ".shp")
"""Formats that state how many features they hold, and of which GDAL reads a part without a word."""

# GDAL opens a file as whatever its bytes say; a downloaded "GeoPackage" that is a VRT could make
# it read other files, so the first bytes must fit the name.
FIRST_BYTES: dict[str, tuple[bytes, ...]] = {
    ".gpkg": (b"SQLite format 3\0",),
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".fgb": (b"fgb",),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".xlsx": (b"PK",),
    ".parquet": (b"PAR1",),
    ".geoparquet": (b"PAR1",),
}


def open_vector(path: Path, *, layer: str | None, where: str) -> gpd.GeoDataFrame:
    """Features with their attributes, in the CRS that the file states, or none.

    Raises
    ------
    ReadError
        Where the file is not what its suffix says, is cut short, has no shapes, or has several
        layers and none is chosen.
    """
    if inner_suffix(path) in PARQUETS:
        return _open_geoparquet(path, where=where)
    source, suffix = _content(path, where=where)
    chosen = _layer(source, layer, where=where)
    table = _read(source, layer=chosen, where=where, suffix=suffix)
    if not isinstance(table, gpd.GeoDataFrame):
        raise ReadError(Fault(what=f"layer '{chosen}' has no geometry", where=where))
    return table


def open_attributes(
    path: Path, *, layer: str | None, where: str, only: Collection[str] = ()
) -> pd.DataFrame:
    """The rows of a workbook, vector or Parquet file without geometry.

    Cells of a workbook come as text. Its rows are numbered as the spreadsheet shows them, those
    of other files from 1. Where a Parquet file has all columns of ``only``, no others are read.

    Raises
    ------
    ReadError
        As :func:`open_vector`.
    """
    if inner_suffix(path) in PARQUETS:
        return _open_parquet(path, where=where, only=only)
    source, suffix = _content(path, where=where)
    chosen = _layer(source, layer, where=where)
    text = {"HEADERS": "FORCE", "FIELD_TYPES": "STRING"} if suffix in WORKBOOKS else {}
    table = _read(source, layer=chosen, where=where, suffix=suffix, read_geometry=False, **text)
    first = 2 if suffix in WORKBOOKS else 1
    table.index = pd.RangeIndex(first, first + len(table), name="row")
    return table.dropna(how="all") if suffix in WORKBOOKS else table


def _content(path: Path, *, where: str) -> tuple[Path | bytes, str]:
    """What pyogrio is to open, and the suffix that says how."""
    suffix = inner_suffix(path)
    if suffix == ".zip":
        name, content = read_member(path, suffixes=(*VECTORS[:-1], *WORKBOOKS))
        suffix = name[name.rindex(".") :].casefold()
        _refuse_disguise(content[:256], suffix, where=where)
        return content, suffix
    if path.suffix.casefold() == ".gz":
        content = read_bytes(path)
        _refuse_disguise(content[:256], suffix, where=where)
        return content, suffix
    with path.open("rb") as file:
        _refuse_disguise(file.read(256), suffix, where=where)
    if suffix in WORKBOOKS:
        guard_zip(path)
    return path.resolve(), suffix


def _refuse_disguise(first: bytes, suffix: str, *, where: str) -> None:
    wanted = FIRST_BYTES.get(suffix)
    if wanted is None:
        known = ", ".join(sorted({".csv", *FIRST_BYTES}))
        what = f"files of kind '{suffix}' are not read"
        raise ReadError(Fault(what=what, where=where, attempt=f"save it as one of {known}"))
    plain = first.removeprefix(b"\xef\xbb\xbf").lstrip() if wanted == (b"{",) else first
    if not plain.startswith(wanted):
        what = f"is not a {suffix} file: its first bytes are {first[:12]!r}"
        attempt = "download it again; an error page of the publisher may have been saved"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))


def _layer(source: Path | bytes, layer: str | None, *, where: str) -> str:
    try:
        names = [str(name) for name in pyogrio.list_layers(source)[:, 0]]
    except BROKEN_VECTOR as error:
        raise ReadError(_broken(where, str(error))) from error
    if layer is not None and layer in names:
        return layer
    if layer is None and len(names) == 1:
        return names[0]
    listed = ", ".join(names)
    what = f"there is no layer '{layer}'" if layer else f"holds {len(names)} layers"
    attempt = (nearest_name(layer, names) if layer else "") or f"set layer to one of: {listed}"
    raise ReadError(Fault(what=what, where=where, attempt=attempt))


def _read(source: Path | bytes, *, where: str, suffix: str, **how: Any) -> pd.DataFrame:  # noqa: ANN401 - handed on to pyogrio
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Could not parse column .* as JSON")
            warnings.filterwarnings("ignore", message="Non closed ring")
            # A shape that cannot be made at all comes as none, and is told as missing.
            table = pyogrio.read_dataframe(source, on_invalid="ignore", **how)
    except BROKEN_VECTOR as error:
        raise ReadError(_broken(where, f"{suffix}: {error}")) from error
    if suffix in COUNTED:
        stated = int(pyogrio.read_info(source, layer=how["layer"])["features"])
        if len(table) < stated:
            raise ReadError(_broken(where, f"{len(table)} of {stated} features"))
    return cast("pd.DataFrame", table)


def _open_geoparquet(path: Path, *, where: str) -> gpd.GeoDataFrame:
    with path.open("rb") as file:
        _refuse_disguise(file.read(256), ".parquet", where=where)
    try:
        with pq.ParquetFile(path) as file:
            file.read().validate(full=True)
        return gpd.read_parquet(path)
    except BROKEN_PARQUET as error:
        raise ReadError(_broken(where, str(error))) from error


def _open_parquet(path: Path, *, where: str, only: Collection[str]) -> pd.DataFrame:
    with path.open("rb") as file:
        _refuse_disguise(file.read(256), ".parquet", where=where)
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            plain = [field.name for field in schema if not pa.types.is_binary(field.type)]
            wanted = list(only) if only and set(only) <= set(plain) else plain
            cells = file.read(columns=wanted)
        cells.validate(full=True)
        table = cells.to_pandas(ignore_metadata=True)
    except BROKEN_PARQUET as error:
        raise ReadError(_broken(where, str(error))) from error
    table.index = pd.RangeIndex(1, len(table) + 1, name="row")
    return cast("pd.DataFrame", table)


def _broken(where: str, detail: str) -> Fault:
    what = f"cannot be read, damaged or cut short ({detail[:200]})"
    return Fault(what=what, where=where, attempt="download it again and compare its size")
