"""``[levels]`` of study.toml: the larger places that results are summed up for."""

from __future__ import annotations

from assetmap.study.frozen import Frozen


class Levels(Frozen):
    """``[levels]``: names of levels that sources of kind ``geography`` give."""

    report: tuple[str, ...] = ()
    """Without any, all levels that are loaded but nation and region."""
