"""The published tables, whole: row counts, known oddities, and the facts they are known for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import shapely
from tests.doors.table_jobs import job_of

from assetmap.errors import ReadError
from assetmap.sources.boundaries import read_boundaries
from assetmap.sources.deprivation import read_deprivation, read_deprivation_geography
from assetmap.sources.lookups import read_crosswalk, read_geography
from assetmap.sources.places import read_places
from assetmap.sources.population import read_population
from assetmap.sources.population_layouts import BANDS
from assetmap.sources.raster import read_elevation
from assetmap.sources.schemes import read_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told

pytestmark = pytest.mark.real

ENGLAND_2021, ENGLAND_2011 = 33_755, 32_844
SOUTHWARK, DUDLEY = "E09000028", "E08000027"


def codes(told: Told[Any]) -> dict[str, int | None]:
    return {caution.code: caution.count for caution in told.cautions}


@pytest.fixture(scope="module")
def iod2025(data_dir: Path) -> Told[pd.DataFrame]:
    path = data_dir / "national" / "iod2025_file7_layout.csv.gz"
    return read_deprivation(job_of("deprivation", path, layout="file7_2025"))


@pytest.fixture(scope="module")
def iod2019(data_dir: Path) -> Told[pd.DataFrame]:
    paths = [data_dir / "national" / name
             for name in ("iod2019_file1_imd.csv.gz", "iod2019_file2_domains.csv.gz")]  # fmt: skip
    return read_deprivation(job_of("deprivation", *paths, layout="iod2019_files_1_2"))


@pytest.fixture(scope="module")
def authorities(data_dir: Path) -> pd.Series:
    path = data_dir / "national" / "iod2025_file7_layout.csv.gz"
    told = read_deprivation_geography(job_of("deprivation", path, layout="file7_2025"))
    return told.table.set_index("area_id")["unit_id"]


def wide(told: Told[pd.DataFrame], part: str) -> pd.DataFrame:
    return told.table.pivot_table(index="area_id", columns="domain", values=part)


# ------------------------------------------------------------------ deprivation


def test_file_7_of_2025_is_whole(iod2025: Told[pd.DataFrame]) -> None:
    # Fourteen domains of sixteen: the columns of IDACI and IDAOPI are empty in this copy.
    assert iod2025.table["domain"].value_counts().to_dict() == dict.fromkeys(
        iod2025.table["domain"].unique(), ENGLAND_2021
    )
    assert iod2025.table["domain"].nunique() == 14
    assert iod2025.table["score"].notna().all()
    imd = iod2025.table[iod2025.table["domain"] == "imd"]
    assert sorted(imd["rank"]) == list(range(1, ENGLAND_2021 + 1))


def test_what_file_7_of_2025_makes_us_say(iod2025: Told[pd.DataFrame]) -> None:
    # STANDARDS 2.2: rows that share a rank: Income 6, Education 2, Barriers 2, overall none.
    assert codes(iod2025)["domain_empty"] == 2
    (ties,) = (caution.text for caution in iod2025.cautions if caution.code == "rank_ties")
    for part in ("income 6", "education 2", "barriers 2"):
        assert part in ties
    assert "imd" not in ties
    assert "decile_differs" not in codes(iod2025)


def test_the_upper_bounds_of_the_deciles_of_2025(iod2025: Told[pd.DataFrame]) -> None:
    # STANDARDS 2.1.
    imd = iod2025.table[iod2025.table["domain"] == "imd"]
    bounds = [3375, 6751, 10126, 13502, 16877, 20253, 23628, 27004, 30379, 33755]
    assert imd.groupby("decile")["rank"].max().tolist() == bounds


def test_fact_1_national_thresholds_flag_nobody_in_southwark(
    iod2025: Told[pd.DataFrame], authorities: pd.Series
) -> None:
    decile = wide(iod2025, "decile")
    southwark = decile[authorities.reindex(decile.index) == SOUTHWARK]
    dudley = decile[authorities.reindex(decile.index) == DUDLEY]
    assert (len(southwark), len(dudley)) == (173, 203)
    assert (southwark["imd"] == 1).sum() == 0
    assert (dudley["imd"] == 1).sum() == 22
    barriers = southwark["geographical_barriers"].value_counts().to_dict()
    assert barriers == {9: 14, 10: 159}
    assert (dudley["geographical_barriers"] == 1).sum() == 0
    assert wide(iod2025, "rank").loc[southwark.index, "imd"].min() == 4428


def test_fact_2_deprivation_and_poor_access_rarely_meet(iod2025: Told[pd.DataFrame]) -> None:
    rank, decile = wide(iod2025, "rank"), wide(iod2025, "decile")
    # Spearman's correlation is Pearson's of the ranks.
    assert rank["imd"].corr(rank["geographical_barriers"].rank()) == pytest.approx(-0.336, abs=5e-4)
    both = decile[["imd", "geographical_barriers"]]
    assert (both == 1).all(axis=1).sum() == 7
    assert (both <= 2).all(axis=1).sum() == 217


def test_fact_3_in_london_barriers_means_housing(
    iod2025: Told[pd.DataFrame], authorities: pd.Series
) -> None:
    decile = wide(iod2025, "decile")
    southwark = decile[authorities.reindex(decile.index) == SOUTHWARK]
    assert (southwark["wider_barriers"] == 1).sum() == 106


def test_the_wide_tables_of_2025_say_the_same(iod2025: Told[pd.DataFrame], data_dir: Path) -> None:
    paths = [data_dir / "national" / name
             for name in ("imd2025_england_lsoa21.parquet",
                          "imd2025_england_lsoa21_subdomains.parquet")]  # fmt: skip
    told = read_deprivation(job_of("deprivation", *paths, layout="wide_parquet"))
    pd.testing.assert_frame_equal(told.table, iod2025.table, check_exact=True)


def test_files_1_and_2_of_2019(iod2019: Told[pd.DataFrame]) -> None:
    assert len(iod2019.table) == ENGLAND_2011 * 8
    assert iod2019.table["score"].isna().all()
    # 26 pairs share an overall rank.
    (ties,) = (caution.text for caution in iod2019.cautions if caution.code == "rank_ties")
    assert "imd 52" in ties
    assert "decile_differs" not in codes(iod2019)


def test_the_wide_tables_of_2019_say_the_same(iod2019: Told[pd.DataFrame], data_dir: Path) -> None:
    paths = [data_dir / "national" / name
             for name in ("imd2019_england_lsoa11.parquet",
                          "imd2019_england_lsoa11_subdomains.parquet")]  # fmt: skip
    told = read_deprivation(job_of("deprivation", *paths, layout="wide_parquet"))
    shared = told.table[told.table["domain"].isin(iod2019.table["domain"].unique())]
    pd.testing.assert_frame_equal(shared.reset_index(drop=True), iod2019.table, check_exact=True)


def test_the_index_of_2015_has_scores_and_40_shared_ranks(data_dir: Path) -> None:
    path = data_dir / "national" / "imd2015_england_lsoa11.parquet"
    told = read_deprivation(job_of("deprivation", path, layout="wide_parquet"))
    assert len(told.table) == ENGLAND_2011
    assert told.table["score"].notna().all()
    assert codes(told) == {"rank_ties": 40}


def test_wales_2019_keeps_its_published_deciles(data_dir: Path) -> None:
    path = data_dir / "national" / "imd2019_wales_lsoa11.parquet"
    told = read_deprivation(job_of("deprivation", path, layout="wimd2019"))
    assert told.table["domain"].value_counts().to_dict() == dict.fromkeys(
        ("imd", "income", "employment", "health", "education", "access", "housing", "safety",
         "environment"), 1909,
    )  # fmt: skip
    (differs,) = (caution for caution in told.cautions if caution.code == "decile_differs")
    assert "imd 9" in differs.text
    published = pd.read_parquet(path).set_index("lsoa11_code")["IMD_decile"].sort_index()
    imd = told.table[told.table["domain"] == "imd"].set_index("area_id")["decile"]
    assert imd.tolist() == published.tolist()


def test_districts_of_2024_and_2019(authorities: pd.Series, data_dir: Path) -> None:
    assert len(authorities) == ENGLAND_2021
    assert authorities.nunique() == 296
    path = data_dir / "national" / "iod2019_file1_imd.csv.gz"
    told = read_deprivation_geography(job_of("deprivation", path, layout="iod2019_files_1_2"))
    assert (told.table["unit_id"] == SOUTHWARK).sum() == 166
    assert (told.table["unit_id"] == DUDLEY).sum() == 201


# ------------------------------------------------------------------ boundaries


@pytest.mark.parametrize(
    ("file", "count", "repaired", "columns"),
    [
        ("southwark/lsoa21_london_gen20.gpkg", 4994, 0, "LSOA21CD LSOA21NM"),
        ("southwark/lsoa11_london_gen20.gpkg", 4835, 0, "LSOA11CD LSOA11NM"),
        ("southwark/lsoa_E09000028.geojson", 166, 1, "LSOA11CD LSOA11NM"),
        ("dudley/lsoa_E08000027.geojson", 201, 1, "LSOA11CD LSOA11NM"),
        ("dudley/lsoa_E08000025.geojson", 639, 3, "LSOA11CD LSOA11NM"),
        ("national/lsoa21_england_wales_ultragen.parquet", 35_672, 0, "lsoa21_code lsoa21_name"),
        ("national/lsoa11_england_wales_ultragen.parquet", 34_753, 1, "lsoa11_code lsoa11_name"),
    ],
)
def test_boundaries_of_both_vintages(
    data_dir: Path, file: str, count: int, repaired: int, columns: str
) -> None:
    area_id, area_name = columns.split()
    named = {"area_id": area_id, "area_name": area_name}
    told = read_boundaries(job_of("boundaries", data_dir / file, layout="lsoa", columns=named))
    assert len(told.table) == count
    assert told.table.is_valid.all()
    assert codes(told) == ({"geometry_repaired": repaired} if repaired else {})


@pytest.mark.parametrize(
    ("file", "count", "area_id"),
    [
        ("southwark/wards_E09000028.geojson", 21, "WD13CD"),
        ("southwark/msoa_E09000028.geojson", 33, "MSOA11CD"),
        ("southwark/london_boroughs.gpkg", 33, "GSS_CODE"),
        ("national/lad24_uk_ultragen.parquet", 361, "ltla24_code"),
    ],
)
def test_boundaries_of_larger_units(data_dir: Path, file: str, count: int, area_id: str) -> None:
    told = read_boundaries(job_of("boundaries", data_dir / file, columns={"area_id": area_id}))
    assert len(told.table) == count


def test_the_wards_of_2022_hold_one_code_twice(data_dir: Path) -> None:
    path = data_dir / "national" / "wards22_uk_ultragen.parquet"
    with pytest.raises(ReadError, match="more than once for 1 ids: E05014284"):
        read_boundaries(job_of("boundaries", path, columns={"area_id": "ward22_code"}))


def test_neighbours_and_the_edge_of_southwark(data_dir: Path) -> None:
    folder = data_dir / "southwark"
    named = {"area_id": "LSOA11CD", "area_name": "LSOA11NM"}
    own = read_boundaries(job_of("boundaries", folder / "lsoa_E09000028.geojson", columns=named))
    ground = own.table.union_all().buffer(2000)
    paths = sorted(folder.glob("lsoa_E09*.geojson"))
    told = read_boundaries(
        job_of("boundaries", *paths, columns=named, layout="lsoa", within=ground)
    )
    assert 166 < len(told.table) < 6 + 151 + 178 + 169 + 166 + 144
    assert set(own.table["area_id"]) <= set(told.table["area_id"])


# ------------------------------------------------------------------ lookups


def geography(path: Path, level: str, area_id: str, unit_id: str, **said: Any) -> pd.DataFrame:
    columns = {"area_id": area_id, "unit_id": unit_id, **said}
    return read_geography(job_of("geography", path, level=level, columns=columns)).table


def test_lookups_have_one_row_an_area(data_dir: Path) -> None:
    national = data_dir / "national"
    wards = national / "lookup_lsoa21_ward24_lad24.parquet"
    assert len(geography(wards, "ward", "lsoa21_code", "ward24_code")) == 35_672
    older = national / "lookup_lsoa11_ward17.parquet"
    assert len(geography(older, "ward", "lsoa11_code", "ward17_code")) == 34_753
    regions = national / "lookup_lad24_region24.parquet"
    table = geography(regions, "region", "ltla24_code", "region24_code", unit_name="region24_name")
    assert len(table) == 296
    assert table.set_index("area_id").loc[SOUTHWARK, "unit_name"] == "London"


def test_regions_of_2011_from_the_lookup_of_output_areas(data_dir: Path) -> None:
    path = data_dir / "national" / "lookup_oa11_lsoa11_msoa11_lad17_oac.parquet"
    table = geography(path, "region", "LSOA11CD", "RGN11CD", unit_name="RGN11NM")
    english = table[table["area_id"].str.startswith("E01")]
    assert len(english) == ENGLAND_2011
    assert (english["unit_name"] == "London").sum() == 4835
    assert (table["area_id"].str.startswith("W01")).sum() == 1909


def test_the_exact_fit_lookup_of_2011_and_2021(data_dir: Path) -> None:
    path = data_dir / "national" / "lookup_lsoa11_lsoa21_lad22.parquet"
    columns = {"from_area_id": "lsoa11_code", "to_area_id": "lsoa21_code", "change": "change_code"}
    table = read_crosswalk(job_of("crosswalk", path, columns=columns)).table
    # STANDARDS 2.7.
    assert table["change"].value_counts().to_dict() == {"U": 33_647, "S": 1900, "M": 239, "X": 9}
    assert table.loc[table["change"] == "S", "from_area_id"].nunique() == 861
    assert table.loc[table["change"] == "M", "to_area_id"].nunique() == 119


@pytest.mark.parametrize(("authority", "split", "merged"), [(SOUTHWARK, 17, 4), (DUDLEY, 4, 0)])
def test_what_changed_in_southwark_and_dudley(
    data_dir: Path, authority: str, split: int, merged: int
) -> None:
    path = data_dir / "national" / "lookup_lsoa11_lsoa21_lad22.parquet"
    columns = {"from_area_id": "lsoa11_code", "to_area_id": "lsoa21_code", "change": "change_code"}
    job = job_of("crosswalk", path, columns=columns, where={"ltla22_code": (authority,)})
    changes = read_crosswalk(job).table["change"].value_counts()
    assert (changes.get("S", 0), changes.get("M", 0)) == (split, merged)


# ------------------------------------------------------------------ people and places


def test_census_ages(data_dir: Path) -> None:
    path = data_dir / "national" / "census21_age6_lsoa21.parquet"
    columns = {"area_id": "lsoa21_code", "group": "age_group", "people": "usual_residents"}
    job = job_of("population", path, layout="long", group="age", columns=columns)
    table = read_population(job).table
    assert len(table) == 214_032 + 35_672
    assert set(table["group"]) == {*BANDS, "all"}
    first = table[(table["area_id"] == "E01000001") & (table["group"] == "Aged 15 years and under")]
    assert first["people"].tolist() == [125]


def test_census_disability_and_tenure(data_dir: Path) -> None:
    national = data_dir / "national"
    columns = {"area_id": "lsoa21_code", "group": "disability", "people": "n"}
    job = job_of("population", national / "census21_disability_lsoa21.parquet", layout="long",
                 group="disability", columns=columns)  # fmt: skip
    assert len(read_population(job).table) == 71_344
    columns = {"area_id": "lsoa21_code", "group": "tenure", "people": "n"}
    job = job_of("population", national / "census21_tenure_lsoa21.parquet", layout="long",
                 group="tenure", columns=columns)  # fmt: skip
    assert len(read_population(job).table) == 285_376


def test_single_years_of_2020_in_the_bands_of_the_census(data_dir: Path) -> None:
    path = data_dir / "national" / "mye2020_lsoa11_single_year.parquet"
    columns = {"area_id": "lsoa11_code"}
    job = job_of("population", path, layout="mye_single_year", columns=columns)
    table = read_population(job).table
    assert len(table) == 34_753 * 7
    # The published total of the first area of the file.
    everybody = table[table["kind"] == "all"].set_index("area_id")["people"]
    assert everybody["E01011949"] == 1944


def test_denominators_of_2019(data_dir: Path) -> None:
    path = data_dir / "national" / "iod2019_file6_population.csv.gz"
    table = read_population(job_of("population", path, layout="iod2019_file6")).table
    assert len(table) == ENGLAND_2011 * 5
    everybody = table[table["kind"] == "all"].set_index("area_id")["people"]
    assert everybody["E01000001"] == 1296


@pytest.mark.parametrize(
    ("file", "count"),
    [("southwark/oa_E09000028.geojson", 893), ("dudley/oa_E08000027.geojson", 1008)],
)
def test_output_areas(data_dir: Path, file: str, count: int) -> None:
    job = job_of("places", data_dir / file, layout="polygons", columns={"place_id": "OA11CD"})
    assert len(read_places(job).table) == count


def test_population_weighted_centres(data_dir: Path) -> None:
    path = data_dir / "national" / "lsoa11_population_weighted_centroids_12lads.csv"
    columns = {"place_id": "lsoa11_code", "area_id": "lsoa11_code", "x": "easting", "y": "northing"}
    job = job_of("places", path, layout="points", crs="EPSG:27700", columns=columns)
    table = read_places(job).table
    assert len(table) == 2231
    first = table[table["place_id"] == "E01000001"].geometry.iloc[0]
    assert first.x == pytest.approx(532180.939)


def test_postcodes_inside_dudley(data_dir: Path) -> None:
    path = data_dir / "dudley" / "postcodes_west_midlands.parquet"
    columns = {"place_id": "postcode", "x": "longitude", "y": "latitude"}
    words = {"layout": "postcodes", "crs": "EPSG:4326", "columns": columns}
    whole = read_places(job_of("places", path, **words))
    assert len(whole.table) == 88_482
    assert whole.cautions == ()
    districts = data_dir / "national" / "lad24_uk_ultragen.parquet"
    named = {"area_id": "ltla24_code"}
    areas = read_boundaries(job_of("boundaries", districts, columns=named)).table
    dudley = areas.set_index("area_id").geometry[DUDLEY]
    inside = read_places(job_of("places", path, within=dudley, **words)).table
    # Some 9,400 to 9,900, by the boundary that is used.
    assert 9400 <= round(len(inside), -2) <= 9900


def test_people_of_a_raster(data_dir: Path) -> None:
    path = data_dir / "rasters" / "worldpop_gbr_ppp_2020_1km.tif"
    told = read_places(job_of("places", path, layout="raster"))
    # The published sum of the raster.
    assert told.table["people"].sum() == pytest.approx(67_581_168, abs=1)
    assert told.cautions == ()


def test_heights_of_fitzrovia(data_dir: Path) -> None:
    path = data_dir / "rasters" / "fitzrovia_elevation.tif"
    whole = read_elevation(job_of("elevation", path)).table
    assert whole.cells.shape == (79, 128)
    assert (whole.cells.min(), whole.cells.max(), whole.cells.sum()) == (-1, 112, 317_269)
    ground = shapely.box(529_000, 181_000, 530_000, 182_000)
    part = read_elevation(job_of("elevation", path, within=ground))
    assert part.table.cells.size < whole.cells.size
    assert part.cautions == ()


# ------------------------------------------------------------------ schemes


def test_site_allocations_of_southwark(data_dir: Path) -> None:
    path = data_dir / "southwark" / "site_allocations_class_ma.gpkg"
    words: dict[str, Any] = {
        "columns": {"scheme_id": "Name", "name": "Name"},
        "where": {"Name": ("*Site allocation*",)},
        "stage": "allocated",
        "id_pattern": "(NSP ?[0-9]+)",
    }
    told = read_schemes(job_of("schemes", path, **words))
    # 90 of the 168 rows; Aylesbury (NSP01) has 8 rows and NSP48 two: 90 - 7 - 1 = 82 sites.
    assert len(told.table) == 82
    assert codes(told) == {"geometry_repaired": 4, "schemes_merged": 8}
    assert told.table["name"].str.contains("Site allocation").all()
    assert told.table.is_valid.all()
    every = read_schemes(job_of("schemes", path, stage="allocated"))
    assert codes(every)["geometry_repaired"] == 7
    assert len(every.table) == 168
