"""Green-space tiers by area: four homes in A, one in B, one in C off the streets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assetmap.access.green_areas import green_by_area

NONE = np.nan
IDS = ["a1", "a2", "a3", "a4", "b1", "c1"]
ORIGINS = pd.DataFrame(
    {"from_id": IDS, "area_id": list("AAAABC"), "people": [10.0, 20, 30, 40, 50, 60]}
)
LACKING = pd.DataFrame(
    {"near": [1.0, 0, 0, 1, 1, 0], "far": [0, NONE, 0, 0, 1, 0]}, index=pd.Index(IDS)
)
PLACED = [True, True, True, False, True, False]


def by_area(measured=None, headline=(), lacking=LACKING):
    flags = pd.DataFrame({"near": PLACED, "far": PLACED}, index=pd.Index(IDS))
    flags = flags if measured is None else flags & measured
    table = green_by_area(lacking, flags, ORIGINS, name="p", headline=headline)
    assert not table.duplicated(["area_id", "category", "measure"]).any()
    return table.set_index(["category", "measure", "area_id"]).sort_index()[["value", "people"]]


def test_shares_are_of_people_on_the_streets():
    # a4 and c1 are off them: 10 of A's other 60 people lack it; nobody of C is spoken of.
    found = by_area().loc["p.near", "green_deficient"]
    assert found["value"].tolist() == pytest.approx([1 / 6, 1, NONE], abs=1e-6, nan_ok=True)
    assert found["people"].tolist() == [60, 50, 0]


def test_one_home_not_known_leaves_its_area_unsaid():
    """Told of a1 and a3 alone, nobody of A would lack the far tier."""
    found = by_area().loc["p.far", "green_deficient"]
    assert found["value"].tolist() == pytest.approx([NONE, 1, NONE], nan_ok=True)
    assert found["people"].tolist() == [0, 50, 0]


def test_the_headline_is_known_where_what_is_not_known_cannot_change_it():
    """Near or far: a1 by far, a2 by near, a3 by both; b1 by neither. Near and far: a2 unknown."""
    either = by_area(headline=[["near", "far"]]).loc["p", "green_headline"]
    assert either["value"].tolist() == pytest.approx([1, 0, NONE], nan_ok=True)
    both = by_area(headline=[["near"], ["far"]]).loc["p", "green_headline"]
    assert both["value"].tolist() == pytest.approx([NONE, 0, NONE], nan_ok=True)
    assert "green_headline" not in by_area().index.get_level_values("measure")


def test_a_tier_that_no_source_covers_is_not_measured():
    covered = pd.DataFrame({"near": [True] * 6, "far": [False] * 6}, index=pd.Index(IDS))
    found = by_area(covered)
    assert found.loc["p.far", "green_deficient"]["value"].isna().all()
    assert found.loc["p.near", "green_deficient"]["value"].notna().sum() == 2
