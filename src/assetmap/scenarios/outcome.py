"""What the three-leg test finds under one set of assumptions: the rooms' own rules, on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from assetmap.access.score import goalposts
from assetmap.findings.benefit import settled_state
from assetmap.findings.left_behind import DECIMALS, FLAGGED, level_code
from assetmap.findings.legs import decide_access, decide_caps, decide_need
from assetmap.frames.costs import COST_DECIMALS
from assetmap.network.kernels.shaken import Draws, reach_shaken
from assetmap.network.straight import PACE_M_MIN

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.findings.rules import Rules
    from assetmap.network.kernels.shaken import Reach, Shaken
    from assetmap.scenarios.ground import Ground


AT_ONCE = 32
"""Sets of assumptions that are looked into side by side: a few steps of the processor each."""


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

    ``ran_out`` counts origins and standards measured there of which all that were kept are gone
    while others, farther off, may be there.
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
    """The level and score of every own area."""
    (found,) = outcomes(ground, [assumed])
    return found


def outcomes(ground: Ground, assumed: Sequence[Assumed]) -> Iterator[Outcome]:
    """The level and score of every own area under each of several sets of assumptions.

    Minutes are stretched by pace and detour, and by how much nearer or farther a moved asset is;
    then everything is decided by the rules of ``access`` and ``findings``, at the decimals of
    their tables. Minutes saved by schemes stretch alike. Who reaches what is looked into once for
    sets that differ in rules alone. How many go at once changes nothing.
    """
    for some in _in_turn(assumed):
        walks = {_walks_of(one): one for one in some}
        row = {walk: at for at, walk in enumerate(walks)}
        reach = reach_of(ground, list(walks.values()))
        shares, scores = _shares(ground, reach), _scores(reach)
        for one in some:
            at = row[_walks_of(one)]
            level = _level(ground, one, shares[at], scores[at], _slower(ground, one))
            yield Outcome(level, scores[at], int(reach.ran_out[at]))


def _in_turn(assumed: Sequence[Assumed]) -> Iterator[list[Assumed]]:
    """The sets in their order, together as long as ``AT_ONCE`` decide who reaches what."""
    some: list[Assumed] = []
    walks: set[Hashable] = set()
    for one in assumed:
        if len(walks) == AT_ONCE and _walks_of(one) not in walks:
            yield some
            some, walks = [], set()
        some.append(one)
        walks.add(_walks_of(one))
    if some:
        yield some


def _walks_of(assumed: Assumed) -> Hashable:
    """What decides who reaches what: the same for sets made from one by changing its rules."""
    arrays = (id(one) for one in (assumed.stretch, assumed.weights, assumed.shaken))
    return (assumed.pace_m_min, assumed.detour, *arrays)


def reach_of(ground: Ground, assumed: Sequence[Assumed]) -> Reach:
    """What people of each area reach under each of some sets of assumptions, side by side."""
    slower = [_slower(ground, one) for one in assumed]
    return reach_shaken(
        ground.choices,
        _side_by_side(ground, assumed, slower),
        areas=len(ground.ids),
        cut_off_min=round(ground.cut_off_min, COST_DECIMALS),
        grid=ground.grid,
    )


def _slower(ground: Ground, assumed: Assumed) -> float:
    """By how much every cost is longer than the costs at hand."""
    detour = assumed.detour / ground.detour if ground.detour else 1.0
    return detour * PACE_M_MIN / assumed.pace_m_min


def _side_by_side(ground: Ground, assumed: Sequence[Assumed], slower: Sequence[float]) -> Draws:
    """The assumptions that decide who reaches what, the last axis the draws."""
    min_a_m = np.array([(one.detour if ground.detour else 1.0) / one.pace_m_min for one in assumed])
    there = _columns(one.shaken.there for one in assumed)
    east_m = _columns(one.shaken.east_m for one in assumed)
    north_m = _columns(one.shaken.north_m for one in assumed)
    moved_m = np.where(there, np.hypot(east_m, north_m), 0.0)
    slack_min = np.zeros((len(ground.standards), len(assumed)))
    for at, assets in zip(ground.counted, ground.wanted, strict=True):
        slack_min[at] = moved_m[assets].max(axis=0, initial=0.0) * min_a_m
    limits = _columns(ground.limits_min * one.stretch for one in assumed)
    far, width = goalposts(limits)
    return Draws(
        stretch=np.array(slower),
        min_a_m=min_a_m,
        east_m=np.where(there, east_m, np.inf),
        north_m=np.where(there, north_m, np.inf),
        slack_min=slack_min,
        limit_min=limits.round(COST_DECIMALS),
        far_min=far,
        width_min=width,
        weight=_columns(one.weights for one in assumed),
    )


def _columns(of_draws: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """Things by draws, the draws of a thing together in memory."""
    return np.ascontiguousarray(np.array(list(of_draws)).T)


def _shares(ground: Ground, reach: Reach) -> Numbers:
    """The share of people who meet no measured standard: draws by areas by themes of the rules.

    The areas of a theme lie together in memory: rules go along themes, and these are few.
    """
    people = ground.people[:, :, None]
    met = np.full(reach.within.shape, np.nan)
    np.divide(reach.within, people, out=met, where=people > 0)
    measured = ground.themes.measured.T
    shares = np.full((len(reach.ran_out), *measured.shape), np.nan)
    for at, theme in enumerate(ground.ruled):
        if theme in ground.scored:
            shares[:, at] = np.round(1 - met[:, ground.scored.index(theme)], DECIMALS).T
    return np.where(measured, shares, np.nan).swapaxes(1, 2)


def _scores(reach: Reach) -> Numbers:
    """The composite score of each area, averaged over its people: draws by areas."""
    score = np.full(reach.good.shape, np.nan)
    np.divide(reach.good, reach.people, out=score, where=reach.people > 0)
    return np.round(score, DECIMALS).T


def _level(
    ground: Ground, assumed: Assumed, shares: Numbers, score: Numbers, slower: float
) -> NDArray[np.int8]:
    """The code of each area's level, by the rules of ``findings`` themselves."""
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
    return level_code(need.met, access.poor, benefit=benefit, capped=caps.any, unsure=unsure)
