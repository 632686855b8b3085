"""One assumption changed at a time: how many areas are flagged, and whether they are the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.frames import table_of
from assetmap.frames.results import LEVELS
from assetmap.frames.robustness import SENSITIVITY
from assetmap.scenarios.outcome import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from assetmap.findings.left_behind import Flags
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.outcome import Assumed, Outcome

PERCENTS = (10, 15, 20, 25, 30)
FACTORS = (0.8, 1.0, 1.2)
PACES = (48.0, 66.7, 80.0)
DETOURS = (1.2, 1.3, 1.4)
EPSILONS = (0.5, 1.0, 2.0)


class Change(NamedTuple):
    """One assumption changed."""

    assumption: str
    value: str
    assumed: Assumed


def sensitivity(ground: Ground, base: Assumed) -> pd.DataFrame:
    """SENSITIVITY: for each change the areas flagged, and the Jaccard index with the study's list.

    Jaccard = areas on both lists over areas on either, and 1 where both are empty. The study's own
    value of each assumption stands among the others, and its row is the study's list.
    """
    tried = list(changes(ground, base))
    own, *found = outcomes(ground, [base, *(change.assumed for change in tried)])
    rows = [_row(change, own, one, base) for change, one in zip(tried, found, strict=True)]
    columns = {name: [row[name] for row in rows] for name in SENSITIVITY.names}
    return table_of(SENSITIVITY, columns)


def changes(ground: Ground, base: Assumed) -> Iterator[Change]:
    """Every change that means something here; no change twice."""
    yield from _of_rules(base)
    yield from _of_travel(ground, base)
    yield from _of_need(ground, base)
    for at in ground.weighed:
        theme = ground.scored[at]
        for factor in (1.0, 2.0):
            weights = base.weights.copy()
            weights[at] *= factor
            yield Change(f"weight: {theme}", f"x {factor:g}", replace(base, weights=weights))
    if not np.isnan(ground.benefit.saved_min).all():
        for epsilon in sorted({*EPSILONS, base.rules.benefit_min}):
            rules = replace(base.rules, benefit_min=epsilon)
            name = "least minutes that count as a benefit"
            yield Change(name, f"{epsilon:g} min", replace(base, rules=rules))
        yield Change("schemes that count", "open or dated", replace(base, counts="firm"))
        yield Change("schemes that count", "all planned", replace(base, counts="all"))


def _of_rules(base: Assumed) -> Iterator[Change]:
    rules = base.rules
    for percent in sorted({*PERCENTS, 10 * rules.need_deciles}):
        tenths = percent / 10
        changed = replace(rules, need_deciles=tenths, region_deciles=tenths)
        name = "need: most deprived share of the nation and the region"
        yield Change(name, f"{percent:g} %", replace(base, rules=changed))
    for percent in sorted({*PERCENTS, round(100 * rules.relative_share, 6)}):
        changed = replace(rules, relative_share=percent / 100)
        name = "access: lowest share of scores"
        yield Change(name, f"{percent:g} %", replace(base, rules=changed))
    for share in sorted({0.4, 0.5, 0.6, rules.share_failing}):
        changed = replace(rules, share_failing=share)
        name = "access: share of people beyond a theme's standards"
        yield Change(name, f"{100 * share:g} %", replace(base, rules=changed))


def _of_travel(ground: Ground, base: Assumed) -> Iterator[Change]:
    ones = np.ones(len(ground.standards))
    for factor in FACTORS:
        yield Change(
            "standards: all distances", f"x {factor:g}", replace(base, stretch=factor * ones)
        )
    for at in ground.counted:
        standard = ground.standards[at]
        for factor in FACTORS:
            stretch = ones.copy()
            stretch[at] = factor
            yield Change(f"standards: {standard}", f"x {factor:g}", replace(base, stretch=stretch))
    for pace in sorted({*PACES, base.pace_m_min}):
        yield Change("walking pace", f"{pace:g} m/min", replace(base, pace_m_min=pace))
    if ground.detour is not None:
        for detour in sorted({*DETOURS, base.detour}):
            yield Change("detour of straight lines", f"{detour:g}", replace(base, detour=detour))


def _of_need(ground: Ground, base: Assumed) -> Iterator[Change]:
    for basis in ground.ranks:
        yield Change("need: measure of deprivation", basis, replace(base, basis=basis))
    for leads in ("nation", "authority"):
        rules = replace(base.rules, leads=leads)
        yield Change("need: set that leads", leads, replace(base, rules=rules))


def _row(change: Change, own: Outcome, found: Outcome, base: Assumed) -> dict[str, object]:
    before, after = own.flagged, found.flagged
    return {
        "assumption": change.assumption,
        "value": change.value,
        "own": _same(change.assumed, base),
        "flagged": int(after.sum()),
        "left_behind": int((found.level == LEVELS.index("left_behind")).sum()),
        "at_risk": int((found.level == LEVELS.index("at_risk")).sum()),
        "joins": int((after & ~before).sum()),
        "leaves": int((before & ~after).sum()),
        "jaccard": jaccard(before, after),
    }


def jaccard(first: Flags, second: Flags) -> float:
    """Areas on both lists over areas on either; 1 where both are empty."""
    either = int((first | second).sum())
    return int((first & second).sum()) / either if either else 1.0


def _same(one: Assumed, other: Assumed) -> bool:
    """Whether a change is none."""
    arrays = ("weights", "stretch")
    plain = ("rules", "basis", "counts", "pace_m_min", "detour")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays) and all(
        getattr(one, name) == getattr(other, name) for name in plain
    )
