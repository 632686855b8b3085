"""Indices of deprivation in every published layout, whole, cut, and with the known oddities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ReadError, StudyError
from assetmap.sources.deprivation import read_deprivation, read_deprivation_geography
from assetmap.sources.deprivation_layouts import IOD, MAIN

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told

ENDS = {"score": "", "rank": " (where 1 is most deprived)",
        "decile": " (where 1 is most deprived 10% of LSOAs)"}  # fmt: skip
SIZE = 20


def file7(*, year: int = 2025, cut: bool = True) -> pd.DataFrame:
    """A nation of 20 LSOAs in File 7's layout: rank n in row n, so decile ceil(n / 2)."""
    area, district = (2021, 2024) if year == 2025 else (2011, 2019)
    table: dict[str, Any] = {
        f"LSOA code ({area})": [f"E0100{n:04}" for n in range(1, SIZE + 1)],
        f"LSOA name ({area})": [f"Town {n}" for n in range(1, SIZE + 1)],
        f"Local Authority District code ({district})": ["E09000028"] * SIZE,
        f"Local Authority District name ({district})": ["Southwark"] * SIZE,
    }
    rate = {"income", "employment", "idaci", "idaopi"}
    for domain, title in IOD.items():
        score_end = " (rate)" if domain in rate else ""
        table[f"{title} Score{score_end}"] = [f"{(SIZE - n) / 10:.3f}" for n in range(SIZE)]
        table[f"{title} Rank{ENDS['rank']}"] = [str(n) for n in range(1, SIZE + 1)]
        header = f"{title} Decile{ENDS['decile']}"
        table[header[:80] if cut and domain == "children" else header] = [
            str(n // 2 + 1) for n in range(SIZE)
        ]
    return pd.DataFrame(table)


def written(folder: Path, table: pd.DataFrame, name: str = "file7.csv") -> Path:
    return saved(folder, name, b"\xef\xbb\xbf" + table.to_csv(index=False).encode())


def read(*paths: Path, layout: str = "file7_2025", **said: Any) -> Told[pd.DataFrame]:
    return read_deprivation(job_of("deprivation", *paths, layout=layout, **said))


def of(told: Told[pd.DataFrame], domain: str) -> pd.DataFrame:
    table = told.table
    return table[table["domain"] == domain].set_index("area_id")


def codes(told: Told[Any]) -> dict[str, int | None]:
    return {caution.code: caution.count for caution in told.cautions}


@pytest.mark.parametrize("year", [2025, 2019])
def test_file_7_with_its_mark_and_its_header_cut_at_80(tmp_path: Path, year: int) -> None:
    told = read(written(tmp_path, file7(year=year)), layout=f"file7_{year}")
    assert sorted(told.table["domain"].unique()) == sorted(IOD)
    assert len(told.table) == SIZE * 16
    worst = of(told, "imd").loc["E01000001"]
    assert (worst["score"], worst["rank"], worst["decile"]) == (2.0, 1, 1)
    assert told.cautions == ()


def test_editions_that_drop_the_bracket_or_shout_are_matched(tmp_path: Path) -> None:
    table = file7()
    table.columns = [header.replace(ENDS["rank"], "").replace(" Rank", "  RANK")
                     for header in table.columns]  # fmt: skip
    assert len(read(written(tmp_path, table)).table) == SIZE * 16


def test_thousands_in_published_ranks(tmp_path: Path) -> None:
    table = pd.concat([file7()] * 60, ignore_index=True)
    count = len(table)  # 1,200 rows
    table.iloc[:, 0] = [f"E0100{n:04}" for n in range(count)]
    for header in table.columns:
        if " Rank" in header:
            table[header] = [f"{n:,}" for n in range(1, count + 1)]
        if " Decile" in header:
            table[header] = [str(-(-10 * n // count)) for n in range(1, count + 1)]
    assert of(read(written(tmp_path, table)), "imd")["rank"].max() == 1200


def test_files_of_another_edition_are_told_by_their_headers(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no column begins with 'LSOA code \(2021\)'"):
        read(written(tmp_path, file7(year=2019)))


def test_every_missing_or_double_header_is_told_at_once(tmp_path: Path) -> None:
    table = file7().drop(columns=["Crime Score"])
    table["Income Score (old)"] = "1"
    with pytest.raises(ReadError) as caught:
        read(written(tmp_path, table))
    assert [fault.what for fault in caught.value.faults] == [
        "2 columns begin with 'Income Score'",
        "no column begins with 'Crime Score'",
    ]


def test_a_domain_whose_columns_are_all_empty_is_left_out_and_told(tmp_path: Path) -> None:
    table = file7()
    table.loc[:, [header for header in table.columns if "(ID" in header]] = ""
    told = read(written(tmp_path, table))
    assert not {"idaci", "idaopi"} & set(told.table["domain"])
    assert codes(told) == {"domain_empty": 2}
    assert "idaci, idaopi" in told.cautions[0].text


def test_a_domain_with_some_rows_empty_is_an_error(tmp_path: Path) -> None:
    table = file7()
    table.loc[3, f"Crime Rank{ENDS['rank']}"] = ""
    with pytest.raises(ReadError, match=r"'Crime Rank .* is empty in 1 row \(row 5"):
        read(written(tmp_path, table))


def test_shared_ranks_are_counted_and_deciles_pass_through(tmp_path: Path) -> None:
    # Ranks 2 and 3 become 2 and 2: the second of the pair keeps its published decile 2, which
    # ceil(10 x 2 / 20) = 1 does not give but place 3 does.
    table = file7()
    table.loc[2, f"Crime Rank{ENDS['rank']}"] = "2"
    told = read(written(tmp_path, table))
    assert codes(told) == {"rank_ties": 2}
    assert "crime 2" in told.cautions[0].text
    assert of(told, "crime").loc["E01000003", "decile"] == 2


def test_deciles_that_do_not_fit_their_rank_are_kept_and_counted(tmp_path: Path) -> None:
    table = file7()
    header = f"Crime Decile{ENDS['decile']}"
    table.loc[2, header] = "1"  # rank 3 of 20 is in decile 2
    told = read(written(tmp_path, table))
    assert of(told, "crime").loc["E01000003", "decile"] == 1
    assert codes(told) == {"decile_differs": 1}


def test_a_file_cut_short_shows_in_its_ranks(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no whole number from 1 to 15") as caught:
        read(written(tmp_path, file7().iloc[5:]))
    assert "is it the whole nation?" in str(caught.value)


def test_every_fault_of_the_values_is_told_at_once(tmp_path: Path) -> None:
    table = file7()
    table.iloc[1, 0] = table.iloc[0, 0]
    table.iloc[2, 0] = "Town 3"
    table.loc[4, f"Crime Rank{ENDS['rank']}"] = "2.5"
    table.loc[5, "Income Score (rate)"] = "n/a"
    table.loc[6, f"Crime Decile{ENDS['decile']}"] = "11"
    with pytest.raises(ReadError) as caught:
        read(written(tmp_path, table))
    said = "\n".join(fault.what for fault in caught.value.faults)
    for part in (
        "more than once for 1 ids: E01000001",
        "no LSOA code (E01 or W01 and six digits) in 1 row (row 4: Town 3)",
        "'Income Score (rate)' is not a number in 1 row (row 7: n/a)",
        "from 1 to 20 in 1 row (row 6: 2.5)",
        "from 1 to 10 in 1 row (row 8: 11.0)",
    ):
        assert part in said


def files_1_2(folder: Path, *, shift: int = 0) -> tuple[Path, Path]:
    table = file7(year=2019)
    ids = table.columns[:4].tolist()
    first = table[[*ids, *(header for header in table.columns if header.startswith("Index")
                           and "Score" not in header)]]  # fmt: skip
    wanted = tuple(IOD[domain] for domain in MAIN)
    second = table[[*ids, *(header for header in table.columns if header.startswith(wanted)
                            and "Score" not in header and "(ID" not in header)]].copy()  # fmt: skip
    if shift:
        second.iloc[0, 4], second.iloc[1, 4] = second.iloc[1, 4], second.iloc[0, 4]
    return written(folder, first, "file1.csv"), written(folder, second, "file2.csv")


def test_files_1_and_2_have_ranks_and_deciles_only(tmp_path: Path) -> None:
    told = read(*files_1_2(tmp_path), layout="iod2019_files_1_2")
    assert sorted(told.table["domain"].unique()) == sorted(MAIN)
    assert told.table["score"].isna().all()
    assert len(told.table) == SIZE * 8


def test_files_of_one_index_must_agree(tmp_path: Path) -> None:
    one, two = files_1_2(tmp_path, shift=1)
    with pytest.raises(ReadError, match="values of domain imd differ in the files"):
        read(one, two, layout="iod2019_files_1_2")
    other = file7(year=2019).iloc[:, :].copy()
    other.iloc[0, 0] = "E01999999"
    first = other[[*other.columns[:4], *other.columns[5:7]]]
    with pytest.raises(ReadError, match="different areas: E01000001, E01999999"):
        read(written(tmp_path, first, "x.csv"), files_1_2(tmp_path)[1], layout="iod2019_files_1_2")


def test_wales_calls_community_safety_crime(tmp_path: Path) -> None:
    names = ("IMD", "Income", "Employment", "Health", "Education", "Access", "Housing", "Crime",
             "Environment")  # fmt: skip
    table = pd.DataFrame({"lsoa11_code": [f"W0100000{n}" for n in range(5)]})
    for name in names:
        table[f"{name}_rank"] = [1.0, 2, 3, 4, 5]
        table[f"{name}_decile"] = [2, 4, 6, 8, 10]
        table[f"{name}_score"] = [9.0, 8, 7, 6, 5]
    path = tmp_path / "wimd.parquet"
    table.to_parquet(path)
    told = read(path, layout="wimd2019")
    assert sorted(told.table["domain"].unique()) == [
        "access", "education", "employment", "environment", "health", "housing", "imd", "income",
        "safety",
    ]  # fmt: skip
    # England has no such domains: its layout refuses the file rather than take half of it.
    with pytest.raises(ReadError, match="domain of 'Access_rank' unknown"):
        read(path, layout="wide_parquet")


def test_a_wide_table_with_unknown_domains_or_no_decile(tmp_path: Path) -> None:
    table = pd.DataFrame({"lsoa21_code": ["E01000001"], "IMD_rank": [1], "Digtal_rank": [1]})
    path = tmp_path / "a.parquet"
    table.to_parquet(path)
    with pytest.raises(ReadError) as caught:
        read(path, layout="wide_parquet")
    assert [fault.what for fault in caught.value.faults] == [
        "domain of 'Digtal_rank' unknown",
        "domain imd has no decile",
    ]


def test_a_mapped_index_without_deciles_of_its_domains(tmp_path: Path) -> None:
    # Five data zones of Scotland: decile ceil(10 x rank / 5) = 2, 4, 6, 8, 10.
    rows = "".join(f"S0100000{n},{n},{n}\n" for n in range(1, 6))
    path = saved(tmp_path, "simd.csv", f"Data_Zone,SIMD_Rank,Income_Rank\n{rows}")
    columns = {"area_id": "Data_Zone", "imd_rank": "SIMD_Rank", "income_rank": "Income_Rank"}
    told = read(path, layout="mapped", columns=columns)
    assert of(told, "income")["decile"].tolist() == [2, 4, 6, 8, 10]
    assert codes(told) == {"decile_computed": 2}


def test_a_mapping_is_checked(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "zone,r\nS01000001,1\n")
    with pytest.raises(ReadError) as caught:
        read(path, layout="mapped", columns={"incom_rank": "r", "health_score": "s"})
    said = str(caught.value)
    for part in ("'s' is missing", "columns.incom_rank is unknown", "did you mean 'income_rank'?",
                 "columns.health_rank is not set", "columns.area_id is not set"):  # fmt: skip
        assert part in said


def test_an_unknown_layout_suggests_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="did you mean 'file7_2025'"):
        read(written(tmp_path, file7()), layout="file7_2024")


def test_districts_come_with_the_file(tmp_path: Path) -> None:
    job = job_of("deprivation", written(tmp_path, file7()), layout="file7_2025")
    table = read_deprivation_geography(job).table
    assert table["level"].unique().tolist() == ["authority"]
    assert table["unit_name"].unique().tolist() == ["Southwark"]
    assert len(table) == SIZE


def test_a_lsoa_without_a_district_is_an_error(tmp_path: Path) -> None:
    table = file7()
    table.iloc[2, 2] = ""
    job = job_of("deprivation", written(tmp_path, table), layout="file7_2025")
    with pytest.raises(ReadError, match="the district of an LSOA is empty in 1 row"):
        read_deprivation_geography(job)


def test_scotlands_ranks_with_middle_places_are_brought_to_the_least(tmp_path: Path) -> None:
    """Two zones that tie for the second place are published as 2.5: both are 2 here."""
    domains = ["Income", "Employment", "Health", "Education", "Access", "Crime", "Housing"]
    names = [f"SIMD2020{'v2' if one == 'Income' else ''}_{one}_Domain_Rank" for one in domains]
    ranks = ("1", "2.5", "2.5", "4")
    rows = [f"S0100650{n},Zone,{n}" + f",{rank}" * 7 for n, rank in enumerate(ranks, start=1)]
    text = "\n".join([",".join(["DZ", "DZname", "SIMD2020v2_Rank", *names]), *rows])
    told = read(saved(tmp_path, "simd.csv", text), layout="simd2020")
    assert of(told, "access")["rank"].tolist() == [1, 2, 2, 4]
    assert of(told, "imd")["rank"].tolist() == [1, 2, 3, 4]
    # ceil(10 x rank / 4): 3, 5, 5, 10; none is published
    assert of(told, "access")["decile"].tolist() == [3, 5, 5, 10]
    assert codes(told)["decile_computed"] == 8


def test_northern_irelands_table_is_found_by_how_its_headers_begin(tmp_path: Path) -> None:
    titles = ["Multiple Deprivation Measure", "Income Domain", "Employment Domain",
              "Health Deprivation and Disability Domain", "Education, Skills and Training Domain",
              "Access to Services Domain", "Living Environment Domain",
              "Crime and Disorder Domain"]  # fmt: skip
    table = pd.DataFrame({"SOA2001": ["95AA01S1", "95AA01S2"], "SOA2001name": ["A", "B"]})
    for title in titles:
        table[f"{title} Rank (where 1 is most deprived)"] = ["2", "1"]
    told = read(written(tmp_path, table), layout="nimdm2017")
    assert of(told, "living")["rank"].tolist() == [2, 1]
    assert set(told.table["domain"]) == {"imd", "income", "employment", "health", "education",
                                         "access", "living", "crime"}  # fmt: skip
    with pytest.raises(ReadError, match="Crime and Disorder"):
        read(written(tmp_path, table.iloc[:, :-1]), layout="nimdm2017")
