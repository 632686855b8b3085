"""What the three-leg test finds under one set of assumptions: the rooms' own rules, on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from assetmap.access.score import best_measured, between_goalposts, weighed
from assetmap.access.standard import any_met, is_within
from assetmap.findings.benefit import settled_state
from assetmap.findings.left_behind import DECIMALS, FLAGGED, level_code
from assetmap.findings.legs import decide_access, decide_caps, decide_need
from assetmap.frames.costs import COST_DECIMALS
from assetmap.network.kernels.shaken import least_shaken
from assetmap.network.straight import PACE_M_MIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.findings.rules import Rules
    from assetmap.network.kernels.shaken import Shaken
    from assetmap.scenarios.ground import Ground


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """One set of assumptions.

    Attributes
    ----------
    rules
        The cut-offs of the test.
    basis
        Of deprivation; one that the ground holds.
    counts
        Which schemes bring a benefit: those that are ``firm``, or ``all`` that say what they bring.
    pace_m_min
        How fast people walk.
    detour
        Walked over straight length; read only where costs are straight lines.
    weights
        Of each theme in the score, in the ground's order.
    stretch
        Of each standard's minutes, 1 as it stands.
    shaken
        Which assets are there, and where; None as they are listed.
    """

    rules: Rules
    basis: str
    weights: Numbers
    stretch: Numbers
    shaken: Shaken
    counts: Literal["firm", "all"] = "firm"
    pace_m_min: float = PACE_M_MIN
    detour: float = 1.0


class Outcome(NamedTuple):
    """What was found: the code of each area's level, its score, and where candidates ran out.

    ``ran_out`` counts origins and standards of which all that were kept are gone while others,
    farther off, may be there.
    """

    level: NDArray[np.int8]
    score: Numbers
    ran_out: int

    @property
    def flagged(self) -> Flags:
        """Whether each area is left_behind or at_risk."""
        found: Flags = self.level < FLAGGED
        return found


def outcome(ground: Ground, assumed: Assumed) -> Outcome:
    """The level and score of every own area.

    Minutes are stretched by pace and detour, and by how much nearer or farther a moved asset is;
    then everything is decided by the rules of ``access`` and ``findings`` themselves, at the
    decimals of their tables. Minutes saved by schemes stretch alike.
    """
    slower = _slower(ground, assumed)
    minutes, ran_out = _minutes(ground, assumed, slower)
    limits = ground.limits_min * assumed.stretch
    shares = _shares(ground, minutes, limits)
    score = _score(ground, minutes, limits, assumed.weights)
    themes = ground.themes._replace(shares=shares)
    need = decide_need(ground.ranks[assumed.basis], assumed.rules)
    access = decide_access(themes, score, unsure=ground.gated, rules=assumed.rules)
    caps = decide_caps(themes, access, ground.survives, rules=assumed.rules)
    counts = ground.benefit.saved_min if assumed.counts == "firm" else ground.benefit.expected_min
    benefit = settled_state(
        counts * slower,
        ground.benefit.expected_min * slower,
        near_silent=ground.benefit.near_silent,
        rules=assumed.rules,
    )
    unsure = ground.unsure | np.isnan(need.margins["nation"])
    level = level_code(need.met, access.poor, benefit=benefit, capped=caps.any, unsure=unsure)
    return Outcome(level, score, ran_out)


def _slower(ground: Ground, assumed: Assumed) -> float:
    """By how much every cost is longer than the costs at hand."""
    detour = assumed.detour / ground.detour if ground.detour else 1.0
    return detour * PACE_M_MIN / assumed.pace_m_min


def _minutes(ground: Ground, assumed: Assumed, slower: float) -> tuple[Numbers, int]:
    """Minutes to the nearest that satisfies each standard: origins by standards, NaN if none.

    Standards that can change no level are not looked for: their column is empty. Columns lie
    together in memory, since everything after goes through them one by one.
    """
    min_a_m = (assumed.detour if ground.detour else 1.0) / assumed.pace_m_min
    cut_off_min, ran_out = round(ground.cut_off_min, COST_DECIMALS), 0
    minutes = np.full((len(ground.standards), len(ground.homes.people)), np.nan)
    for at in ground.counted:
        near = ground.near[at]
        found = least_shaken(near, assumed.shaken, stretch=slower, min_a_m=min_a_m)
        ran_out += int((np.isinf(found) & (np.diff(near.ptr) >= ground.kept)).sum())
        found = np.round(found, COST_DECIMALS)
        minutes[at] = np.where(found <= cut_off_min, found, np.nan)
    return minutes.T, ran_out


def _shares(ground: Ground, minutes: Numbers, limits: Numbers) -> Numbers:
    """The share of people who meet no measured standard of each theme: areas by themes."""
    within, measured = is_within(minutes, limits), ground.measured
    shares = np.full(ground.themes.shares.shape, np.nan)
    for at, theme in enumerate(ground.ruled):
        if theme in ground.columns:
            columns = ground.columns[theme]
            met = any_met(within[:, columns], measured[:, columns])
            mean = ground.homes.means(met, ~np.isnan(met))
            shares[:, at] = np.round(1 - mean, DECIMALS)
    return np.where(ground.themes.measured, shares, np.nan)


def _score(ground: Ground, minutes: Numbers, limits: Numbers, weights: Numbers) -> Numbers:
    """The composite score of each area, averaged over its people."""
    scores, measured = between_goalposts(minutes, limits), ground.measured
    best = [
        best_measured(scores[:, ground.columns[theme]], measured[:, ground.columns[theme]])
        for theme in ground.scored
    ]
    shape = (len(minutes), len(best))
    themes = np.column_stack(best) if best else np.zeros(shape)
    score = weighed(themes, weights)
    return np.round(ground.homes.means(score, ~np.isnan(score)), DECIMALS)
