"""Every cut-off of the three-leg test, in one frozen object, each with its default and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assetmap.errors import Fault, MethodError


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The cut-offs; every default is a design choice that a study may change and must print.

    Attributes
    ----------
    themes
        Themes that count in leg 2; one without a row of evidence is not measured.
    leads
        ``nation``: need is met in the nation's set or the region's. ``authority`` or ``named``:
        that set counts as well, but never for an area in the nation's less deprived half.
    need_deciles, region_deciles, local_deciles
        Most deprived tenths that meet need within the nation, the region, and the authority or
        the named authorities. Fractions such as 1.5 are percentiles (15 %).
    less_deprived_from
        Percentile of the nation above which a local set alone can never meet need.
    share_failing
        Share of people beyond every measured standard of a theme at which an area fails it.
    themes_share, themes_least
        An area fails the standard test when it fails this share of its measured themes, rounded
        up, and never fewer than this many.
    relative_share, relative_beyond
        The lowest share of the study's own areas by score, counted only where this share of
        residents is beyond the standards of some theme.
    themes_enough
        Fewer measured themes than this keep the level at ``at_risk``.
    detour_survival
        Share of draws of detour factors in which a straight-line level must stand to rise above
        ``at_risk``.
    benefit_min
        ε: least minutes saved that count as a benefit.
    benefit_clear_times
        How many times ε the minutes saved must be for the benefit to be no longer marginal.
    unsnapped_share
        Share of people whose origins miss the streets above which nothing is found.
    chosen_by
        Who chose them, as printed.

    Raises
    ------
    MethodError
        For shares outside 0 to 1, tenths outside 0 to 10, no themes.
    """

    themes: tuple[str, ...] = ("community", "leisure", "green", "transport")
    leads: Literal["nation", "authority", "named"] = "nation"
    need_deciles: float = 2
    region_deciles: float = 2
    local_deciles: float = 2
    less_deprived_from: float = 50
    share_failing: float = 0.5
    themes_share: float = 0.5
    themes_least: int = 2
    relative_share: float = 0.2
    relative_beyond: float = 0.25
    themes_enough: int = 3
    detour_survival: float = 0.8
    benefit_min: float = 1
    benefit_clear_times: float = 2
    unsnapped_share: float = 0.2
    chosen_by: str = "assetmap defaults"

    def __post_init__(self) -> None:
        faults = [
            Fault(what=f"{name} = {value:g}, outside {low:g} to {high:g}", where="the rules")
            for name, value, low, high in self._bounded()
            if not low <= value <= high
        ]
        if not self.themes or len(set(self.themes)) != len(self.themes):
            faults.append(Fault(what="themes are none, or one occurs twice", where="the rules"))
        if faults:
            raise MethodError(faults)

    def _bounded(self) -> list[tuple[str, float, float, float]]:
        given = vars(self)
        shares = (
            "share_failing", "themes_share", "relative_share", "relative_beyond",
            "detour_survival", "unsnapped_share",
        )  # fmt: skip
        tenths = ("need_deciles", "region_deciles", "local_deciles")
        return [
            *((name, given[name], 0, 1) for name in shares),
            *((name, given[name], 0, 10) for name in tenths),
            ("less_deprived_from", self.less_deprived_from, 0, 100),
            ("themes_least", self.themes_least, 1, 100),
            ("themes_enough", self.themes_enough, 1, 100),
            ("benefit_min", self.benefit_min, 0, float("inf")),
            ("benefit_clear_times", self.benefit_clear_times, 1, float("inf")),
        ]

    @property
    def benefit_clear(self) -> float:
        """Minutes saved from which the benefit is no longer marginal."""
        return self.benefit_min * self.benefit_clear_times

    def tenths(self, reference: str) -> float:
        """The most deprived tenths that meet need within a reference set."""
        return {"nation": self.need_deciles, "region": self.region_deciles}.get(
            reference, self.local_deciles
        )


def methods(rules: Rules) -> list[dict[str, str]]:
    """The METHODS rows of the three legs and the levels."""
    own = {"source": "Design choice", "status": "design choice"}
    return [
        {
            "name": "Leg 1, need",
            "formula": "in the most deprived tenths of the nation or of the region; the "
            "authority's own are shown and lead only if the study says so",
            "settings": f"nation {rules.need_deciles:g} tenths, region {rules.region_deciles:g}, "
            f"authority {rules.local_deciles:g}; leads: {rules.leads}; {rules.chosen_by}",
            **own,
        },
        {
            "name": "Leg 2, access: standard test",
            "formula": "a theme is failed where enough people are beyond every measured standard "
            "of it; the test fails at max(least, ceil(share of measured themes)) failed themes",
            "settings": f"people {rules.share_failing:g}, themes {rules.themes_share:g}, least "
            f"{rules.themes_least}; themes {', '.join(rules.themes)}; {rules.chosen_by}",
            **own,
        },
        {
            "name": "Leg 2, access: relative test",
            "formula": "composite score in the lowest share of the study's own areas (ties "
            "alike), counted only where enough residents are beyond a standard",
            "settings": f"lowest {rules.relative_share:g}, beyond {rules.relative_beyond:g}; "
            f"{rules.chosen_by}",
            **own,
        },
        {
            "name": "Leg 3, benefit",
            "formula": "minutes saved to the nearest, after less before, by open or dated public "
            "assets; boundary and catchment are context",
            "settings": f"ε {rules.benefit_min:g} min; marginal under {rules.benefit_clear:g} "
            f"min; {rules.chosen_by}",
            **own,
        },
        {
            "name": "Level",
            "formula": "left_behind: need, poor access, no benefit; at_risk: need and poor access "
            "with benefit unknown, expected or marginal, or a cap; insufficient_data: too little "
            "measured, too many people off the streets, or a boundary no lookup can follow",
            "settings": f"full level from {rules.themes_enough} measured themes; straight lines "
            f"must stand in {rules.detour_survival:g} of draws; at most "
            f"{rules.unsnapped_share:g} of people off the streets; {rules.chosen_by}",
            "source": "Design choice, after Local Trust and OCSI 2019 for the first two legs",
            "status": "design choice",
        },
    ]
