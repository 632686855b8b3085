"""What schemes deliver, as assets; worked on three drawn sites."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from assetmap.errors import StudyError
from assetmap.layers.delivered import delivered_already, make_delivered

THEMES = {"library": ("community", "library"), "park": ("green", "park"),
          "gp_surgery": ("health", "GP surgery")}  # fmt: skip


def deliver(*delivers, shapes=None):
    """One scheme for each text, squares of 200 m side by side; degrees stand for kilometres."""
    squares = [box(1000 * n, 0, 1000 * n + 200, 200) for n in range(len(delivers))]
    schemes = gpd.GeoDataFrame(
        {
            "scheme_id": [f"S{number}" for number in range(len(delivers))],
            "name": "Site",
            "delivers": pd.Series(delivers, dtype="object"),
        },
        geometry=shapes or squares,
        crs="EPSG:27700",
    )
    return make_delivered(schemes, themes=THEMES, to_crs=lambda x, y: (1000 * x, 1000 * y))


def test_each_part_is_an_asset_with_one_entrance():
    # 0.15 "degrees" are 150 m; without a place it stands inside the square, here its middle.
    assets, entrances = deliver("library at 0.15/0.05; park; gp_surgery within;", None, "library")
    table = assets.set_index("to_id")
    assert list(table.index) == ["S0:1", "S0:2", "S0:3", "S2:1"]
    assert list(table["category"]) == ["library", "park", "gp_surgery", "library"]
    assert table.loc["S0:1", "geometry"] == Point(150, 50)
    assert table.loc["S0:2", "geometry"] == Point(100, 100)
    assert table.loc["S2:1", "geometry"] == Point(2100, 100)
    assert entrances["to_id"].tolist() == list(table.index)
    assert entrances.geometry.tolist() == assets.geometry.tolist()


def test_green_space_has_the_size_of_its_scheme_where_that_is_known():
    # 200 x 200 m = 4 ha; a scheme that is a point has no size; a library never has one.
    shapes = [box(0, 0, 200, 200), Point(1000, 0), box(2000, 0, 2200, 200)]
    assets, _ = deliver("park", "park", "library", shapes=shapes)
    assert assets["size_m2"].tolist()[0] == 40_000
    assert assets["size_m2"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize("said", [None, "", " ; ", float("nan")])
def test_nothing_delivered_is_no_asset(said):
    assets, entrances = deliver(said)
    assert len(assets) == len(entrances) == 0


def test_every_part_that_is_not_understood_is_told_at_once():
    with pytest.raises(StudyError) as told:
        deliver("libary; park at 1.2.3/4; library at 6/0", "pub", "library at .15/.05; Library")
    said = [str(fault) for fault in told.value.faults]
    assert len(said) == 6
    assert "did you mean 'library'?" in said[0]
    assert "'park at lon/lat'" in said[1]
    # 6 km east; the square ends at 0.2: farther than 5 km.
    assert "more than 5,000 m from the scheme" in said[2]
    assert "'S1' delivers 'pub'" in said[3]


def test_what_open_schemes_delivered_is_found_among_todays_assets():
    """Within 50 m, the equal case included, of the same category; of two, both."""
    delivered, _ = deliver("library at 0.1/0.1; park at 0.1/0.1")
    today = gpd.GeoDataFrame(
        {
            "to_id": ["far", "edge", "near", "surgery", "green"],
            "category": ["library", "library", "library", "gp_surgery", "park"],
        },
        geometry=[Point(100, 150.1), Point(130, 140), Point(100, 101), Point(100, 100),
                  Point(151, 100)],
        crs="EPSG:27700",
    )  # fmt: skip
    # "edge" is 30 east and 40 north: exactly 50 m away.
    assert delivered_already(today, delivered) == ["edge", "near"]
    assert delivered_already(today, delivered, within_m=51) == ["edge", "far", "green", "near"]
    shuffled = today.sample(frac=1, random_state=1)
    assert delivered_already(shuffled, delivered) == ["edge", "near"]
    assert delivered_already(today, delivered.iloc[:0]) == []
    assert delivered_already(today.iloc[:0], delivered) == []
