"""The planner's files, opened as other software opens them: standards, styles, licences, words."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sqlite3
import uuid
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from tests.doors.edition_toy import CRS, IDS, THEMES, facts, toy_edition
from tests.doors.hostile_strings import HOSTILE
from tests.doors.opened_outputs import opened

from assetmap.frames import Column
from assetmap.frames.results import LEVELS
from assetmap.provenance import Source
from assetmap.publish.geopackage import GDAL_WAITS, write_geopackage
from assetmap.publish.licences import licence_address, shares_alike
from assetmap.publish.open_tables import open_sheet
from assetmap.publish.plain import plain
from assetmap.publish.public import write_open_files
from assetmap.publish.sheets import Sheet
from assetmap.publish.tables import write_tables
from assetmap.publish.vectors import assets_vector
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

OSM = Source(
    id="osm", kind="assets", publisher="OpenStreetMap contributors", title="Extract",
    address="https://www.openstreetmap.org", licence="ODbL 1.0",
    attribution="© OpenStreetMap contributors", vintage="2026", file="a.osm.pbf",
    sha256="cd" * 32, bytes=9,
)  # fmt: skip


def with_osm() -> Edition:
    """The toy, in which the bus stops come from OpenStreetMap and one library from both."""
    edition = toy_edition()
    assets = edition.assets.copy()
    assets.loc[assets["category"] == "bus_stop", "sources"] = "osm"
    assets.loc[assets["to_id"] == "library-0-0", "sources"] = "register + osm"
    return replace(
        edition, assets=assets, sources=(*edition.sources, OSM),
        made_from={
            "assets": ("osm", "register"),
            **dict.fromkeys(
                ("areas", "access", "findings", "unplaced", "schemes", "schemes_points"),
                ("register",),
            ),
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("working")
    write_tables(with_osm(), made)
    return made


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("public")
    write_open_files(with_osm(), made)
    return made


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    themes = {key: HOSTILE[n] for n, key in enumerate(THEMES)}
    about = facts(title=HOSTILE[0], place=HOSTILE[12], about=HOSTILE[13], licence=HOSTILE[1])
    write_open_files(toy_edition(names=HOSTILE, facts=about, themes=themes), made)
    return made


def both(working: Path, public: Path) -> tuple[Path, Path]:
    return working / "assetmap.gpkg", public / "assetmap.gpkg"


# ------------------------------------------------------------------------------ GeoPackage


def test_the_geopackage_keeps_the_requirements_of_its_standard(working: Path, public: Path) -> None:
    """OGC 12-128r17, clauses 1.1.1 to 2.1: what a reader checks before it opens the file."""
    for path in both(working, public):
        with closing(sqlite3.connect(path)) as book:
            one = lambda statement: book.execute(statement).fetchone()[0]  # noqa: E731
            assert one("PRAGMA application_id") == 0x47504B47  # 'GPKG', requirement 2
            assert one("PRAGMA user_version") >= 10200
            assert one("PRAGMA integrity_check") == "ok"  # requirement 6
            assert not book.execute("PRAGMA foreign_key_check").fetchall()  # requirement 7
            known = {row[0] for row in book.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
            assert {-1, 0, 4326, 27700} <= known  # requirement 11
            tables = {row[0] for row in book.execute("SELECT name FROM sqlite_master")}
            contents = dict(book.execute("SELECT table_name, data_type FROM gpkg_contents"))
            assert set(contents) <= tables  # requirement 14
            drawn = {row[0] for row in book.execute("SELECT table_name FROM gpkg_geometry_columns")}
            assert drawn == {name for name, kind in contents.items() if kind == "features"}
            assert contents["layer_styles"] == "attributes"
            extended = {
                row[0]
                for row in book.execute(
                    "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_schema'"
                )
            }
            assert extended == {"gpkg_data_columns", "gpkg_data_column_constraints"}


@pytest.mark.parametrize("setting", [None, "FULL"])
def test_gdals_own_setting_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str | None
) -> None:
    monkeypatch.delenv(GDAL_WAITS, raising=False)
    if setting:
        monkeypatch.setenv(GDAL_WAITS, setting)
    edition = toy_edition()
    path, words = tmp_path / "layers.gpkg", words_of({})
    write_geopackage([assets_vector(edition)], path, edition=edition, words=words)
    assert os.environ.get(GDAL_WAITS) == setting
    assert len(gpd.read_file(path, layer="assets")) == len(edition.public_assets)


def test_other_software_lists_every_layer(working: Path) -> None:
    layers = {str(name): kind for name, kind in pyogrio.list_layers(working / "assetmap.gpkg")}
    assert set(layers) >= {"areas", "assets", "schemes", "schemes_points"}
    assert layers["layer_styles"] is None  # a table without shapes
    assert (
        gpd.read_file(working / "assetmap.gpkg", layer="schemes_points").geom_type.eq("Point").all()
    )


def test_each_layer_has_one_style_that_is_put_on_by_itself(working: Path, public: Path) -> None:
    for path in both(working, public):
        with closing(sqlite3.connect(path)) as book:
            shaped = dict(book.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
            styles = book.execute(
                "SELECT f_table_name, f_geometry_column, useAsDefault FROM layer_styles"
            ).fetchall()
        assert {(name, column, 1) for name, column in shaped.items()} == set(styles)
        assert len(styles) == len(shaped)


def style(path: Path, layer: str, column: str) -> ET.Element:
    with closing(sqlite3.connect(path)) as book:
        kept = f"SELECT {column} FROM layer_styles WHERE f_table_name = ?"  # noqa: S608 - ours
        found = book.execute(kept, (layer,)).fetchone()[0]
    return ET.fromstring(found)  # noqa: S314 - our own file


def test_results_are_told_apart_by_fill_pattern_and_outline(working: Path) -> None:
    drawn = style(working / "assetmap.gpkg", "areas", "styleQML").find("renderer-v2")
    assert drawn is not None
    assert (drawn.get("type"), drawn.get("attr")) == ("categorizedSymbol", "result_code")
    key = {entry.get("value"): entry for entry in drawn.iter("category")}
    assert set(key) == {"1", "2", "3", "4", "5", "6"}
    assert str(key["1"].get("label")).startswith("Priority for support")
    symbols = {symbol.get("name"): symbol for symbol in drawn.findall("symbols/symbol")}
    looks = set()
    for entry in key.values():
        symbol = symbols[entry.get("symbol")]
        assert symbol.get("type") == "fill"
        patterns = tuple(
            (layer.get("class"), option(layer, "angle")) for layer in symbol.findall("layer")[1:]
        )
        looks.add(patterns)
    assert len(looks) == 6  # six patterns, plain among them: the colours are not needed
    widths = {value: option(symbols[entry.get("symbol")].findall("layer")[0], "outline_width")
              for value, entry in key.items()}  # fmt: skip
    assert widths["1"] == "0.7"
    assert set(widths.values()) == {"0.7", "0.3"}


def option(layer: ET.Element, name: str) -> str | None:
    found = layer.find(f"Option/Option[@name='{name}']")
    return None if found is None else found.get("value")


def test_themes_are_told_apart_by_their_marks(working: Path) -> None:
    drawn = style(working / "assetmap.gpkg", "assets", "styleQML").find("renderer-v2")
    assert drawn is not None
    assert drawn.get("attr") == "theme"
    labels = [entry.get("label") for entry in drawn.iter("category")]
    assert labels == ["community places", "parks and green space", "health services",
                      "public transport"]  # fmt: skip
    marks = [option(symbol.findall("layer")[0], "name")
             for symbol in drawn.findall("symbols/symbol")]  # fmt: skip
    assert len(set(marks)) == len(labels)


def test_the_same_styles_as_sld(working: Path) -> None:
    space = {"se": "http://www.opengis.net/se", "ogc": "http://www.opengis.net/ogc"}
    for layer, rules in (("areas", 6), ("assets", 4), ("schemes", 1), ("schemes_points", 1)):
        drawn = style(working / "assetmap.gpkg", layer, "styleSLD")
        assert drawn.get("version") == "1.1.0"
        assert len(drawn.findall(".//se:Rule", space)) == rules
    literals = style(working / "assetmap.gpkg", "areas", "styleSLD").findall(
        ".//ogc:Literal", space
    )
    assert [one.text for one in literals] == ["1", "2", "3", "4", "5", "6"]


# ------------------------------------------------------------------------------ GeoJSON, GeoParquet


def test_geojson_keeps_rfc_7946(public: Path) -> None:
    text = (public / "map" / "areas.geojson").read_text(encoding="utf-8")
    areas = json.loads(text)
    assert areas["type"] == "FeatureCollection"
    assert "crs" not in areas  # section 4
    assert [one["properties"]["area_id"] for one in areas["features"]] == IDS
    for one in areas["features"]:
        shape = shapely.geometry.shape(one["geometry"])
        assert shape.exterior.is_ccw  # section 3.1.6, the right-hand rule
        assert shape.is_valid
        west, south, east, north = shape.bounds
        assert -0.2 < west < east < 0.1  # WGS 84: the toy stands in the east of London
        assert 51.4 < south < north < 51.6
    numbers = re.findall(r"-?\d+\.(\d+)", text.split('"geometry"')[1])
    assert max(map(len, numbers)) == 6
    assert areas["features"][11]["properties"]["score"] is None  # not known
    assert areas["licence"] == "Open Government Licence v3.0"
    assert areas["attribution"] == [
        "Contains public sector information licensed under the OGL v3.0."
    ]


def test_geoparquet_says_what_it_holds(public: Path) -> None:
    for name, kinds in (("areas", ["Polygon"]), ("assets", ["Point"])):
        held = json.loads(pq.read_metadata(public / "map" / f"{name}.parquet").metadata[b"geo"])
        assert held["version"] == "1.1.0"
        assert held["primary_column"] == "geometry"
        column = held["columns"]["geometry"]
        assert (column["encoding"], column["geometry_types"]) == ("WKB", kinds)
        assert column["crs"]["id"] == {"authority": "EPSG", "code": 27700}
        table = gpd.read_parquet(public / "map" / f"{name}.parquet")
        assert table.crs == CRS
        assert list(column["bbox"]) == list(table.total_bounds)


# ------------------------------------------------------------------------------ dictionaries


def fits(cell: str, column: dict[str, Any]) -> bool:
    """Whether a cell is what the dictionary says."""
    if cell == "":
        return not column.get("required", False)
    kind = column["datatype"]
    if kind["base"] == "boolean":
        return cell in {"true", "false"}
    if kind["base"] == "string":
        return re.fullmatch(kind.get("format", ".*"), cell) is not None
    if kind["base"] == "integer" and not re.fullmatch(r"-?\d+", cell):
        return False
    number = float(cell)
    return kind.get("minimum", number) <= number <= kind.get("maximum", number)


def test_every_csv_is_what_its_dictionary_says(working: Path, public: Path) -> None:
    files = [*(working / "tables").glob("*.csv"), *public.rglob("*.csv")]
    assert len(files) == 5 + 5 + 1
    for path in files:
        told = json.loads(path.with_name(f"{path.name}-metadata.json").read_text(encoding="utf-8"))
        assert told["url"] == path.name
        assert told["@context"][0] == "http://www.w3.org/ns/csvw"
        columns = told["tableSchema"]["columns"]
        with path.open(encoding="utf-8", newline="") as handle:
            head, *rows = csv.reader(handle)
        assert head == [column["titles"] for column in columns]
        assert all(column["dc:description"] for column in columns)
        for row in rows:
            for cell, column in zip(row, columns, strict=True):
                assert fits(cell, column), (path.name, column["titles"], cell)
        key = [head.index(name) for name in told["tableSchema"]["primaryKey"]]
        assert len({tuple(row[n] for n in key) for row in rows}) == len(rows)


def test_units_and_bounds_are_in_the_dictionary(working: Path) -> None:
    told = json.loads((working / "tables" / "areas.csv-metadata.json").read_text(encoding="utf-8"))
    by_name = {column["titles"]: column for column in told["tableSchema"]["columns"]}
    assert by_name["people"]["schema:unitText"] == "people"
    assert by_name["nearest_library_min"]["schema:unitText"] == "min"
    assert by_name["decile"]["datatype"] == {"base": "integer", "minimum": 1, "maximum": 10}
    assert by_name["area_id"]["required"] is True
    assert "required" not in by_name["decile"]  # may be empty


# ------------------------------------------------------------------------------ catalogues


def test_the_package_lists_every_file_with_its_hash_and_licence(public: Path) -> None:
    package = json.loads((public / "datapackage.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one for one in package["resources"]}
    there = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    beside = {name for name in there if name.endswith(("-metadata.json", "LICENCE.txt"))}
    assert set(listed) == there - beside - {"datapackage.json", "dcat.jsonld", "lineage.json"}
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for path, one in listed.items():
        weight = (public / path).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(weight).hexdigest()}"
        assert one["bytes"] == len(weight)
        share_alike = path.startswith("openstreetmap/")
        assert ("ODbL" in one["licenses"][0]["title"]) == share_alike, path
    assert [one["title"] for one in listed["tables/unplaced.csv"]["sources"]] != []


def test_the_catalogue_says_who_where_and_when(public: Path) -> None:
    told = json.loads((public / "dcat.jsonld").read_text(encoding="utf-8"))
    assert told["@type"] == "dcat:Dataset"
    assert told["dct:issued"] == "2026-11-01"
    assert told["dcat:contactPoint"]["vcard:hasEmail"] == "mailto:sample@example.org"
    west = float(told["dct:spatial"]["dcat:bbox"].removeprefix("POLYGON((").split()[0])
    assert -0.2 < west < 0.1
    assert "© OpenStreetMap contributors" in told["dct:rights"]
    assert len(told["dcat:distribution"]) == len(
        json.loads((public / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    )


# ------------------------------------------------------------------------------ licences


def test_rows_of_openstreetmap_stand_apart(public: Path) -> None:
    """Twelve bus stops from it alone, and the library that a register lists too."""
    with (public / "openstreetmap" / "assets.csv").open(encoding="utf-8", newline="") as handle:
        apart = {row["to_id"] for row in csv.DictReader(handle)}
    assert len(apart) == 12 + 1
    assert "library-0-0" in apart
    assert "ODbL" in (public / "openstreetmap" / "LICENCE.txt").read_text(encoding="utf-8")
    elsewhere = {name: text for name, text in opened(public).items()
                 if not name.startswith("openstreetmap/")}  # fmt: skip
    for name, text in elsewhere.items():
        assert not [one for one in apart if f"{one}<" in text or f"'{one}'" in text
                    or f'"{one}"' in text or f"\n{one}," in text], name  # fmt: skip


def test_without_openstreetmap_there_is_no_folder_for_it(tmp_path: Path) -> None:
    write_open_files(toy_edition(), tmp_path)
    assert not (tmp_path / "openstreetmap").exists()


@pytest.mark.parametrize(("licence", "alike", "address"), [
    ("ODbL 1.0", True, "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("Open Database License (ODbL) v1.0", True, "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("Open Government Licence v3.0", False,
     "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("OGL v3 (Contains OS data)", False,
     "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("by arrangement", False, ""),
    ("javascript:alert(1)", False, ""),
])  # fmt: skip
def test_a_licence_is_known_by_its_name(licence: str, alike: bool, address: str) -> None:  # noqa: FBT001
    assert shares_alike(replace(OSM, licence=licence)) == alike
    assert licence_address(licence) == address


# ------------------------------------------------------------------------------ Open Referral


def test_services_are_what_open_referral_asks(public: Path) -> None:
    reply = json.loads((public / "open_referral.json").read_text(encoding="utf-8"))
    # six areas hold two of each kind: libraries, halls and surgeries are services, parks and
    # stops are not; the last surgery lies outside, and one library is OpenStreetMap's too
    assert reply["total_items"] == len(reply["contents"]) == 3 * 12 - 1 - 1
    ids = [one["id"] for one in reply["contents"]]
    assert len(set(ids)) == len(ids)
    for one in reply["contents"]:
        assert uuid.UUID(one["id"]).version == 5
        assert {"name", "status", "organization"} <= set(one)
        assert {"id", "name", "description"} <= set(one["organization"])
        place = one["service_at_locations"][0]["location"]
        assert place["location_type"] == "physical"
        assert 51.4 < place["latitude"] < 51.6
        assert not {"contacts", "phones", "email"} & set(one)


# ------------------------------------------------------------------------------ words


def test_no_public_file_has_an_officers_word(public: Path) -> None:
    for name, text in opened(public).items():
        assert not [level for level in LEVELS if level in f"{name} {text}"], name
        assert "officers' words" not in text, name


def test_what_is_not_public_is_nowhere(working: Path, public: Path) -> None:
    for folder in (working, public):
        for name, text in opened(folder).items():
            assert not [word for word in ("hidden-1", "Secret Lane", "Refuge that nobody")
                        if word in text], name  # fmt: skip


def test_few_who_took_part_are_not_told() -> None:
    """Under eight nothing; 8 and 12 are nearest to 10, 13 to 15."""
    table = pd.DataFrame({"area_id": list("abcde"), "came": pd.array([0, 7, 8, 12, 13], "Int64")})
    columns = (Column("area_id", "text", "Area"),
               Column("came", "int", "Came", "participants", nullable=True))  # fmt: skip
    shown = open_sheet(Sheet("events", "", table, columns), words_of({}), why={})
    assert shown.table["came"].fillna(-1).tolist() == [-1, -1, 10, 10, 15]


def test_a_public_area_says_why_in_plain_words(public: Path) -> None:
    with (public / "tables" / "areas.csv").open(encoding="utf-8", newline="") as handle:
        first = next(csv.DictReader(handle))
    assert (first["result_code"], first["result"][:20]) == ("1", "Priority for support")
    assert first["why"].endswith(".")
    assert "level" not in first


# ------------------------------------------------------------------------------ hostile text


def test_hostile_names_are_text_in_every_format(hostile: Path) -> None:
    for layer, count in (("areas", 12), ("assets", 60)):
        by_format = [
            gpd.read_file(hostile / "assetmap.gpkg", layer=layer)["name"],
            gpd.read_parquet(hostile / "map" / f"{layer}.parquet")["name"],
            gpd.read_file(hostile / "map" / f"{layer}.geojson")["name"],
        ]
        for names in by_format:
            assert len(names) == count
            assert all(plain(name) == name for name in names.dropna())
    seen = opened(hostile)
    for name, text in seen.items():
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", text), name
        if name.endswith(("json", "jsonld")):
            json.loads(text)


def test_hostile_words_cannot_leave_a_style(hostile: Path) -> None:
    """Whatever the themes are called, the style has the same elements and the words are text."""
    drawn = style(hostile / "assetmap.gpkg", "assets", "styleQML")
    assert {one.tag for one in drawn.iter()} == {
        "qgis", "renderer-v2", "categories", "category", "symbols", "symbol", "layer", "Option",
        "aliases", "alias",
    }  # fmt: skip
    labels = {entry.get("label") for entry in drawn.iter("category")}
    assert "<script>alert(1)</script>" in labels
    style(hostile / "assetmap.gpkg", "assets", "styleSLD")


def test_hostile_licences_and_addresses_are_no_links(hostile: Path) -> None:
    package = json.loads((hostile / "datapackage.json").read_text(encoding="utf-8"))
    paths = [one.get("path", "") for one in (*package["licenses"], *package["sources"])]
    assert all(not path or path.startswith(("https://", "http://")) for path in paths)
