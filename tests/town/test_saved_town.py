"""Mean minutes by theme in the town of two areas, for what a change would save."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.oracle.access_toy import costs_of
from tests.town.access_town import ORIGINS, costs, place, snaps

from assetmap.access.saved import Reach, theme_minutes
from assetmap.findings.benefit import minutes_saved

CUT_OFF = 45.0


def minutes(*more, assets=None, **how):
    town = place(**how)
    today = Reach(costs(), town.assets if assets is None else assets)
    table = theme_minutes([today, *more], snaps(), town, cut_off_min=CUT_OFF)
    return table.set_index(["area_id", "theme"])["nearest_min"].to_dict()


def hall_in_b():
    """A hall to come: 10 minutes from b1, 15 from b2, 2 from b3, which is off the streets."""
    near = {"b1": 10.0, "b2": 15.0, "b3": 2.0}
    origins = sorted(ORIGINS)
    reached = costs_of([[near.get(one, np.nan)] for one in origins], origins, ["new"])
    kind = {"to_id": ["new"], "category": ["community_centre"], "size_m2": [None]}
    return Reach(reached, pd.DataFrame(kind))


def test_the_least_over_a_themes_standards_and_the_cut_off_for_the_unreached():
    """Community in A: least of library and hall 5, 20, 10, none, 8 for 10, 20, 30, 20, 20 people.

    (50 + 400 + 300 + 20 x 45 + 160) / 100 = 18.1. In B: b1 25 and b2 none, 50 people each;
    b3 is off the streets and not counted: (25 + 45) / 2 = 35. Green of two hectares in A:
    (10 x 3 + 20 x 3.75 + 30 x 4 + 20 x 30 + 20 x 2) / 100 = 8.65; in B nobody reaches one: 45.
    Surgeries are not measured in B: no row.
    """
    found = minutes()
    assert found["A", "community"] == pytest.approx(18.1, abs=1e-4)
    assert found["B", "community"] == pytest.approx(35)
    assert found["A", "green"] == pytest.approx(8.65)
    assert found["B", "green"] == pytest.approx(45)
    assert ("A", "health") in found
    assert ("B", "health") not in found


def test_what_is_added_is_nearer_or_changes_nothing():
    # B: (10 + 15) / 2 = 12.5, so 22.5 minutes saved; nobody of A reaches it.
    found = minutes(hall_in_b())
    assert found["B", "community"] == pytest.approx(12.5)
    assert found["A", "community"] == pytest.approx(18.1, abs=1e-4)
    before, after = (
        pd.Series(table).rename_axis(["area_id", "theme"]).rename("nearest_min").reset_index()
        for table in (minutes(), found)
    )
    saved = minutes_saved(before, after, cut_off_min=CUT_OFF)
    assert saved.to_dict() == pytest.approx({"A": 0, "B": 22.5, "E": 0})


def test_costs_to_assets_that_are_not_counted_do_not_count():
    # Without the library, B's community is b1's hall at 40 and b2's none: (40 + 45) / 2 = 42.5.
    town = place()
    left = town.assets[town.assets["to_id"] != "library"]
    assert minutes(assets=left)["B", "community"] == pytest.approx(42.5)


def test_without_standards_there_is_nothing_to_save():
    town = place()
    none = town._replace(standards=town.standards.iloc[:0])
    table = theme_minutes([Reach(costs(), town.assets)], snaps(), none, cut_off_min=CUT_OFF)
    assert list(table.columns) == ["area_id", "theme", "nearest_min"]
    assert len(minutes_saved(table, table, cut_off_min=CUT_OFF)) == 0


def test_the_order_of_rows_means_nothing():
    town = place()
    mixed = town._replace(
        origins=town.origins.sample(frac=1, random_state=3),
        assets=town.assets.sample(frac=1, random_state=3),
        standards=town.standards.sample(frac=1, random_state=3),
    )
    one, two = (
        theme_minutes([Reach(costs(), one.assets)], snaps(), one, cut_off_min=CUT_OFF)
        for one in (town, mixed)
    )
    pd.testing.assert_frame_equal(one, two)
