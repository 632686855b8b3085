"""Towns at the edge of sense: nothing, nobody, one place on another; and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.oracle.access_toy import costs_of, names, series, town_of

from assetmap.access import decay
from assetmap.access.availability import spatial_availability
from assetmap.access.balanced import balanced
from assetmap.access.catchment import stranded_supply, tell_stranded
from assetmap.access.coverage import coverage, covered, people_within
from assetmap.access.cumulative import cumulative, cumulative_interval
from assetmap.access.diminishing import diminishing
from assetmap.access.diversity import theme_diversity, themes_within
from assetmap.access.gravity import gravity
from assetmap.access.huff import huff
from assetmap.access.modified import modified
from assetmap.access.nearest import nearest, nearest_mean
from assetmap.access.provision import provision, provision_by_area
from assetmap.access.raam import raam
from assetmap.access.three_step import three_step
from assetmap.access.two_step import supply_ratio, two_step
from assetmap.errors import MethodError

NONE = float("nan")
NEAR = decay.binary(cut_off_min=10)
FAMILY = (two_step, three_step, modified, huff, balanced, spatial_availability)
family = pytest.mark.parametrize("measure", FAMILY)


@family
def test_nothing_within_reach_of_anybody_is_zero(measure):
    found = measure(*town_of([[NONE], [NONE]], [5, 6], [3]), decay=NEAR)
    assert found.tolist() == [0, 0]


@family
def test_no_places_at_all(measure):
    town = town_of([[4], [5]], [5, 6], [3])
    none = measure(town.costs, town.demand, town.supply.iloc[:0], decay=NEAR)
    assert none.tolist() == [0, 0]


@family
def test_supply_zero_everywhere(measure):
    assert measure(*town_of([[4, 5]], [5], [0, 0]), decay=NEAR).tolist() == [0]


@family
def test_demand_zero_everywhere_shares_out_nothing(measure):
    town = town_of([[4], [5]], [0, 0], [3])
    assert measure(*town, decay=NEAR).tolist() == [0, 0]
    assert stranded_supply(*town, decay=NEAR).tolist() == [3]


@family
def test_an_origin_on_a_place(measure):
    """At no cost, with all of its 4 for 2 people: 2 each; service and supply as a whole 2 and 4."""
    found = measure(*town_of([[0]], [2], [4]), decay=NEAR)
    assert found.tolist() == [4 if measure is spatial_availability else 2]


@pytest.mark.parametrize("measure", [one for one in FAMILY if one is not balanced])
def test_two_places_in_one_place_are_as_good_as_one_twice_as_large(measure):
    one = measure(*town_of([[3], [5]], [2, 6], [8]), decay=NEAR)
    two = measure(*town_of([[3, 3], [5, 5]], [2, 6], [4, 4]), decay=NEAR)
    assert two.to_numpy() == pytest.approx(one.to_numpy())


def test_the_balanced_catchment_counts_service_by_the_place():
    """One place: L = 8/8 = 1, half to each origin. As two: D = 4, L = 1 each, 1/2 + 1/2."""
    assert balanced(*town_of([[3], [5]], [2, 6], [8]), decay=NEAR).tolist() == [0.5, 0.5]
    assert balanced(*town_of([[3, 3], [5, 5]], [2, 6], [4, 4]), decay=NEAR).tolist() == [1, 1]


@family
def test_a_cut_off_of_zero_reaches_what_is_at_the_door(measure):
    found = measure(*town_of([[0], [1]], [2, 6], [8]), decay=decay.binary(cut_off_min=0))
    assert found.iloc[1] == 0
    assert found.iloc[0] > 0


def test_a_new_place_may_take_in_three_steps():
    """X (10) serves A and B, 100 people each: .05 each.

    With Y (1) near A alone, A's people split evenly: R_X = 10/150, R_Y = 1/50;
    A: .5/15 + .5/50 = .0433333, less than before; B: .0666667.
    """
    before = three_step(*town_of([[5], [5]], [100, 100], [10]), decay=NEAR)
    after = three_step(*town_of([[5, 5], [5, NONE]], [100, 100], [10, 1]), decay=NEAR)
    assert before.tolist() == pytest.approx([0.05, 0.05])
    assert after.tolist() == pytest.approx([0.0433333333, 0.0666666667])


def test_stranded_supply_is_told():
    """Y is reached by nobody, Z by an origin where nobody lives."""
    town = town_of([[5, NONE, NONE], [NONE, NONE, 5]], [10, 0], [1, 2, 4])
    stranded = stranded_supply(*town, decay=NEAR)
    assert stranded.tolist() == [0, 2, 4]
    assert (town.demand * two_step(*town, decay=NEAR)).sum() == pytest.approx(1)
    assert supply_ratio(*town, decay=NEAR).tolist() == [0.1, 0, 0]
    (caution,) = tell_stranded(stranded, about="libraries")
    assert (caution.code, caution.about, caution.count) == ("supply_stranded", "libraries", 2)
    assert "6" in caution.text
    assert tell_stranded(stranded * 0, about="libraries") == ()


def test_without_any_pair_every_origin_is_there():
    costs = costs_of(np.full((3, 2), NONE))
    supply = series([1, 1], names("p", 2), "supply")
    assert gravity(costs, supply, decay=NEAR).tolist() == [0, 0, 0]
    assert cumulative_interval(costs, supply, from_min=0, to_min=5).tolist() == [0, 0, 0]
    assert diminishing(costs, supply.index, decay=NEAR).tolist() == [0, 0, 0]
    assert covered(costs, supply.index, cut_off_min=5).tolist() == [False] * 3
    assert nearest(costs, supply.index).isna().all()
    assert nearest_mean(costs, supply.index, k=1).isna().all()
    assets = pd.DataFrame({"to_id": supply.index, "theme": ["a", "b"]})
    assert themes_within(costs, assets, cut_off_min=5).tolist() == [0, 0, 0]
    assert theme_diversity(costs, assets, cut_off_min=5).tolist() == [0, 0, 0]
    assert themes_within(costs, assets.iloc[:0], cut_off_min=5).tolist() == [0, 0, 0]


def test_without_any_origin_there_is_nothing_to_say():
    costs = costs_of(np.empty((0, 2)), [], ["p0000", "p0001"])
    supply = series([1, 1], names("p", 2), "supply")
    demand = series([], [], "people")
    assert two_step(costs, demand, supply, decay=NEAR).empty
    assert raam(costs, demand, supply).empty
    assert np.isnan(coverage(costs, demand, supply.index, cut_off_min=5))
    assert people_within(costs, demand, supply.index, cut_off_min=5).tolist() == [0, 0]


def test_people_within_reach_of_each_place():
    town = town_of([[5, 20], [10, NONE], [10.1, 3]], [10, 20, 40], [1, 1])
    found = people_within(town.costs, town.demand, town.supply.index, cut_off_min=10)
    assert found.to_dict() == {"p0000": 30, "p0001": 40}


def test_places_named_twice_count_once():
    town = town_of([[5, 6]], [10], [1, 1])
    twice = ["p0000", "p0000", "p0001"]
    assert coverage(town.costs, town.demand, twice, cut_off_min=10) == 1
    assert nearest_mean(town.costs, twice, k=2).tolist() == [5.5]


def test_provision_for_a_thousand():
    """3 ha for the 1,500 within reach: 2 ha per 1,000; by boundary, 3 for 500: 6, and none."""
    town = town_of([[5], [8]], [1000, 500], [3])
    assert provision(*town, decay=NEAR).tolist() == pytest.approx([2, 2])
    people = series([1000, 500, 0], ["A", "B", "C"], "people")
    inside = pd.Series([1.0, 2.0], index=["B", "B"])
    found = provision_by_area(inside, people)
    assert found.tolist() == pytest.approx([0, 6, NONE], nan_ok=True)


def test_the_interval_by_hand():
    """From 10 to 20 min: 8 counts whole, 15 half, 18 a fifth, 20 and 25 not at all."""
    town = town_of([[8, 15, 18, 20, 25]], [1], [1, 2, 5, 7, 9])
    found = cumulative_interval(town.costs, town.supply, from_min=10, to_min=20)
    assert found.tolist() == pytest.approx([1 + 1 + 1])


def test_diminishing_by_hand():
    """Three alike: 1 + 1/2 + 1/4; in order of nearness .8, .4 and .2 linearly: .8 + .2 + .05."""
    town = town_of([[12, 4, 16]], [1], [1, 1, 1])
    places = town.supply.index
    assert diminishing(town.costs, places, decay=decay.flat()).tolist() == [1.75]
    found = diminishing(town.costs, places, decay=decay.linear(cut_off_min=20))
    assert found.tolist() == pytest.approx([1.05])


def test_themes_by_hand():
    """Two of three within reach are green: -(2/3 ln 2/3 + 1/3 ln 1/3) = .6365142."""
    costs = costs_of([[5, 6, 7, 30]])
    assets = pd.DataFrame(
        {"to_id": names("p", 4), "theme": ["green", "health", "green", "culture"]}
    )
    assert themes_within(costs, assets, cut_off_min=10).tolist() == [2]
    assert theme_diversity(costs, assets, cut_off_min=10).tolist() == pytest.approx([0.6365142])


@family
@pytest.mark.parametrize("part", ["demand", "supply"])
@pytest.mark.parametrize("wrong", [-1.0, NONE, float("inf")])
def test_amounts_that_are_no_amounts_are_refused(measure, part, wrong):
    town = town_of([[4], [5]], [5, 6], [3])
    bad = getattr(town, part).copy()
    bad.iloc[0] = wrong
    with pytest.raises(MethodError, match=f"1 amounts negative or not a number · {part}"):
        measure(*town._replace(**{part: bad}), decay=NEAR)


def test_every_fault_is_told_at_once():
    town = town_of([[4], [5]], [5, 6], [3])
    demand = pd.concat([town.demand.iloc[:1], -town.demand.iloc[:1]])
    supply = pd.concat([town.supply, town.supply])
    with pytest.raises(MethodError) as told:
        two_step(town.costs, demand, supply, decay=NEAR)
    assert [fault.what for fault in told.value.faults] == [
        "ids occur twice",
        "1 amounts negative or not a number",
        "ids occur twice",
        "1 origins stand in COSTS or in demand alone",
    ]


@pytest.mark.parametrize("who", [["o0000"], ["o0000", "o0001", "o0009"]])
def test_no_origin_is_lost_or_invented(who):
    town = town_of([[4], [5]], [5, 6], [3])
    with pytest.raises(MethodError, match="1 origins stand in COSTS or in demand alone"):
        two_step(town.costs, series([1] * len(who), who, "people"), town.supply, decay=NEAR)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: decay.binary(cut_off_min=-1),
        lambda: decay.binary(cut_off_min=NONE),
        lambda: decay.linear(cut_off_min=0),
        lambda: decay.exponential(beta=0),
        lambda: decay.half_life(half_life_min=-5),
        lambda: decay.power(beta=float("inf")),
        lambda: decay.gaussian(sigma_min=0),
        lambda: decay.log_logistic(median_min=10, b=0),
        lambda: decay.logistic(mean_min=0, sd_min=5),
        lambda: decay.dai(cut_off_min=0),
        lambda: decay.epanechnikov(cut_off_min=-3),
        lambda: decay.cut(decay.flat(), cut_off_min=-1),
    ],
)
def test_numbers_that_make_no_curve_are_refused(ask):
    with pytest.raises(MethodError, match="must be"):
        ask()


@pytest.mark.parametrize(
    "zones",
    [{}, {0: 1}, {-5: 1}, {float("inf"): 1}, {10: 1.2}, {10: -0.1}, {10: 0.2, 20: 0.5}],
)
def test_zones_that_make_no_stair_are_refused(zones):
    with pytest.raises(MethodError, match="not zones"):
        decay.step(zones=zones)


def test_settings_out_of_range_are_refused():
    town = town_of([[4]], [5], [3])
    costs, supply = town.costs, town.supply
    with pytest.raises(MethodError, match="k must be 1 or more"):
        nearest_mean(costs, supply.index, k=0)
    with pytest.raises(MethodError, match="delta must be from 0 to 1"):
        diminishing(costs, supply.index, decay=NEAR, delta=1.5)
    for ends in ((5, 5), (-1, 5), (5, 2), (0, float("inf"))):
        with pytest.raises(MethodError, match="no interval"):
            cumulative_interval(costs, supply, from_min=ends[0], to_min=ends[1])
    with pytest.raises(MethodError, match="alpha must be 0 or more"):
        spatial_availability(*town, decay=NEAR, alpha=-1)
    with pytest.raises(MethodError, match="beta must be above 0"):
        huff(*town, decay=NEAR, beta=0)
    with pytest.raises(MethodError, match="cut_off_min must be 0 or more"):
        cumulative(costs, supply, cut_off_min=-1)
    for measure in (
        lambda bad: gravity(costs, bad, decay=NEAR),
        lambda bad: cumulative_interval(costs, bad, from_min=0, to_min=5),
    ):
        with pytest.raises(MethodError, match="negative or not a number"):
            measure(-supply)
    with pytest.raises(MethodError, match="· amounts"):
        provision_by_area(pd.Series([-1.0], index=["A"]), series([5], ["A"], "people"))


def test_alpha_of_zero_counts_origins_and_not_people():
    """6 shared by two inhabited origins alike; where nobody lives nothing falls."""
    town = town_of([[4], [5], [6]], [1, 99, 0], [6])
    assert spatial_availability(*town, decay=NEAR, alpha=0).tolist() == [3, 3, 0]
