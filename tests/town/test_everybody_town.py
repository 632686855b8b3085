"""What every place in the small town has: minutes, and whether free public space is near."""

from __future__ import annotations

import numpy as np
import pytest
from tests.town.access_town import costs, found, place, snaps

from assetmap.access.everybody import minutes_of_everybody, without_free_space
from assetmap.access.measured import minutes_table

FREE = (("library", "community_centre"), ("park",))


def test_out_of_reach_is_infinite_and_not_measured_is_no_row():
    table = minutes_of_everybody(minutes_table(found()), snaps(), place())
    library = table[table["of"] == "library"]
    # a1 5, a2 20, a3 20.1, a4 none, a5 8; b1 25, b2 none; b3 is off the streets, E is no study
    assert sorted(library["value"]) == pytest.approx([5, 8, 20, 20.1, 25, np.inf, np.inf])
    assert library["people"].sum() == 200
    # no source covers surgeries in B
    assert set(table.loc[table["of"] == "gp", "area_id"]) == {"A"}


def test_people_with_no_free_space_near_are_those_of_no_kind():
    table = without_free_space(costs(), snaps(), place(), free=FREE, within_min=10)
    # within 10 minutes: a1, a2, a3, a5 and b1 have the pocket park; a4 (20 people) and b2 (50) none
    none = table.groupby("area_id")[["people", "value"]].apply(
        lambda rows: (rows["people"] * rows["value"]).sum()
    )
    assert none.to_dict() == {"A": 20, "B": 50}


def test_exactly_as_near_as_asked_is_near():
    table = without_free_space(costs(), snaps(), place(), free=FREE, within_min=3)
    # a5 has the pocket park at 3 minutes: a4 and b2 alone are without
    assert table.loc[table["value"] == 1, "people"].tolist() == [20, 50]


def test_where_one_kind_of_space_is_not_measured_nothing_is_said():
    nowhere = place(covered=lambda area, standard: (area, standard) != ("B", "green_local"))
    table = without_free_space(costs(), snaps(), nowhere, free=FREE, within_min=10)
    assert set(table["area_id"]) == {"A"}
    table = without_free_space(costs(), snaps(), place(), free=(*FREE, ("museum",)), within_min=10)
    assert table.empty
