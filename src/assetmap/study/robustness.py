"""``[robustness]`` of study.toml: how far each uncertain input is shaken, and how often."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from assetmap.study.frozen import Frozen, Share

Pace = Annotated[float, Field(gt=0, le=200)]
Detour = Annotated[float, Field(ge=1, le=3)]
Chance = Annotated[float, Field(gt=0, le=1)]


class Robustness(Frozen):
    """``[robustness]``: every number is a design choice, printed with the result."""

    draws: int = Field(default=1000, ge=1, le=100_000)
    detour_draws: int = Field(default=200, ge=1, le=100_000)
    """Of the detour alone, for levels that rest on straight lines."""
    threshold_spread: float = Field(default=0.1, ge=0, le=0.5)
    """Standards and cut-offs are multiplied by N(1, this)."""
    pace_m_min: tuple[Pace, Pace, Pace] = (66.7, 80, 80)
    """Least, likeliest and greatest."""
    detour: tuple[Detour, Detour] = (1.2, 1.6)
    weight_alpha: float = Field(default=10, gt=0)
    """Weights of themes are Dirichlet with this times their share: more, nearer the study's own."""
    own_choice: Share = 0.75
    """Chance of the study's own basis, and of firm schemes alone; others share what is left."""
    bases: tuple[str, ...] | None = None
    """Other bases of deprivation; where none is named, imd, income and employment if held."""
    position_m: float = Field(default=25, ge=0)
    """Standard deviation of an asset's place, where its source does not say more."""
    register_listed: Chance = 0.98
    map_listed: Chance = 0.85
    """Chance that what a register, or a map, lists today is there."""
    loss_a_year: float = Field(default=0.03, ge=0, lt=1)
    """By how much that chance falls with each year of the list's age."""
    listed: dict[str, Chance] = Field(default_factory=dict)
    """Source id to the chance that what it lists is there, in place of the three above."""

    @model_validator(mode="after")
    def _in_order(self) -> Robustness:
        if list(self.pace_m_min) != sorted(self.pace_m_min):
            message = "pace_m_min is least, likeliest, greatest"
            raise ValueError(message)
        if list(self.detour) != sorted(self.detour):
            message = "detour is least, greatest"
            raise ValueError(message)
        return self
