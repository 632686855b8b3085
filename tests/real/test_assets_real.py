"""The readers of assets on the published files; counts are those of the data's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box
from tests.doors import asset_jobs as little

from assetmap.errors import ReadError
from assetmap.frames import table_of
from assetmap.frames.given import PLACES
from assetmap.sources.green_space import read_os_open_greenspace
from assetmap.sources.libraries import read_england_libraries
from assetmap.sources.osm_assets import read_osm_assets
from assetmap.sources.osm_buildings import read_buildings
from assetmap.sources.registers import read_register
from assetmap.sources.schools import read_gias
from assetmap.sources.stops import read_naptan, read_tfl_stops
from assetmap.sources.surgeries import read_epraccur

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

pytestmark = pytest.mark.real
BNG = "EPSG:27700"


@pytest.fixture(scope="module")
def southwark(data_dir: Path) -> BaseGeometry:
    boroughs = gpd.read_file(data_dir / "southwark" / "london_boroughs.gpkg")
    return boroughs[boroughs["NAME"] == "Southwark"].geometry.iloc[0]


@pytest.fixture(scope="module")
def dudley(data_dir: Path) -> BaseGeometry:
    areas = gpd.read_file(data_dir / "dudley" / "lsoa_E08000027.geojson").to_crs(BNG)
    return areas.geometry.buffer(0).union_all()


@pytest.fixture(scope="module")
def centres(data_dir: Path) -> gpd.GeoDataFrame:
    """Population-weighted centres of areas, as a study would hand them to the reader."""
    path = data_dir / "national" / "lsoa11_population_weighted_centroids_12lads.csv"
    table = pd.read_csv(path)
    points = gpd.GeoSeries.from_xy(table["easting"], table["northing"], crs=BNG)
    columns = {"place_id": table["lsoa11_code"], "basis": "centre", "geometry": points}
    return table_of(PLACES, {**columns, "basis": ["centre"] * len(table)}, crs=BNG)


def test_the_library_list_less_what_it_calls_closed(data_dir: Path) -> None:
    # 3,238 rows (data notes), of which 123 XL, 114 XLR and 15 XLT are closed: 2,986 are open.
    path = data_dir / "national" / "england_libraries.csv"
    told = read_england_libraries(little.asset_job(path))
    assert len(told.table.assets) == 3_238 - 123 - 114 - 15
    assert little.counts(told) == {"source_old": 2_986, "closed": 252}


def test_every_school_of_southwark_is_read_counted_or_hidden(
    data_dir: Path, southwark: BaseGeometry
) -> None:
    # 123 Southwark schools (data notes), by the authority of the register.
    path = data_dir / "national" / "schools_england_gias_2025-05-24.parquet"
    told = read_gias(little.asset_job(path, within=southwark))
    table = gpd.read_parquet(path).to_crs(BNG)
    inside = table[table.intersects(southwark)]
    assert len(table[table["la_name"] == "Southwark"]) == 123
    read = told.table.assets["source_row"].str.removesuffix("-secondary").nunique()
    left_out = sum(little.counts(told).get(code) or 0 for code in ("not_for_all", "not_mapped"))
    assert read + left_out == len(inside)


def test_secure_units_are_never_handed_on(data_dir: Path) -> None:
    # 17 secure units, one secure school, and one school that calls itself a children's home.
    path = data_dir / "national" / "schools_england_gias_2025-05-24.parquet"
    told = read_gias(little.asset_job(path))
    assert little.counts(told)["not_mapped"] == 17 + 1 + 1
    assert not told.table.assets["name"].str.contains("Secure|Children's Home").any()


@pytest.mark.parametrize("place", ["southwark", "dudley"])
def test_surgeries_stand_at_their_areas_centre(
    data_dir: Path, centres: gpd.GeoDataFrame, place: str, request: pytest.FixtureRequest
) -> None:
    ground = request.getfixturevalue(place)
    folder = data_dir / "national"
    job = little.asset_job(
        folder / "gp_practices_epraccur.csv.gz",
        folder / "gp_postcode_to_lsoa11_imd2019.csv.gz",
        within=ground,
        postcodes="centres",
        lookups={"centres": centres},
    )
    told = read_epraccur(job)
    assets = told.table.assets
    assert len(assets) > 20
    assert (assets["precision_m"] == 500).all()
    assert assets.intersects(ground).all()
    # 15,971 rows in the file: those of other districts are elsewhere, not unplaced.
    assert len(told.table.unplaced) < 30


def test_naptan_leaves_out_what_is_inactive(data_dir: Path) -> None:
    # 15,561 rows, 13,387 active; types BCT 15,104, BCS 222, RSE 168, TMU 67 (data notes).
    path = data_dir / "dudley" / "naptan_430_west_midlands.csv.gz"
    told = read_naptan(little.asset_job(path))
    assert little.counts(told)["inactive_stops"] == 15_561 - 13_387
    assert little.counts(told)["hail_and_ride"] == 16
    assets, gates = told.table.assets, told.table.entrances
    buses = assets["category"] == "bus_stop"
    assert int(buses.sum()) + len(gates) == 13_387
    assert set(gates["source_row"]) == set(assets["source_row"][~buses])


def test_entrances_go_to_the_stations_of_the_national_files(data_dir: Path) -> None:
    folder = data_dir / "national"
    job = little.asset_job(
        data_dir / "dudley" / "naptan_430_west_midlands.csv.gz",
        folder / "naptan_910_gb_rail.csv.gz",
        folder / "naptan_940_gb_metro_tram.csv.gz",
    )
    gates = read_naptan(job).table.entrances
    national = gates["source_row"].str.startswith(("910", "940"))
    # All entrances but those of the airport's people mover, Stourbridge's two stations and two
    # tram stops, whose codes the national files spell otherwise.
    assert len(set(gates["source_row"][~national])) == 5


def test_london_stops_less_virtual_ones(data_dir: Path, southwark: BaseGeometry) -> None:
    # The whole file has 20,366 rows (data notes); counted here by position, another way.
    path = data_dir / "southwark" / "tfl_bus_stops.csv.gz"
    told = read_tfl_stops(little.asset_job(path, within=southwark))
    table = pd.read_csv(path, encoding="utf-8-sig")
    points = gpd.GeoSeries.from_xy(table["Location_Easting"], table["Location_Northing"], crs=BNG)
    inside = points.intersects(southwark)
    assert len(table) == 20_366
    virtual = table["Virtual_Bus_Stop"] == 1
    assert len(told.table.assets) == int((inside & ~virtual).sum())


def test_parks_of_southwark_have_their_size(data_dir: Path, southwark: BaseGeometry) -> None:
    path = data_dir / "southwark" / "london_os_open_greenspace.gpkg"
    told = read_os_open_greenspace(little.asset_job(path, within=southwark))
    parks = told.table.assets
    assert set(parks["category"]) == {"park"}
    burgess = parks[parks["name"] == "Burgess Park"]
    assert burgess["size_m2"].sum() > 400_000  # some 56 ha by the council's own pages
    assert "no_access_points" in little.counts(told)


def test_pubs_keep_the_asylum_tavern(data_dir: Path, southwark: BaseGeometry) -> None:
    # 193 polygons (data notes); a pub named after Asylum Road is no asylum accommodation.
    path = data_dir / "southwark" / "southwark_article_4__public_houses.gpkg"
    told = read_register(
        little.asset_job(
            path, category="pub", columns={"name": "Name"}, within=southwark.buffer(1_000)
        )
    )
    assert len(told.table.assets) == 193
    assert "ASYLUM TAVERN" in set(told.table.assets["name"])


def test_stations_of_a_geojson_are_a_register(data_dir: Path) -> None:
    path = data_dir / "southwark" / "tfl_stations.json"
    told = read_register(little.asset_job(path, category="metro_station", columns={"name": "name"}))
    assert len(told.table.assets) == 552  # data notes


def test_newports_assets_and_what_is_hidden(data_dir: Path) -> None:
    path = data_dir / "newport" / "newport-2023-06-13.osm.pbf"
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    assets = told.table.assets.set_index("source_row")
    # Two homeless shelters and a residential home (osmium tags-count of social_facility: 2
    # shelter, 1 group_home) are not mapped; two food banks are.
    assert little.counts(told)["not_mapped"] == 3
    assert (assets["category"] == "food_bank").sum() == 2
    # Objects looked up by hand in the file.
    assert assets["category"]["node/1241221848"] == "library"  # Newport Central Library
    assert assets["category"]["way/26901737"] == "park"  # Gaer Fort
    assert "node/9596043207" not in assets.index  # a shelter
    assert assets.geometry["way/26901737"].area > 300_000
    assert set(told.table.entrances["source_row"]) <= set(assets.index)
    assert len(told.table.entrances) > 20


def test_newports_homes_reach_the_mapped_centre(data_dir: Path) -> None:
    path = data_dir / "newport" / "newport-2023-06-13.osm.pbf"
    homes = read_buildings(little.asset_job(path, layout="osm")).table
    # 34,123 buildings (data notes); 33 of the 95 areas lie outside the streets, so at most 62
    # can have homes.
    assert 25_000 < len(homes) < 34_123
    national = data_dir / "national"
    areas = gpd.read_parquet(national / "lsoa11_england_wales_ultragen.parquet").to_crs(BNG)
    lookup = pd.read_parquet(national / "lookup_lsoa11_lsoa21_lad22.parquet")
    ours = set(lookup.loc[lookup["ltla22_code"] == "W06000022", "lsoa11_code"])
    newport = areas[areas["lsoa11_code"].isin(ours)]
    assert len(newport) == 95
    each = gpd.sjoin(homes, newport).groupby("lsoa11_code").size()
    assert 60 <= int((each >= 5).sum()) <= 62


def test_a_pbf_cut_short_is_refused(data_dir: Path, tmp_path: Path) -> None:
    content = (data_dir / "newport" / "newport-2023-06-13.osm.pbf").read_bytes()
    for size in (len(content) // 2, len(content) - 1_000, 2_000):
        path = little.saved(tmp_path, f"cut{size}.osm.pbf", content[:size])
        with pytest.raises(ReadError, match="damaged, cut short"):
            read_osm_assets(little.asset_job(path, layout="osm"))


def test_clips_of_southwark_overlap_and_are_read_once(data_dir: Path) -> None:
    folder = data_dir / "southwark"
    paths = (folder / "borough_sausage_links.osm", folder / "st_georges_cycletrack.osm")
    told = read_osm_assets(little.asset_job(*paths, layout="osm"))
    apart = [read_osm_assets(little.asset_job(path, layout="osm")) for path in paths]
    ids = set().union(*(set(one.table.assets["source_row"]) for one in apart))
    assert set(told.table.assets["source_row"]) == ids


def test_another_country_reads_in_its_own_crs(data_dir: Path) -> None:
    path = data_dir / "porto_alegre" / "poa_osm.pbf"
    ground = box(460_000, 6_650_000, 500_000, 6_700_000)
    job = little.asset_job(path, layout="osm", study="EPSG:31982", within=ground)
    assets = read_osm_assets(job).table.assets
    assert assets.crs.to_epsg() == 31982
    assert len(assets) > 50
