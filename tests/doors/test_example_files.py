"""The built-in example: made again byte for byte, parsed by plain libraries, true to itself."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pandas as pd
import pyogrio
import pytest
import rasterio
from shapely.geometry import LineString, Polygon, box
from shapely.ops import unary_union

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = 2_000_000
TEXTS = (".csv", ".geojson")
WEIGHTS = {
    "Income": 0.225,
    "Employment": 0.225,
    "Education, Skills and Training": 0.135,
    "Health Deprivation and Disability": 0.135,
    "Crime": 0.093,
    "Barriers to Housing and Services": 0.093,
    "Living Environment": 0.093,
}
RANK = "Rank (where 1 is most deprived)"


@pytest.fixture(scope="module")
def example(repo: Path) -> Path:
    return repo / "layers" / "example"


@pytest.fixture(scope="module")
def made(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example made twice, with other hash seeds."""
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    for seed, folder in enumerate(folders):
        script = repo / "scripts" / "make_example.py"
        subprocess.run(
            [sys.executable, str(script), str(folder)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed + 1)},
        )
    return folders


@pytest.fixture(scope="module")
def index(example: Path) -> pd.DataFrame:
    return pd.read_csv(example / "deprivation_file7.csv", encoding="utf-8-sig")


@pytest.fixture(scope="module")
def areas(example: Path):
    return pyogrio.read_dataframe(example / "lsoa21_boundaries.gpkg", layer="LSOA_2021_EW_BGC_V5")


@pytest.fixture(scope="module")
def timetable(example: Path) -> dict[str, pd.DataFrame]:
    with zipfile.ZipFile(example / "osierford_gtfs.zip") as feed:
        return {
            name: pd.read_csv(io.BytesIO(feed.read(name)), dtype=str) for name in feed.namelist()
        }


@pytest.fixture(scope="module")
def osm(example: Path) -> tuple[dict[int, tuple[float, float]], list, list]:
    """Places of nodes, tagged things, and ways with their nodes."""
    nodes, tagged, ways = {}, [], []
    for thing in osmium.FileProcessor(str(example / "osierford.osm.pbf")):
        tags = dict(thing.tags)
        if thing.is_node():
            nodes[thing.id] = (thing.location.lon, thing.location.lat)
        elif thing.is_way():
            ways.append(([node.ref for node in thing.nodes], tags))
        if tags:
            tagged.append(tags)
    return nodes, tagged, ways


# ------------------------------------------------------------------------------- made again


def test_made_twice_gives_the_same_bytes(made: tuple[Path, Path]) -> None:
    one, two = ({f.name: f.read_bytes() for f in folder.iterdir()} for folder in made)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_what_is_shipped_is_what_the_script_makes(made: tuple[Path, Path], example: Path) -> None:
    """Text byte for byte; packed formats by content, for their libraries pack differently."""
    for file in sorted(made[0].iterdir()):
        shipped = example / file.name
        if file.suffix in TEXTS:
            assert file.read_bytes() == shipped.read_bytes(), file.name
        else:
            assert content(file) == content(shipped), file.name


def test_every_shipped_file_is_made_or_written_by_hand(
    made: tuple[Path, Path], example: Path
) -> None:
    by_hand = {"README.md", "study.toml", "corrections.toml", ".gitkeep"}
    shipped = {file.name for file in example.iterdir() if file.is_file()}
    assert {file.name for file in made[0].iterdir()} == shipped - by_hand


def test_the_whole_is_small(example: Path) -> None:
    assert sum(file.stat().st_size for file in example.rglob("*") if file.is_file()) < BUDGET


def content(file: Path) -> object:
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            return [(one.filename, archive.read(one)) for one in archive.infolist()]
    if file.suffix == ".tif":
        with rasterio.open(file) as raster:
            return raster.transform, raster.crs, raster.read(1).tobytes()
    if file.suffix == ".gpkg":
        names = [name for name, _ in pyogrio.list_layers(file)]
        return [pyogrio.read_dataframe(file, layer=name).to_wkt().to_csv() for name in names]
    return [
        (thing.type_str(), thing.id, dict(thing.tags), where(thing))
        for thing in osmium.FileProcessor(str(file))
    ]


