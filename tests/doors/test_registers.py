"""A council's register in whatever layout: mapped, placed, cleaned; every fault told at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Point, Polygon, box
from tests.doors import asset_jobs as little

from assetmap.errors import ReadError
from assetmap.sources.registers import read_register

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told
    from assetmap.sources.read import AssetsRead

RTL = "\u202e"


def read(path: Path, **said: Any) -> Told[AssetsRead]:
    return read_register(little.asset_job(path, **said))


def faults(path: Path, **said: Any) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, **said)
    return str(caught.value)


def test_columns_are_found_by_the_studys_mapping(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "register.csv",
        "Ref,Building,Kind,E,N,Rooms,Step free,Hours,Contact Name,Email\n"
        "a1,Elm Hall,Hall,532000,180000,3,Partial,Mo-Fr 09:00-17:00,Jo Bloggs,jo@x.example\n"
        "a2,Oak Library,LIBRARY,532100,180000,,y,,Jo Bloggs,jo@x.example\n",
    )
    told = read(
        path,
        columns={
            "source_row": "Ref", "name": "Building", "category": "Kind", "easting": "E",
            "northing": "N", "supply": "Rooms", "wheelchair": "Step free",
            "opening_hours": "Hours",
        },
        categories={"hall": "community_centre"},
        visibility="officer",
    )  # fmt: skip
    assets = told.table.assets
    assert list(assets["source_row"]) == ["a1", "a2"]
    assert list(assets["category"]) == ["community_centre", "library"]
    assert list(assets["supply"]) == [3.0, 1.0]
    assert list(assets["wheelchair"]) == ["limited", "yes"]
    assert list(assets["visibility"]) == ["officer", "officer"]
    assert assets["opening_hours"].iloc[0] == "Mo-Fr 09:00-17:00"
    assert assets.geometry.iloc[0] == Point(532_000, 180_000)
    assert told.cautions == ()
    assert "Bloggs" not in little.all_text(told)
    assert "jo@x" not in little.all_text(told)


def test_a_row_is_placed_by_point_else_uprn_else_postcode(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,easting,northing,uprn,postcode\n"
        "point,532000,180000,100,SE1 1AA\n"
        "uprn,,,000100,SE1 1AA\n"
        "postcode,,,,se11aa\n"
        "nowhere,,,999,ZZ9 9ZZ\n"
        "nothing,,,,\n",
    )
    lookups = {
        "pc": little.places(["SE1 1AA"], [(532_300, 180_000)]),
        "uprns": little.places(["100"], [(532_200, 180_000)]),
    }
    told = read(path, category="library", postcodes="pc", lookups=lookups)
    placed = told.table.assets.set_index("name")
    assert placed.geometry["point"] == Point(532_000, 180_000)
    assert placed.geometry["uprn"] == Point(532_200, 180_000)
    assert placed.geometry["postcode"] == Point(532_300, 180_000)
    assert placed["precision_m"].to_dict() == {"point": 0, "uprn": 0, "postcode": 100}
    assert placed["postcode"]["postcode"] == "SE1 1AA"
    unplaced = told.table.unplaced.set_index("source_row")
    assert unplaced["name"].to_dict() == {"5": "nowhere", "6": "nothing"}
    assert "postcode not in 'pc'" in unplaced["reason"]["5"]
    assert little.counts(told) == {"placed_by_postcode": 1, "unplaced": 2}


def test_rows_outside_the_ground_are_not_of_this_study(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path, "r.csv", "name,easting,northing\nin,532000,180000\nout,540000,180000\n"
    )
    ground = box(531_000, 179_000, 533_000, 181_000)
    told = read(path, category="library", within=ground)
    assert list(told.table.assets["name"]) == ["in"]
    assert told.cautions == ()


def test_degrees_need_no_crs_and_swapped_rows_are_told(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,lon,lat\na,-0.09,51.5\nb,-0.08,51.5\nc,-0.07,51.5\nd,51.5,-0.06\n",
    )
    told = read(path, category="library")
    assert len(told.table.assets) == 3
    assert list(told.table.unplaced["reason"]) == ["longitude and latitude are swapped"]


def test_a_register_that_is_swapped_throughout_is_refused(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,lon,lat\na,51.5,-0.09\nb,51.5,-0.08\n")
    assert "swapped" in faults(path, category="library")


def test_x_and_y_without_a_crs_are_refused(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,x,y\na,532000,180000\n")
    assert "have no CRS" in faults(path, category="library")


def test_all_faults_of_the_cells_come_at_once_with_their_rows(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "source_row,name,lon,lat,supply,wheelchair,visibility,size_m2\n"
        "a,A,-0.09,51.5,-1,yes,public,\n"
        "a,B,-0.09,51.5,many,perhaps,everyone,big\n"
        "b,C,-0.09,51.5,,,,\n",
    )
    said = faults(path, category="library")
    assert "'supply' is below 0 in 1 row (row 2: -1)" in said
    assert "'supply' is not a number in 1 row (row 3: many)" in said
    assert "'size_m2' is not a number" in said
    assert "row 3: 'perhaps'" in said
    assert "row 3: 'everyone'" in said
    assert "occurs more than once for 1 ids: a" in said


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "Nmae,lon,lat\nA,-0.09,51.5\n")
    said = faults(path, category="library", columns={"name": "Name"})
    assert "column 'Name' is missing" in said
    assert "did you mean 'Nmae'?" in said


def test_a_column_that_no_register_has_is_told(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,lon,lat\nA,-0.09,51.5\n")
    said = faults(path, category="library", columns={"suply": "name"})
    assert "did you mean 'supply'?" in said


def test_a_category_that_does_not_exist_is_told(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,category,lon,lat\nA,Hall,-0.09,51.5\n")
    assert "did you mean 'library'?" in faults(path, category="libary")
    said = faults(path, categories={"Hall": "comunity_centre"})
    assert "did you mean 'community_centre'?" in said


def test_a_register_without_a_category_or_a_place_is_refused(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,lon,lat\nA,-0.09,51.5\n")
    assert "neither which category" in faults(path)
    path = little.saved(tmp_path, "s.csv", "name,postcode\nA,SE1 1AA\n")
    assert "nothing to place the rows by" in faults(path, category="library")


def test_a_lookup_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = little.saved(tmp_path, "r.csv", "name,postcode\nA,SE1 1AA\n")
    lookups = {"postcodes": little.places(["SE1 1AA"], [(532_000, 180_000)])}
    said = faults(path, category="library", postcodes="postcode", lookups=lookups)
    assert "did you mean 'postcodes'?" in said


def test_categories_left_out_are_counted(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,category,lon,lat\nA,Hall,-0.09,51.5\nB,Toilet,-0.09,51.5\nC,Depot,-0.09,51.5\n"
        "D,,-0.09,51.5\n",
    )
    told = read(path, categories={"Hall": "community_centre", "Toilet": ""})
    assert list(told.table.assets["name"]) == ["A"]
    assert little.counts(told) == {"category_unmapped": 2, "category_skipped": 1}


def test_hostile_cells_stay_text_and_lose_what_cannot_be_seen(tmp_path: Path) -> None:
    long = "x" * 10_000
    rows = [
        "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "../../etc/passwd",
        f"{RTL}moc.elpmaxe", "tab\x07bell", long,
    ]  # fmt: skip
    lines = [f'"{name}",-0.09,51.5' for name in rows]
    path = little.saved(tmp_path, "r.csv", "\n".join(["name,lon,lat", *lines]) + "\n")
    told = read(path, category="library")
    names = list(told.table.assets.sort_values("source_row")["name"])
    assert names[:5] == [
        "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "../../etc/passwd",
        "moc.elpmaxe", "tabbell",
    ]  # fmt: skip
    assert len(names[5]) == 300
    assert names[5].endswith("\u2026")
    assert little.counts(told) == {"text_cut": 1, "text_stripped": 2}


def test_windows_text_is_read_and_told(tmp_path: Path) -> None:
    # 0x92 is a curly apostrophe in cp1252 and no UTF-8.
    content = b"name,lon,lat\nSt John\x92s Hall,-0.09,51.5\n"
    told = read(little.saved(tmp_path, "r.csv", content), category="community_centre")
    assert told.table.assets["name"].iloc[0] == "St John\u2019s Hall"
    assert little.counts(told) == {"encoding_cp1252": None}


def test_a_row_may_be_seen_by_fewer_but_never_by_more(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,lon,lat,visibility\nA,-0.09,51.5,public\nB,-0.09,51.5,restricted\n",
    )
    told = read(path, category="library", visibility="officer")
    assert list(told.table.assets["visibility"]) == ["officer", "restricted"]


def test_shapes_stay_polygons_for_green_space_only(tmp_path: Path) -> None:
    field = Polygon(
        [(532_000, 180_000), (532_100, 180_000), (532_100, 180_050), (532_000, 180_050)]
    )
    table = gpd.GeoDataFrame(
        {"name": ["field", "hall"], "category": ["park", "community_centre"]},
        geometry=[field, field],
        crs="EPSG:27700",
    )
    path = tmp_path / "sites.gpkg"
    table.to_file(path)
    assets = read(path).table.assets.set_index("name")
    assert assets.geometry["field"].equals(field)
    assert assets["size_m2"]["field"] == 5_000  # 100 m by 50 m
    assert assets.geometry["hall"].geom_type == "Point"
    assert field.contains(assets.geometry["hall"])
    assert pd.isna(assets["size_m2"]["hall"])


def test_geojson_and_workbooks_are_registers_too(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame({"title": ["A"]}, geometry=[Point(-0.09, 51.5)], crs="EPSG:4326")
    table.to_file(tmp_path / "r.geojson")
    book = openpyxl.Workbook()
    book.active.append(["title", "lon", "lat", "opened"])
    book.active.append(["A", -0.09, 51.5, dt.date(2020, 1, 1)])
    book.save(tmp_path / "r.xlsx")
    told = [
        read(tmp_path / name, category="library", columns={"name": "title"})
        for name in ("r.geojson", "r.xlsx")
    ]
    shapes = [one.table.assets.geometry.iloc[0] for one in told]
    assert shapes[0].distance(shapes[1]) < 0.01
    assert [one.table.assets["name"].iloc[0] for one in told] == ["A", "A"]


def test_two_files_keep_their_rows_apart(tmp_path: Path) -> None:
    first = little.saved(tmp_path, "a.csv", "name,lon,lat\nA,-0.09,51.5\n")
    second = little.saved(tmp_path, "b.csv", "name,lon,lat\nB,-0.08,51.5\n")
    told = read_register(little.asset_job(first, second, category="library"))
    assert list(told.table.assets["source_row"]) == ["2", "2:2"]


@pytest.mark.parametrize("content", ["", "name,lon,lat\n", "\0\0\0\0"])
def test_an_empty_or_binary_register_is_refused(tmp_path: Path, content: str) -> None:
    assert faults(little.saved(tmp_path, "r.csv", content), category="library")


def test_a_row_that_not_everybody_may_see_is_unplaced_without_its_name(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,lon,lat,visibility\nHall,,,public\nPrivate hall,,,restricted\nShed,,,\n",
    )
    names = read(path, category="community_centre").table.unplaced["name"]
    assert list(names.dropna()) == ["Hall", "Shed"]
    hidden = read(path, category="community_centre", visibility="officer").table.unplaced["name"]
    assert hidden.isna().all()
