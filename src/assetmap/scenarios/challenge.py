"""What would change each answer: one choice at a time, from the study's own value outwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.frames import table_of
from assetmap.frames.challenge import CHALLENGE
from assetmap.frames.results import LEVELS
from assetmap.scenarios.outcome import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.outcome import Assumed

FACTORS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.1, 1.25, 1.5, 1.75, 2.0)
STEP_M = 50
WEIGHTS = (0.25, 0.5, 2.0, 4.0)
RULES: Mapping[str, tuple[float, ...]] = {
    "need_deciles": (1, 2, 3, 4, 5),
    "region_deciles": (1, 2, 3, 4, 5),
    "share_failing": (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8),
    "relative_share": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "benefit_min": (0.5, 1, 2, 3, 5),
}


class Trial(NamedTuple):
    """One choice with another value."""

    setting: str
    own: float
    value: float
    assumed: Assumed

    @property
    def change(self) -> float:
        """How large the change is, as a share of the study's own value."""
        return abs(self.value / self.own - 1)


def trials(ground: Ground, base: Assumed, *, metres: Mapping[str, float]) -> Iterator[Trial]:
    """Every value tried of every choice that can change a level; none the study's own.

    Distances are tried in steps that a person would say, of 50 m, from half to twice the study's
    own, and no farther than routes were searched.
    """
    yield from _distances(ground, base, metres)
    yield from _rules(base)
    yield from _weights(ground, base)


def _distances(ground: Ground, base: Assumed, metres: Mapping[str, float]) -> Iterator[Trial]:
    for at in ground.counted:
        name = ground.standards[at]
        own = metres[name]
        tried = {float(STEP_M * round(own * factor / STEP_M)) for factor in FACTORS}
        for value in sorted(tried - {0.0, own}):
            stretch = base.stretch.copy()
            stretch[at] = value / own
            if ground.limits_min[at] * stretch[at] <= ground.cut_off_min:
                yield Trial(f"thresholds.{name}", own, value, replace(base, stretch=stretch))


def _rules(base: Assumed) -> Iterator[Trial]:
    for name, values in RULES.items():
        own = float(getattr(base.rules, name))
        for value in values:
            if value != own:
                changed: dict[str, Any] = {name: value}
                rules = replace(base.rules, **changed)
                yield Trial(f"rules.{name}", own, value, replace(base, rules=rules))


def _weights(ground: Ground, base: Assumed) -> Iterator[Trial]:
    for at in ground.weighed:
        own = float(base.weights[at])
        for factor in WEIGHTS if own else ():
            weights = base.weights.copy()
            weights[at] = own * factor
            named = f"weights.{ground.scored[at]}"
            yield Trial(named, own, own * factor, replace(base, weights=weights))


def challenges(ground: Ground, base: Assumed, *, metres: Mapping[str, float]) -> pd.DataFrame:
    """CHALLENGE: for every area, of each choice and each way, the nearest value that matters.

    All else stays as the study has it. An area that no single change tried makes another has one
    row that says so.

    Parameters
    ----------
    metres
        Distance of each standard.
    """
    found: dict[int, list[tuple[Trial, int]]] = {at: [] for at in range(len(ground.ids))}
    nearest: dict[tuple[str, bool], NDArray[np.bool_]] = {}
    tried = sorted(trials(ground, base, metres=metres), key=_order)
    every = outcomes(ground, [base, *(trial.assumed for trial in tried)])
    own, *levels = (one.level for one in every)
    for trial, level in zip(tried, levels, strict=True):
        way = (trial.setting, trial.value > trial.own)
        done = nearest.setdefault(way, np.zeros(len(own), dtype=bool))
        new = (level != own) & ~done
        for at in np.flatnonzero(new):
            found[int(at)].append((trial, int(level[at])))
        nearest[way] = done | new
    rows = [
        row
        for at, area_id in enumerate(ground.ids)
        for row in _rows_of(str(area_id), LEVELS[own[at]], found[at])
    ]
    return table_of(CHALLENGE, {name: [row[name] for row in rows] for name in CHALLENGE.names})


def _order(trial: Trial) -> tuple[float, str, float]:
    return (round(trial.change, 6), trial.setting, trial.value)


def _rows_of(
    area_id: str, level: str, found: list[tuple[Trial, int]]
) -> Iterator[dict[str, object]]:
    if not found:
        none = "No single change that was tried makes its level another."
        yield dict.fromkeys(CHALLENGE.names) | {
            "area_id": area_id, "order": 1, "level": level, "says": none,
        }  # fmt: skip
    for order, (trial, code) in enumerate(found, start=1):
        unit = " m" if trial.setting.startswith("thresholds.") else ""
        own, value = (f"{number:,.6g}{unit}" for number in (trial.own, trial.value))
        becomes = LEVELS[code]
        yield {
            "area_id": area_id,
            "order": order,
            "level": level,
            "setting": trial.setting,
            "own": f"{trial.own:g}",
            "value": f"{trial.value:g}",
            "becomes": becomes,
            "change": trial.change,
            "says": f"Would be {becomes} if {trial.setting} were {value}, and not {own}.",
        }
