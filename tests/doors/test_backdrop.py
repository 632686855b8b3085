"""What the map is drawn on: read from a street map, cut to the study, drawn over the areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, box
from tests.doors import asset_jobs as little
from tests.doors.edition_toy import CRS, SOUTH, WEST, toy_edition
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ReadError
from assetmap.frames import table_of
from assetmap.frames.backdrop import BACKDROP
from assetmap.layers.backdrop import make_backdrop
from assetmap.publish.public import write_public
from assetmap.publish.shapes import light_backdrop
from assetmap.sources.osm_backdrop import read_osm_backdrop

if TYPE_CHECKING:
    from pathlib import Path

ENDS = [little.node(1, 0, 0), little.node(2, 300, 0), little.node(3, 300, 400)]


def line(number: int, nodes: tuple[int, ...], key: str, value: str) -> str:
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    return f'<way id="{number}" version="1">{refs}<tag k="{key}" v="{value}"/></way>\n'


def test_main_roads_streams_and_lakes_are_read_and_nothing_else(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        *ENDS,
        line(1, (1, 2, 3), "highway", "secondary"),
        line(2, (1, 3), "highway", "residential"),
        line(3, (2, 3), "waterway", "canal"),
        line(4, (1, 2), "waterway", "ditch"),
        *little.corners(7, 500, 0, 100),
        little.square(7, natural="water"),
        *little.corners(8, 700, 0, 100),
        little.square(8, natural="wood"),
    )
    found = read_osm_backdrop(job_of("streets", path))
    sizes = dict(zip(found["kind"], zip(found.length, found.area, strict=True), strict=True))
    assert sorted(found["kind"]) == ["road", "stream", "water"]
    # 300 m and 400 m along a right angle; a square with sides of 100 m
    assert sizes["road"][0] == pytest.approx(700, rel=0.01)
    assert sizes["stream"][0] == pytest.approx(400, rel=0.01)
    assert sizes["water"][1] == pytest.approx(10_000, rel=0.02)


def test_a_line_without_one_of_its_nodes_keeps_the_others(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path, *ENDS, line(1, (1, 2, 99, 3), "highway", "primary"),
        line(2, (3, 98), "highway", "primary"),
    )  # fmt: skip
    found = read_osm_backdrop(job_of("streets", path))
    assert [shapely.get_num_coordinates(shape) for shape in found.geometry] == [3]


def test_what_is_far_from_the_study_is_not_read(tmp_path: Path) -> None:
    path = little.osm(tmp_path, *ENDS, line(1, (1, 2), "highway", "primary"))
    assert read_osm_backdrop(job_of("streets", path, within=box(0, 0, 1, 1))).empty


def test_a_file_that_is_no_street_map_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "town.osm", "not a map")
    with pytest.raises(ReadError, match="damaged, cut short or not OpenStreetMap"):
        read_osm_backdrop(job_of("streets", path))


# ---------------------------------------------------------------------------- cut to the study

AREAS = gpd.GeoDataFrame(
    {"role": ["study", "edge"]}, geometry=[box(0, 0, 1000, 1000), box(1000, 0, 9000, 1000)], crs=CRS
)
NOTHING = gpd.GeoDataFrame({"kind": []}, geometry=gpd.GeoSeries([], crs=CRS))


def test_green_space_melts_together_and_small_and_pointed_ones_are_left_out() -> None:
    green = gpd.GeoSeries(
        # two that touch, 20,000 m2 together; one of 4,900 m2; a point; one 5 km away
        [box(0, 0, 100, 100), box(100, 0, 200, 100), box(500, 500, 570, 570), Point(5, 5),
         box(6000, 0, 6100, 100)], crs=CRS,
    )  # fmt: skip
    found = make_backdrop(AREAS, green, NOTHING)
    assert list(found["kind"]) == ["green"]
    assert found.geometry[0].equals(MultiPolygon([box(0, 0, 200, 100)]))


def test_roads_end_800_m_from_the_study_and_join_where_they_meet() -> None:
    drawn = gpd.GeoDataFrame(
        {"kind": ["road", "road"]},
        geometry=[LineString([(0, 50), (500, 50)]), LineString([(500, 50), (9000, 50)])],
        crs=CRS,
    )
    found = make_backdrop(AREAS, gpd.GeoSeries([], crs=CRS), drawn)
    assert list(found["kind"]) == ["road"]
    assert found.geometry[0].length == 1800
    assert len(found.geometry[0].geoms) == 1


def test_the_order_in_which_things_came_changes_nothing() -> None:
    shapes = [box(x, y, x + 90, y + 90) for x in range(0, 900, 100) for y in range(0, 900, 100)]
    mixed = [shapes[place] for place in np.random.default_rng(3).permutation(len(shapes))]
    one, two = (
        make_backdrop(AREAS, gpd.GeoSeries(given, crs=CRS), NOTHING) for given in (shapes, mixed)
    )
    assert one.geometry[0].wkb == two.geometry[0].wkb


# ------------------------------------------------------------------------------- on the page


def test_light_shapes_keep_to_their_corners_and_lose_what_cannot_be_seen() -> None:
    wiggly = LineString([(x, 30 * (x % 20)) for x in range(0, 5_000, 10)])
    dot = LineString([(0, 0), (3, 0)])
    found = light_backdrop(gpd.GeoSeries([wiggly, dot], crs=CRS), least_m=5.0, most_points=50)
    assert len(found) == 1
    assert shapely.get_num_coordinates(found.to_numpy()).sum() <= 50


def test_the_maps_show_what_is_behind_them_and_the_key_names_it(tmp_path: Path) -> None:
    park = MultiPolygon([box(WEST, SOUTH, WEST + 300, SOUTH + 300)])
    road = MultiLineString([LineString([(WEST, SOUTH), (WEST + 2_000, SOUTH + 900)])])
    behind = table_of(
        BACKDROP,
        {"kind": ["green", "road"], "geometry": gpd.GeoSeries([park, road], crs=CRS)},
        crs=CRS,
    )
    page = write_public(replace(toy_edition(), backdrop=gpd.GeoDataFrame(behind)), tmp_path)
    text = page.read_text(encoding="utf-8")
    for css, words in (("green", "Park or other green space"), ("road", "Main road")):
        assert f'<path class="{css}" d="M' in text, "the still map"
        assert words in text, "its key"
    assert "River or canal" not in text, "there is none"
    script = (tmp_path / "map.js").read_text(encoding="utf-8")
    for name in ("green", "water", "stream", "road"):
        assert f"geo_json_{name}.addTo(map_page)" in script
