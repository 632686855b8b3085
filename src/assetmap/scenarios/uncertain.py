"""What is uncertain and by how much; and the assumptions of each draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.scenarios import draws
from assetmap.scenarios.listed import shaken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Numbers
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.scenarios.outcome import Assumed

LEAST_FACTOR = 0.1
"""No cut-off or standard is drawn below a tenth of itself."""
EPSILONS = (0.5, 1.0, 2.0)
"""The least minutes that count as a benefit: half and twice what the rules say, at most."""
DETOUR = "detour of straight lines"
TENTHS = ("need_deciles", "region_deciles", "local_deciles")
SHARES = ("share_failing", "relative_share", "relative_beyond")
SAID = {
    "share_failing": "cut-off: share of people beyond a theme's standards",
    "relative_share": "cut-off: lowest share of scores",
    "relative_beyond": "cut-off: people beyond a standard for the relative test",
}


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """How far each assumption is shaken; every number is a design choice that a study may change.

    Attributes
    ----------
    seed
        The study's.
    threshold_spread
        Standards and cut-offs are multiplied by N(1, this).
    pace_m_min
        Least, likeliest and greatest pace of walking.
    detour
        Least and greatest walked over straight length; drawn only where costs are straight lines.
    weight_alpha
        Weights of themes are Dirichlet with this times their share.
    own_choice
        Chance that the study's own basis of deprivation is drawn, and that only firm schemes
        count; what is left is shared by the others.
    """

    seed: int
    threshold_spread: float = 0.1
    pace_m_min: tuple[float, float, float] = (66.7, 80.0, 80.0)
    detour: tuple[float, float] = (1.2, 1.6)
    weight_alpha: float = 10.0
    own_choice: float = 0.75


class Drawn(NamedTuple):
    """Assumptions of some draws, and what each drew as a number: draws by ``names``."""

    names: tuple[str, ...]
    values: Numbers
    assumed: tuple[Assumed, ...]


class _Numbers:
    """The numbers of some draws, by the name that each assumption goes by."""

    def __init__(self, uncertain: Uncertain, drawn: NDArray[np.int64]) -> None:
        self.uncertain, self.drawn = uncertain, drawn
        self.by_name: dict[str, Numbers] = {}

    def draw(self, draw: Callable[..., Any], name: str, kind: str, **numbers: object) -> Numbers:
        """One number a draw."""
        found = draw(self.uncertain.seed, self.drawn, kind=kind, what=draws.named([name]),
                     **numbers)  # fmt: skip
        self.by_name[name] = found[:, 0].astype(np.float64)
        return self.by_name[name]

    def factor(self, name: str, kind: str) -> Numbers:
        """N(1, spread), never below a tenth."""
        noise = self.draw(draws.normal, name, kind)
        self.by_name[name] = np.maximum(1 + self.uncertain.threshold_spread * noise, LEAST_FACTOR)
        return self.by_name[name]


def drawn_of(
    ground: Ground,
    base: Assumed,
    uncertain: Uncertain,
    known: Listed,
    drawn: Sequence[int] | range,
) -> Drawn:
    """The assumptions of these draws: a function of the seed, the draw and what each is about."""
    numbers = _Numbers(uncertain, np.asarray(drawn, dtype=np.int64))
    columns: dict[str, Any] = {
        "rules": _rules(numbers, ground, base),
        "basis": _basis(numbers, ground, base),
        "counts": _counts(numbers, ground),
        "pace_m_min": numbers.draw(
            draws.triangular, "walking pace", "pace", ends=uncertain.pace_m_min
        ),
        "stretch": _stretch(numbers, ground),
        "weights": _weights(numbers, ground, base),
    }
    if ground.detour is not None:
        columns["detour"] = _detour(numbers)
    town = shaken(uncertain.seed, numbers.drawn, known)
    assumed = tuple(
        replace(base, shaken=now, **{name: column[row] for name, column in columns.items()})
        for row, now in enumerate(town)
    )
    there = np.array([now.there for now in town], dtype=bool).reshape(len(town), -1)
    for at, wanted in zip(ground.counted, ground.wanted, strict=True):
        if len(wanted):
            named = f"places there: {ground.standards[at]}"
            numbers.by_name[named] = there[:, wanted].mean(axis=1)
    names = tuple(sorted(numbers.by_name))
    return Drawn(names, np.column_stack([numbers.by_name[name] for name in names]), assumed)


def _stretch(numbers: _Numbers, ground: Ground) -> Numbers:
    """The factor of each standard; one that can change no level stays as it is."""
    stretch = np.ones((len(numbers.drawn), len(ground.standards)))
    for at in ground.counted:
        stretch[:, at] = numbers.factor(f"standard: {ground.standards[at]}", "standard")
    return stretch


def _detour(numbers: _Numbers) -> Numbers:
    low, high = numbers.uncertain.detour
    numbers.by_name[DETOUR] = low + (high - low) * numbers.draw(draws.uniform, DETOUR, "detour")
    return numbers.by_name[DETOUR]


def _rules(numbers: _Numbers, ground: Ground, base: Assumed) -> list[Any]:
    """The cut-offs of the test, each draw's own."""
    tenths = numbers.factor("cut-off: most deprived tenths", "rule")
    shares = {name: numbers.factor(SAID[name], "rule") for name in SHARES}
    least = np.ones(len(tenths))
    if not np.isnan(ground.benefit.saved_min).all():
        name = "least minutes that count as a benefit"
        least = numbers.draw(draws.triangular, name, "rule", ends=EPSILONS)
    return [
        replace(
            base.rules,
            **{name: min(getattr(base.rules, name) * tenths[row], 10.0) for name in TENTHS},
            **{
                name: min(getattr(base.rules, name) * factor[row], 1.0)
                for name, factor in shares.items()
            },
            benefit_min=base.rules.benefit_min * least[row],
        )
        for row in range(len(tenths))
    ]


