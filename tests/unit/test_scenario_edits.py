"""Edits that can be made, and those that cannot: each said clearly."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box
from tests.oracle.scenario_edits import THEMES, edits_of

from assetmap.errors import StudyError
from assetmap.frames.scenario import Money
from assetmap.frames.streets import Streets
from assetmap.scenarios.edits import Town, in_force, with_edits
from assetmap.scenarios.links import with_links
from assetmap.scenarios.money import NOT_COMPARED, cost_table, refuse_money

CRS = "EPSG:27700"


@pytest.fixture
def town() -> Town:
    """A square kilometre with one library at its middle, and one home."""
    areas = gpd.GeoDataFrame(
        {"area_id": ["A"], "role": ["study"]}, geometry=[box(0, 0, 1000, 1000)], crs=CRS
    )
    origins = gpd.GeoDataFrame(
        {"from_id": ["h"], "area_id": ["A"], "role": ["study"], "basis": ["x"], "people": [9.0],
         "shared": [False]}, geometry=[Point(10, 10)], crs=CRS,
    )  # fmt: skip
    assets = gpd.GeoDataFrame(
        {"to_id": ["lib"], "name": ["Old library"], "category": ["library"],
         "theme": ["community"], "supply": [1.0], "size_m2": [None], "address": [None],
         "opening_hours": [None], "wheelchair": ["unknown"], "visibility": ["public"],
         "precision_m": [0.0], "as_listed": [None], "sources": ["s"], "role": ["study"],
         "area_id": ["A"]}, geometry=[Point(500, 500)], crs=CRS,
    )  # fmt: skip
    entrances = gpd.GeoDataFrame(
        {"to_id": ["lib"], "entrance": [1], "basis": ["point"]}, geometry=[Point(500, 500)], crs=CRS
    )
    return Town(areas, origins, assets, entrances)


def test_each_kind_does_what_it_says(town: Town) -> None:
    rows = [
        {"kind": "move", "asset": "lib", "place": "POINT (700 500)"},
        {"kind": "change", "asset": "lib", "supply": 4, "wheelchair": "yes"},
        {"kind": "add", "category": "park", "place": "POINT (100 100)"},
        {"kind": "homes", "place": "POINT (200 200)", "dwellings_low": 10, "dwellings_high": 30,
         "household_size": 2.5},
    ]  # fmt: skip
    made = with_edits(town, edits_of(rows), scenario="s", themes=THEMES)
    moved = made.town.assets.set_index("to_id").loc["lib"]
    assert (moved.geometry.x, moved["supply"], moved["wheelchair"]) == (700, 4, "yes")
    assert set(made.town.assets["to_id"]) == {"lib", "s:3"}
    assert (made.gone, made.new, made.changed) == ({"lib"}, {"lib", "s:3"}, {"lib"})
    homes = made.town.origins.set_index("from_id").loc["s:homes4"]
    assert homes["people"] == 50  # (10 + 30) / 2 homes x 2.5 people
    assert made.homes == {"s:homes4": "A"}
    without = with_edits(town, edits_of(rows), scenario="s", themes=THEMES, homes=False)
    assert len(without.town.origins) == 1


def test_every_fault_is_told_at_once(town: Town) -> None:
    rows = [
        {"kind": "remove", "asset": "lip"},
        {"kind": "move", "asset": "lib", "place": "POINT (600 500)"},
        {"kind": "move", "asset": "lib", "place": "POINT (700 500)"},
        {"kind": "add", "category": "library", "place": "POINT (505 500)"},
        {"kind": "add", "category": "library", "place": "POINT (5000 500)"},
        {"kind": "add", "category": "park", "place": "POINT (1 1)"},
        {"kind": "add", "category": "park", "place": "POINT (1 1)"},
    ]
    with pytest.raises(StudyError) as told:
        with_edits(town, edits_of(rows), scenario="s", themes=THEMES)
    said = str(told.value)
    for words in (
        "'lip', which is not there", "did you mean 'lib'", "edits 2 and 3 contradict",
        "on top of 'lib', Old library", "outside the ground", "edits 6 and 7 add the same thing",
    ):  # fmt: skip
        assert words in said


def test_a_place_is_not_moved_on_top_of_another_of_its_kind(town: Town) -> None:
    """5 m from the library that stays; where that one closes, it may."""
    two = pd.concat([town.assets, town.assets.assign(
        to_id="new", geometry=[Point(100, 100)])], ignore_index=True)  # fmt: skip
    there = town._replace(assets=gpd.GeoDataFrame(two, geometry="geometry", crs=CRS))
    move = {"kind": "move", "asset": "new", "place": "POINT (505 500)"}
    with pytest.raises(StudyError, match="on top of 'lib'"):
        with_edits(there, edits_of([move]), scenario="s", themes=THEMES)
    both = edits_of([move, {"kind": "remove", "asset": "lib"}])
    assert len(with_edits(there, both, scenario="s", themes=THEMES).town.assets) == 1


def test_a_site_in_the_river_is_told_how_far_it_is_from_the_bank(town: Town) -> None:
    """A river 100 m wide from 300 m on: its middle is 50 m from either bank."""
    banks = box(0, 0, 1000, 1000) - box(300, 0, 400, 1000)
    areas = gpd.GeoDataFrame({"area_id": ["A"], "role": ["study"]}, geometry=[banks], crs=CRS)
    add = edits_of([{"kind": "add", "category": "library", "place": "POINT (350 500)"}])
    with pytest.raises(StudyError, match="50 m from its nearest neighbourhood: in water, or"):
        with_edits(town._replace(areas=areas), add, scenario="s", themes=THEMES)


def test_edits_hold_between_their_days() -> None:
    """Closed for works in 2027, then a new place from 2028."""
    edits = edits_of([
        {"kind": "remove", "asset": "lib", "opens": "2027-01-01", "until": "2027-12-31"},
        {"kind": "add", "category": "library", "place": "POINT (1 1)", "opens": "2028-01-01"},
    ])  # fmt: skip
    days = {2026: [], 2027: ["remove"], 2028: ["add"]}
    for year, kinds in days.items():
        assert list(in_force(edits, dt.date(year, 6, 1))["kind"]) == kinds
    assert len(in_force(edits, None)) == 2


def _street() -> Streets:
    """Two streets of 100 m side by side, 40 m apart, joined nowhere: 0-1 and 2-3."""
    return Streets(
        x=np.array([0.0, 100, 0, 100]), y=np.array([0.0, 0, 40, 40]),
        barrier=np.zeros(4, np.uint8), u=np.array([0, 2], np.int32), v=np.array([1, 3], np.int32),
        length_m=np.array([100.0, 100]), highway=np.zeros(2, np.uint8), steps=np.zeros(2, bool),
        wheelchair=np.zeros(2, np.uint8), kerb_raised=np.zeros(2, bool),
        incline_percent=np.full(2, np.nan, np.float32), surface=np.zeros(2, np.uint8),
        oneway=np.zeros(2, np.int8),
    )  # fmt: skip


def test_links_join_nodes_and_closures_take_segments() -> None:
    rows = [
        {"kind": "link", "place": "LINESTRING (98 2, 101 39)"},
        {"kind": "close", "place": "LINESTRING (50 -5, 50 5)"},
    ]
    made = with_links(_street(), edits_of(rows))
    assert made.ends.tolist() == [[0, 1], [1, 3]]
    assert list(zip(made.streets.u, made.streets.v, strict=True)) == [(2, 3), (1, 3)]
    # drawn 37.1 m long (3 east, 37 north), but the nodes it joins are 40 m apart
    assert made.streets.length_m[-1] == 40


def test_links_that_join_nothing_are_refused() -> None:
    rows = [
        {"kind": "link", "place": "LINESTRING (98 2, 900 900)"},
        {"kind": "close", "place": "LINESTRING (500 500, 510 510)"},
    ]
    with pytest.raises(StudyError) as told:
        with_links(_street(), edits_of(rows))
    assert len(told.value.faults) == 2


def test_money_only_where_it_is_given() -> None:
    told = {"newly_within": 200.0, "newly_within_flagged": 0.0, "minutes_saved": 1000.0,
            "no_longer_within": 0.0}  # fmt: skip
    assert cost_table(None, told)["what"].tolist() == [NOT_COMPARED]
    table = cost_table(Money(capital=50_000, price_year=2026, source="x"), told).set_index("what")
    # 50,000 / 200 people, / 1,000 person-minutes; nobody in a flagged area to divide by
    assert table.loc["per person newly within reach", "capital"] == 250
    assert table.loc["per person-minute saved, each way", "capital"] == 50
    assert pd.isna(table.loc["per person newly within reach in a flagged area", "capital"])
    with pytest.raises(StudyError, match="outside its range"):
        refuse_money(Money(capital=5, low=10, high=20, price_year=2026, source="x"), scenario="s")
