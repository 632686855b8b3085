"""The planner's files: opened again, the same twice, harmless, and there whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from tests.doors.edition_toy import CRS, IDS, facts, toy_edition
from tests.doors.hostile_strings import HOSTILE, SURROGATE

from assetmap.errors import MissingError, WriteError
from assetmap.frames import Column
from assetmap.publish import formats, workbook
from assetmap.publish.atomic import whole_file, whole_folder
from assetmap.publish.plain import email_address, neutral, plain, shown, web_address
from assetmap.publish.rounding import hundredths, people_read
from assetmap.publish.sheets import Sheet
from assetmap.publish.tables import write_tables

FILES = {
    "tables/areas.csv", "tables/access.csv", "tables/assets.csv", "tables/findings.csv",
    "tables/unplaced.csv", "tables.xlsx", "assetmap.gpkg", "lineage.json", "open_referral.json",
    "datapackage.json", "dcat.jsonld",
    *(f"tables/{name}.csv-metadata.json"
      for name in ("areas", "access", "assets", "findings", "unplaced")),
    *(f"map/{name}.{kind}" for name in ("areas", "assets", "schemes", "schemes_points")
      for kind in ("geojson", "parquet")),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tables")
    write_tables(toy_edition(), made)
    return made


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    write_tables(toy_edition(names=HOSTILE, facts=facts(title=HOSTILE[0])), made)
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# ------------------------------------------------------------------------------ what is in them


def test_every_file_is_there_and_nothing_else(folder: Path) -> None:
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == FILES


def test_areas_are_the_studys_own_with_exact_numbers(folder: Path) -> None:
    rows = rows_of(folder / "tables" / "areas.csv")
    assert [row["area_id"] for row in rows] == IDS
    assert {"area_id", "name", "place", "people", "decile", "level", "result", "reasons"} <= set(
        rows[0]
    )
    first = rows[0]
    assert (first["people"], first["decile"], first["level"]) == ("1000", "1", "left_behind")
    assert first["result"].startswith("Priority for support")
    assert (first["share_within_library"], first["nearest_library_min"]) == ("0", "8")
    assert rows[11]["score"] == ""  # not known is empty, never zero


def test_origin_rows_and_edge_areas_never_leave(folder: Path) -> None:
    access = rows_of(folder / "tables" / "access.csv")
    assert list(access[0]) == [
        "area_id",
        "category",
        "measure",
        "profile",
        "value",
        "unit",
        "people",
    ]
    assert {row["area_id"] for row in access} == set(IDS)


def test_only_public_assets_leave_any_door(folder: Path) -> None:
    assert all(row["to_id"] != "hidden-1" for row in rows_of(folder / "tables" / "assets.csv"))
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        inside = b"".join(book.read(name) for name in book.namelist())
    found = inside + b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    for secret in (b"nobody may see", b"Secret Lane", b"hidden-1"):
        assert secret not in found


def test_csv_is_rfc_4180(folder: Path) -> None:
    raw = (folder / "tables" / "areas.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(IDS) + 1
    assert b'"Part of Mill ward, around Hope Street"' in raw


def test_floats_stop_at_their_decimals(tmp_path: Path) -> None:
    edition = toy_edition()
    third = edition.area_access.assign(value=1 / 3)
    write_tables(replace(edition, area_access=third), tmp_path)
    values = {row["value"] for row in rows_of(tmp_path / "tables" / "access.csv")}
    assert values == {"0.333333"}  # AREA_ACCESS.value has 6 decimals
    assert formats.trimmed("10") == "10"
    assert formats.trimmed("10.500") == "10.5"
    assert formats.trimmed("0.000") == "0"


def test_equal_values_and_unknown_ones_stand_each_in_its_own_row(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "said": ["=1+1", "a, b", "=1+1", None],
            "share": [-0.001, math.nan, 0.0, 1.5],
            "met": [True, False, True, True],
            "rank": pd.Series([1, None, 1, 12], dtype="Int64"),
        }
    )
    kinds = {"said": "text", "share": "float", "met": "bool", "rank": "int"}
    columns = tuple(Column(name, kind, name, decimals=2) for name, kind in kinds.items())  # type: ignore[arg-type]
    formats.write_csv(Sheet("toy", "Toy", table, columns), tmp_path / "toy.csv")
    assert (tmp_path / "toy.csv").read_bytes().split(b"\r\n") == [
        b"said,share,met,rank", b"'=1+1,0,true,1", b'"a, b",,false,', b"'=1+1,0,true,1",
        b",1.5,true,12", b"",
    ]  # fmt: skip


def test_workbook_opens_with_contents_and_frozen_headers(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    assert book.sheetnames[:2] == ["Contents", "areas"]
    assert "Columns" in book.sheetnames
    areas = book["areas"]
    assert areas.freeze_panes == "B2"
    header = [cell.value for cell in areas[1]]
    people = areas.cell(row=2, column=header.index("people") + 1)
    assert (people.value, people.data_type, people.number_format) == (1000, "n", "#,##0")
    assert "This place is invented" in str([c.value for c in book["Contents"]["A"]])
    assert book.properties.created.isoformat() == "2026-11-01T00:00:00"
    with zipfile.ZipFile(folder / "tables.xlsx") as inside:
        assert not [name for name in inside.namelist() if "vba" in name.casefold()]


def test_a_table_too_long_to_read_is_named_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = toy_edition()
    rows = len(edition.of_own(edition.area_access))
    monkeypatch.setattr(workbook, "MOST_ROWS", rows - 1)
    write_tables(edition, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    listed = {row[0].value: row[2].value for row in book["Contents"].iter_rows()}
    assert "access" not in book.sheetnames
    assert listed["tables/access.csv"] == rows
    assert len(rows_of(tmp_path / "tables" / "access.csv")) == rows


def test_the_geopackage_is_in_the_studys_crs(folder: Path) -> None:
    areas = gpd.read_file(folder / "assetmap.gpkg", layer="areas")
    assert list(areas["area_id"]) == IDS
    assert areas.crs == CRS
    assert math.isclose(areas.geometry.iloc[0].area, 800 * 800)
    assert len(gpd.read_file(folder / "assetmap.gpkg", layer="assets")) == 60
    assert len(gpd.read_file(folder / "assetmap.gpkg", layer="schemes")) == 1
    assert len(gpd.read_file(folder / "assetmap.gpkg", layer="schemes_points")) == 1
    with closing(sqlite3.connect(folder / "assetmap.gpkg")) as book:
        stamps = set(book.execute("SELECT last_change FROM gpkg_contents"))
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stamps == {("2026-11-01T00:00:00.000Z",)}


def test_lineage_is_sorted_json(folder: Path) -> None:
    text = (folder / "lineage.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"run": "a1b2c3d4", "steps": {"find": {"rows": 12}}}
    assert text.index('"run"') < text.index('"steps"')


def test_empty_tables_still_make_files(tmp_path: Path) -> None:
    edition = toy_edition()
    bare = replace(
        edition, assets=edition.assets[:0], schemes=edition.schemes[:0], unplaced=None,
        findings=edition.findings[:0], scores=edition.scores[:0],
        area_access=edition.area_access[:0], deprivation=edition.deprivation[:0], sources=(),
    )  # fmt: skip
    write_tables(bare, tmp_path)
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == FILES
    assert rows_of(tmp_path / "tables" / "areas.csv")[0]["level"] == ""


def test_the_same_bytes_twice_and_in_any_row_order(folder: Path, tmp_path: Path) -> None:
    edition = toy_edition()
    names = ("areas", "deprivation", "assets", "schemes", "area_access", "need", "findings",
             "scores", "coverage", "standards", "methods", "cautions", "unplaced")  # fmt: skip
    shuffled = {
        name: getattr(edition, name).sample(frac=1, random_state=5).reset_index(drop=True)
        for name in names
    }
    write_tables(replace(edition, **shuffled), tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_geopackage_does_not_tell_how_often_it_was_written_to(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GDAL writes once more or less by the clock, and SQLite counts it in the head of the file."""
    written = gpd.GeoDataFrame.to_file

    def once_more(shapes: gpd.GeoDataFrame, path: Path, **asked: str) -> None:
        written(shapes, path, **asked)
        with closing(sqlite3.connect(path)) as book, book:
            book.execute("UPDATE gpkg_contents SET last_change = '2001-01-01T00:00:00.000Z'")

    monkeypatch.setattr(gpd.GeoDataFrame, "to_file", once_more)
    write_tables(toy_edition(), tmp_path)
    assert (tmp_path / "assetmap.gpkg").read_bytes() == (folder / "assetmap.gpkg").read_bytes()


