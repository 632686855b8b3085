"""``[fairness]`` of study.toml: which free public space counts, and how near."""

from __future__ import annotations

from assetmap.study.frozen import Frozen, Minutes


class FreeSpace(Frozen):
    """``[fairness]``: the places that anybody may enter without paying, indoor and green."""

    free_indoor: tuple[str, ...] = ("library", "community_centre", "family_hub", "museum")
    free_green: tuple[str, ...] = ("park", "playing_field", "nature")
    free_within_min: Minutes = 10
