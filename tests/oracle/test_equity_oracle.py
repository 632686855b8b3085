"""Fairness against published and independently computed numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assetmap.errors import MethodError
from assetmap.findings.equity.atkinson import atkinson
from assetmap.findings.equity.concentration import (
    concentration,
    erreygers,
    generalised_concentration,
    wagstaff,
)
from assetmap.findings.equity.fairness import measures
from assetmap.findings.equity.gap import gap, relative_gap
from assetmap.findings.equity.gini import gini, pair_differences
from assetmap.findings.equity.incidence import benefit_incidence, concentration_curve
from assetmap.findings.equity.interval import Steps, drawn, drawn_mean, interval
from assetmap.findings.equity.palma import palma
from assetmap.findings.equity.poverty import excess, shortfall
from assetmap.findings.equity.slope import slope, slope_interval
from assetmap.findings.equity.spread import Spread, intervals
from assetmap.findings.equity.theil import theil_l, theil_l_parts, theil_t, theil_t_parts

# Life expectancy by deprivation tenth: the worked example of PHEindicatormethods (phe_sii).
PEOPLE = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
YEARS = [
    75.933459010308098, 78.344238272784295, 83.836063104165405, 83.637539966493094,
    80.465503152955904, 81.115675985702197, 81.693083571856207, 84.190006206098701,
    80.595564108147201, 86.289434957862397,
]  # fmt: skip
SE = [
    1.6384724263585451, 1.578192884542907, 1.5134355059640296, 1.7754906175801293,
    1.7013390591981388, 1.5641210737675499, 1.3681148366878566, 1.4001418005940802,
    2.4328463975781616, 1.5665181695934678,
]  # fmt: skip
TENTHS = range(1, 11)

ONE_TO_FOUR = [1, 2, 3, 4]
EVEN = [1, 1, 1, 1]
RISING = [100, 200, 300, 400]

# The toy of STANDARDS 4.3: minutes to the nearest, before and after a facility, and people.
TOY_PEOPLE = [1000, 2000, 500]
TOY_BEFORE = [5, 15, 8]
TOY_AFTER = [5, 6, 8]
TOY_FIFTHS = [1, 2, 5]


class TestSlope:
    """Published: PHEindicatormethods, phe_sii."""

    def test_sii_rii_and_intercept(self):
        found = slope(YEARS, PEOPLE, TENTHS)
        assert found.sii.value == pytest.approx(6.9346164736688, abs=1e-10)
        assert found.rii.value == pytest.approx(1.0888180804446, abs=1e-10)
        assert found.intercept.value == pytest.approx(78.0766307823, abs=1e-10)

    def test_interval(self):
        found = slope_interval(YEARS, PEOPLE, TENTHS, se=SE, seed=1, draws=100_000)
        assert found.sii == pytest.approx((3.128, 10.759), abs=0.05)
        assert found.rii == pytest.approx((1.038, 1.141), abs=0.05)

    def test_the_same_seed_gives_the_same_interval(self):
        first = slope_interval(YEARS, PEOPLE, TENTHS, se=SE, seed=7)
        back = slice(None, None, -1)
        again = slope_interval(YEARS[back], PEOPLE[back], list(TENTHS)[back], se=SE[back], seed=7)
        assert first == again

    def test_standard_error_from_a_published_interval(self):
        # (U - L) / (2 x 1.959964) with U - L = 0.12 and the help page's 0.12/2 = 0.06
        assert pytest.approx(0.06) == 0.12 / 2

    def test_a_straight_line_is_found_again(self):
        # two equal halves: R = 0.25 and 0.75; y = 10 + 8 R gives 12 and 16
        found = slope([12, 16], [50, 50], [1, 2])
        assert found.sii.value == pytest.approx(8.0)
        assert found.intercept.value == pytest.approx(10.0)
        assert found.rii.value == pytest.approx(1.8)  # 18 / 10
        assert found.rii_mean.value == pytest.approx(8 / 14)

    def test_logarithms_turn_back_at_both_ends(self):
        # ln y = R: e^0.25 and e^0.75; ends e^0 = 1 and e^1
        found = slope(np.exp([0.25, 0.75]), [1, 1], [1, 2], transform="log")
        assert found.sii.value == pytest.approx(np.e - 1)
        assert found.rii.value == pytest.approx(np.e)

    def test_logits_turn_back_at_both_ends(self):
        # logit y = 2R - 1: ends are the logistic of -1 and of 1
        y = 1 / (1 + np.exp(-np.array([-0.5, 0.5])))
        found = slope(y, [1, 1], [1, 2], transform="logit")
        assert found.sii.value == pytest.approx(1 / (1 + np.exp(-1)) - 1 / (1 + np.exp(1)))

    def test_undefined_cases_say_why(self):
        assert "no line" in slope([1, 2], [1, 1], [3, 3]).sii.reason
        assert slope([1, 2], [0, 0], [1, 2]).sii.reason == "nobody lives there"
        assert "not above 0" in slope([-3, 1], [1, 1], [1, 2]).rii.reason
        # means 0.35 and 0.9 at R = 7/22 and 18/22: the line begins at 0
        begins = slope([0.2, 0.5, 0.9], [7, 7, 8], [1, 1, 2])
        assert begins.intercept.value == pytest.approx(0)
        assert begins.rii.value is None
        assert slope([-1, 1], [1, 1], [1, 2]).rii_mean.reason == "the mean is zero"
        assert "bounds" in slope([0, 1], [1, 1], [1, 2], transform="log").sii.reason
        with pytest.raises(MethodError):
            slope_interval([1.0], [1.0], [1.0], se=[1.0], seed=1)


class TestConcentration:
    """Independently computed on the same data."""

    def test_index(self):
        assert concentration(YEARS, PEOPLE, TENTHS).value == pytest.approx(0.0140263506, abs=1e-10)

    def test_generalised_is_the_mean_times_the_index(self):
        mean = np.average(YEARS, weights=PEOPLE)
        found = generalised_concentration(YEARS, PEOPLE, TENTHS).value
        assert found == pytest.approx(mean * 0.0140263506, abs=1e-7)

    def test_erreygers_with_observed_bounds_is_what_another_package_gives(self):
        low, high = min(YEARS), max(YEARS)
        found = erreygers(YEARS, PEOPLE, TENTHS, low=low, high=high)
        assert found.value == pytest.approx(0.4418, abs=5e-5)

    def test_wagstaff_on_shares_is_the_index_over_one_less_the_mean(self):
        shares = [0.2, 0.4, 0.6]
        index = concentration(shares, EVEN[:3], [1, 2, 3]).value
        # mean 0.4; R = 1/6, 1/2, 5/6: C = 2/0.4 x (0.2 x 1/3 + 0.2 x 1/3)/3 = 2/9
        assert index == pytest.approx(2 / 9)
        assert wagstaff(shares, EVEN[:3], [1, 2, 3]).value == pytest.approx(2 / 9 / 0.6)
        assert erreygers(shares, EVEN[:3], [1, 2, 3]).value == pytest.approx(4 * 0.4 * 2 / 9)

    def test_undefined_cases_say_why(self):
        assert "generalised" in concentration([-1, 2], [1, 1], [1, 2]).reason
        assert "mean is zero" in concentration([0, 0], [1, 1], [1, 2]).reason
        assert "bounds 0 to 1" in erreygers([0.5, 1.2], [1, 1], [1, 2]).reason
        assert "one of the bounds" in wagstaff([1, 1], [1, 1], [1, 2]).reason
        # gains and losses: C_G = 2 x (1/2 x -1.5 x -1/4 + 1/2 x 1.5 x 1/4) = 0.75
        assert generalised_concentration([-1, 2], [1, 1], [1, 2]).value == pytest.approx(0.75)


class TestSpread:
    """Gini, Theil, Atkinson: independently computed."""

    def test_gini(self):
        assert gini(ONE_TO_FOUR, EVEN).value == pytest.approx(0.25)
        assert gini(ONE_TO_FOUR, RISING).value == pytest.approx(0.18)
        assert gini(YEARS, PEOPLE).value == pytest.approx(0.0204187156, abs=1e-10)

    def test_gini_is_half_the_mean_difference(self):
        rng = np.random.default_rng(3)
        y, w = rng.integers(0, 9, 40).astype(float), rng.integers(1, 50, 40).astype(float)
        p = w / w.sum()
        slow = (p[:, None] * p * abs(y[:, None] - y)).sum() / (2 * (p * y).sum())
        assert gini(y, w).value == pytest.approx(slow)

    def test_theil(self):
        assert theil_t(ONE_TO_FOUR, EVEN).value == pytest.approx(0.1064401353, abs=1e-10)
        assert theil_l(ONE_TO_FOUR, EVEN).value == pytest.approx(0.1217772743, abs=1e-10)
        assert theil_t(ONE_TO_FOUR, RISING).value == pytest.approx(0.0627480146, abs=1e-10)
        # by hand: ln 3 - (0.2 ln 2 + 0.3 ln 3 + 0.4 ln 4) = 0.0758814215
        assert theil_l(ONE_TO_FOUR, RISING).value == pytest.approx(0.7 * np.log(3) - np.log(2))

    def test_people_with_no_access_stay_in_theil_t(self):
        # half have 2, half have none: T = 1/2 x 2 ln 2 = ln 2; L has no number
        assert theil_t([0, 2], [1, 1]).value == pytest.approx(np.log(2))
        assert "none" in theil_l([0, 2], [1, 1]).reason

    def test_theil_between_and_within(self):
        # groups {1, 2} and {3, 4}: shares of the total 0.3 and 0.7, means 1.5 and 3.5 of 2.5
        parts = theil_t_parts(ONE_TO_FOUR, EVEN, ["a", "a", "b", "b"])
        between = 0.3 * np.log(0.6) + 0.7 * np.log(1.4)
        assert parts.between.value == pytest.approx(between)
        assert parts.between.value + parts.within.value == pytest.approx(0.1064401353, abs=1e-10)
        parts = theil_l_parts(ONE_TO_FOUR, EVEN, ["a", "a", "b", "b"])
        assert parts.between.value == pytest.approx(-(np.log(0.6) + np.log(1.4)) / 2)
        assert parts.between.value + parts.within.value == pytest.approx(0.1217772743, abs=1e-10)

    def test_atkinson(self):
        half = atkinson(ONE_TO_FOUR, EVEN, epsilon=0.5)
        assert half.value == pytest.approx(0.0555858574, abs=1e-10)
        assert atkinson(ONE_TO_FOUR, EVEN, epsilon=1).value == pytest.approx(
            0.1146544642, abs=1e-10
        )
        assert atkinson([0, 2], [1, 1], epsilon=1).value == 1.0

    @pytest.mark.parametrize("measure", [gini, theil_t, theil_l])
    def test_undefined_cases_say_why(self, measure):
        assert measure([0, 0], [1, 1]).reason
        assert measure([-1, 2], [1, 1]).reason
        assert measure([1, 2], [0, 0]).reason == "nobody lives there"

    def test_undefined_atkinson_says_why(self):
        assert atkinson([1, 2], [1, 1], epsilon=0).reason == "ε must be above zero"
        assert atkinson([0, 0], [1, 1], epsilon=1).reason == "nobody has any"

    def test_empty_values_are_refused_not_dropped(self):
        with pytest.raises(MethodError, match="1 values are empty"):
            gini([1, np.nan], [1, 1])


class TestLineOfPeople:
    """Gaps, Palma, incidence: people in line from most to least deprived, split pro rata."""

    def test_gap_splits_the_area_across_the_line(self):
        # 10 people, 5 each: the first fifth is 2 of area A; the last fifth 2 of B
        assert gap([30, 10], [5, 5], [1, 2]).value == pytest.approx(20.0)
        # against the rest: 3 of A and 5 of B have (3 x 30 + 5 x 10)/8 = 17.5
        assert gap([30, 10], [5, 5], [1, 2], against="rest").value == pytest.approx(12.5)
        assert relative_gap([30, 10], [5, 5], [1, 2]).value == pytest.approx(3.0)

    def test_areas_that_tie_share_the_stretch(self):
        # both tie for the whole line: every stretch holds both alike
        assert gap([30, 10], [5, 5], [1, 1]).value == pytest.approx(0.0)

    def test_palma_splits_the_boundary_area(self):
        # four areas of 25 people: least deprived 10 are of D (8); most deprived 40 are 25 of A (2)
        # and 15 of B (4): (25 x 2 + 15 x 4)/40 = 2.75
        found = palma([2, 4, 6, 8], [25, 25, 25, 25], [1, 2, 3, 4])
        assert found.value == pytest.approx(8 / 2.75)
        assert "not above zero" in palma([0, 0, 1, 1], [1, 1, 1, 1], [1, 2, 3, 4]).reason

    def test_benefit_incidence_of_the_toy(self):
        # all 18,000 person-minutes go to B, which stands from 1000/3500 to 3000/3500 of the line:
        # the first fifth is all A and gains nothing
        gain = np.subtract(TOY_BEFORE, TOY_AFTER)
        assert (gain * TOY_PEOPLE).sum() == 18_000
        assert benefit_incidence(gain, TOY_PEOPLE, TOY_FIFTHS).value == 0.0
        # the first half (1,750 people) holds 750 of B's 2,000: 0.375 / 0.5
        found = benefit_incidence(gain, TOY_PEOPLE, TOY_FIFTHS, share=0.5)
        assert found.value == pytest.approx(0.75)
        assert "no gain" in benefit_incidence([0, 0], [1, 1], [1, 2]).reason

    def test_concentration_curve_of_the_toy(self):
        curve = concentration_curve(np.subtract(TOY_BEFORE, TOY_AFTER), TOY_PEOPLE, TOY_FIFTHS)
        assert list(curve["people_share"]) == pytest.approx([0, 2 / 7, 6 / 7, 1])
        assert list(curve["gain_share"]) == pytest.approx([0, 0, 1, 1])
        assert concentration_curve([0, 0], [1, 1], [1, 2]).empty


class TestPoverty:
    """FGT on the toy: 2,000 of 3,500 people are 15 minutes away, the standard is 10."""

    def test_beyond_a_time(self):
        # F0 = 2000/3500; (15 - 10)/10 = 1/2: F1 = F0/2, F2 = F0/4
        for alpha, value in enumerate([4 / 7, 2 / 7, 1 / 7]):
            found = excess(TOY_BEFORE, TOY_PEOPLE, line=10, alpha=alpha)
            assert found.value == pytest.approx(value)

    def test_short_of_an_amount(self):
        # of 0.2, 0.5, 0.9 with z = 0.6: shortfalls 2/3, 1/6, none
        for alpha in (0, 1, 2):
            expected = (1000 * (2 / 3) ** alpha + 2000 * (1 / 6) ** alpha) / 3500
            found = shortfall([0.2, 0.5, 0.9], TOY_PEOPLE, line=0.6, alpha=alpha)
            assert found.value == pytest.approx(expected)

    def test_at_the_line_is_within_the_standard(self):
        assert excess([10.0], [1.0], line=10, alpha=0).value == 0.0

    def test_out_of_reach_counts_and_has_no_depth(self):
        assert excess([5, np.inf], [1, 3], line=10, alpha=0).value == pytest.approx(0.75)
        assert "out of reach" in excess([5, np.inf], [1, 3], line=10, alpha=1).reason
        assert "line" in shortfall([1.0], [1.0], line=0, alpha=0).reason


class TestNobody:
    """Where nobody lives there is no number, and the reason says so."""

    @pytest.mark.parametrize(
        "measure",
        [gap, relative_gap, concentration, generalised_concentration, erreygers, wagstaff, palma,
         benefit_incidence],
    )  # fmt: skip
    def test_measures_in_line(self, measure):
        assert measure([1, 2], [0, 0], [1, 2]).reason == "nobody lives there"

    def test_measures_without_a_line(self):
        assert atkinson([1], [0], epsilon=1).reason == "nobody lives there"
        assert excess([1], [0], line=1, alpha=0).reason == "nobody lives there"
        assert shortfall([1], [0], line=1, alpha=0).reason == "nobody lives there"
        parts = theil_t_parts([1], [0], ["a"])
        assert {one.reason for one in parts} == {"nobody lives there"}

    def test_numbers_that_do_not_fit_are_refused(self):
        with pytest.raises(MethodError, match="empty or below zero"):
            gini([1, 2], [1, -1])
        with pytest.raises(MethodError, match="numbers of people"):
            gini([1, 2], [1])
        assert atkinson([-1, 3], [1, 1], epsilon=1).reason == "some values are below zero"
        assert "alpha" in shortfall([1.0], [1.0], line=2, alpha=-1).reason
        assert "above zero" in relative_gap([1, 0], [1, 1], [1, 2]).reason


def test_differences_between_units_are_those_of_every_pair_of_places():
    """The slow and obvious twin: every pair of places, one by one."""
    rng = np.random.default_rng(2)
    y, w = rng.integers(0, 30, 75).astype(float), rng.integers(0, 50, 75).astype(float)
    unit = rng.integers(0, 4, 75)
    slow = np.zeros((5, 5))  # nobody is of the last unit
    for i in range(75):
        for j in range(75):
            slow[unit[i], unit[j]] += w[i] * w[j] * abs(y[i] - y[j])
    assert pair_differences(y, w, unit, units=5) == pytest.approx(slow)


class TestInterval:
    """A seeded bootstrap that does not look at row order."""

    def spread(self, y, w, order, turn=None):
        places = pd.DataFrame({"area_id": [f"{n:02d}" for n in range(len(y))], "value": y,
                               "people": w, "order": order})  # fmt: skip
        places = places if turn is None else places.iloc[turn]
        line = places.set_index("area_id")["order"]
        return Spread.of(places, cut_off=None).along(line)

    def test_row_order_means_nothing(self):
        rng = np.random.default_rng(5)
        y, w, order = rng.random(30), rng.integers(1, 9, 30), rng.integers(1, 11, 30)
        first = intervals(self.spread(y, w, order), seed=4, kind="share", line=0.5)
        turned = self.spread(y, w, order, rng.permutation(30))
        assert first == intervals(turned, seed=4, kind="share", line=0.5)
        assert first != intervals(turned, seed=5, kind="share", line=0.5)

    def test_matrices_give_what_measuring_every_draw_gives(self):
        """The slow and obvious twin: each draw as a table of its own, measured one by one."""
        rng = np.random.default_rng(7)
        y, w, order = rng.random(12), rng.integers(1, 9, 12) * 1.0, rng.integers(1, 7, 12) * 1.0
        fast = intervals(self.spread(y, w, order), seed=3, kind="share", line=0.5)
        held = drawn(y, w, order, seed=3)
        y, w, order = y[held.rows], w[held.rows], order[held.rows]
        for name, measure in measures("share", line=0.5).items():
            if name in fast:
                slow = [measure(y, w * times, order).value for times in held.times]
                assert fast[name] == pytest.approx(np.percentile(slow, [2.5, 97.5])), name
        assert len(fast) == 15  # six gaps, three slopes, four concentrations, Gini, beyond

    def test_equal_areas_have_no_spread(self):
        found = intervals(self.spread([2, 2, 2], EVEN[:3], [1, 2, 3]), seed=1, kind="x", line=None)
        for name in ("concentration index", "slope index of inequality", "Gini"):
            assert found[name] == pytest.approx((0, 0), abs=1e-12)

    def test_blocks_are_drawn_whole(self):
        # two blocks of equal means: whichever are drawn, the gap within a block is the same
        y, order = [3, 1, 3, 1], [1, 2, 1, 2]
        held = drawn(y, EVEN, order, seed=1, blocks=["a", "a", "b", "b"])
        line = Steps.of(held)
        gaps = drawn_mean(line, (0, 0.2)) - drawn_mean(line, (0.8, 1))
        assert interval(gaps) == pytest.approx((2, 2))

    def test_one_area_has_no_interval(self):
        assert intervals(self.spread([2.0], [1.0], [1.0]), seed=1, kind="share", line=None) == {}

    def test_numbers_that_do_not_fit_are_refused(self):
        with pytest.raises(MethodError, match="different lengths"):
            drawn([1.0, 2.0], [1.0], [1.0], seed=1)

    def test_a_figure_that_half_of_the_draws_lack_has_no_interval(self):
        assert interval(np.array([1.0, np.nan, np.nan])) is None
