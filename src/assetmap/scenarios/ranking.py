"""The order of options under the draws of the flag: how often each comes first, before which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.standard import satisfying
from assetmap.frames.costs import COST_DECIMALS
from assetmap.network.kernels.shaken import Near, Shaken
from assetmap.scenarios.ground import near_of
from assetmap.scenarios.listed import listed, shaken
from assetmap.scenarios.outcome import reach_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.scenarios.outcome import Assumed

    Costs = tuple[pd.DataFrame, gpd.GeoDataFrame]

RANKING = ["option", "people", "people_p5", "people_p95", "first", "better_than_today", "draws"]
PAIRS = ["option", "other", "before_it"]


class Sides(NamedTuple):
    """The homes that an option changes something for, before and after it.

    Places are counted as today's in order of ``to_id``, and after them what the option brings.
    ``new`` is what chance has to know of the latter.
    """

    before: Ground
    after: Ground
    new: Listed


def sides_of(
    ground: Ground,
    own: gpd.GeoDataFrame,
    before: Costs,
    after: Costs,
    standards: pd.DataFrame,
    brought: tuple[gpd.GeoDataFrame, pd.DataFrame, float],
) -> Sides:
    """What is near the homes that an option changes something for, before and after it.

    Parameters
    ----------
    ground
        Of the study as it is.
    own
        ORIGINS of the study, in order of ``from_id``.
    before, after
        COSTS and ASSETS, the same standards' of both.
    standards
        STANDARDS that the option touches.
    brought
        ASSETS that it brings (moved ones too), their ENTRANCES, and how far a place may be off.
    """
    assets, entrances, position_m = brought
    came = assets.sort_values("to_id")
    at = np.array([ground.standards.index(one) for one in standards["standard_id"]], dtype=np.int64)
    today = pd.Series(np.arange(len(ground.to_ids)), index=ground.to_ids)
    places = pd.Series(len(ground.to_ids) + np.arange(len(came)), index=came["to_id"])
    rows = standards.to_dict("records")
    was = [_near(before, own, satisfying(before[1], one), today) for one in rows]
    later = pd.concat([today.drop(places.index, errors="ignore"), places])
    now = [_near(after, own, satisfying(after[1], one), later) for one in rows]
    moved = np.zeros(len(own), dtype=bool)
    for one, other in zip(was, now, strict=True):
        moved |= _differ(one, other)
    limits, measured = ground.limits_min[at], ground.measured[np.ix_(moved, at)]
    sources = {one for listing in came["sources"] for one in str(listing).split(" + ")}
    small = replace(
        ground,
        homes=ground.homes._replace(
            from_ids=ground.homes.from_ids[moved],
            area_code=ground.homes.area_code[moved],
            people=ground.homes.people[moved],
        ),
        measured=measured,
        standards=tuple(standards["standard_id"]),
        limits_min=limits,
        to_ids=pd.Index([*ground.to_ids, *places.index]),
        columns={name: [column] for column, name in enumerate(standards["standard_id"])},
        scored=tuple(standards["standard_id"]),
    )
    return Sides(
        replace(small, near=tuple(_those(one, moved) for one in was)),
        replace(small, near=tuple(_those(one, moved) for one in now)),
        listed(came, entrances, dict.fromkeys(sorted(sources), 1.0), position_m=position_m),
    )


def people_gained(
    sides: Sides, ground: Ground, assumed: Sequence[Assumed], *, seed: int, drawn: range
) -> Numbers:
    """People within a standard after the option less those before, in each draw.

    Summed over standards: somebody who comes near a library and a hall counts twice. What is
    proposed is there in every draw, and stands where it is said to, give or take.
    """
    if not len(sides.before.homes.people):
        return np.zeros(len(assumed))
    at = [ground.standards.index(one) for one in sides.before.standards]
    more = shaken(seed, drawn, sides.new)
    weights = np.ones(len(at))
    both = [
        replace(
            one,
            stretch=one.stretch[at],
            weights=weights,
            shaken=_together(one.shaken, new),
        )
        for one, new in zip(assumed, more, strict=True)
    ]
    after, before = (reach_of(side, both).within for side in (sides.after, sides.before))
    found: Numbers = (after - before).sum(axis=(0, 1))
    return found


def ranking(names: Sequence[str], people: Numbers) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How often each option comes first, is better than today, and comes before each other.

    Columns of the first ``option``, ``people`` (the median; 5th and 95th percentiles beside it),
    ``first``, ``better_than_today``, ``draws``; of the second ``option``, ``other``,
    ``before_it``. Shares of draws; options that are level share the place, so that firsts sum to
    1; nobody is before one that is level.

    Parameters
    ----------
    people
        Options by draws: :func:`people_gained`.
    """
    told = np.round(people, 3)
    top = told == told.max(axis=0)
    low, middle, high = np.quantile(told, [0.05, 0.5, 0.95], axis=1, method="inverted_cdf")
    table = pd.DataFrame(
        {
            "option": list(names),
            "people": middle,
            "people_p5": low,
            "people_p95": high,
            "first": (top / top.sum(axis=0)).mean(axis=1).round(6),
            "better_than_today": (told > 0).mean(axis=1).round(6),
            "draws": told.shape[1],
        }
    )
    pairs = [
        (one, other, round(float((told[here] > told[there]).mean()), 6))
        for here, one in enumerate(names)
        for there, other in enumerate(names)
        if here != there
    ]
    return table[RANKING], pd.DataFrame(pairs, columns=PAIRS)


def _together(today: Shaken, new: Shaken) -> Shaken:
    return Shaken(
        np.concatenate([today.there, new.there]),
        np.concatenate([today.east_m, new.east_m]),
        np.concatenate([today.north_m, new.north_m]),
    )


def _near(state: Costs, own: gpd.GeoDataFrame, wanted: Collection[str], places: pd.Series) -> Near:
    """What is near each home, its places counted as ``places`` says."""
    costs, assets = state
    some = assets[assets["to_id"].isin(list(wanted))].sort_values("to_id")
    (found,) = near_of(costs, own, some, [sorted(wanted)])
    codes = places.reindex(some["to_id"]).to_numpy(np.int32)
    return found._replace(to=codes[found.to] if len(codes) else found.to)


def _differ(one: Near, other: Near) -> Flags:
    """Homes that another place is near, or the same place at another cost."""
    changed = np.setxor1d(_keys(one), _keys(other), assume_unique=True)
    found = np.zeros(len(one.ptr) - 1, dtype=bool)
    found[(changed >> np.uint64(HOME)).astype(np.int64)] = True
    return found


HOME, TO = 40, 23
"""Bits below a home's number, and below a place's: 23 for minutes, 17 for places."""


def _keys(near: Near) -> NDArray[np.uint64]:
    home = np.repeat(np.arange(len(near.ptr) - 1), np.diff(near.ptr)).astype(np.uint64)
    ticks = np.rint(near.cost_min * 10**COST_DECIMALS).astype(np.uint64)
    found: NDArray[np.uint64] = (
        home << np.uint64(HOME) | near.to.astype(np.uint64) << np.uint64(TO) | ticks
    )
    return found


def _those(near: Near, homes: Flags) -> Near:
    """What is near some of the homes."""
    counts = np.diff(near.ptr)
    rows = np.repeat(homes, counts)
    ptr = np.concatenate([[0], np.cumsum(counts[homes])]).astype(np.int64)
    return Near(ptr, near.to[rows], near.cost_min[rows], near.east_m[rows], near.north_m[rows])
