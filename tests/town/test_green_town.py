"""Green space by tiers, in a drawn row of homes.

Minutes by street (80 m/min) to four sites; "-" is beyond the cut-off of 45:

             yard .3 ha   green 2 ha   wood 60 ha   heath of unknown size
    h1            4           5.1          12              1
    h2            5             5          30              -
    h3            -             -           -              -
"""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from tests.oracle.access_toy import costs_of

from assetmap.access.green import (
    deficiency,
    green_nearest,
    green_tiers,
    headline_met,
    satisfying_tier,
)
from assetmap.errors import MethodError

NONE = float("nan")
CUT_OFF_MIN = 45.0
HOMES = ["h1", "h2", "h3"]
SITES = ["green", "heath", "wood", "yard"]
COSTS = costs_of([[5.1, 1, 12, 4], [5, NONE, 30, 5], [NONE] * 4], HOMES, SITES)
ASSETS = pd.DataFrame(
    {
        "to_id": SITES,
        "category": ["park", "nature", "nature", "park"],
        "size_m2": [20_000.0, None, 600_000.0, 3_000.0],
    }
)


@pytest.fixture(scope="module")
def profiles():
    text = (resources.files("assetmap") / "_data" / "green_profiles.toml").read_text("utf-8")
    return tomllib.loads(text)["profile"]


def found(tiers, **how):
    return deficiency(green_nearest(COSTS, ASSETS, tiers, **how), tiers, cut_off_min=CUT_OFF_MIN)


def test_london_plan_table_8_1(profiles):
    """A larger park satisfies smaller tiers; 3,200 m are 40 min, 1,200 m 15, 400 m 5.

    Metropolitan: the wood at 12 and 30 min. District: the wood at 12, not at 30. Local: the
    green at 5.1 is too far, at 5 near enough. Small open space and pocket park are "less than"
    400 m: h1's yard at 4 min is a pocket park alone; h2's yard and green at exactly 5 are
    neither. The heath's size is not known, so it is a pocket park at most: h1's at 1 min.
    Regional parks are asked for within 100 min, beyond the cut-off: nothing is known.
    """
    table = found(green_tiers(profiles["london_plan_2021"]))
    wanted = {
        "regional": [NONE, NONE, NONE],
        "metropolitan": [0, 0, 1],
        "district": [0, 1, 1],
        "local": [1, 0, 1],
        "small": [1, 1, 1],
        "pocket": [0, 1, 1],
    }
    assert list(table.columns) == list(wanted)
    for tier, values in wanted.items():
        assert table[tier].tolist() == pytest.approx(values, nan_ok=True), tier


def test_a_larger_site_satisfies_every_smaller_tier(profiles):
    tiers = {one.tier: one for one in green_tiers(profiles["london_plan_2021"])}
    assert satisfying_tier(ASSETS, tiers["regional"]) == []
    assert satisfying_tier(ASSETS, tiers["metropolitan"]) == ["wood"]
    assert satisfying_tier(ASSETS, tiers["local"]) == ["green", "wood"]
    assert satisfying_tier(ASSETS, tiers["pocket"]) == SITES


def test_accessible_greenspace_2023_and_its_headline(profiles):
    """Doorstep 2.5 min: nobody. Local 3.75: nobody. Neighbourhood 12.5 min: h1's wood."""
    profile = profiles["accessible_greenspace_2023"]
    table = found(green_tiers(profile))
    assert table["doorstep"].tolist() == [1, 1, 1]
    assert table["neighbourhood"].tolist() == [0, 1, 1]
    assert table["wider"].tolist() == [0, 1, 1]
    assert headline_met(table, profile["headline"]).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("doorstep", "local", "neighbourhood", "met"),
    [
        (0, 1, 0, 1),
        (1, 0, 0, 1),
        (1, 1, 0, 0),
        (0, 0, 1, 0),
        (0, NONE, 0, 1),
        (1, NONE, 0, NONE),
        (1, NONE, 1, 0),
        (1, 1, NONE, 0),
        (0, 0, NONE, NONE),
    ],
)
def test_a_headline_is_open_only_where_the_unknown_could_change_it(
    profiles, doorstep, local, neighbourhood, met
):
    """(Doorstep or Local) and Neighbourhood; 1 is deficient."""
    table = pd.DataFrame({"doorstep": [doorstep], "local": [local], "neighbourhood": neighbourhood})
    headline = profiles["accessible_greenspace_2023"]["headline"]
    assert headline_met(table, headline).tolist() == pytest.approx([met], nan_ok=True)


