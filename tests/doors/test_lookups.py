"""Lookups: one row for each output area, gaps, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import JoinError, ReadError, StudyError
from assetmap.sources.drawn_units import read_drawn_units
from assetmap.sources.lookups import read_crosswalk, read_geography

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told
    from assetmap.sources.read import Job

COLUMNS = {"area_id": "LSOA", "unit_id": "WD", "unit_name": "WDNM"}


def geography(path: Path, **said: Any) -> Told[pd.DataFrame]:
    words = {"level": "ward", "columns": COLUMNS, **said}
    return read_geography(job_of("geography", path, **words))


def test_a_lookup_of_output_areas_serves_for_their_lsoas(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "OA,LSOA,WD,WDNM\n1,A,W1,North\n2,A,W1,North\n3,B,W2,South\n")
    table = geography(path, fit="best fit").table
    assert table.to_dict("records") == [
        {"area_id": "A", "level": "ward", "unit_id": "W1", "unit_name": "North", "fit": "best fit"},
        {"area_id": "B", "level": "ward", "unit_id": "W2", "unit_name": "South", "fit": "best fit"},
    ]


def test_an_area_in_two_units_does_not_join(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "LSOA,WD,WDNM\nA,W1,North\nA,W2,South\nB,W1,North\n")
    with pytest.raises(JoinError, match="1 areas lie in two units of level ward: A in W1 and W2"):
        geography(path)


def test_two_spellings_of_a_unit_are_one(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "LSOA,WD,WDNM\nA,W1,St. James\nA,W1,St James\n")
    assert geography(path).table["unit_name"].tolist() == ["St James"]


def test_a_lookup_without_names_and_rows_without_units(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "LSOA,WD\nA,W1\nB,\n")
    told = geography(path, columns={"area_id": "LSOA", "unit_id": "WD"})
    assert told.table["unit_name"].tolist() == ["W1"]
    assert [(caution.code, caution.count) for caution in told.cautions] == [("geography_gaps", 1)]


def test_a_lookup_in_parquet_is_read_no_further_than_it_is_wanted(tmp_path: Path) -> None:
    """What is not wanted is not opened, and where a wanted column is missing all are named."""
    path = tmp_path / "lookup.parquet"
    rows = {"area": ["E1", "E2"], "ward": ["W1", "W1"], "name": ["North", "North"], "more": [1, 2]}
    pd.DataFrame(rows).to_parquet(path)
    named = {"area_id": "area", "unit_id": "ward", "unit_name": "name"}
    told = geography(path, columns=named, where={"more": ["2"]})
    assert told.table[["area_id", "unit_id", "unit_name"]].to_numpy().tolist() == [
        ["E2", "W1", "North"]
    ]
    with pytest.raises(ReadError, match="did you mean 'ward'"):
        geography(path, columns=named | {"unit_id": "wart"})


def test_a_level_must_be_named_and_a_code_be_there(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "LSOA,WD,WDNM\n,W1,North\n")
    with pytest.raises(StudyError, match="needs its level"):
        geography(path, level=None)
    with pytest.raises(ReadError, match="'LSOA' is empty in 1 row"):
        geography(path)


CROSS = {"from_area_id": "LSOA11CD", "to_area_id": "LSOA21CD", "change": "CHGIND"}


def crosswalk(path: Path) -> pd.DataFrame:
    return read_crosswalk(job_of("crosswalk", path, columns=CROSS)).table


def test_a_crosswalk_keeps_splits_and_merges(tmp_path: Path) -> None:
    rows = "LSOA11CD,LSOA21CD,CHGIND\nA,A,U\nB,B1,S\nB,B2,S\nC,E,M\nD,E,M\nA,A,U\n"
    table = crosswalk(saved(tmp_path, "a.csv", rows))
    assert table["change"].tolist() == ["U", "S", "S", "M", "M"]


def test_every_fault_of_a_crosswalk_is_told_at_once(tmp_path: Path) -> None:
    rows = "LSOA11CD,LSOA21CD,CHGIND\nA,A,U\nA,A,S\nB,,U\nC,C,Z\n"
    with pytest.raises(ReadError) as caught:
        crosswalk(saved(tmp_path, "a.csv", rows))
    said = [fault.what for fault in caught.value.faults]
    assert said == [
        "'LSOA21CD' is empty in 1 row (row 4)",
        "change is none of U, S, M, X in 1 row (row 5: Z)",
        "pairs of areas are listed twice with different changes: A",
    ]


def drawn(folder: Path, units: list[tuple[str | None, str, float]], **said: Any) -> Job:
    """A job for units of 100 m along a line: code, name, metres east."""
    path = folder / "wards.gpkg"
    gpd.GeoDataFrame(
        {"WD": [unit[0] for unit in units], "WDNM": [unit[1] for unit in units]},
        geometry=[box(unit[2], 0, unit[2] + 100, 100) for unit in units],
        crs="EPSG:27700",
    ).to_file(path)
    columns = {"unit_id": "WD", "unit_name": "WDNM"}
    return job_of("geography", path, **{"level": "ward", "columns": columns, **said})


def test_units_that_are_drawn_are_one_row_each_whatever_their_parts(tmp_path: Path) -> None:
    parts = [("W2", "South", 500.0), ("W1", "St. James", 0.0), ("W1", "St James", 300.0)]
    table = read_drawn_units(drawn(tmp_path, parts)).table
    assert table[["area_id", "area_name"]].to_numpy().tolist() == [
        ["W1", "St James"], ["W2", "South"],
    ]  # fmt: skip
    assert table.geometry.area.tolist() == [20_000, 10_000]


def test_drawn_units_without_a_level_or_a_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="a geography needs its level"):
        read_drawn_units(drawn(tmp_path, [("W1", "North", 0.0)], level=None))
    with pytest.raises(ReadError, match="'WD' is empty"):
        read_drawn_units(drawn(tmp_path, [("W1", "North", 0.0), (None, "South", 200.0)]))
