"""Hostile and hapless tables: what a council sends, what a download leaves behind."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import MissingError, ReadError
from assetmap.sources.archives import read_bytes, read_member
from assetmap.sources.columns import as_numbers, as_text, pick
from assetmap.sources.files import find_files, missing_faults, open_table, open_tables

PLAIN = "code,name\n007,Hall\n008,Baths\n"


def opened(path: Path, **said: object) -> pd.DataFrame:
    return open_table(job_of("assets", path, **said), path).table


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_utf8_with_or_without_a_mark_keeps_codes_as_text(tmp_path: Path, start: bytes) -> None:
    path = saved(tmp_path, "a.csv", start + "code,name\n007,Caffè\n".encode())
    told = open_table(job_of("assets", path), path)
    assert told.table.to_dict("list") == {"code": ["007"], "name": ["Caffè"]}
    assert told.cautions == ()


def test_windows_text_is_read_and_told(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", b"code,name\n1,St Mary\x92s\n")
    told = open_table(job_of("assets", path), path)
    assert told.table["name"].tolist() == ["St Mary’s"]  # noqa: RUF001 - what byte 0x92 is
    assert [caution.code for caution in told.cautions] == ["encoding_cp1252"]
    assert "a.csv" in told.cautions[0].text


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    # 0x81 is neither UTF-8 on its own nor a letter of cp1252; it is byte 12 of the file.
    path = saved(tmp_path, "a.csv", b"code,name\n1,\x81\n")
    with pytest.raises(ReadError, match=r"byte 12 is 0x81"):
        opened(path)


def test_utf16_as_excel_saves_unicode_text(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", "code\tname\n007\tHall\n".encode("utf-16"))
    assert opened(path).to_dict("list") == {"code": ["007"], "name": ["Hall"]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_the_header_holds_most_of(tmp_path: Path, delimiter: str) -> None:
    path = saved(tmp_path, "a.csv", PLAIN.replace(",", delimiter))
    assert opened(path)["code"].tolist() == ["007", "008"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    # Row 1 is the header, row 3 is blank, row 5 holds only commas, the last is the end-of-file
    # sign of old systems; a cell may hold a line break.
    path = saved(tmp_path, "a.csv", 'code,name\n1,A\n\n2,"B\nC"\n,\n3,D\n\x1a')
    table = opened(path)
    assert table.index.tolist() == [2, 4, 6]
    assert table["name"].tolist() == ["A", "B\nC", "D"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("code,name\n", "has no rows"),
        ("code,name\n1,A\n2,B,C\n3\n", "row 3 has 3 cells, the header 2"),
        ("code,code\n1,2\n", "'code' stands twice"),
        ("code\0,name\n1,2\n", "zero bytes"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        opened(saved(tmp_path, "a.csv", content))


def test_every_ragged_row_is_told_at_once(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "code,name\n1,A\n2,B,C\n3\n")
    with pytest.raises(ReadError) as caught:
        opened(path)
    assert [fault.what[:5] for fault in caught.value.faults] == ["row 3", "row 4"]


def test_a_gzip_cut_short_says_so(tmp_path: Path) -> None:
    whole = gzip.compress(PLAIN.encode() * 1000)
    path = saved(tmp_path, "a.csv.gz", whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="damaged or cut short") as caught:
        opened(path)
    assert "download it again" in str(caught.value)


def test_a_gzip_that_is_no_gzip(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="damaged"):
        opened(saved(tmp_path, "a.csv.gz", "<html>503</html>"))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv.gz", gzip.compress(b"0" * 4_000_000))
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_bytes(path, most_bytes=1_000_000)


def zipped(folder: Path, **members: str) -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return saved(folder, "a.zip", held.getvalue())


def test_the_one_table_of_a_zip_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"data/a.csv": PLAIN, "readme.md": "x"})
    assert opened(path)["code"].tolist() == ["007", "008"]


def test_of_several_tables_the_layer_chooses(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"lsoa.csv": PLAIN, "msoa.csv": "code\n1\n"})
    with pytest.raises(ReadError, match="holds 2 files"):
        opened(path)
    assert opened(path, layer="msoa.csv")["code"].tolist() == ["1"]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "..\\a.csv"])
def test_a_member_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match="climbs out"):
        opened(zipped(tmp_path, **{name: PLAIN}))


def test_a_zip_bomb_and_a_cut_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path, **{"a.csv": "0" * 2_000_000})
    with pytest.raises(ReadError, match="unpacks to more than"):
        read_member(path, suffixes=(".csv",), most_bytes=1_000_000)
    cut = saved(tmp_path, "cut.zip", path.read_bytes()[:-40])
    with pytest.raises(ReadError, match="damaged or cut short"):
        opened(cut)


def test_a_missing_file_says_what_it_is_where_to_get_it_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    job = job_of("assets", path)
    with pytest.raises(MissingError) as caught:
        open_table(job, path)
    said = str(caught.value)
    for part in ("'given'", "Office of Invented Statistics", "https://statistics.example/table",
                 "OGL v3", "save it as table.csv"):  # fmt: skip
        assert part in said


def test_all_missing_files_are_told_at_once_and_the_first_folder_wins(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    near.mkdir()
    far.mkdir()
    saved(near, "a.csv", PLAIN)
    saved(far, "a.csv", PLAIN)
    job = job_of("assets", Path("a.csv"), Path("b.csv"), Path("c.csv"))
    assert len(missing_faults(job.spec, (near, far))) == 2  # b and c
    with pytest.raises(MissingError):
        find_files(job.spec, (near, far))
    saved(far, "b.csv", PLAIN)
    saved(far, "c.csv", PLAIN)
    assert find_files(job.spec, (near, far)) == (near / "a.csv", far / "b.csv", far / "c.csv")


def test_every_missing_column_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "LSOA21CD,LSOA21NM\nE01000001,One\n")
    job = job_of(
        "boundaries", path, columns={"area_id": "LSOA21C", "unit_id": "WD24CD", "name": "LSOA21NM"}
    )
    with pytest.raises(ReadError) as caught:
        pick(job, open_table(job, path).table, ("area_id", "unit_id", "name"))
    first, second = caught.value.faults
    assert "'LSOA21C' is missing" in first.what
    assert "did you mean 'LSOA21CD'?" in first.attempt
    assert "LSOA21CD, LSOA21NM" in second.attempt


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (("Park",), ["Park"]),
        (("Park*",), ["Park", "Park Lane"]),
        (("*Park*",), ["Park", "Park Lane", "The Park"]),
        (("*Park",), ["Park", "The Park"]),
        (("Park", "Pub"), ["Park", "Pub"]),
    ],
)
def test_where_keeps_exact_beginning_inside_and_end(
    tmp_path: Path, values: tuple[str, ...], kept: list[str]
) -> None:
    path = saved(tmp_path, "a.csv", "kind\nPark\nPark Lane\nThe Park\nPub\nP.rk\n")
    assert opened(path, where={"kind": values})["kind"].tolist() == kept


def test_where_that_keeps_nothing_or_names_no_column_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "kind\nPark\n")
    with pytest.raises(ReadError, match="none of the 1 rows is kept"):
        opened(path, where={"kind": ("park",)})
    with pytest.raises(ReadError, match="did you mean 'kind'"):
        opened(path, where={"kinds": ("Park",)})


def test_several_files_are_one_table(tmp_path: Path) -> None:
    first, second = saved(tmp_path, "a.csv", PLAIN), saved(tmp_path, "b.csv", "code,name\n9,X\n")
    told = open_tables(job_of("assets", first, second))
    assert told.table["code"].tolist() == ["007", "008", "9"]


def workbook(folder: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def test_a_workbook_comes_as_text_with_its_row_numbers(tmp_path: Path) -> None:
    rows = [["code", "uprn"], ["007", 100023336956], [None, None], ["x", None]]
    table = opened(workbook(tmp_path, Assets=rows))
    assert table["code"].tolist() == ["007", "x"]
    assert table["uprn"].iloc[0] == "100023336956"
    assert table.index.tolist() == [2, 4]


def test_of_several_sheets_one_must_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path, Assets=[["code"], ["1"]], Notes=[["text"], ["x"]])
    with pytest.raises(ReadError, match="Assets, Notes"):
        opened(path)
    with pytest.raises(ReadError, match="did you mean 'Assets'"):
        opened(path, layer="Asset")
    assert opened(path, layer="Assets")["code"].tolist() == ["1"]


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".gpkg", ".fgb", ".geojson"])
def test_a_file_cut_short_is_refused(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"a{suffix}"
    table = pd.DataFrame({"code": [f"E0{n}" for n in range(500)]})
    if suffix == ".xlsx":
        whole = workbook(tmp_path, A=[["code"], *([code] for code in table["code"])])
    elif suffix == ".parquet":
        table.to_parquet(whole)
    else:
        import geopandas as gpd  # noqa: PLC0415 - only for these two

        points = gpd.points_from_xy(table.index, table.index)
        gpd.GeoDataFrame(table, geometry=points, crs="EPSG:27700").to_file(whole)
    content = whole.read_bytes()
    cut = saved(tmp_path, f"cut{suffix}", content[: len(content) // 3])
    with pytest.raises(ReadError, match="damaged or cut short"):
        opened(cut)


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.xlsx", "a.parquet", "a.fgb"])
def test_an_error_page_or_another_format_in_disguise_is_refused(tmp_path: Path, name: str) -> None:
    # GDAL would open this by its content and read the file that it names.
    virtual = f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{tmp_path}/secret.csv'
    with pytest.raises(ReadError, match=r"is not a \.|damaged"):
        opened(saved(tmp_path, name, virtual))


def test_a_kind_of_file_that_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"files of kind '\.docx' are not read"):
        opened(saved(tmp_path, "a.docx", "x"))


def test_numbers_as_people_type_them(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", 'n\n1\n"29,199"\n-3.5\n 4 \n1e3\n')
    job = job_of("population", path)
    numbers, faults = as_numbers(job, open_table(job, path).table["n"], column="n")
    assert numbers.tolist() == [1, 29199, -3.5, 4, 1000]
    assert faults == []


def test_wrong_numbers_are_told_with_their_rows(tmp_path: Path) -> None:
    # Row 2 and 3 are no numbers (1,5 may be a decimal comma or two cells), row 4 is empty,
    # row 5 too low, row 6 without end.
    path = saved(tmp_path, "a.csv", 'n,m\nten,1\n"1,5",1\n,1\n-1,1\ninf,1\n')
    job = job_of("population", path)
    _, faults = as_numbers(job, open_table(job, path).table["n"], column="n", low=0)
    assert [fault.what for fault in faults] == [
        "'n' is not a number in 3 rows (row 2: ten, row 3: 1,5, row 6: inf)",
        "'n' is empty in 1 row (row 4)",
        "'n' is below 0 in 1 row (row 5: -1)",
    ]


def test_text_of_whole_floats_has_no_decimals() -> None:
    cells = pd.Series([100023336956.0, None, 3.0])
    assert as_text(cells).dropna().tolist() == ["100023336956", "3"]
    assert as_text(pd.Series([" a ", "", None])).dropna().tolist() == ["a"]
