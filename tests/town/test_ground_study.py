"""Ground within a walk that a study asks for: shapes for the map, people from travel costs.

In the town on a line the library is at 2500, homes at 100 and 900 in A (60 and 40 people) and at
1100 in B (100): straight lines of 2400, 1600 and 1400 m, 30, 20 and 17.5 minutes at 80 m/min.
"""

from __future__ import annotations

import dataclasses
import math

import geopandas as gpd
import pytest
from shapely import Point
from tests.town.line_town import EAST, NORTH, line_town

from assetmap.errors import MethodError, StudyError
from assetmap.network.discs import build_discs
from assetmap.study.config import read_settings
from assetmap.study.pipeline import find_out

LIBRARY = Point(EAST + 2500, NORTH + 500)


def town(folder, *asked, also=""):
    work = line_town(folder)
    words = "".join(f"[[isochrone]]\nstandard = {name!r}\nminutes = {m}\n" for name, m in asked)
    text = (folder / "study.toml").read_text().replace("[green]", f"{words}[green]", 1)
    (folder / "study.toml").write_text(text.replace("detour = 1.0", f"detour = 1.0{also}", 1))
    return dataclasses.replace(work, settings=read_settings(folder))


def test_people_are_counted_from_costs_and_the_disc_is_as_far_as_the_minutes(tmp_path):
    """20 min: a2 exactly at the limit and b1, 140 of 200 people; radius 1600 m. 18 min: b1 alone.

    A disc drawn with 64 straight sides is 0.16 % smaller than the circle. The library is drawn
    as a point whose square of 0.1 m was its outline in the file.
    """
    table = find_out(town(tmp_path, ("library", 20), ("library", 18)))["ground within"].table(
        "table"
    ).set_index("minutes")  # fmt: skip
    assert table["people_within"].to_dict() == {18: 100, 20: 140}
    assert table["people"].to_dict() == {18: 200, 20: 200}
    assert table.geometry[20].area == pytest.approx(math.pi * 1600**2, rel=3e-3)
    assert table.geometry[20].contains(Point(LIBRARY.x - 1595, LIBRARY.y))
    assert not table.geometry[20].contains(Point(LIBRARY.x - 1605, LIBRARY.y))


def test_nothing_is_drawn_unless_a_study_asks(tmp_path):
    assert "ground within" not in find_out(town(tmp_path))


@pytest.mark.parametrize(
    ("asked", "also", "what"),
    [
        ([("libary", 10)], "", "did you mean 'library'"),
        ([("library", 50)], "", "costs end at 45"),
        ([("library", 10), ("library", 10)], "", "asked for twice"),
        ([("library", 10)], "\ntidal_water = true", "no ground can be drawn"),
        ([("library", 0)], "", "greater than 0"),
    ],
)
def test_grounds_that_cannot_be_drawn_are_refused(tmp_path, asked, also, what):
    with pytest.raises(StudyError, match=what):
        town(tmp_path, *asked, also=also)


def gates(*places):
    ids = [to_id for to_id, _, _ in places]
    points = [Point(x, y) for _, x, y in places]
    return gpd.GeoDataFrame({"to_id": ids}, geometry=points, crs="EPSG:27700")


def test_a_detour_makes_the_disc_smaller_and_entrances_of_one_asset_share_it():
    """2 min are 160 m, with a detour of 1.6 they are 100 m; two doors 1000 m apart, two discs."""
    (shape,) = build_discs(gates(("a", 0, 0), ("a", 1000, 0)), minutes=[2], detour=1.6).geometry
    assert shape.area == pytest.approx(2 * math.pi * 100**2, rel=3e-3)
    assert len(shape.geoms) == 2


@pytest.mark.parametrize(("minutes", "detour"), [(0, 1), (float("nan"), 1), (5, 0.5)])
def test_discs_without_a_meaning_are_refused(minutes, detour):
    with pytest.raises(MethodError):
        build_discs(gates(("a", 0, 0)), minutes=[minutes], detour=detour)