# ------------------------------------------------------------------------------ hostile text

FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def test_no_csv_cell_is_a_formula(hostile: Path) -> None:
    for path in (hostile / "tables").glob("*.csv"):
        for row in rows_of(path):
            for name, cell in row.items():
                number = cell.lstrip("-").replace(".", "", 1).isdigit()
                assert number or not cell.startswith(FORMULA), (path.name, name, cell)


def test_every_hostile_text_comes_back_from_csv_on_one_line(hostile: Path) -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in (hostile / "tables").glob("*.csv"))
    cells = {cell for row in csv.reader(io.StringIO(text)) for cell in row}
    for name in HOSTILE:
        assert neutral(name) in cells


def test_no_workbook_cell_is_a_formula_or_a_link_outside(hostile: Path) -> None:
    book = openpyxl.load_workbook(hostile / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c for c in cells if c.hyperlink is not None and c.hyperlink.target]
    # a text that looks like a formula is still a text
    assert "=1+1" in {cell.value for cell in cells if cell.data_type == "s"}


def test_the_geopackage_survives_hostile_names(hostile: Path) -> None:
    for layer, count in (("areas", 12), ("assets", 60), ("schemes", 1)):
        table = gpd.read_file(hostile / "assetmap.gpkg", layer=layer)
        assert len(table) == count
        for name in table["name"].dropna():
            assert plain(name) == name


