"""Published and hand-worked access: the toy table, Soukhov's zones, PySAL's hospital, a new site.

The toy's figures were worked with a few lines of numpy from the papers' formulas; some are
checked by hand below. R is what a place offers each (weighted) person, A what each origin has.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.oracle.access_toy import hospital, soukhov, town_of, toy, toy_with_site

from assetmap.access import decay
from assetmap.access.availability import spatial_availability
from assetmap.access.balanced import balanced
from assetmap.access.coverage import coverage
from assetmap.access.cumulative import cumulative
from assetmap.access.gravity import gravity
from assetmap.access.huff import huff
from assetmap.access.modified import modified
from assetmap.access.nearest import nearest
from assetmap.access.three_step import three_step
from assetmap.access.two_step import supply_ratio, two_step

SLOW = decay.step(zones=decay.LUO_QI_SLOW)
FAST = decay.step(zones=decay.LUO_QI_FAST)
# By hand, 2SFCA: R_X = 10/3000, R_Y = 5/3500; C reaches Y alone.
# By hand, E2SFCA slow: R_X = 10/(1000 + .68 * 2000) = 10/2360; R_Y = 5/(220 + 1360 + 500) = 5/2080.
TWO_STEP = {
    "2SFCA": (
        decay.binary(cut_off_min=30),
        [0.0033333333, 0.0014285714],
        [0.0047619048, 0.0047619048, 0.0014285714],
    ),
    "E2SFCA slow": (
        SLOW,
        [0.0042372881, 0.0024038462],
        [0.0047661343, 0.0045159713, 0.0024038462],
    ),
    "E2SFCA fast": (
        FAST,
        [0.0054347826, 0.0034965035],
        [0.0057494679, 0.0037511402, 0.0034965035],
    ),
    "Ga2SFCA": (
        decay.dai(cut_off_min=30),
        [0.0042235462, 0.0023665355],
        [0.0046776528, 0.0046220630, 0.0021564424],
    ),
    "KD2SFCA": (
        decay.epanechnikov(cut_off_min=30),
        [0.0053932584, 0.0029368576],
        [0.0046056141, 0.0046856902, 0.0020460108],
    ),
}


@pytest.mark.parametrize("name", TWO_STEP)
def test_two_steps_by_their_curve(name):
    curve, ratios, access = TWO_STEP[name]
    town = toy()
    found = two_step(*town, decay=curve)
    assert supply_ratio(*town, decay=curve).to_numpy() == pytest.approx(ratios, abs=6e-11)
    assert found.to_numpy() == pytest.approx(access, abs=6e-11)
    assert (town.demand * found).sum() == pytest.approx(15)


@pytest.mark.parametrize(
    ("measure", "access"),
    [
        (three_step, [0.0056283100, 0.0036609794, 0.0040994624]),
        (huff, [0.0051094153, 0.0036610458, 0.0051369863]),
    ],
)
def test_three_steps_and_huff_share_out_what_there_is(measure, access):
    town = toy()
    found = measure(*town, decay=SLOW)
    assert found.to_numpy() == pytest.approx(access, abs=6e-11)
    assert (town.demand * found).sum() == pytest.approx(15)


@pytest.mark.parametrize(
    ("measure", "ratios"),
    [(three_step, [0.0066681242, 0.0040994624]), (huff, [0.0055073431, 0.0051369863])],
)
def test_what_a_place_offers_in_three_steps_and_huff(measure, ratios):
    """Who would live 5 minutes from one place alone (f = 1, G = H = 1) has that place's R.

    Nobody does, so nothing else moves.
    """
    town = town_of(
        [[5, 25], [15, 15], [35, 8], [5, np.nan], [np.nan, 5]], [1000, 2000, 500, 0, 0], [10, 5]
    )
    assert measure(*town, decay=SLOW).to_numpy()[3:] == pytest.approx(ratios, abs=6e-11)


def test_the_modified_catchment_leaves_some_to_nobody():
    town = toy()
    found = modified(*town, decay=SLOW)
    assert found.to_numpy() == pytest.approx([0.0043536343, 0.0030708605, 0.0024038462], abs=6e-11)
    assert (town.demand * found).sum() == pytest.approx(11.6972783572)


def test_the_balanced_catchment_shares_out_levels_of_service():
    """L = .0054954955 + .0029756098 = .0084711053, all of it handed out."""
    found = balanced(*toy(), decay=SLOW)
    assert found.to_numpy() == pytest.approx([0.0036156726, 0.0032893223, 0.0015661104], abs=6e-11)
    assert found.sum() == pytest.approx(0.0084711053, abs=6e-11)


def test_spatial_availability_of_the_toy():
    found = spatial_availability(*toy(), decay=SLOW)
    assert found.to_numpy() == pytest.approx([4.7661342894, 9.0319426336, 1.2019230769])
    assert found.sum() == pytest.approx(15)


def test_simple_measures_of_the_toy():
    """By hand, exponential: 10 e^-.5 + 5 e^-2.5 = 6.06531 + .41042; power: 10/5 + 5/25 = 2.2."""
    town = toy()
    assert nearest(town.costs, town.supply.index).to_list() == [5, 15, 8]
    assert cumulative(town.costs, town.supply, cut_off_min=30).to_list() == [15, 15, 5]
    drawn = gravity(town.costs, town.supply, decay=decay.exponential(beta=0.1))
    assert drawn.to_numpy() == pytest.approx([6.4757315902, 3.3469524022, 2.5486186548])
    drawn = gravity(town.costs, town.supply, decay=decay.power(beta=1))
    assert drawn.to_numpy() == pytest.approx([2.2, 1.0, 0.9107142857])


def test_soukhov_as_published():
    """The paper prints 66833, 133203, 9963."""
    curve = decay.exponential(beta=0.1)
    assert spatial_availability(*soukhov(), decay=curve).round().to_list() == [66833, 133203, 9963]
    shared = two_step(*soukhov(), decay=curve)
    assert shared.to_numpy() == pytest.approx([1.3366693154, 0.8880224191, 0.9963171365])


def test_the_hospital_of_pysal_access():
    curve = decay.cut(decay.power(beta=1), cut_off_min=61)
    found = two_step(*hospital(), decay=curve)
    assert found.to_numpy() == pytest.approx([0.3314441170, 0.5798281321, 7.2864181699])


def test_a_faster_way_into_the_hospital_town_helps_those_who_get_it():
    curve = decay.cut(decay.power(beta=1), cut_off_min=61)
    before, after = (two_step(*hospital(inbound), decay=curve) for inbound in (40, 20))
    assert after.to_numpy() == pytest.approx([0.4353402209, 0.6837242360, 5.7279766114])
    assert list(np.sign(after - before)) == [1, 1, -1]


def test_before_and_after_a_new_site():
    """Minutes (5, 15, 8) become (5, 6, 8): (5000 + 12000 + 4000)/3500 = 6.

    Within 10 minutes: 1,500 people before (A and C), all 3,500 after.
    Person-minutes saved: 2000 * 9 = 18,000, all to B.
    """
    before, after = toy(), toy_with_site()
    minutes = [nearest(town.costs, town.supply.index) for town in (before, after)]
    assert minutes[1].to_list() == [5, 6, 8]
    people = before.demand
    means = [(people * one).sum() / people.sum() for one in minutes]
    assert means == pytest.approx([11.1428571429, 6.0])
    saved = people * (minutes[0] - minutes[1])
    assert saved.to_list() == [0, 18_000, 0]
    within = [
        coverage(town.costs, town.demand, town.supply.index, cut_off_min=10)
        for town in (before, after)
    ]
    assert within == pytest.approx([1500 / 3500, 1.0])


def test_capacity_before_and_after_a_new_site():
    before, after = toy(), toy_with_site()
    first, then = two_step(*before, decay=SLOW), two_step(*after, decay=SLOW)
    assert then.to_numpy() == pytest.approx([0.0058919621, 0.0061716005, 0.0035296740], abs=6e-11)
    gained = (then - first).to_numpy()
    assert gained == pytest.approx([0.0011258278, 0.0016556291, 0.0011258278], abs=6e-11)
    assert (after.demand * then).sum() == pytest.approx(20)
