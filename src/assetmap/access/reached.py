"""All that is measured of one profile, from its travel costs to the tables that are handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.access.asked import asked_by_area
from assetmap.access.measured import (
    area_access,
    measure,
    minutes_table,
    theme_shares,
    unsnapped_share,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from assetmap.access.asked import Asked
    from assetmap.access.measured import Place


class Asking(NamedTuple):
    """What is asked of one profile.

    Attributes
    ----------
    measures
        Beside the nearest and the standards.
    stale
        Standards that rest on sources past their age alone.
    straight
        Costs are straight lines with a detour factor.
    each
        What each origin has is asked for too: its minutes, and its scores by theme.
    """

    profile: str
    measures: Sequence[Asked] = ()
    stale: Collection[str] = ()
    straight: bool = False
    each: bool = True


class Reached(NamedTuple):
    """The tables of one profile.

    Attributes
    ----------
    minutes
        Of each origin by standard, as :func:`~assetmap.access.measured.minutes_table`; None where
        they are not asked for.
    area_access
        AREA_ACCESS: nearest, standards, themes and the measures asked for.
    theme_shares
        THEME_SHARES.
    theme_scores
        ``from_id`` and a column a theme: its best measured standard, empty where none is. What
        :func:`~assetmap.access.score.origin_score` makes the composite of; None as ``minutes``.
    unsnapped
        ``area_id`` and ``share``: people whose origins are off the streets.
    """

    minutes: pd.DataFrame | None
    area_access: pd.DataFrame
    theme_shares: pd.DataFrame
    theme_scores: pd.DataFrame | None
    unsnapped: pd.DataFrame


def reached(costs: pd.DataFrame, snaps: pd.DataFrame, place: Place, *, asking: Asking) -> Reached:
    """The tables of one profile from its COSTS and SNAPS.

    Nothing here depends on the weights of themes, and nothing looks at another profile.
    """
    found = measure(costs, snaps, place)
    told = [
        area_access(found, place.origins, profile=asking.profile),
        asked_by_area(found, costs, place, asking.measures, profile=asking.profile),
    ]
    shares = theme_shares(
        found, place.origins, place.standards, stale=asking.stale, straight=asking.straight
    )
    unsnapped = unsnapped_share(place.origins, snaps).rename("share")
    return Reached(
        minutes=minutes_table(found) if asking.each else None,
        area_access=pd.concat(told, ignore_index=True),
        theme_shares=shares,
        theme_scores=found.theme_scores.reset_index() if asking.each else None,
        unsnapped=unsnapped.reset_index(),
    )
