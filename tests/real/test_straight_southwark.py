"""Straight lines in Southwark do not cross the tidal Thames but at its bridges."""

from __future__ import annotations

import tomllib

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight
from assetmap.network.water import Crossing, water_between

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def thames(data_dir, repo):
    """The water around Southwark, with the crossings that its study names."""
    areas = gpd.read_file(data_dir / "southwark" / "lsoa21_london_gen20.gpkg")
    own = areas[areas["LAD22CD"] == "E09000028"].union_all()
    ground = own.buffer(5000)
    land = areas[areas.intersects(ground)].union_all().intersection(ground)
    study = tomllib.loads((repo / "layers" / "southwark" / "study.toml").read_text("utf-8"))
    named = study["travel"]["crossings"]
    ends = gpd.points_from_xy(
        *zip(*[one[end] for one in named for end in ("start", "end")], strict=True), crs=4326
    ).to_crs(27700)
    crossings = tuple(
        Crossing(one["name"], LineString([ends[2 * row], ends[2 * row + 1]]))
        for row, one in enumerate(named)
    )
    return water_between(land, ground=ground, crossings=crossings)


def _minutes(start, stop, water):
    """Minutes between two places in degrees, or None where there is no way."""
    points = gpd.points_from_xy(*zip(start, stop, strict=True), crs=4326).to_crs(27700)
    origins = gpd.GeoDataFrame({"from_id": ["o"], "people": 1.0}, geometry=[points[0]], crs=27700)
    gates = gpd.GeoDataFrame({"to_id": ["a"], "entrance": 1}, geometry=[points[1]], crs=27700)
    assets = pd.DataFrame({"to_id": ["a"], "category": ["library"]})
    told = route_straight(
        origins, gates, assets, crow=Crow(water=water), keep=Keep(cut_off_min=120)
    )
    found = told.table[0]["cost_min"]
    direct = float(points[0].distance(points[1])) * 1.3 / 80
    return (float(found.iloc[0]) if len(found) else None), direct


def test_the_thames_is_found_and_not_the_land(thames):
    assert thames.shape.contains(Point(533600, 180200))  # Upper Pool, below Tower Bridge
    assert not thames.shape.intersects(Point(533500, 178000).buffer(300))  # Bermondsey
    # Some 22 km of river between Wandsworth and Blackwall, 200 to 450 m wide.
    assert 4e6 < thames.shape.area < 10e6


def test_rotherhithe_to_wapping_is_no_walk_of_minutes(thames):
    # 450 m apart across the river; on foot by Tower Bridge, some 4 km.
    found, direct = _minutes((-0.0525, 51.5010), (-0.0560, 51.5042), thames)
    assert direct < 10
    assert found > 40


def test_bankside_to_st_pauls_is_by_the_millennium_bridge(thames):
    found, direct = _minutes((-0.0990, 51.5070), (-0.0984, 51.5125), thames)
    assert direct <= found < direct + 1.5


def test_peckham_to_camberwell_is_dry(thames):
    found, direct = _minutes((-0.0690, 51.4740), (-0.0930, 51.4740), thames)
    assert found == pytest.approx(direct, abs=1e-3)
