"""Who is left behind: the three-leg test, rule by rule.

A neighbourhood is *left behind* when it is deprived (leg 1), poorly served (leg 2) and outside
the benefit of schemes (leg 3). Each test is one sentence of the definition.
"""

from __future__ import annotations

import pytest
from tests.spec.flag_case import FAR, NEAR, Place, areas_of, evidence_of, found, level

from assetmap.errors import JoinError, MethodError
from assetmap.findings.flag import flag_areas
from assetmap.findings.rules import Rules, methods
from assetmap.frames import hold
from assetmap.frames.legs import BENEFIT, QUALITY, THEME_SHARES
from assetmap.frames.results import NEED, SCORES

DEPRIVED = 8.0
"""Percentile 8 of the nation: in its most deprived tenth."""


class TestThreeLegs:
    """The level follows from the three legs."""

    def test_deprived_far_and_without_benefit_is_left_behind(self):
        assert level(Place(nation=DEPRIVED, shares=FAR, benefit="no")) == "left_behind"

    def test_deprived_and_near_is_need_only(self):
        assert level(Place(nation=DEPRIVED, shares=NEAR)) == "need_only"

    def test_far_and_not_deprived_is_access_only(self):
        assert level(Place(nation=60, shares=FAR)) == "access_only"

    def test_neither_is_not_flagged(self):
        assert level(Place(nation=60, shares=NEAR)) == "not_flagged"

    def test_the_line_of_need_is_the_second_tenth_of_the_nation(self):
        assert level(Place(nation=20.0, shares=FAR)) == "left_behind"
        assert level(Place(nation=20.01, shares=FAR)) == "access_only"

    def test_the_region_meets_need_where_the_nation_does_not(self):
        row = found({"here": Place(nation=31, region=18, shares=FAR)}).loc["here"]
        assert row["level"] == "left_behind"
        assert row["need_reference"] == "region"
        assert row["need_margin"] == pytest.approx(2.0)  # 20 - 18
        assert row["need_nation_margin"] == pytest.approx(-11.0)  # 20 - 31

    def test_half_of_the_people_on_half_of_the_themes_is_the_line_of_access(self):
        at = {"community": 0.5, "leisure": 0.5, "green": 0.1, "transport": 0.1}
        below = at | {"leisure": 0.499}
        assert level(Place(nation=DEPRIVED, shares=at)) == "left_behind"
        assert level(Place(nation=DEPRIVED, shares=below)) == "need_only"

    def test_the_margin_of_access_is_at_the_theme_that_decides(self):
        # four measured: two must fail; the second greatest share is 0.62
        shares = {"community": 0.9, "leisure": 0.62, "green": 0.3, "transport": 0.0}
        row = found({"here": Place(nation=DEPRIVED, shares=shares)}).loc["here"]
        assert row["access_margin"] == pytest.approx(0.12)
        assert row["themes_failed"] == 2

    def test_half_of_three_themes_is_rounded_up_to_two(self):
        shares = {"community": 0.9, "leisure": 0.1, "green": 0.1}
        assert level(Place(nation=DEPRIVED, shares=shares)) == "need_only"
        assert level(Place(nation=DEPRIVED, shares=shares | {"green": 0.5})) == "left_behind"


class TestNotMeasured:
    """What is not measured is never a failure and never a zero."""

    def test_an_unmeasured_theme_is_left_out_of_the_count(self):
        three = {"community": 0.9, "green": 0.9, "transport": 0.1}
        row = found({"here": Place(nation=DEPRIVED, shares=three)}).loc["here"]
        assert (row["themes_measured"], row["themes_failed"]) == (3, 2)
        assert row["themes_missing"] == "leisure"

    def test_fewer_than_two_measured_themes_say_nothing(self):
        for shares in ({}, {"green": 1.0}):
            row = found({"here": Place(nation=DEPRIVED, shares=shares)}).loc["here"]
            assert row["level"] == "insufficient_data"
            assert row["access_test"] == "not measured"
            assert not row["poor_access"]

    def test_exactly_two_measured_themes_stop_at_at_risk(self):
        two = {"community": 1.0, "green": 1.0}
        row = found({"here": Place(nation=DEPRIVED, shares=two)}).loc["here"]
        assert row["level"] == "at_risk"
        assert row["caps"] == "too few themes measured"

    def test_with_two_measured_both_must_fail(self):
        assert level(Place(nation=DEPRIVED, shares={"community": 1.0, "green": 0.4})) == "need_only"

    def test_an_empty_theme_changes_no_level(self):
        places = {"a": Place(nation=DEPRIVED, shares=FAR), "b": Place(nation=5), "c": Place()}
        before = found(places)
        rules = Rules(themes=(*Rules().themes, "family"))
        after = found(places, rules=rules, themes=(*Rules().themes, "family"))
        assert list(after["level"]) == list(before["level"])
        assert list(after["themes_missing"]) == ["family"] * 3

    def test_a_missing_theme_is_named_in_a_caution(self):
        places = {"a": Place(shares={"community": 0.1, "green": 0.1, "transport": 0.1})}
        told = flag_areas(areas_of(places), evidence_of(places, Rules().themes), rules=Rules())
        assert [caution.about for caution in told.cautions] == ["flag: leisure"]

    def test_too_many_people_off_the_streets_say_nothing(self):
        assert level(Place(nation=DEPRIVED, shares=FAR, unsnapped=0.2)) == "left_behind"
        assert level(Place(nation=DEPRIVED, shares=FAR, unsnapped=0.21)) == "insufficient_data"

    def test_where_streets_do_not_reach_nothing_is_said(self):
        assert level(Place(nation=DEPRIVED, shares=FAR, streets=False)) == "insufficient_data"

    def test_a_boundary_that_no_lookup_follows_says_nothing(self):
        assert level(Place(nation=DEPRIVED, shares=FAR, status="X")) == "insufficient_data"

    def test_where_nobody_lives_nothing_is_said_and_why(self):
        row = found({"empty": Place(people=0, shares={}, score=None)}).loc["empty"]
        assert row["level"] == "insufficient_data"
        assert "Nobody is counted as living here" in row["reasons"]

    def test_unknown_deprivation_says_nothing(self):
        places = {"a": Place(nation=None, shares=FAR), "b": Place(nation=DEPRIVED, shares=FAR)}
        assert list(found(places)["level"]) == ["insufficient_data", "left_behind"]