def where(thing) -> object:
    if thing.is_node():
        return thing.location.lon, thing.location.lat
    if thing.is_way():
        return [node.ref for node in thing.nodes]
    return [(member.type, member.ref, member.role) for member in thing.members]


# ------------------------------------------------------------------------------- deprivation


def test_file_7_has_its_56_headers_its_mark_and_its_cut_header(example: Path) -> None:
    raw = (example / "deprivation_file7.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    heads = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(heads) == 56
    cut = "Children and Young People Sub-domain Decile (where 1 is most deprived 10% of LSO"
    assert heads[36] == cut
    assert len(cut) == 80


def test_ranks_are_whole_and_deciles_follow_them(index: pd.DataFrame) -> None:
    count = len(index)
    assert count == 200
    for name in [head for head in index if RANK in head]:
        assert sorted(index[name]) == list(range(1, count + 1))
        decile = index.columns[index.columns.get_loc(name) + 1]
        assert (index[decile] == -(-10 * index[name] // count)).all()  # ceil(10 r / N)


def test_the_score_is_the_weighted_sum_of_transformed_ranks(index: pd.DataFrame) -> None:
    """STANDARDS 2.6: E = -23 ln(1 - R (1 - exp(-100/23))), R = (N - rank + 1) / N."""

    def transformed(rank: float) -> float:
        share = (len(index) - rank + 1) / len(index)
        return -23 * math.log(1 - share * (1 - math.exp(-100 / 23)))

    total = sum(w * index[f"{name} {RANK}"].map(transformed) for name, w in WEIGHTS.items())
    score = index["Index of Multiple Deprivation (IMD) Score"]
    assert (total - score).abs().max() <= 0.0005 + 1e-9  # published to three decimals
    order = index.sort_values(f"Index of Multiple Deprivation (IMD) {RANK}")
    assert order["Index of Multiple Deprivation (IMD) Score"].is_monotonic_decreasing


def test_no_real_code_is_used(index: pd.DataFrame, areas) -> None:
    assert index["LSOA code (2021)"].str.fullmatch(r"E01099\d{3}").all()
    assert index["Local Authority District code (2024)"].str.fullmatch(r"E07099\d{3}").all()
    assert areas["LSOA21CD"].isin(index["LSOA code (2021)"]).all()


# -------------------------------------------------------------------------- areas and people


def test_areas_fit_together_without_gaps_or_overlaps(areas) -> None:
    assert areas.crs.to_epsg() == 27700
    assert areas.is_valid.all()
    assert (areas.geometry.apply(lambda shape: len(shape.geoms)) == 1).all()
    whole = unary_union(areas.geometry)
    assert areas.area.sum() == pytest.approx(whole.area, rel=1e-5)
    assert Polygon(whole.exterior).difference(whole).buffer(-1).is_empty


def test_census_tables_agree_about_people_and_homes(example: Path) -> None:
    age = pd.read_csv(example / "census21_age6_lsoa21.csv")
    people = age.groupby("lsoa21_code")["usual_residents"].sum()
    assert people.between(1200, 1900).all()
    disability = pd.read_csv(example / "census21_disability_lsoa21.csv")
    assert disability.groupby("lsoa21_code")["n"].sum().equals(people.rename("n"))
    tenure = pd.read_csv(example / "census21_tenure_lsoa21.csv")
    cars = pd.read_csv(example / "census21_cars_lsoa21.csv")
    homes = tenure.groupby("lsoa21_code")["n"].sum()
    assert homes.equals(tenure.groupby("lsoa21_code")["total_households"].first().rename("n"))
    assert homes.equals(cars.groupby("lsoa21_code")["n"].sum())


def test_names_are_unique_and_lookups_whole(example: Path, index: pd.DataFrame) -> None:
    names = pd.read_csv(example / "names.csv")
    assert names["place"].is_unique
    wards = pd.read_csv(example / "lookup_lsoa21_ward24_lad24.csv")
    assert set(wards["lsoa21_code"]) == set(index["LSOA code (2021)"])
    regions = pd.read_csv(example / "lookup_lad24_region24.csv")
    assert set(wards["ltla24_code"]) == set(regions["ltla24_code"])


def test_rasters_cover_the_ground_and_hold_its_people(example: Path, areas) -> None:
    whole = box(*areas.total_bounds)
    with rasterio.open(example / "elevation.tif") as elevation:
        assert box(*elevation.bounds).contains(whole)
        assert elevation.crs.to_epsg() == 27700
        assert (elevation.read(1) > 0).all()
    age = pd.read_csv(example / "census21_age6_lsoa21.csv")
    with rasterio.open(example / "population.tif") as people:
        total = people.read(1).astype(np.float64).sum()
    assert total == pytest.approx(age["usual_residents"].sum(), rel=1e-4)


# -------------------------------------------------------------------------- the map


def test_two_bridges_cross_the_river(osm) -> None:
    nodes, _, ways = osm
    river = Polygon([nodes[n] for n in _named(ways, "River Sallow", "natural")])
    across = {
        tags.get("bridge:name", "no bridge")
        for refs, tags in ways
        if "highway" in tags and LineString([nodes[n] for n in refs]).crosses(river)
    }
    assert across == {"Old Bridge", "Mill Bridge"}


def test_only_steps_lead_over_the_railway_into_the_estate(osm) -> None:
    nodes, _, ways = osm
    rail = LineString([nodes[n] for n in _named(ways, "Sallow Vale Line", "railway")])
    streets = [(LineString([nodes[n] for n in refs]), tags) for refs, tags in ways
               if "highway" in tags]  # fmt: skip
    over = [tags for line, tags in streets if line.crosses(rail)]
    assert {tags["name"] for tags in over} == {"Millbrook Footbridge", "Withyholme Lane"}
    assert all(tags["bridge"] == "yes" for tags in over)
    assert sum(tags.get("step_count") == "31" for _, tags in ways) == 2


def _named(ways: list, name: str, key: str) -> list[int]:
    return next(refs for refs, tags in ways if tags.get("name") == name and key in tags)


def test_the_map_has_what_the_readers_must_cope_with(osm) -> None:
    _, tagged, ways = osm
    assert any(tags.get("social_facility") == "group_home" for tags in tagged)
    assert any("disused:amenity" in tags for tags in tagged)
    assert any(tags.get("leisure") == "garden" and tags["access"] == "private" for tags in tagged)
    assert any("<script>" in tags.get("name", "") for tags in tagged)
    assert {tags["kerb"] for tags in tagged if "kerb" in tags} == {"lowered", "flush", "raised"}
    steep = [
        float(tags["incline"].rstrip("%")) for _, tags in ways if "%" in tags.get("incline", "")
    ]
    assert max(abs(slope) for slope in steep) > 8
    assert sum("building" in tags for _, tags in ways) > 2000


def test_gates_lie_on_the_edge_of_their_park(example: Path) -> None:
    file = example / "open_greenspace.gpkg"
    sites = pyogrio.read_dataframe(file, layer="greenspace_site").set_index("id")
    gates = pyogrio.read_dataframe(file, layer="access_point")
    assert set(gates["access_type"]) == {
        "Pedestrian", "Motor Vehicle", "Motor Vehicle And Pedestrian",
    }  # fmt: skip
    edges = sites.geometry[gates["ref_to_greenspace_site"]].boundary
    assert gates["id"].is_unique
    assert gates.distance(edges, align=False).max() < 0.01
    halves = sites[sites["distinctive_name_1"] == "Castle Meadow"].geometry
    assert len(halves) == 2
    assert halves.iloc[0].intersection(halves.iloc[1]).length > 100  # they share the tile's edge


# -------------------------------------------------------------------------- stops and times


def test_naptan_has_43_columns_and_stops_that_are_gone(example: Path) -> None:
    stops = pd.read_csv(example / "naptan_099.csv", dtype=str)
    assert stops.shape[1] == 43
    assert stops["ATCOCode"].is_unique
    assert set(stops["Status"]) == {"active", "inactive"}
    assert {"BCT", "RLY", "RSE"} == set(stops["StopType"])


def test_timetable_joins_and_spans_two_years(example: Path, timetable) -> None:
    stops = pd.read_csv(example / "naptan_099.csv", dtype=str)
    times, trips = timetable["stop_times.txt"], timetable["trips.txt"]
    assert times["stop_id"].isin(timetable["stops.txt"]["stop_id"]).all()
    active = stops.loc[stops["Status"] == "active", "ATCOCode"]
    assert timetable["stops.txt"]["stop_id"].isin(active).all()
    assert set(times["trip_id"]) == set(trips["trip_id"])
    assert trips["route_id"].isin(timetable["routes.txt"]["route_id"]).all()
    assert (timetable["calendar.txt"]["start_date"] == "20260101").all()
    assert (timetable["calendar.txt"]["end_date"] == "20271231").all()
    assert set(timetable["stops.txt"]["wheelchair_boarding"]) == {"0", "1", "2"}


def test_the_estates_bus_stops_at_tea_time_and_on_sundays(timetable) -> None:
    """By hand from the drawing: 07:10 to 17:10 hourly is 11 runs each way, none on Sunday."""
    trips = timetable["trips.txt"]
    second = trips[trips["route_id"] == "OSF2"]
    assert (second["service_id"] == "WK").sum() == 22
    assert "SU" not in set(second["service_id"])
    late = timetable["stop_times.txt"].merge(second, how="inner", on="trip_id", validate="m:1")
    assert late["departure_time"].max() < "18:00:00"
    first = trips[(trips["route_id"] == "OSF1") & (trips["direction_id"] == "0")]
    # 06:00 to 19:00 every 12 min: 66; 19:30 to 23:00 every 30: 8
    assert (first["service_id"] == "WK").sum() == 74
    assert (timetable["stop_times.txt"]["departure_time"] >= "24:00:00").any()


# -------------------------------------------------------------------------- register, schemes


def test_the_register_is_messy_but_valid(example: Path) -> None:
    register = pd.read_csv(example / "asset_register.csv", dtype=str, keep_default_na=False)
    assert register["Asset Ref"].is_unique
    point, uprn = register["Easting"] != "", register["UPRN"] != ""
    only_postcode = ~point & ~uprn & (register["Post Code"] != "")
    nothing = ~point & ~uprn & (register["Post Code"] == "")
    assert (point.any(), uprn.any(), only_postcode.any(), nothing.sum()) == (True, True, True, 1)
    assert set(register["Visibility"]) == {"public", "officer", "restricted"}
    assert register["contact_email"].str.endswith("@osierford.example").all()
    known = pd.read_csv(example / "open_uprn.csv", encoding="utf-8-sig", dtype=str)["UPRN"]
    assert register.loc[uprn, "UPRN"].isin(known).all()
    typed = register.loc[only_postcode, "Post Code"].str.upper().str.replace(" ", "")
    codes = pd.read_csv(example / "postcodes.csv")["pcds"].str.replace(" ", "")
    assert typed.isin(codes).all()
    assert codes.is_unique


def test_schemes_have_their_columns_and_known_categories(example: Path, repo: Path) -> None:
    table = repo / "src" / "assetmap" / "_data" / "categories.toml"
    categories = tomllib.loads(table.read_text(encoding="utf-8"))["category"]
    wanted = ["scheme_id", "name", "kind", "stage", "opens", "delivers", "removes", "homes"]
    stages = set()
    for name in ("schemes", "candidate_sites"):
        features = json.loads((example / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        for feature in features:
            given = feature["properties"]
            assert list(given) == wanted
            parts = given["delivers"].split("; ")
            assert all(part.split(" at ")[0] in categories for part in parts)
            ring = Polygon(feature["geometry"]["coordinates"][0])
            assert ring.is_valid
            assert ring.exterior.is_ccw
            stages |= {given["stage"]} if name == "schemes" else set()
    assert stages == {"funded", "allocated", "consented"}
