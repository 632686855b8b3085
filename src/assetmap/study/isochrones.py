"""``[[isochrone]]`` of ``study.toml``: ground within reach of a kind of place, for the map."""

from __future__ import annotations

from typing import Literal

from assetmap.study.frozen import Frozen, Minutes


class Isochrone(Frozen):
    """The ground within so many minutes of the nearest place that satisfies a standard."""

    standard: str
    minutes: Minutes
    profile: Literal[
        "standard", "older", "pram", "wheelchair",
        "transit", "transit_evening", "transit_sunday", "transit_step_free",
    ] = "standard"  # fmt: skip
