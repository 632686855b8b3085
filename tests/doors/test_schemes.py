"""Schemes and site allocations: stages, dates, phases of one site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from tests.doors.table_jobs import BNG, job_of

from assetmap.errors import ReadError, StudyError
from assetmap.sources.schemes import read_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told

ALL = ("scheme_id", "name", "kind", "stage", "opens", "delivers", "removes", "homes")


def written(folder: Path, *rows: dict[str, Any], shapes: list[Any] | None = None) -> Path:
    boxes = [shapely.box(530_000 + 20 * n, 180_000, 530_010 + 20 * n, 180_010)
             for n in range(len(rows))]  # fmt: skip
    path = folder / "schemes.gpkg"
    gpd.GeoDataFrame(list(rows), geometry=shapes or boxes, crs=BNG).to_file(path)
    return path


def read(path: Path, **said: Any) -> Told[gpd.GeoDataFrame]:
    return read_schemes(job_of("schemes", path, **said))


def test_a_full_row(tmp_path: Path) -> None:
    row = {"scheme_id": "S1", "name": "New hall", "kind": "estate renewal", "stage": "On_Site",
           "opens": "2027-04-30", "delivers": "library within", "removes": "homes",
           "homes": "1,200"}  # fmt: skip
    table = read(written(tmp_path, row)).table
    assert table.loc[0, list(ALL)].tolist() == [
        "S1", "New hall", "estate renewal", "on site", "2027-04-30", "library within", "homes", 1200
    ]  # fmt: skip
    assert table.crs == BNG


def test_what_the_file_lacks_the_source_says(tmp_path: Path) -> None:
    path = written(tmp_path, {"Name": "Mandela Way"}, {"Name": "Albany Road"})
    table = read(path, columns={"name": "Name"}, stage="allocated", scheme_kind="site").table
    assert table["scheme_id"].tolist() == ["Albany Road", "Mandela Way"]
    assert set(table["stage"]) == {"allocated"}
    assert set(table["kind"]) == {"site"}
    assert table[["opens", "delivers", "removes", "homes"]].isna().all().all()


def test_schemes_of_one_name_are_known_by_where_they_lie(tmp_path: Path) -> None:
    # Squares of 10 m from (530000, 180000) and 20 m further east: points inside at 5 m.
    path = written(tmp_path, {"name": "Phase"}, {"name": "Phase"})
    table = read(path, stage="funded").table
    assert table["scheme_id"].tolist() == ["given at 530005, 180005", "given at 530025, 180005"]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"scheme_id": "A", "stage": "alocated", "opens": "30/04/2027", "homes": "many"},
        {"scheme_id": "A", "stage": None, "opens": "2027-02-30", "homes": "-3"},
    )
    with pytest.raises(ReadError) as caught:
        read(path)
    said = str(caught.value)
    for part in (
        "more than once for 1 ids: A",
        "in 1 row (row 1: alocated)",
        "did you mean 'allocated'?",
        "schemes have no stage in 1 row (row 2: A)",
        "the opening date is no day in 2 rows (row 1: 30/04/2027, row 2: 2027-02-30)",
        "write it as 2027-04-30",
        "'homes' is not a number in 1 row (row 1: many)",
        "'homes' is below 0 in 1 row (row 2: -3)",
    ):
        assert part in said


NSP = {"columns": {"scheme_id": "Name", "name": "Name"}, "id_pattern": "(NSP ?[0-9]+)"}


def test_phases_of_one_number_are_one_scheme(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "Name": "NSP01: Aylesbury Phase 1",
            "stage": "on site",
            "opens": "2026-01-01",
            "homes": 10,
        },
        {"Name": "NSP01: Aylesbury Phase 2", "stage": "allocated", "opens": None, "homes": 5},
        {"Name": "NSP01: Aylesbury Plot 18", "stage": "open", "opens": "2028-01-01", "homes": None},
        {"Name": "NSP48: The Centre", "stage": "funded", "opens": None, "homes": None},
        {"Name": "NSP48: The University", "stage": "funded", "opens": None, "homes": None},
    )
    told = read(path, **NSP)
    table = told.table.set_index("scheme_id")
    first = table.loc["NSP01"]
    assert first["name"] == "NSP01: Aylesbury"
    assert (first["stage"], first["opens"], first["homes"]) == ("allocated", "2028-01-01", 15)
    assert first.geometry.area == pytest.approx(300)  # three squares of 10 m
    assert table.loc["NSP48", "name"] == "NSP48: The Centre; NSP48: The University"
    assert [(caution.code, caution.count) for caution in told.cautions] == [("schemes_merged", 3)]


def test_rows_that_do_not_fit_the_pattern_are_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, {"Name": "NSP01: A"}, {"Name": "Peckham town centre"})
    with pytest.raises(ReadError, match=r"does not fit id_pattern .*row 2: Peckham town centre"):
        read(path, stage="allocated", **NSP)


@pytest.mark.parametrize("pattern", ["NSP[0-9]+", "(NSP)([0-9]+)", "(NSP"])
def test_a_pattern_needs_one_group(tmp_path: Path, pattern: str) -> None:
    path = written(tmp_path, {"Name": "NSP01"})
    with pytest.raises(StudyError, match="id_pattern"):
        read(path, columns={"scheme_id": "Name"}, stage="allocated", id_pattern=pattern)


def test_a_pattern_needs_a_column(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="id_pattern needs a column"):
        read(written(tmp_path, {"Name": "NSP01"}), stage="allocated", id_pattern="(NSP)")


def test_only_the_rows_that_where_keeps_are_schemes(tmp_path: Path) -> None:
    path = written(tmp_path, {"Name": "Site allocation 1"}, {"Name": "Town centre"})
    told = read(path, columns={"name": "Name"}, stage="allocated",
                where={"Name": ("*Site allocation*",)})  # fmt: skip
    assert told.table["name"].tolist() == ["Site allocation 1"]


def test_invalid_polygons_are_repaired_and_told(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(530_000, 180_000), (530_002, 180_002), (530_000, 180_002),
                               (530_002, 180_000)])  # fmt: skip
    told = read(written(tmp_path, {"name": "A"}, shapes=[bow_tie]), stage="open")
    assert told.table.geometry.iloc[0].area == pytest.approx(2)
    assert [caution.code for caution in told.cautions] == ["geometry_repaired"]
