"""Whatever bytes a file holds, a reader answers with a table or with an error of ours."""

from __future__ import annotations

import contextlib
import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.errors import AssetmapError
from assetmap.sources.boundaries import read_boundaries
from assetmap.sources.files import open_table
from assetmap.sources.raster import read_elevation

SUFFIXES = (".csv", ".csv.gz", ".zip", ".xlsx", ".parquet", ".gpkg", ".geojson", ".fgb", ".shp")
COLUMNS = {"area_id": "code"}


def answered(path: Path) -> None:
    """A table, or an AssetmapError; anything else fails the test."""
    for reader in (
        lambda: open_table(job_of("assets", path), path),
        lambda: read_boundaries(job_of("boundaries", path, columns=COLUMNS)),
        lambda: read_elevation(job_of("elevation", path)),
    ):
        with contextlib.suppress(AssetmapError):
            reader()


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".tif"])
@given(content=st.binary(max_size=400))
@settings(max_examples=15)
def test_any_bytes(suffix: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        answered(saved(Path(folder), f"a{suffix}", content))


@given(text=st.text(alphabet=',;"\n\r\t ab0é', max_size=60))
@settings(max_examples=20)
def test_any_text(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = saved(Path(folder), "a.csv", text)
        try:
            table = open_table(job_of("assets", path), path).table
        except AssetmapError:
            return
        assert len(table) > 0
        assert table.notna().any(axis=1).all()


def whole(folder: Path, suffix: str) -> bytes:
    """A good file of that kind."""
    path = folder / f"whole{suffix}"
    table = pd.DataFrame({"code": [f"E0100000{n}" for n in range(9)]})
    shapes = [shapely.box(530_000 + n, 180_000, 530_001 + n, 180_001) for n in range(9)]
    if suffix == ".csv.gz":
        path.write_bytes(gzip.compress(table.to_csv(index=False).encode()))
    elif suffix == ".tif":
        with rasterio.open(
            path, "w", driver="GTiff", height=9, width=9, count=1, dtype="float32", crs=BNG,
            transform=from_origin(530_000, 181_000, 10, 10),
        ) as file:  # fmt: skip
            file.write(np.ones((9, 9), dtype="float32"), 1)
    else:
        shown = gpd.GeoDataFrame(table, geometry=shapes, crs=BNG)
        shown.to_parquet(path) if suffix == ".parquet" else shown.to_file(path)
    return path.read_bytes()


@pytest.mark.parametrize("suffix", [".csv.gz", ".parquet", ".gpkg", ".geojson", ".fgb", ".tif"])
@given(data=st.data())
@settings(max_examples=20)
def test_a_good_file_with_bytes_changed_or_cut(suffix: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        content = bytearray(whole(Path(folder), suffix))
        places = st.integers(min_value=0, max_value=len(content) - 1)
        for place in data.draw(st.lists(places, max_size=8)):
            content[place] = data.draw(st.integers(min_value=0, max_value=255))
        cut = data.draw(st.one_of(st.just(len(content)), places))
        answered(saved(Path(folder), f"a{suffix}", bytes(content[:cut])))
