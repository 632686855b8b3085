"""Every curve against published or hand-worked weights.

Published: the tests of the R package ``accessibility`` (power, Gaussian, step, logistic) and of
PySAL access (Gaussian). The step here is right-closed, as the worked values are; that R package
changes weight exactly at the edge.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from assetmap.access import decay

CURVES = {
    # e^-1 = .367879, e^-2 = .135335, e^-6 = .002479
    "exponential": (
        decay.exponential(beta=0.1),
        [0, 10, 20, 60],
        [1, 0.367879, 0.135335, 0.002479],
    ),
    # 16^-1/2 = 1/4, 64^-1/2 = 1/8; 1 within a minute
    "power": (decay.power(beta=0.5), [0, 0.5, 1, 16, 64], [1, 1, 1, 0.25, 0.125]),
    "gaussian": (
        decay.gaussian(sigma_min=20),
        [0, 20, 40, 60],
        [1, 0.606530660, 0.135335283, 0.011108997],
    ),
    "step": (
        decay.step(zones={20: 1, 40: 0.68, 60: 0.22}),
        [0, 10, 20, 30, 40, 50, 60, 70],
        [1, 1, 1, 0.68, 0.68, 0.22, 0.22, 0],
    ),
    # by hand: one over 1 + 1/4, 1 + 1 and 1 + 4
    "log-logistic": (decay.log_logistic(median_min=10, b=2), [0, 5, 10, 20], [1, 0.8, 0.5, 0.2]),
    "logistic": (
        decay.logistic(mean_min=20, sd_min=5),
        [0, 10, 20, 30],
        [1, 0.974796468, 0.500353246, 0.025910025],
    ),
    "binary": (decay.binary(cut_off_min=30), [0, 30, 30.0001], [1, 1, 0]),
    "flat": (decay.flat(), [0, 30, 1e6], [1, 1, 1]),
    "linear": (decay.linear(cut_off_min=20), [0, 5, 10, 20, 30], [1, 0.75, 0.5, 0, 0]),
    # (e^-(1/72) - e^-1/2) / (1 - e^-1/2) at 5 of 30, worked in the toy table's weights
    "dai": (
        decay.dai(cut_off_min=30),
        [0, 5, 15, 25, 30, 31],
        [1, 0.9649454688, 0.7013665732, 0.2544483341, 0, 0],
    ),
    # 3/4 (1 - 1/36) = .7291667, 3/4 * 3/4 = .5625
    "epanechnikov": (
        decay.epanechnikov(cut_off_min=30),
        [0, 5, 15, 30, 31],
        [0.75, 0.7291666667, 0.5625, 0, 0],
    ),
    # a half-life of 7: 1/2, 1/4
    "half-life": (decay.half_life(half_life_min=7), [0, 7, 14], [1, 0.5, 0.25]),
}


@pytest.mark.parametrize("name", CURVES)
def test_weights(name):
    curve, minutes, weights = CURVES[name]
    assert curve(minutes) == pytest.approx(weights, abs=6e-7)


@pytest.mark.parametrize(("mean", "sd", "weight"), [(20, 2, 0.5), (30, 10, 0.502)])
def test_the_logistic_at_its_mean_as_published(mean, sd, weight):
    """Bauer and Groneberg's curve is one half at its mean, a little more where g(0) is felt."""
    assert decay.logistic(mean_min=mean, sd_min=sd)(mean) == pytest.approx(weight, abs=1e-3)


def test_a_step_keeps_its_weight_to_its_last_minute_and_not_beyond():
    curve = decay.step(zones=decay.LUO_QI_SLOW)
    edges = [10, np.nextafter(10, 11), 20, np.nextafter(20, 21), 30, np.nextafter(30, 31)]
    assert list(curve(edges)) == [1, 0.68, 0.68, 0.22, 0.22, 0]


def test_published_zones():
    assert decay.LUO_QI_SLOW == {10: 1, 20: 0.68, 30: 0.22}
    assert decay.LUO_QI_FAST == {10: 1, 20: 0.42, 30: 0.09}
    assert decay.WAN == {10: 0.962, 20: 0.704, 30: 0.377, 60: 0.042}
    assert list(decay.WALKING.values()) == list(decay.LUO_QI_SLOW.values())


def test_cutting_a_curve_ends_it_and_leaves_the_rest():
    curve = decay.cut(decay.exponential(beta=0.1), cut_off_min=20)
    assert curve([0, 20, 20.5]) == pytest.approx([1, math.exp(-2), 0])
    again = decay.cut(curve, cut_off_min=40)
    assert again(30) == 0


def test_extreme_costs_do_not_overflow():
    with np.errstate(all="raise", under="ignore"):
        for curve, _, _ in CURVES.values():
            weights = curve([0.0, 1e-6, 1e4])
            assert np.isfinite(weights).all()
            assert ((weights >= 0) & (weights <= 1)).all()
