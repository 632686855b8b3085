"""Ground within a walk, on the page and in the map files: only where a study asks for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from shapely import Point, box
from tests.doors.edition_toy import CRS, SOUTH, WEST, facts, toy_edition

from assetmap.frames import table_of
from assetmap.frames.isochrones import GROUND_WITHIN
from assetmap.publish.ground_within import MOST_POINTS, grounds, light_ground
from assetmap.publish.scene import Scene
from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.study.run import Run


def asked(shape: shapely.Geometry, **changes: object) -> Edition:
    """The toy with the ground within ten minutes of a library: 5,620 of 18,600 people."""
    columns = {
        "standard_id": ["library"], "profile": ["standard"], "minutes": [10.0],
        "people_within": [5_620.0], "people": [18_600.0], "geometry": [shape],
    }  # fmt: skip
    drawn = gpd.GeoDataFrame(table_of(GROUND_WITHIN, columns, crs=CRS))
    return replace(toy_edition(facts=facts(**changes)), ground_within=drawn)


def streets(rows: int) -> shapely.Geometry:
    """A lattice of streets 50 m wide and 160 m apart, the gaps between them 110 m."""
    lines = [[(WEST, SOUTH + 160 * n), (WEST + 160 * rows, SOUTH + 160 * n)] for n in range(rows)]
    lines += [[(WEST + 160 * n, SOUTH), (WEST + 160 * n, SOUTH + 160 * rows)] for n in range(rows)]
    return shapely.union_all(shapely.buffer(shapely.linestrings(lines), 25, quad_segs=4))


def test_the_page_counts_people_and_offers_the_ground_on_the_map(tmp_path: Path) -> None:
    """5,620 people to 100; 5620 / 18600 = 0.302, 30 in 100."""
    page = write_pages(asked(streets(4)), tmp_path)[0].read_text(encoding="utf-8")
    assert "Within 10 minutes of a library, at a usual pace" in page
    assert "About 5,600 people, 30 in 100 of those we could measure" in page
    assert len(re.findall(r'<input type="checkbox" data-ground="w0">', page)) == 1
    assert '"k": "w0"' in (tmp_path / "map.js").read_text(encoding="utf-8")


def test_a_straight_line_is_told_as_an_estimate() -> None:
    scene = Scene.of(asked(box(WEST, SOUTH, WEST + 900, SOUTH + 900), method="straight line"))
    (row,) = grounds(scene.edition, scene.words)
    assert row.label == "About 10 minutes from a library, at a usual pace (estimate)"
    assert "about 30 in 100" in row.people


def test_nothing_of_it_stands_on_a_page_that_did_not_ask(tmp_path: Path) -> None:
    page = write_pages(toy_edition(), tmp_path)[0].read_text(encoding="utf-8")
    assert 'id="within"' not in page
    assert "data-ground=" not in page


def test_the_shape_on_the_page_is_that_of_the_streets() -> None:
    """Four gaps of 110 m by 110 m stay: it is no hull."""
    whole = streets(3)
    (light,) = light_ground(asked(whole))
    assert light.symmetric_difference(whole).area < 0.08 * whole.area
    assert not light.intersects(Point(WEST + 80, SOUTH + 80))


def test_a_shape_of_many_streets_is_light_and_goes_no_farther() -> None:
    """1,521 gaps would be 7,605 corners; the smallest are drawn as filled."""
    whole = streets(40)
    (light,) = light_ground(asked(whole))
    assert shapely.get_num_coordinates(light) <= MOST_POINTS
    assert whole.envelope.buffer(30).contains(light)


def test_the_example_s_ground_is_in_the_map_files(example_run: Run) -> None:
    """Around its library, not under all of the town; people are those of the table access."""
    table = gpd.read_file(example_run.folder / "assetmap.gpkg", layer="ground_within")
    assert table[["standard_id", "profile", "minutes"]].to_numpy().tolist() == [
        ["library", "standard", 10.0], ["library", "transit", 30.0],
    ]  # fmt: skip
    assert table.crs == CRS
    assert table.geometry[0].intersects(Point(382_490, 524_790))  # where its register has it
    assert 0 < table["people_within"][0] < table["people_within"][1] <= table["people"][0]
    assert table.geometry[1].area > table.geometry[0].area
    published = example_run.page.parent / "map" / "ground_within.geojson"
    assert gpd.read_file(published).crs == "EPSG:4326"
