"""How willingness to travel falls with the cost of it: one curve a function."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

LUO_QI_SLOW = {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}
LUO_QI_FAST = {10.0: 1.0, 20.0: 0.42, 30.0: 0.09}
# Luo and Qi's minutes are of car trips to doctors; on foot the same weights end at a quarter hour
WALKING = {5.0: 1.0, 10.0: 0.68, 15.0: 0.22}
WAN = {10.0: 0.962, 20.0: 0.704, 30.0: 0.377, 60.0: 0.042}


@dataclass(frozen=True)
class Decay:
    """A curve from minutes to a weight in [0, 1], with the words that say which one it is.

    Every curve ends *right-closed*: a cost equal to the last minute still counts, and a step
    keeps its weight up to and including its last minute.
    """

    name: str
    formula: str
    settings: str
    source: str
    curve: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    reach_min: float = math.inf

    def __call__(self, cost_min: ArrayLike) -> NDArray[np.float64]:
        """The weight of each cost; 0 beyond the last minute that counts."""
        minutes = np.asarray(cost_min, dtype=np.float64)
        weights = self.curve(minutes)
        return weights if math.isinf(self.reach_min) else weights * (minutes <= self.reach_min)


def flat() -> Decay:
    """No fall at all: 1 for every pair of COSTS, whose own cut-off is the catchment."""
    return Decay("flat", "1", "to the cut-off of the costs", "Customary", np.ones_like)


def binary(*, cut_off_min: float) -> Decay:
    """The sharp edge: ``1[c ≤ c0]``, the equal case included.

    Raises
    ------
    MethodError
        When the cut-off is negative or not a number; 0 counts only what is at the door.
    """
    _refuse_below_zero(cut_off_min=cut_off_min)
    return Decay(
        "binary", "1[c ≤ c0]", f"c0 = {cut_off_min:g} min", "Luo and Wang 2003, Environ Plann B "
        "30, 865", np.ones_like, cut_off_min,
    )  # fmt: skip


def linear(*, cut_off_min: float) -> Decay:
    """The straight fall to nothing: ``max(0, 1 - c/c0)``.

    Raises
    ------
    MethodError
        When the cut-off is not above zero.
    """
    _refuse_not_above_zero(cut_off_min=cut_off_min)
    return Decay(
        "linear", "max(0, 1 - c/c0)", f"c0 = {cut_off_min:g} min", "Customary",
        lambda c: np.maximum(0.0, 1 - c / cut_off_min), cut_off_min,
    )  # fmt: skip


def exponential(*, beta: float) -> Decay:
    """The constant rate of fall: ``e^(-βc)``, β a minute.

    Raises
    ------
    MethodError
        When β is not above zero.
    """
    _refuse_not_above_zero(beta=beta)
    return Decay(
        "exponential", "e^(-βc)", f"β = {beta:g} a minute", "Hansen 1959; Wilson 1971, Environ "
        "Plann A 3, 1", lambda c: np.exp(-beta * c),
    )  # fmt: skip


def half_life(*, half_life_min: float) -> Decay:
    """The exponential that halves every so many minutes: ``β = ln 2 / h``.

    Raises
    ------
    MethodError
        When the half-life is not above zero.
    """
    _refuse_not_above_zero(half_life_min=half_life_min)
    return exponential(beta=math.log(2) / half_life_min)


def power(*, beta: float) -> Decay:
    """The fall by proportion: ``c^(-β)``, and 1 up to a minute, where it would pass 1.

    Raises
    ------
    MethodError
        When β is not above zero.
    """
    _refuse_not_above_zero(beta=beta)
    return Decay(
        "power", "c^(-β); 1 where c ≤ 1", f"β = {beta:g}", "Hansen 1959, J Am Inst Plann 25, 73",
        lambda c: np.maximum(c, 1.0) ** -beta,
    )  # fmt: skip


def gaussian(*, sigma_min: float) -> Decay:
    """The bell: ``e^(-(c/sigma)²/2)``.

    Raises
    ------
    MethodError
        When sigma is not above zero.
    """
    _refuse_not_above_zero(sigma_min=sigma_min)
    return Decay(
        "gaussian", "e^(-(c/sigma)²/2)", f"sigma = {sigma_min:g} min",
        "Ingram 1971, Reg Stud 5, 101",
        lambda c: np.exp(-((c / sigma_min) ** 2) / 2),
    )  # fmt: skip


def step(*, zones: Mapping[float, float]) -> Decay:
    """The stair of Luo and Qi: a weight for each zone, named by its last minute.

    Right-closed: a cost equal to a zone's last minute has that zone's weight; beyond the last
    zone it is 0. (Other software changes the weight exactly at the edge.)

    Parameters
    ----------
    zones
        Last minute of the zone to its weight, as ``{10: 1, 20: 0.68, 30: 0.22}``.

    Raises
    ------
    MethodError
        Without zones, for minutes not above zero, for weights outside [0, 1] or rising.
    """
    edges = np.array(sorted(zones), dtype=np.float64)
    weights = np.array([zones[edge] for edge in sorted(zones)], dtype=np.float64)
    sound = (
        len(edges) > 0
        and bool(np.isfinite(edges).all() and edges[0] > 0)
        and bool(((weights >= 0) & (weights <= 1)).all() and (np.diff(weights) <= 0).all())
    )
    if not sound:
        what = f"{dict(zones)} are not zones with minutes above 0 and weights that fall from 1"
        raise MethodError(Fault(what=what, where="decay step", attempt=f"{LUO_QI_SLOW}"))
    stairs = np.append(weights, 0.0)
    said = ", ".join(
        f"to {edge:g} min {weight:g}" for edge, weight in zip(edges, weights, strict=True)
    )
    return Decay(
        "step", "weight of the zone whose last minute is the first not below c", said,
        "Luo and Qi 2009, Health Place 15, 1100",
        lambda c: stairs[_zone(c, edges)], float(edges[-1]),
    )  # fmt: skip


def _zone(minutes: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.integer]:
    """The number of zones that each cost lies beyond; zones are few, so no search pays."""
    beyond = np.zeros(minutes.shape, dtype=np.uint16)
    for edge in edges:
        beyond += ~(minutes <= edge)
    return beyond


def log_logistic(*, median_min: float, b: float) -> Decay:
    """The curve of the median willing traveller: ``1/(1 + (c/m)^b)``, one half at m.

    Raises
    ------
    MethodError
        When m or b is not above zero.
    """
    _refuse_not_above_zero(median_min=median_min, b=b)
    return Decay(
        "log-logistic", "1/(1 + (c/m)^b)", f"m = {median_min:g} min, b = {b:g}",
        "Geurs and Ritsema van Eck 2001, RIVM 408505006",
        lambda c: 1 / (1 + (c / median_min) ** b),
    )  # fmt: skip


def logistic(*, mean_min: float, sd_min: float) -> Decay:
    """The s-curve of Bauer and Groneberg: ``g(0)/g(c)``, ``g(c) = 1 + e^((c - m)π/(s√3))``.

    Raises
    ------
    MethodError
        When m or s is not above zero.

    References
    ----------
    Bauer and Groneberg 2016, PLoS ONE 11(7), e0159148.
    """
    _refuse_not_above_zero(mean_min=mean_min, sd_min=sd_min)
    slope = math.pi / (sd_min * math.sqrt(3))
    return Decay(
        "logistic", "g(0)/g(c), g(c) = 1 + e^((c - m)π/(s√3))",
        f"m = {mean_min:g} min, s = {sd_min:g} min",
        "Bauer and Groneberg 2016, PLoS ONE 11(7), e0159148",
        lambda c: expit(slope * (mean_min - c)) / expit(slope * mean_min),
    )  # fmt: skip


def dai(*, cut_off_min: float) -> Decay:
    """The bell that reaches 0 at the cut-off, of Ga2SFCA.

    ``(e^(-(c/c0)²/2) - e^(-1/2)) / (1 - e^(-1/2))`` for ``c ≤ c0``.

    Raises
    ------
    MethodError
        When the cut-off is not above zero.
    """
    _refuse_not_above_zero(cut_off_min=cut_off_min)
    foot = math.exp(-0.5)
    return Decay(
        "Dai's Gaussian", "(e^(-(c/c0)²/2) - e^(-1/2))/(1 - e^(-1/2)), c ≤ c0",
        f"c0 = {cut_off_min:g} min", "Dai 2010, Health Place 16, 1038",
        lambda c: np.maximum(0.0, np.exp(-((c / cut_off_min) ** 2) / 2) - foot) / (1 - foot),
        cut_off_min,
    )  # fmt: skip


def epanechnikov(*, cut_off_min: float) -> Decay:
    """The kernel of KD2SFCA: ``¾(1 - (c/c0)²)`` for ``c ≤ c0``; 0.75 at the door.

    The scale cancels in every measure that shares supply among demand.

    Raises
    ------
    MethodError
        When the cut-off is not above zero.
    """
    _refuse_not_above_zero(cut_off_min=cut_off_min)
    return Decay(
        "Epanechnikov kernel", "¾(1 - (c/c0)²), c ≤ c0", f"c0 = {cut_off_min:g} min",
        "Dai and Wang 2011, Environ Plann B 38, 659",
        lambda c: np.maximum(0.0, 0.75 * (1 - (c / cut_off_min) ** 2)), cut_off_min,
    )  # fmt: skip


def cut(decay: Decay, *, cut_off_min: float) -> Decay:
    """A curve ended at a catchment's edge: ``f(c)·1[c ≤ c0]``.

    Raises
    ------
    MethodError
        When the cut-off is negative or not a number.
    """
    _refuse_below_zero(cut_off_min=cut_off_min)
    return Decay(
        decay.name, f"{decay.formula}, c ≤ c0", f"{decay.settings}, c0 = {cut_off_min:g} min",
        decay.source, decay.curve, min(decay.reach_min, cut_off_min),
    )  # fmt: skip


def _refuse_not_above_zero(**given: float) -> None:
    _refuse({name: got for name, got in given.items() if not 0 < got < math.inf}, "above 0")


def _refuse_below_zero(**given: float) -> None:
    _refuse(
        {name: value for name, value in given.items() if not 0 <= value < math.inf}, "0 or more"
    )


def _refuse(wrong: Mapping[str, float], wanted: str) -> None:
    if wrong:
        raise MethodError(
            Fault(what=f"{name} must be {wanted}, not {value}", where="decay")
            for name, value in wrong.items()
        )