def _basis(numbers: _Numbers, ground: Ground, base: Assumed) -> list[str]:
    """The basis of deprivation: mostly the study's own."""
    others = sorted(set(ground.ranks) - {base.basis})
    if not others:
        return [base.basis] * len(numbers.drawn)
    own = numbers.uncertain.own_choice
    shares = [own, *[(1 - own) / len(others)] * len(others)]
    taken = numbers.draw(draws.chosen, "measure of deprivation", "basis", shares=shares)
    return [[base.basis, *others][int(one)] for one in taken]


def _counts(numbers: _Numbers, ground: Ground) -> list[str]:
    """Which schemes count: mostly those that are firm; not drawn where none delivers."""
    if np.isnan(ground.benefit.expected_min).all():
        return ["firm"] * len(numbers.drawn)
    own = numbers.uncertain.own_choice
    taken = numbers.draw(draws.chosen, "schemes that count", "schemes", shares=[own, 1 - own])
    return [("firm", "all")[int(one)] for one in taken]


def _weights(numbers: _Numbers, ground: Ground, base: Assumed) -> Numbers:
    """Weights of themes that sum to 1, around the study's own."""
    if not base.weights.sum() > 0:
        return np.repeat(base.weights[None, :], len(numbers.drawn), axis=0)
    alpha = numbers.uncertain.weight_alpha * base.weights / base.weights.sum()
    drawn = draws.dirichlet(
        numbers.uncertain.seed, numbers.drawn, kind="weight", what=draws.named(ground.scored),
        alpha=alpha,
    )  # fmt: skip
    numbers.by_name |= {
        f"weight: {theme}": drawn[:, column]
        for column, theme in enumerate(ground.scored)
        if column in ground.weighed and len(ground.weighed) > 1
    }
    return drawn


def batches(draws_wanted: int, size: int) -> Iterator[range]:
    """The draws in batches of at most ``size``."""
    for start in range(0, draws_wanted, size):
        yield range(start, min(start + size, draws_wanted))
