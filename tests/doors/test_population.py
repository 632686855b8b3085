"""People by area and group in the layouts of the census, the estimates and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ReadError, StudyError
from assetmap.sources.population import read_population
from assetmap.sources.population_layouts import BANDS

if TYPE_CHECKING:
    from pathlib import Path

LONG = {"area_id": "code", "group": "band", "people": "n"}


def read(path: Path, **said: Any) -> pd.DataFrame:
    words = {"layout": "long", "group": "age", "columns": LONG, **said}
    return read_population(job_of("population", path, **words)).table


def people(table: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    return table.set_index(["area_id", "kind", "group"])["people"].to_dict()


def test_ages_add_up_to_everybody(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", 'code,band,n\nA,young,10\nA,old,"1,005"\nB,young,0\n')
    table = read(path)
    assert people(table) == {
        ("A", "age", "young"): 10, ("A", "age", "old"): 1005, ("A", "all", "all"): 1015,
        ("B", "age", "young"): 0, ("B", "all", "all"): 0,
    }  # fmt: skip
    assert set(table["crosswalk_status"]) == {"published"}


def test_other_groupings_do_not_count_everybody_again(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "code,band,n\nA,disabled,10\nA,not,90\n")
    assert set(read(path, group="disability")["kind"]) == {"disability"}


def test_everybody_without_groups(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "code,n\nA,10\n")
    table = read(path, group="all", columns={"area_id": "code", "people": "n"})
    assert people(table) == {("A", "all", "all"): 10}


def test_every_wrong_number_is_told_with_its_row(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "code,band,n\nA,young,-1\nA,old,ten\nB,young,\n")
    with pytest.raises(ReadError) as caught:
        read(path)
    assert [fault.what for fault in caught.value.faults] == [
        "'n' is not a number in 1 row (row 3: ten)",
        "'n' is empty in 1 row (row 4)",
        "'n' is below 0 in 1 row (row 2: -1)",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,young,1\nA,young,2\n", "2 rows give an area's group more than once: A, young"),
        (",young,1\n", "the code of an area is empty in 1 row"),
        ("A,,1\n", r"the group is empty in 1 row \(row 2: A\)"),
    ],
)
def test_broken_rows_are_refused(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(saved(tmp_path, "a.csv", f"code,band,n\n{rows}"))


def test_layout_and_kind_must_be_known(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "code,band,n\nA,young,1\n")
    with pytest.raises(StudyError, match="did you mean 'census_bulk'"):
        read(path, layout="census_bluk")
    with pytest.raises(StudyError, match="the kind of grouping is not set"):
        read(path, group=None)


def single_years(*, total: int = 91, last: str = "90+") -> pd.DataFrame:
    """One area with one person of each age, 0 to 90: 91 people."""
    ages = [*(str(age) for age in range(90)), last]
    return pd.DataFrame({"code": ["A"], "total_population": [total], **{age: [1] for age in ages}})


@pytest.mark.parametrize("last", ["90", "90+"])
def test_single_years_become_the_bands_of_the_census(tmp_path: Path, last: str) -> None:
    path = tmp_path / "a.parquet"
    single_years(last=last).to_parquet(path)
    table = read(path, layout="mye_single_year", columns={"area_id": "code"})
    # 0-15 are 16 years of age, 16-24 nine, 25-34 ten, 35-49 fifteen, 50-64 fifteen, 65-90 26.
    by_band = people(table)
    assert [by_band["A", "age", band] for band in BANDS] == [16, 9, 10, 15, 15, 26]
    assert by_band["A", "all", "all"] == 91


def test_single_years_must_add_up_to_the_published_total(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    single_years(total=92).to_parquet(path)
    with pytest.raises(ReadError, match="do not add up to the published total in 1 row"):
        read(path, layout="mye_single_year", columns={"area_id": "code"})


def test_a_year_of_age_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    single_years().drop(columns=["17"]).to_parquet(path)
    with pytest.raises(ReadError, match="column '17' is missing"):
        read(path, layout="mye_single_year", columns={"area_id": "code"})


def test_the_denominators_of_the_index(tmp_path: Path) -> None:
    header = (
        "LSOA code (2011),LSOA name (2011),Total population: mid 2015 (excluding prisoners),"
        "Dependent Children aged 0-15: mid 2015 (excluding prisoners),"
        "Population aged 16-59: mid 2015 (excluding prisoners),"
        "Older population aged 60 and over: mid 2015 (excluding prisoners),"
        "Working age population 18-59/64: for use with Employment Deprivation Domain"
    )
    path = saved(tmp_path, "a.csv", f'{header}\nE01000001,Town 1,"1,296",175,700,421,750\n')
    table = read(path, layout="iod2019_file6", group=None, columns={})
    found = people(table)
    assert found["E01000001", "all", "all"] == 1296
    assert found["E01000001", "iod denominators", "Working age population"] == 750
    assert len(table) == 5


BULK = "date,geography,geography code,Age: Total,Age: Aged 4 years and under,Age: Aged 5 and over"


def test_a_bulk_table_gives_its_groups_and_its_total_checks_them(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", f"{BULK}\n2021,Town 1,E01000001,100,10,90\n")
    table = read(path, layout="census_bulk", columns={})
    assert people(table) == {
        ("E01000001", "age", "Aged 4 years and under"): 10,
        ("E01000001", "age", "Aged 5 and over"): 90,
        ("E01000001", "all", "all"): 100,
    }
    wrong = saved(tmp_path, "b.csv", f"{BULK}\n2021,Town 1,E01000001,100,10,95\n")
    with pytest.raises(ReadError, match="do not add up to the published total"):
        read(wrong, layout="census_bulk", columns={})


def test_of_a_bulk_table_with_nested_groups_some_are_named(tmp_path: Path) -> None:
    header = (
        "date,geography,geography code,Disability: Total: All usual residents,"
        "Disability: Disabled,Disability: Disabled: a lot,Disability: Not disabled"
    )
    path = saved(tmp_path, "a.csv", f"{header}\n2021,Town 1,E01000001,100,20,5,80\n")
    with pytest.raises(ReadError, match="name in columns only groups that do not overlap"):
        read(path, layout="census_bulk", group="disability", columns={})
    named = {"disabled": "Disability: Disabled", "not disabled": "Disability: Not disabled"}
    table = read(path, layout="census_bulk", group="disability", columns=named)
    assert people(table) == {
        ("E01000001", "disability", "disabled"): 20,
        ("E01000001", "disability", "not disabled"): 80,
    }
    everybody = read(path, layout="census_bulk", group="all", columns={})
    assert people(everybody) == {("E01000001", "all", "all"): 100}
    with pytest.raises(ReadError, match="did you mean 'Disability: Disabled'"):
        read(path, layout="census_bulk", group="x", columns={"x": "Disability: Disabed"})