def test_without_a_headline_nothing_is_said():
    assert headline_met(pd.DataFrame({"one": [0.0, 1.0]}), []).isna().all()


def test_a_straight_line_serves_only_tiers_that_allow_it(profiles):
    """The wood is 20 ha and more: 24 min straight from h2 is within 2 km (25 min), 30 is not."""
    tiers = green_tiers(profiles["accessible_greenspace_2023"])
    straight = costs_of([[4, 1, 9, 3], [1, 2, 24, 1], [NONE] * 4], HOMES, SITES)
    table = found(tiers, straight=straight)
    assert table["wider"].tolist() == [0, 0, 1]
    assert table["doorstep"].tolist() == [1, 1, 1]
    assert table["neighbourhood"].tolist() == [0, 1, 1]


def test_every_profile_is_whole(profiles):
    """Distances and sizes as published, tier by tier."""
    metres = {
        name: [int(one.distance_m) for one in green_tiers(profile)]
        for name, profile in profiles.items()
    }
    assert metres == {
        "accessible_greenspace_2023": [200, 300, 1000, 2000, 5000, 10000],
        "angst_2010": [300, 2000, 5000, 10000],
        "london_plan_2021": [8000, 3200, 1200, 400, 400, 400],
        "fields_in_trust": [1200, 1200, 100, 400, 1000, 700, 710, 480, 720],
    }
    hectares = {
        name: [one.min_size_m2 / 10_000 for one in green_tiers(profile)]
        for name, profile in profiles.items()
    }
    assert hectares["accessible_greenspace_2023"] == [0.5, 2, 10, 20, 100, 500]
    assert hectares["angst_2010"] == [2, 20, 100, 500]
    assert hectares["london_plan_2021"] == [400, 60, 20, 2, 0.4, 0]
    for profile in profiles.values():
        assert {"label", "source", "status", "headline"} <= set(profile)
        assert {tier for group in profile["headline"] for tier in group} <= set(profile["tier"])


def test_fields_in_trust_quantities(profiles):
    """Formal 1.60 + .25 + .30 = 2.15 ha per 1,000, informal .80 + .60 + 1.80 = 3.20."""
    tier = profiles["fields_in_trust"]["tier"]
    formal = [tier[one]["ha_per_1000"] for one in ("outdoor_sports", "leap", "other_outdoor")]
    informal = [tier[one]["ha_per_1000"] for one in ("parks_gardens", "amenity", "natural")]
    assert sum(formal) == pytest.approx(2.15)
    assert sum(informal) == pytest.approx(3.20)


def test_a_profile_keeps_its_own_pace(profiles):
    """Natural England equates 1 km with 15 minutes, 66.67 m/min; then 300 m are 4.5 minutes."""
    profile = {**profiles["angst_2010"], "pace_m_min": 1000 / 15}
    assert green_tiers(profile)[0].distance_min == pytest.approx(4.5)


@pytest.mark.parametrize(
    "change",
    [
        {"distance_m": 0},
        {"distance_m": float("inf")},
        {"min_size_m2": -1},
        {"categories": []},
        {"measure": "by eye"},
    ],
)
def test_unsound_tiers_are_all_told(profiles, change):
    tier = {**profiles["angst_2010"]["tier"]["local"], **change}
    profile = {**profiles["angst_2010"], "tier": {"one": tier, "two": tier}}
    with pytest.raises(MethodError, match=r"tier 'one'.*\n.*tier 'two'"):
        green_tiers(profile)


def test_every_home_has_a_row_without_any_site(profiles):
    tiers = green_tiers(profiles["angst_2010"])
    nothing = green_nearest(COSTS, ASSETS.iloc[:0], tiers)
    assert nothing.index.tolist() == HOMES
    assert np.isnan(nothing.to_numpy()).all()
    table = deficiency(nothing, tiers, cut_off_min=CUT_OFF_MIN)
    assert table["local"].tolist() == [1, 1, 1]
    assert table["district"].isna().all()