class TestRankingAlone:
    """A ranking alone never flags: somebody is always last, however good or bad things are."""

    def test_the_authoritys_own_fifth_is_shown_and_does_not_lead(self):
        row = found({"here": Place(nation=45, authority=3, shares=FAR)}).loc["here"]
        assert row["need_local"]
        assert row["level"] == "access_only"

    def test_it_leads_only_if_the_study_says_so(self):
        place = Place(nation=45, authority=3, shares=FAR)
        assert level(place, rules=Rules(leads="authority")) == "left_behind"

    def test_it_never_leads_in_the_nations_less_deprived_half(self):
        place = Place(nation=50.5, authority=3, shares=FAR)
        assert level(place, rules=Rules(leads="authority")) == "access_only"

    def test_named_authorities_lead_by_the_same_rule(self):
        rules = Rules(leads="named")
        assert level(Place(nation=45, named=3, shares=FAR), rules=rules) == "left_behind"
        assert level(Place(nation=55, named=3, shares=FAR), rules=rules) == "access_only"

    def test_the_lowest_score_counts_only_where_a_quarter_are_beyond_a_standard(self):
        lowest = Place(nation=DEPRIVED, score=0.0, shares=NEAR | {"green": 0.24})
        assert level(lowest) == "need_only"
        row = found(
            {"here": Place(nation=DEPRIVED, score=0.0, shares=NEAR | {"green": 0.25})}
            | {f"other {number}": Place() for number in range(9)}
        ).loc["here"]
        assert row["level"] == "left_behind"
        assert row["access_test"] == "relative"
        # one of ten scores as low: 20 % - 10 %
        assert row["relative_margin"] == pytest.approx(10.0)
        assert row["access_margin"] < 0

    def test_a_tie_across_the_line_is_left_out_whole(self):
        beyond = NEAR | {"green": 0.3}
        # three of ten share the lowest score: 30 % is over the lowest fifth
        tied = {f"tied {number}": Place(nation=8, score=0.1, shares=beyond) for number in range(3)}
        others = {f"other {number}": Place() for number in range(7)}
        assert set(found(tied | others).loc[list(tied), "access_test"]) == {"none"}

    def test_when_all_are_equal_none_is_lowest(self):
        beyond = NEAR | {"green": 0.3}
        equal = {str(number): Place(nation=8, score=0.4, shares=beyond) for number in range(10)}
        assert set(found(equal)["level"]) == {"need_only"}

    def test_an_area_alone_is_judged_by_standards_and_never_lowest(self):
        far = found({"alone": Place(nation=DEPRIVED, shares=FAR, score=0.0)}).loc["alone"]
        assert (far["level"], far["access_test"]) == ("left_behind", "standard")
        # one of one scores as low: 20 % - 100 %
        assert far["relative_margin"] == pytest.approx(-80.0)
        beyond = Place(nation=DEPRIVED, score=0.0, shares=NEAR | {"green": 0.3})
        assert found({"alone": beyond}).loc["alone", "level"] == "need_only"

    def test_areas_that_cannot_be_spoken_of_are_not_ranked(self):
        beyond = NEAR | {"green": 0.3}
        gone = {f"gone {number}": Place(score=0.0, streets=False) for number in range(9)}
        # with the nine, 1 of 14 scores would be lowest of all: without them 1 of 5 = 20 %
        rest = {f"other {number}": Place() for number in range(4)}
        here = {"here": Place(nation=8, score=0.3, shares=beyond)}
        assert found(gone | rest | here).loc["here", "access_test"] == "relative"


