"""The parts of how sure we are, each with numbers worked by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from assetmap.errors import JoinError
from assetmap.network.kernels.shaken import Choices, Draws, reach_shaken
from assetmap.scenarios.importance import first_order
from assetmap.scenarios.listed import as_listed, chance_of_source, listed, shaken
from assetmap.scenarios.one_at_a_time import jaccard
from assetmap.scenarios.tally import rank_of_score

REGISTER = {"register": 0.98, "elsewhere": 0.85, "loss_a_year": 0.03}


def test_what_is_listed_is_surer_by_a_register_and_falls_with_age():
    assert chance_of_source(30, None, **REGISTER) == 0.98
    assert chance_of_source(60, 0, **REGISTER) == 0.85
    # two years: 0.98 x 0.97 x 0.97 = 0.922082
    assert chance_of_source(10, 2 * 365.25, **REGISTER) == pytest.approx(0.922082)
    # a list dated after the study's day is as new as can be
    assert chance_of_source(10, -400, **REGISTER) == 0.98


def places(**columns):
    size = len(columns["to_id"])
    table = pd.DataFrame(
        {"category": "park", "size_m2": np.nan, "precision_m": 0.0, "sources": "a", **columns}
    )
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(range(size), [0] * size))


def test_an_asset_is_missing_only_where_all_its_sources_are_wrong():
    assets = places(to_id=["x", "y"], sources=["a", "a + b"])
    gates = pd.DataFrame({"to_id": ["x", "y"], "entrance": 1, "basis": "point"})
    known = listed(assets, gates, {"a": 0.9, "b": 0.5}, position_m=25)
    # 1 - 0.1 x 0.5 = 0.95
    assert known.chance == pytest.approx([0.9, 0.95])


def test_where_one_enters_a_site_without_published_gates_is_a_guess():
    assets = places(
        to_id=["gates", "none", "point", "rough"],
        size_m2=[9000.0, 9000.0, np.nan, np.nan],
        precision_m=[0.0, 0.0, 0.0, 500.0],
    )
    gates = pd.DataFrame(
        {
            "to_id": ["gates", "none", "point", "rough"],
            "entrance": 1,
            "basis": ["published", "boundary", "point", "point"],
        }
    )
    known = listed(assets, gates, {"a": 1.0}, position_m=25)
    assert known.spread_m.tolist() == [25, 50, 25, 500]
    assert as_listed(known).there.all()


def test_a_source_without_a_chance_is_refused():
    gates = pd.DataFrame({"to_id": ["x"], "entrance": [1], "basis": ["point"]})
    with pytest.raises(JoinError, match="source 'a'"):
        listed(places(to_id=["x"]), gates, {}, position_m=25)


def test_what_is_sure_is_always_there_and_what_is_exact_never_moves():
    gates = pd.DataFrame({"to_id": ["x", "y"], "entrance": 1, "basis": "point"})
    known = listed(places(to_id=["x", "y"]), gates, {"a": 1.0}, position_m=0)
    for town in shaken(1, range(50), known):
        assert town.there.all()
        assert not town.east_m.any()


# one home of four people; assets 0 and 1 to the east, 800 m (10 min) and 1,600 m (20 min); a
# second home of one person has none
ONE_SET = Choices(
    parts=np.array([0, 1, 2]),
    area=np.array([0, 1]),
    people=np.array([4.0, 1.0]),
    sets=np.array([0, 1, 2]),
    group=np.array([0, 0]),
    rows=np.array([0, 2, 2]),
    column=np.array([0, 0]),
    full=np.array([True, False]),
    to=np.array([0, 1], dtype=np.int32),
    cost_min=np.array([10.0, 20.0]),
    east_m=np.array([800.0, 1600.0]),
    north_m=np.zeros(2),
)


def reached(there, east, *, stretch=1.0, limit=12.0, cut_off=45.0):
    """People within 12 minutes and the sum of scores, 1 at 6 min and 0 at 24; by area."""
    east = np.array([east, [0.0, 0.0]]).T
    draws = Draws(
        stretch=np.array([stretch, 1.0]),
        min_a_m=np.full(2, 1 / 80),
        east_m=np.where(np.array([there, [True, True]]).T, east, np.inf),
        north_m=np.zeros((2, 2)),
        slack_min=np.abs(east).max(axis=0)[None, :] / 80,
        limit_min=np.full((1, 2), limit),
        far_min=np.full((1, 2), 24.0),
        width_min=np.full((1, 2), 18.0),
        weight=np.full((1, 2), 3.0),
    )
    found = reach_shaken(ONE_SET, draws, areas=2, cut_off_min=cut_off, grid=2.0**-49)
    # the other draw, in which nothing moves, is not touched by this one: 14/18 of 4 people
    assert found.within[:, 0, 1].tolist() == [4, 0]
    assert found.good[:, 1] == pytest.approx([4 * 14 / 18, 0])
    assert found.people.T.tolist() == [[4, 1]] * 2
    minutes = 24 - 18 * found.good[0, 0] / 4
    return found.within[0, 0, 0], minutes, found.ran_out.tolist()


def test_the_least_cost_is_to_what_is_there_as_far_as_it_has_moved():
    both = [True, True]
    assert reached(both, [0, 0]) == (4, pytest.approx(10), [0, 0])
    assert reached(both, [0, 0], stretch=1.5) == (0, pytest.approx(15), [0, 0])
    assert reached([False, True], [0, 0]) == (0, pytest.approx(20), [0, 0])
    assert reached(both, [80, 0]) == (4, pytest.approx(11), [0, 0])  # 80 m farther, a minute
    # 800 m farther is 20 min; the other comes 880 m nearer: 20 - 11 = 9
    assert reached(both, [800, -880]) == (4, pytest.approx(9), [0, 0])
    # 10 min less 200 m is 7.5
    assert reached(both, [-200, 0]) == (4, pytest.approx(7.5), [0, 0])


def test_what_is_at_the_line_is_within_it_and_what_is_beyond_the_cut_off_is_nowhere():
    assert reached([True, True], [160, 0])[0] == 4  # 12 minutes, and 12 is asked
    assert reached([True, True], [161, 0])[0] == 0
    # 25.5 minutes is out of reach: it scores 0, as 24 does
    assert reached([False, True], [0, 440], cut_off=25.0) == (0, pytest.approx(24), [0, 0])


def test_a_home_that_has_lost_all_that_was_kept_has_run_out():
    # all of the first home's are gone, and more may lie beyond; the second never had any
    assert reached([False, False], [0, 0]) == (0, pytest.approx(24), [1, 0])


def test_a_standard_of_no_distance_is_met_at_the_door_and_scores_nothing():
    at_the_door = ONE_SET._replace(cost_min=np.array([0.0, 20.0]))
    still, none = np.zeros((2, 1)), np.zeros((1, 1))
    draws = Draws(
        np.ones(1), np.full(1, 1 / 80), still, still, none, none, none, none, np.ones((1, 1))
    )
    found = reach_shaken(at_the_door, draws, areas=2, cut_off_min=45.0, grid=2.0**-49)
    assert found.within[:, 0, 0].tolist() == [4, 0]
    assert found.good[:, 0].tolist() == [0, 0]


def test_the_share_of_variance_that_one_assumption_explains():
    two_groups = np.array([[0.0], [0], [0], [1], [1], [1]])
    # Y = X: all of it
    assert first_order(two_groups, two_groups)[0, 0] == 1
    # Y = 0 0 0 0 1 1: mean 1/3, variance sum 4/3; group means 0 and 2/3 give 3/9 + 3/9 = 2/3;
    # η² = 1/2, less chance: 1 - (1/2)(5/4) = 0.375
    some = np.array([[0.0], [0], [0], [0], [1], [1]])
    assert first_order(two_groups, some)[0, 0] == pytest.approx(0.375)
    # Y = 0 0 1 0 1 1: η² = 1/9, and chance alone puts more there: 0
    little = np.array([[0.0], [0], [1], [0], [1], [1]])
    assert first_order(two_groups, little)[0, 0] == 0


def test_what_never_varies_explains_nothing_and_has_nothing_explained():
    values = np.column_stack([np.arange(6.0), np.zeros(6)])
    found = first_order(values, np.column_stack([np.arange(6.0), np.ones(6)]))
    assert found[1, 0] == 0
    assert np.isnan(found[:, 1]).all()


def test_shares_of_a_sum_are_those_of_its_parts():
    # Y = X1 + 2 X2, both even between 0 and 1: variances 1/12 and 4/12, so 1/5 and 4/5
    values = np.random.default_rng(1).random((4000, 2))
    found = first_order(values, values @ np.array([[1.0], [2.0]]))
    assert found[:, 0] == pytest.approx([0.2, 0.8], abs=0.03)


def test_jaccard_of_two_lists():
    one, other = np.array([True, True, False]), np.array([False, True, True])
    # one in common of three
    assert jaccard(one, other) == pytest.approx(1 / 3)
    assert jaccard(one, one) == 1
    assert jaccard(one & False, other & False) == 1
    assert jaccard(one, other & False) == 0


def test_scores_that_tie_share_the_least_place():
    score = np.array([0.5, 0.2, 0.5, np.nan, 0.9])
    assert rank_of_score(score).tolist() == [2, 1, 2, 0, 4]
