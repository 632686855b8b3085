"""Boundaries as the Office publishes them, and as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from tests.doors.table_jobs import BNG, job_of

from assetmap.errors import ReadError
from assetmap.sources.boundaries import read_boundaries

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"area_id": "LSOA21CD", "area_name": "LSOA21NM"}


def written(folder: Path, name: str, codes: list[str | None], *, east: float = 530_000) -> Path:
    shapes = [shapely.box(east + 10 * n, 180_000, east + 10 * n + 10, 180_010)
              for n in range(len(codes))]  # fmt: skip
    names = [f"Town {n:03}" for n in range(len(codes))]
    table = gpd.GeoDataFrame({"LSOA21CD": codes, "LSOA21NM": names}, geometry=shapes, crs=BNG)
    path = folder / name
    if name.endswith(".parquet"):
        table.to_parquet(path)
    else:
        table.to_file(path)
    return path


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.parquet"])
def test_areas_come_sorted_under_our_names(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, ["E01000002", "E01000001"])
    told = read_boundaries(job_of("boundaries", path, layout="lsoa", columns=COLUMNS))
    assert told.table.columns.tolist() == ["area_id", "area_name", "geometry"]
    assert told.table["area_id"].tolist() == ["E01000001", "E01000002"]
    assert told.table["area_name"].tolist() == ["Town 001", "Town 000"]
    assert told.table.crs == BNG


def test_a_name_is_optional(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", ["E01000001"])
    told = read_boundaries(job_of("boundaries", path, columns={"area_id": "LSOA21CD"}))
    assert told.table["area_name"].isna().all()


def test_neighbouring_files_are_put_together(tmp_path: Path) -> None:
    one = written(tmp_path, "a.gpkg", ["E01000001"])
    two = written(tmp_path, "b.gpkg", ["E01000002"], east=530_010)
    told = read_boundaries(job_of("boundaries", one, two, columns=COLUMNS))
    assert told.table["area_id"].tolist() == ["E01000001", "E01000002"]


def test_an_area_twice_is_an_error_in_one_file_or_two(tmp_path: Path) -> None:
    twice = written(tmp_path, "a.gpkg", ["E01000001", "E01000001"])
    with pytest.raises(ReadError, match="more than once for 1 ids: E01000001"):
        read_boundaries(job_of("boundaries", twice, columns=COLUMNS))
    one = written(tmp_path, "b.gpkg", ["E01000001"])
    two = written(tmp_path, "c.gpkg", ["E01000001"])
    with pytest.raises(ReadError, match=r"more than once.*b\.gpkg, c\.gpkg"):
        read_boundaries(job_of("boundaries", one, two, columns=COLUMNS))


def test_codes_that_are_no_lsoas_are_told_with_all_other_faults(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", ["E01000001", "Town 1", "E05000001", None])
    with pytest.raises(ReadError) as caught:
        read_boundaries(job_of("boundaries", path, layout="lsoa", columns=COLUMNS))
    empty, wrong = caught.value.faults
    assert "is empty in 1 row (row 4" in empty.what
    assert "no LSOA code" in wrong.what
    assert "row 2: Town 1, row 3: E05000001" in wrong.what
    # Data Zones, wards or hexagons are no LSOAs and need not be.
    free = written(tmp_path, "b.gpkg", ["S01007469"])
    assert len(read_boundaries(job_of("boundaries", free, columns=COLUMNS)).table) == 1


def test_a_wrong_column_suggests_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", ["E01000001"])
    with pytest.raises(ReadError, match="did you mean 'LSOA21CD'"):
        read_boundaries(job_of("boundaries", path, columns={"area_id": "LSOA11CD"}))
