"""Leg 3 in a drawn town: three squares of 100 m in a row, schemes on and beside them, by hand."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

from assetmap.errors import MethodError
from assetmap.findings.benefit import benefit_of_schemes, delivers, is_firm, minutes_saved
from assetmap.findings.left_behind import benefit_state
from assetmap.findings.rules import Rules

BNG = "EPSG:27700"
AREAS = gpd.GeoDataFrame(
    {
        "area_id": ["a", "b", "c", "edge"],
        "role": ["study", "study", "study", "edge"],
        "geometry": [box(100 * at, 0, 100 * at + 100, 100) for at in range(4)],
    },
    crs=BNG,
)
ORIGINS = gpd.GeoDataFrame(
    {
        "from_id": ["1", "2", "3", "4"],
        "area_id": ["a", "a", "b", "c"],
        "people": [30.0, 10, 5, 5],
        "geometry": [Point(20, 50), Point(80, 50), Point(150, 50), Point(250, 50)],
    },
    crs=BNG,
)


def scheme(**said) -> gpd.GeoDataFrame:
    row = {
        "scheme_id": "s", "name": "S", "kind": "scheme", "stage": "open", "opens": None,
        "delivers": "library at 0 0", "removes": None, "homes": None,
        "geometry": box(0, 0, 50, 100),
    } | said  # fmt: skip
    return gpd.GeoDataFrame([row], crs=BNG)


def saved(**minutes: float) -> pd.Series:
    return pd.Series(minutes).reindex(["a", "b", "c"], fill_value=0.0)


def benefit(schemes, firm=None, every=None, *, reach_m=10.0, rules=None):
    told = benefit_of_schemes(
        AREAS, schemes, saved=None if firm is None else (firm, firm if every is None else every),
        origins=ORIGINS, reach_m=reach_m, rules=rules or Rules(),
    )  # fmt: skip
    return told.table.set_index("area_id"), {caution.code for caution in told.cautions}


@pytest.mark.parametrize(
    ("stage", "opens", "firm"),
    [
        ("open", None, True),
        ("funded", "2027-03-01", True),
        ("funded", None, False),
        ("on site", "2027-03-01", True),
        ("on site", None, False),
        ("consented", "2027-03-01", False),
        ("allocated", None, False),
    ],
)
def test_only_open_or_funded_with_a_date_counts(stage, opens, firm):
    assert list(is_firm(scheme(stage=stage, opens=opens))) == [firm]


def test_a_scheme_that_names_nothing_delivers_nothing():
    assert list(delivers(scheme(delivers=None))) == [False]
    assert list(delivers(scheme(delivers=" "))) == [False]


def test_minutes_saved_are_the_most_on_one_theme():
    columns = ["area_id", "theme", "nearest_min"]
    before = [("a", "green", 12.0), ("a", "community", 9.0), ("b", "green", np.nan)]
    after = [("a", "green", 10.5), ("a", "community", 4.0), ("b", "green", 30.0)]
    found = minutes_saved(
        pd.DataFrame(before, columns=columns), pd.DataFrame(after, columns=columns), cut_off_min=45
    )
    # a: 1.5 and 5; b: out of reach before counts as the cut-off, 45 - 30
    assert found.to_dict() == {"a": 5.0, "b": 15.0}


def test_nothing_is_saved_where_access_falls_or_nothing_is_reached():
    columns = ["area_id", "theme", "nearest_min"]
    before = pd.DataFrame([("a", "green", 5.0), ("b", "green", np.nan)], columns=columns)
    after = pd.DataFrame([("a", "green", 9.0), ("b", "green", np.nan)], columns=columns)
    assert minutes_saved(before, after, cut_off_min=45).to_dict() == {"a": 0.0, "b": 0.0}
    with pytest.raises(MethodError, match="1 areas and themes are in one table only"):
        minutes_saved(before, after.iloc[:1], cut_off_min=45)


def test_states_follow_from_minutes():
    # one minute counts, two are clear
    saved_min = np.array([np.nan, 0.0, 0.99, 1.0, 1.99, 2.0, 0.0])
    expected = np.array([np.nan, 0.0, 0.99, 1.0, 1.99, 2.0, 1.0])
    assert list(benefit_state(saved_min, expected, rules=Rules())) == [
        "unknown", "no", "no", "marginal", "marginal", "yes", "expected",
    ]  # fmt: skip


def test_without_schemes_the_benefit_is_unknown_everywhere():
    for none in (None, scheme().iloc[:0]):
        table, codes = benefit(none)
        assert set(table["state"]) == {"unknown"}
        assert list(table.index) == ["a", "b", "c"]
        assert codes == {"schemes_none"}


def test_schemes_that_name_nothing_leave_it_unknown_everywhere():
    table, codes = benefit(scheme(delivers=None), saved())
    assert set(table["state"]) == {"unknown"}
    assert codes == {"schemes_silent"}


def test_being_inside_is_context_and_never_a_benefit():
    table, _ = benefit(scheme(), saved())
    # 30 of the 40 people of a live inside the boundary, and save nothing
    assert table.loc["a", "share_inside"] == pytest.approx(0.75)
    assert table.loc["a", "state"] == "no"


def test_outcome_decides_wherever_the_boundary_is():
    table, _ = benefit(scheme(), saved(c=3.0))
    assert table["state"].to_dict() == {"a": "no", "b": "no", "c": "yes"}
    assert table.loc["c", "share_inside"] == 0


def test_what_is_only_allocated_is_expected():
    table, _ = benefit(scheme(stage="allocated"), saved(), saved(b=4.0))
    assert table["state"].to_dict() == {"a": "no", "b": "expected", "c": "no"}
    assert table.loc["b", "minutes_saved"] == 0
    assert table.loc["b", "expected_min"] == 4


def test_near_a_scheme_that_names_nothing_it_is_unknown_unless_others_bring_it():
    silent = scheme(scheme_id="t", delivers=None, geometry=Point(105, 50))
    both = pd.concat([scheme(), silent])
    # the point lies in b, 5 m from a, 95 m from c
    table, codes = benefit(both, saved(b=3.0))
    assert table["state"].to_dict() == {"a": "unknown", "b": "yes", "c": "no"}
    assert codes == {"schemes_silent"}


def test_what_was_not_measured_is_unknown_and_said():
    table, codes = benefit(scheme())
    assert set(table["state"]) == {"unknown"}
    assert codes == {"benefit_unmeasured"}


def test_where_homes_go_people_are_directly_affected():
    table, codes = benefit(
        scheme(removes="open space; homes", geometry=box(50, 0, 150, 50)), saved()
    )
    assert table["directly_affected"].to_dict() == {"a": True, "b": True, "c": False}
    assert "directly_affected" in codes


def test_a_common_border_is_not_enough():
    table, _ = benefit(scheme(removes="homes", geometry=box(0, 0, 100, 100)), saved())
    assert table["directly_affected"].to_dict() == {"a": True, "b": False, "c": False}


def test_a_longer_least_benefit_is_stricter():
    table, _ = benefit(scheme(), saved(a=3.0), rules=replace(Rules(), benefit_min=4))
    assert table.loc["a", "state"] == "no"
