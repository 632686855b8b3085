"""The study's ground, its land, the boundaries near it and the people of several sources."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from assetmap.frames import hold
from assetmap.frames.given import POPULATION
from assetmap.layers.nearby import make_nearby
from assetmap.layers.outline import make_land, make_outline
from assetmap.layers.people import make_whole_population

CRS = "EPSG:27700"
# Squares of 1 km in a row, each 1 km from the next: A 0-1, B 2-3, C 4-5 km east.
ROW = gpd.GeoDataFrame(
    {"area_id": list("ABC"), "role": ["study", "edge", "edge"]},
    geometry=[box(2000 * n, 0, 2000 * n + 1000, 1000) for n in range(3)],
    crs=CRS,
)
BELONGS = pd.DataFrame(
    [("A", "authority", "T"), ("B", "authority", "U"), ("C", "ward", "T")],
    columns=["area_id", "level", "unit_id"],
)


def people(*rows):
    table = pd.DataFrame(rows, columns=["area_id", "kind", "group", "people"])
    return hold(table.assign(crosswalk_status="published"), POPULATION)


def test_the_ground_is_that_of_the_studys_own_areas_and_the_edge_around_them():
    ground = make_outline(ROW, edge_m=500).geometry.iloc[0]
    assert ground.contains(Point(1499, 500))
    assert not ground.contains(Point(1501, 500))
    assert not ground.intersects(ROW.geometry[1])
    assert make_outline(ROW, edge_m=0).geometry.iloc[0].area == pytest.approx(1e6)


def test_land_is_what_boundaries_cover_of_the_ground():
    # An edge of 1500 m: all of A (1 sq km) and B's first 500 m (0.5); the gap is water.
    land = make_land(ROW, make_outline(ROW, edge_m=1500)).geometry.iloc[0]
    assert land.area == pytest.approx(1.5e6, rel=1e-3)
    assert not land.intersects(Point(1500, 500))
    assert make_land(ROW.iloc[2:], make_outline(ROW, edge_m=0)).geometry.iloc[0].is_empty


@pytest.mark.parametrize(
    ("edge_m", "kept"), [(0, "A"), (-5, "A"), (999, "A"), (1000, "AB"), (3000, "ABC")]
)
def test_boundaries_near_the_authority_are_kept_the_equal_case_included(edge_m, kept):
    shuffled = ROW.sample(frac=1, random_state=4)
    found = make_nearby(shuffled, [BELONGS], authorities=["T"], edge_m=edge_m)
    assert sorted(found["area_id"]) == list(kept)
    assert list(found.index) == list(range(len(found)))


@pytest.mark.parametrize("authorities", [[], ["X"]])
def test_without_a_known_authority_all_boundaries_stay(authorities):
    assert len(make_nearby(ROW, [BELONGS], authorities=authorities, edge_m=10)) == 3
    assert len(make_nearby(ROW, [], authorities=authorities, edge_m=10)) == 3


def test_where_two_sources_count_one_kind_the_first_leads_for_all_of_it():
    """Bands of the first and single years of the second would count everybody of A twice."""
    bands = people(("A", "age", "0 to 64", 80), ("A", "age", "65 and over", 20))
    years = people(("A", "age", "30", 90), ("B", "age", "30", 50), ("A", "all", "all", 99))
    both = make_whole_population([bands, years])
    held = both.set_index(["area_id", "kind", "group"])["people"].to_dict()
    assert held == {
        ("A", "age", "0 to 64"): 80,
        ("A", "age", "65 and over"): 20,
        ("A", "all", "all"): 99,
        ("B", "age", "30"): 50,
    }
    other = make_whole_population([years, bands])
    assert other.loc[other["area_id"] == "A", "people"].sum() == 90 + 99


def test_no_source_of_people_is_an_empty_table():
    assert list(make_whole_population([]).columns) == list(POPULATION.names)
    assert len(make_whole_population([])) == 0
