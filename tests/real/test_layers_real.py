"""The published files, prepared: people of another vintage, and names for Southwark."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from assetmap.frames import hold, table_of
from assetmap.frames.given import BOUNDARIES, CROSSWALK, GEOGRAPHY, POPULATION, RAW_ASSETS
from assetmap.layers.areas import make_areas
from assetmap.layers.names import make_place_names
from assetmap.layers.population import make_everybody, make_population

pytestmark = pytest.mark.real
CRS = "EPSG:27700"


@pytest.fixture(scope="module")
def lookup(data_dir):
    table = pd.read_parquet(data_dir / "national" / "lookup_lsoa11_lsoa21_lad22.parquet")
    names = {"lsoa11_code": "from_area_id", "lsoa21_code": "to_area_id", "change_code": "change"}
    return table, hold(table.rename(columns=names)[list(names.values())], CROSSWALK)


@pytest.fixture(scope="module")
def ages(data_dir):
    table = pd.read_parquet(data_dir / "national" / "census21_age6_lsoa21.parquet")
    return hold(
        pd.DataFrame(
            {
                "area_id": table["lsoa21_code"],
                "kind": "age",
                "group": table["age_group"],
                "people": table["usual_residents"].astype("float64"),
                "crosswalk_status": "published",
            }
        ),
        POPULATION,
    )


def test_newports_100_new_areas_sum_back_to_95_over_five_splits(lookup, ages):
    published, crosswalk = lookup
    newport = published[published["ltla22_code"] == "W06000022"]
    older = set(newport["lsoa11_code"])
    assert (len(older), newport["lsoa21_code"].nunique()) == (95, 100)
    told = make_population(ages, crosswalk, area_ids=older)
    status = told.table.drop_duplicates("area_id")["crosswalk_status"].value_counts()
    assert status.to_dict() == {"unchanged": 90, "summed": 5}
    assert told.cautions == ()
    before = ages[ages["area_id"].isin(set(newport["lsoa21_code"]))]
    assert told.table["people"].sum() == before["people"].sum()


def test_all_173_areas_of_southwark_have_a_name_of_their_own(data_dir, ages):
    shapes = gpd.read_file(data_dir / "southwark" / "lsoa21_london_gen20.gpkg").to_crs(CRS)
    boundaries = table_of(
        BOUNDARIES,
        {
            "area_id": shapes["LSOA21CD"],
            "area_name": shapes["LSOA21NM"],
            "geometry": shapes.make_valid(),
        },
        crs=CRS,
    )
    lookup = pd.read_parquet(data_dir / "national" / "lookup_lsoa21_ward24_lad24.parquet")
    levels = {"authority": "ltla24", "ward": "ward24"}
    geography = hold(
        pd.concat(
            pd.DataFrame(
                {
                    "area_id": lookup["lsoa21_code"],
                    "level": level,
                    "unit_id": lookup[f"{stem}_code"],
                    "unit_name": lookup[f"{stem}_name"],
                    "fit": "exact",
                }
            )
            for level, stem in levels.items()
        ),
        GEOGRAPHY,
    )
    areas = make_areas(
        gpd.GeoDataFrame(boundaries), geography, make_everybody(ages),
        authorities=["E09000028"], edge_m=0,
    ).table  # fmt: skip
    names = make_place_names(areas, geography, parks(data_dir))
    assert len(names) == 173
    assert names.is_unique
    assert not names.str.contains(r"Southwark 0|E0\d").any()
    assert names.str.contains(" ward").all()


def parks(data_dir):
    green = gpd.read_file(data_dir / "southwark" / "london_os_open_greenspace.gpkg").to_crs(CRS)
    size = len(green)
    return gpd.GeoDataFrame(
        table_of(
            RAW_ASSETS,
            {
                "source_id": ["green"] * size,
                "source_row": [str(row) for row in range(size)],
                "name": green["distName1"],
                "category": ["park"] * size,
                "supply": [1.0] * size,
                "wheelchair": ["unknown"] * size,
                "visibility": ["public"] * size,
                "precision_m": [0.0] * size,
                "geometry": green.make_valid(),
            },
            crs=CRS,
        )
    )