@pytest.mark.parametrize("text", [*HOSTILE, SURROGATE])
def test_plain_text_is_one_harmless_line(text: str) -> None:
    line = plain(text)
    assert line == plain(line)
    assert "\n" not in line
    line.encode("utf-8")
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\u200b")
    assert len(shown(text)) <= 160
    assert not neutral(text).startswith(FORMULA)


def test_only_ordinary_addresses_are_links() -> None:
    assert web_address("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for bad in ("javascript:alert(1)", " java\tscript:x", "data:text/html,x", "//evil.example", "ftp://a",
                "http://", "http://[", "https://a b", None, float("nan")):  # fmt: skip
        assert web_address(bad) == ""
    assert email_address("a.b+c@example.org") == "a.b+c@example.org"
    for bad in ("a@b", "a@b.c?bcc=d@e.f", "<a@b.co>", "a b@c.de", ""):
        assert email_address(bad) == ""


# ------------------------------------------------------------------------------ reading numbers


@pytest.mark.parametrize(
    ("people", "read"),
    [(0, "0"), (3, "10"), (14, "10"), (15, "20"), (994, "990"), (996, "1,000"), (1_049, "1,000"),
     (1_050, "1,100"), (9_949, "9,900"), (18_600, "19,000"), (307_640, "308,000")],
)  # fmt: skip
def test_people_are_rounded_for_reading(people: float, read: str) -> None:
    assert people_read(people) == read


@pytest.mark.parametrize(
    ("share", "read"),
    [(0, 0), (0.001, 1), (0.004, 1), (0.125, 13), (0.5, 50), (0.994, 99), (0.9999, 99), (1, 100)],
)
def test_a_share_is_all_or_none_only_when_it_is(share: float, read: int) -> None:
    assert hundredths(share) == read


# ------------------------------------------------------------------------------ whole or not at all


def stopped_halfway(path: Path) -> None:
    path.write_text("half", encoding="utf-8")
    raise ZeroDivisionError


def test_a_file_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_file(path) as draft:
        stopped_halfway(draft)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_open_elsewhere_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Path, target: Path) -> Path:
        raise PermissionError(13, "used by another process", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(WriteError, match="open in another program"):
        write_tables(toy_edition(), tmp_path)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder", encoding="utf-8")
    with pytest.raises(WriteError, match="cannot be written"):
        write_tables(toy_edition(), tmp_path / "out")


def test_a_folder_is_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "run"
    with whole_folder(target) as draft:
        (draft / "a").write_text("1", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(target) as draft:
        stopped_halfway(draft / "a")
    assert (target / "a").read_text(encoding="utf-8") == "1"
    with whole_folder(target) as draft:
        (draft / "b").write_text("3", encoding="utf-8")
    assert [p.name for p in target.iterdir()] == ["b"]
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_folder_comes_back_when_the_new_one_cannot_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "run"
    target.mkdir()
    (target / "a").write_text("1", encoding="utf-8")
    moved = Path.replace

    def stuck(self: Path, to: Path) -> Path:
        if self.name.startswith(".run") and not self.name.endswith(".old"):
            raise PermissionError(13, "busy")
        return moved(self, to)

    monkeypatch.setattr(Path, "replace", stuck)
    with pytest.raises(WriteError), whole_folder(target) as draft:
        (draft / "b").write_text("2", encoding="utf-8")
    assert [p.name for p in target.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [target]


def test_our_own_errors_pass_through(tmp_path: Path) -> None:
    with pytest.raises(MissingError), whole_file(tmp_path / "a") as _:
        raise MissingError(())


def test_nothing_known_is_an_empty_cell() -> None:
    for nothing in (None, float("nan"), pd.NA, pd.NaT):
        assert plain(nothing) == ""