class TestBenefit:
    """Being inside a red line is not a benefit; outcome decides."""

    @pytest.mark.parametrize("benefit", ["unknown", "expected", "marginal"])
    def test_a_benefit_that_is_not_sure_stops_at_at_risk(self, benefit):
        row = found({"here": Place(nation=DEPRIVED, shares=FAR, benefit=benefit)}).loc["here"]
        assert row["level"] == "at_risk"
        assert row["caps"] == f"benefit {benefit}"

    def test_a_benefit_takes_an_area_off_the_flag_and_says_services_are_still_far(self):
        row = found({"a": Place(nation=8, shares=FAR, benefit="yes", minutes=4)}).loc["a"]
        assert row["level"] == "access_only"
        assert row["need"]
        assert "4.0 minutes saved" in row["reasons"]
        assert row["benefit_margin"] == pytest.approx(-3.0)  # 1 - 4

    def test_homes_removed_are_said_whatever_the_level(self):
        row = found({"a": Place(nation=60, affected=True)}).loc["a"]
        assert row["directly_affected"]
        assert "may have to move" in row["reasons"]

    def test_no_scheme_data_is_a_caution(self):
        places = {"a": Place(nation=8, shares=FAR, benefit="unknown")}
        told = flag_areas(areas_of(places), evidence_of(places, Rules().themes), rules=Rules())
        assert "benefit_unknown" in {caution.code for caution in told.cautions}


class TestNoStraightLineVerdicts:
    """No level above at_risk rests on straight lines, nor on one old source alone."""

    ALL = tuple(FAR)

    def test_straight_lines_stop_at_at_risk(self):
        row = found({"a": Place(nation=8, shares=FAR, straight=self.ALL)}).loc["a"]
        assert row["level"] == "at_risk"
        assert row["caps"] == "straight-line distances"

    def test_unless_the_level_survives_the_detours_in_enough_draws(self):
        place = Place(nation=8, shares=FAR, straight=self.ALL, survival=0.8)
        assert level(place) == "left_behind"
        short = Place(nation=8, shares=FAR, straight=self.ALL, survival=0.79)
        assert level(short) == "at_risk"

    def test_a_level_that_stands_without_the_straight_theme_does_not_rest_on_it(self):
        assert level(Place(nation=8, shares=FAR, straight=("green",))) == "left_behind"

    def test_an_old_source_alone_stops_at_at_risk(self):
        shares = NEAR | {"community": 0.9, "green": 0.9}
        row = found({"a": Place(nation=8, shares=shares, stale=("community",))}).loc["a"]
        assert row["level"] == "at_risk"
        assert row["caps"] == "one old source"

    def test_an_old_source_that_decides_nothing_is_no_cap(self):
        shares = NEAR | {"community": 0.9, "green": 0.9}
        assert level(Place(nation=8, shares=shares, stale=("leisure",))) == "left_behind"

    def test_a_relative_finding_rests_on_every_theme_of_its_score(self):
        shares = NEAR | {"green": 0.3}
        row = Place(nation=8, score=0.0, shares=shares, stale=("leisure",))
        assert level(row) == "at_risk"


class TestDefended:
    """Each row can be defended: it says why, and how far from each line it is."""

    def test_the_reason_names_the_set_the_themes_and_the_benefit(self):
        row = found({"here": Place(nation=DEPRIVED, shares=NEAR | {"green": 0.9, "leisure": 0.6})})
        assert row.loc["here", "reasons"] == (
            "Among the nation's most deprived 20 % (percentile 8.0); at least 50% of people are "
            "beyond the standards of 2 of 4 measured themes (leisure, green); no open or dated "
            "scheme brings public assets nearer."
        )

    def test_the_rules_are_printed_with_who_chose_them(self):
        rules = Rules(share_failing=0.4, chosen_by="the scrutiny committee")
        settings = " ".join(row["settings"] for row in methods(rules))
        assert "people 0.4" in settings
        assert "the scrutiny committee" in settings

    def test_rules_out_of_bounds_are_refused_all_at_once(self):
        with pytest.raises(MethodError) as error:
            Rules(share_failing=1.2, need_deciles=11, themes=("green", "green"))
        assert len(error.value.faults) == 3

    def test_an_area_without_a_row_of_quality_is_refused(self):
        places = {"a": Place(), "b": Place()}
        evidence = evidence_of(places, Rules().themes)
        short = evidence._replace(quality=evidence.quality.iloc[:1])
        with pytest.raises(JoinError, match="1 areas have no row, for example b"):
            flag_areas(areas_of(places), short, rules=Rules())

    def test_the_evidence_of_these_tests_keeps_to_its_contracts(self):
        evidence = evidence_of({"a": Place(region=4, score=None)}, Rules().themes)
        for contract, table in zip(
            (NEED, THEME_SHARES, SCORES, BENEFIT, QUALITY), evidence, strict=True
        ):
            assert len(hold(table, contract))

    def test_edge_areas_are_not_reported(self):
        places = {"a": Place(), "b": Place(nation=8, shares=FAR)}
        areas = areas_of(places).assign(role=["study", "edge"])
        told = flag_areas(areas, evidence_of(places, Rules().themes), rules=Rules())
        assert list(told.table["area_id"]) == ["a"]
