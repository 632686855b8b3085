"""What the drawn town reaches, worked by hand from the table of ``access_town``."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.town.access_town import LIMITS, ORIGINS, costs, found, place, score, snaps

from assetmap.access.measured import (
    area_access,
    measured_at,
    minutes_table,
    theme_shares,
    unsnapped_share,
)
from assetmap.access.nearest import nearest, nearest_mean
from assetmap.access.score import area_scores, composite
from assetmap.access.standard import satisfying
from assetmap.access.summarise import mean_by_area, quantile_by_area, share_by_area

NONE = float("nan")


def by_origin(table, column):
    return table[column].reindex(list(ORIGINS)).tolist()


def same(left, right):
    assert left == pytest.approx(right, nan_ok=True)


def test_nearest_is_the_least_and_empty_beyond_the_cut_off():
    same(nearest(costs(), ["library"]).tolist(), [5, 20, 20.1, NONE, 8, 25, NONE, NONE, 1])
    same(nearest(costs(), ["library", "hall"])[["a1", "a3", "b1"]].tolist(), [5, 10, 25])


def test_nearest_of_nothing_is_empty_for_every_origin():
    assert nearest(costs(), []).isna().sum() == len(ORIGINS)
    assert nearest(costs(), ["not routed"]).isna().all()


def test_the_mean_of_two_nearest_needs_two():
    """a1: (5 + 12)/2; a2 reaches one of the two."""
    means = nearest_mean(costs(), ["library", "hall"], k=2)
    same(means[["a1", "a2", "b2"]].tolist(), [8.5, NONE, NONE])


def test_a_park_that_is_too_small_or_of_unknown_size_does_not_satisfy():
    assets = place().assets.set_index("to_id", drop=False)
    standard = place().standards.set_index("standard_id").loc["green_local"].to_dict()
    assert satisfying(assets, standard) == ["park"]
    assets.loc["pocket", "size_m2"] = None
    assert satisfying(assets, standard) == ["park"]
    assert satisfying(assets, {**standard, "min_size_m2": None}) == ["park", "pocket"]


def test_within_a_standard_includes_the_equal_case():
    within = found().within
    assert by_origin(within, "library") == [1, 1, 0, 0, 1, 0, 0, 0, 1]
    assert by_origin(within, "hall") == [0, 0, 1, 0, 1, 0, 0, 0, 1]
    assert by_origin(within, "green_local") == [1, 1, 0, 0, 1, 0, 0, 0, 1]
    assert by_origin(within, "gp") == [1, 1, 0, 0, 0, 0, 0, 0, 1]


def test_a_theme_is_met_by_any_of_its_standards():
    """a3 has no library near but a hall; b3 is off the streets; B has no source of surgeries."""
    met = found().met
    same(by_origin(met, "community"), [1, 1, 1, 0, 1, 0, 0, NONE, 1])
    same(by_origin(met, "health"), [1, 1, 0, 0, 0, NONE, NONE, NONE, 1])


def test_theme_shares_count_people_who_fail_what_is_measured():
    """Community in A: a4, 20 of 100; green: a3 and a4, 50; health: a3, a4, a5, 70.

    In B all 100 people on the streets fail; the 100 of b3 are not counted either way.
    """
    given = place()
    table = theme_shares(
        found(), given.origins, given.standards, stale=(), straight=False
    ).set_index(["theme", "area_id"])
    same(table["share_failing"]["community"].tolist(), [0.2, 1.0, 0.0])
    same(table["share_failing"]["green"].tolist(), [0.5, 1.0, 0.0])
    same(table["share_failing"]["health"].tolist(), [0.7, NONE, 0.0])
    assert table["measured"]["health"].tolist() == [True, False, True]
    assert not table["straight"].any()


@pytest.mark.parametrize(
    ("stale", "expected"), [({"library"}, False), ({"library", "hall"}, True), ((), False)]
)
def test_a_theme_is_stale_where_all_it_rests_on_is(stale, expected):
    given = place()
    table = theme_shares(found(), given.origins, given.standards, stale=stale, straight=True)
    assert set(table.loc[table["theme"] == "community", "stale"]) == {expected}
    assert not table.loc[table["theme"] == "health", "stale"].any()
    assert table["straight"].all()


def area_row(table, area, category, measure):
    rows = table[
        (table["area_id"] == area) & (table["category"] == category) & (table["measure"] == measure)
    ]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("area", "category", "measure", "value", "people"),
    [
        # (10 * 5 + 20 * 20 + 30 * 20.1 + 20 * 8) / 80 = 1213 / 80
        ("A", "library", "nearest", 15.1625, 80),
        # in order 5, 8, 20, 20.1, none; people cumulated 10, 30, 50, 80, 100
        ("A", "library", "nearest_p10", 5, 100),
        ("A", "library", "nearest_p90", NONE, 100),
        # in order 2, 15, 15.1, 20, 40; people cumulated 10, 30, 60, 80, 100
        ("A", "gp", "nearest_p10", 2, 100),
        ("A", "gp", "nearest_p90", 40, 100),
        ("A", "library", "share_within", 0.5, 100),
        ("A", "community", "theme_met", 0.8, 100),
        # b3 is not measured: 100 of the 200 people are spoken of, two origins give no spread
        ("B", "library", "nearest", 25, 50),
        ("B", "library", "nearest_p10", NONE, 100),
        ("B", "library", "share_within", 0, 100),
        ("B", "community", "theme_met", 0, 100),
        ("B", "gp", "nearest", NONE, 0),
        ("B", "gp", "share_within", NONE, 0),
        ("B", "health", "theme_met", NONE, 0),
        ("E", "gp", "share_within", 1, 40),
    ],
)
def test_areas_are_weighted_by_people(area, category, measure, value, people):
    table = area_access(found(), place().origins, profile="standard")
    row = area_row(table, area, category, measure)
    same(row["value"], value)
    assert row["people"] == people


def test_every_area_and_standard_has_its_rows():
    table = area_access(found(), place().origins, profile="standard")
    assert len(table) == 3 * (4 * len(LIMITS) + 3)
    assert set(table["profile"]) == {"standard"}


def test_the_spread_does_not_ask_whether_people_were_shared_out_equally():
    given = place()
    one = area_access(found(), given.origins, profile="standard")
    other = area_access(found(), given.origins.assign(shared=False), profile="standard")
    pd.testing.assert_frame_equal(one, other)


def test_the_score_by_hand():
    """Each standard: 1 at half its limit, 0 at twice it; each theme its best standard.

    a1: library min(1, 35/30), green 4.5/5.625 = .8, health 1: (1 + .8 + 1)/3 = .933333
    a2: two thirds each, at the limit itself
    a3: hall 10/15, green 3.5/5.625 = .622222, health 14.9/22.5 = .662222: .650370
    a4: 0, 0, health 10/22.5 = .444444: .148148
    a5: 1, 5.5/5.625 = .977778, 0: .659259
    b1: library 15/30, green 0, health not measured: .25
    """
    wanted = [0.933333, 0.666667, 0.650370, 0.148148, 0.659259, 0.25, 0, NONE, 1]
    assert score().reindex(list(ORIGINS)).tolist() == pytest.approx(wanted, abs=1e-6, nan_ok=True)


def test_weights_and_themes_of_the_score():
    """a5 with community twice: (2 * 1 + .977778 + 0)/4; with green left out: (1 + 0)/2."""
    assert score(weights={"community": 2.0})["a5"] == pytest.approx(2.977778 / 4, abs=1e-6)
    assert score(themes=("community", "health"))["a5"] == pytest.approx(0.5)
    assert score(themes=()).isna().all()


def test_weights_need_not_add_up_to_anything():
    """Only their proportions count: 3 and 1 as 0.75 and 0.25 as 300 and 100."""
    once = score(weights={"community": 3.0, "green": 1.0, "health": 1.0})
    for times in (0.25, 100.0):
        weights = {"community": 3 * times, "green": times, "health": times}
        pd.testing.assert_series_equal(score(weights=weights), once)


def test_the_geometric_mean_lets_nothing_be_made_good():
    """Arithmetic (.25 + 1)/2 = .625, geometric sqrt(.25) = .5; a zero makes the whole zero."""
    themes = pd.DataFrame({"one": [0.25, 0.0, NONE, NONE], "two": [1.0, 1.0, 0.5, NONE]})
    same(composite(themes, {}).tolist(), [0.625, 0.5, 0.5, NONE])
    same(composite(themes, {}, mean="geometric").tolist(), [0.5, 0.0, 0.5, NONE])
    same(composite(themes, {"one": 0.0}, mean="geometric").tolist(), [1, 1, 0.5, NONE])


def test_area_scores_and_their_place_among_the_people():
    """A: (9.33333 + 13.33333 + 19.51111 + 2.96296 + 13.18519)/100; B: (.25 + 0)/2.

    B's 200 people of 300 score lowest: 66.6667 %; the neighbour E is not the study's.
    """
    table = area_scores(score(), place().origins)
    assert table["area_id"].tolist() == ["A", "B"]
    assert table["score"].tolist() == pytest.approx([0.583259, 0.125], abs=1e-6)
    assert table["percentile"].tolist() == pytest.approx([100, 66.6667], abs=1e-4)


def test_equal_scores_share_the_higher_percentile_and_the_unscored_have_none():
    """In order .2 (100 people), .5 (100) and .5 (200): 25 %, 100 %, 100 %."""
    rows = [("X", 0.5, 100), ("Y", 0.2, 100), ("Z", 0.5, 200), ("U", NONE, 900)]
    origins = pd.DataFrame(
        {
            "from_id": [f"o{area}" for area, _, _ in rows],
            "area_id": [area for area, _, _ in rows],
            "people": [float(people) for _, _, people in rows],
            "role": "study",
        }
    )
    scores = pd.Series([one for _, one, _ in rows], index=origins["from_id"], name="score")
    table = area_scores(scores, origins)
    table = table.set_index("area_id").reindex(list("XYZU"))
    same(table["percentile"].tolist(), [100, 25, 100, NONE])


def test_an_origin_off_the_streets_is_not_measured():
    assert unsnapped_share(place().origins, snaps()).to_dict() == {"A": 0, "B": 0.5, "E": 0}
    measured = found().measured
    assert not measured.loc["b3"].any()
    assert measured.loc["b2"].to_dict() == {
        "gp": False, "green_local": True, "hall": True, "library": True,
    }  # fmt: skip


def test_a_straight_line_is_measured_and_an_island_is_not():
    states = {"a1": "straight line", "a2": "on an island", "a3": "no streets here"}
    told = snaps().set_index("point_id")
    told.loc[list(states), "state"] = list(states.values())
    measured = measured_at(place().origins, told.reset_index(), place().coverage)
    assert measured["library"].reindex(["a1", "a2", "a3", "a4"]).tolist() == [1, 0, 0, 1]


def test_what_coverage_does_not_name_is_not_measured():
    given = place()
    rest = given.coverage.query("not (area_id == 'A' and standard_id == 'library')")
    met = found(given._replace(coverage=rest))
    assert not met.measured.loc[["a1", "a2", "a3", "a4", "a5"], "library"].any()
    same(by_origin(met.met, "community")[:5], [0, 0, 1, 0, 1])
    gone = given.coverage.query("standard_id != 'gp'")
    assert found(given._replace(coverage=gone)).met["health"].isna().all()


def test_a_theme_that_is_not_covered_changes_nothing():
    given, before = place(), found()
    wider = {**LIMITS, "museum": ("culture", "museum", 20.0, None)}
    more = place(wider, covered=lambda area, one: (area, one) != ("B", "gp") and one != "museum")
    after = found(more)
    themes = ("community", "culture", "green", "health")
    pd.testing.assert_series_equal(score(), score(more, themes=themes))
    pd.testing.assert_frame_equal(before.met, after.met.drop(columns="culture"))
    assert after.met["culture"].isna().all()
    shares = [
        theme_shares(one, given.origins, where.standards, stale=(), straight=False)
        for one, where in ((before, given), (after, more))
    ]
    kept = shares[1][shares[1]["theme"] != "culture"].reset_index(drop=True)
    pd.testing.assert_frame_equal(shares[0], kept)
    assert not shares[1].loc[shares[1]["theme"] == "culture", "measured"].any()
    areas = [area_access(one, given.origins, profile="standard") for one in (before, after)]
    kept = areas[1][~areas[1]["category"].isin(["museum", "culture"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(areas[0], kept)


def test_a_standard_without_places_adds_no_way_to_meet_its_theme():
    wider = {**LIMITS, "club": ("community", "social_centre", 10.0, None)}
    pd.testing.assert_frame_equal(found().met, found(place(wider)).met)
    pd.testing.assert_series_equal(score(), score(place(wider)))


def test_a_theme_that_is_covered_and_has_no_places_is_failed():
    """Silence and a source that says there are none are not the same."""
    wider = {**LIMITS, "museum": ("culture", "museum", 20.0, None)}
    same(by_origin(found(place(wider)).met, "culture"), [0, 0, 0, 0, 0, 0, 0, NONE, 0])
    assert score(place(wider), themes=("culture",))["a1"] == 0


def test_without_standards_no_origin_is_lost():
    given = place()
    none = given._replace(standards=given.standards.iloc[:0])
    assert found(none).within.index.tolist() == sorted(ORIGINS)
    assert score(none).isna().all()
    bare = none._replace(coverage=given.coverage.iloc[:0])
    made = found(bare)
    assert score(bare).isna().all()
    assert area_access(made, bare.origins, profile="standard").empty
    assert theme_shares(made, bare.origins, bare.standards, stale=(), straight=False).empty
    assert area_scores(score(bare), bare.origins)["score"].isna().all()
    assert list(minutes_table(made)) == ["from_id"]
    assert set(minutes_table(made)["from_id"]) == set(ORIGINS)


def test_the_minutes_of_each_origin_are_empty_where_not_measured():
    table = minutes_table(found()).set_index("from_id")
    assert table.shape == (len(ORIGINS), len(LIMITS))
    same(table.loc[["a1", "b1"], "gp"].tolist(), [2, NONE])
    same(table["library"]["b1"], 25)
    assert table.loc["b3"].isna().all()
    assert score()["a2"] == pytest.approx(0.666667, abs=1e-6)


def spread(values, people, q):
    origins = pd.DataFrame(
        {
            "from_id": [f"o{number}" for number in range(len(values))],
            "area_id": "A",
            "people": np.asarray(people, dtype=float),
        }
    )
    minutes = pd.Series(values, index=origins["from_id"], dtype=float)
    return quantile_by_area(minutes, origins, q=q)["A"]


@pytest.mark.parametrize(
    ("values", "people", "q", "wanted"),
    [
        ([9, 1, 5, 3, 7], [1, 1, 1, 1, 1], 0.5, 5),  # the third of five people
        ([9, 1, 5, 3, 7], [1, 1, 1, 1, 1], 0.2, 1),  # exactly the first
        ([9, 1, 5, 3, 7], [1, 1, 1, 1, 1], 0.21, 3),
        ([9, 1, 5, 3, 7], [96, 1, 1, 1, 1], 0.1, 9),  # the tenth person of 100
        ([4, 4, 4, 8, 8], [2, 2, 2, 2, 2], 0.6, 4),
        ([1, 2, 3, 4, NONE], [1, 1, 1, 1, 1], 0.8, 4),
        ([1, 2, 3, 4, NONE], [1, 1, 1, 1, 1], 0.9, NONE),  # that person reaches none
        ([1, 2, 3, 4, 5], [0, 0, 0, 0, 0], 0.5, NONE),  # nobody lives there
        ([1, 2, 3, 4], [5, 5, 5, 5], 0.5, NONE),  # four origins
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.1] * 10, 0.3, 3),  # sums of tenths are not exact
    ],
)
def test_quantiles_over_people(values, people, q, wanted):
    same(spread(values, people, q), wanted)


def test_means_and_shares_of_an_area_without_people_or_values_are_empty():
    origins = pd.DataFrame(
        {"from_id": ["o1", "o2", "o3"], "area_id": ["A", "B", "B"], "people": [0.0, 3.0, 1.0]}
    )
    values = pd.Series([4.0, NONE, 8.0], index=["o1", "o2", "o3"])
    same(mean_by_area(values, origins).tolist(), [NONE, 8])
    holds = pd.Series([True, True, False], index=["o1", "o2", "o3"])
    same(share_by_area(holds, origins).tolist(), [NONE, 0.75])
