"""COSTS by public transport: what is nearest by bus and train, or on foot where that is quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames.costs import hold_costs
from assetmap.network import keep as keeping
from assetmap.network.journeys import journeys
from assetmap.network.kernels import Pairs
from assetmap.network.meet import Ends, ends_of
from assetmap.network.transit import on_streets

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.network.journeys import Trip
    from assetmap.network.keep import Keep
    from assetmap.network.transit import Transit

NO_WALKS = Pairs(*(np.zeros(0, np.int32) for _ in Pairs._fields))


class OnFoot(NamedTuple):
    """What is known of walking: COSTS on foot, and the home each origin sets out from by bus."""

    costs: pd.DataFrame
    starts: pd.Series


def route_rides(
    transit: Transit,
    ends: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame],
    on_foot: OnFoot,
    *,
    trip: Trip,
    keep: Keep,
    snap_max_m: float,
) -> pd.DataFrame:
    """COSTS by public transport or on foot, whichever is quicker.

    ``cost_min`` is the percentile of ``trip`` over the departures of its window, from the start
    of each origin's square, or the origin's own walk where that is no longer. Of each category
    the nearest that ``keep`` wants by vehicle stand beside those kept on foot, so the nearest of
    both are among them. Who is in ``on_foot.starts`` not at all has only walks.

    Parameters
    ----------
    ends
        ORIGINS, ENTRANCES and ASSETS, categories banded as the walks were.

    Raises
    ------
    JoinError
        As :func:`assetmap.network.meet.ends_of`.
    """
    both = ends_of(*ends)
    start = both.from_ids.get_indexer(
        pd.Index(on_foot.starts.reindex(pd.Index(both.from_ids)).fillna("").astype("str"))
    )
    reps = np.unique(start[start >= 0])
    rides = _rides(transit, both, reps, trip=trip, keep=keep, snap_max_m=snap_max_m)
    spread = _spread(rides, np.searchsorted(reps, start), start >= 0)
    found = keeping.lesser(_walked(on_foot.costs, both), spread)
    return hold_costs(
        both.from_ids,
        both.to_ids,
        from_codes=found.from_code,
        to_codes=found.to_code,
        cost_min=found.cost_min.astype(np.float32, copy=False),
    )


def _rides(
    transit: Transit,
    ends: Ends,
    reps: NDArray[np.int64],
    *,
    trip: Trip,
    keep: Keep,
    snap_max_m: float,
) -> keeping.Pairs:
    """The nearest of each category by vehicle from each start, by its place among the starts.

    In order of codes.
    """
    origins = on_streets(transit.ground, ends.origin_xy[reps], snap_max_m=snap_max_m)
    destinations = on_streets(
        transit.ground,
        ends.entrance_xy,
        snap_max_m=snap_max_m,
        code=ends.entrance_to.astype(np.int64),
        size=len(ends.to_ids),
    )
    parts = []
    for block in journeys(transit, origins, destinations, trip=trip, on_foot=NO_WALKS):
        minutes = block.minutes[:, :, 0]
        for category in np.unique(ends.category.astype("U")):
            column = np.flatnonzero(ends.category == category)
            row, place = np.nonzero(np.isfinite(minutes[:, column]))
            pairs = keeping.Pairs(
                (block.first + row).astype(np.int32),
                column[place].astype(np.int32),
                minutes[row, column[place]],
            )
            within = keep.within(str(category))
            parts.append(keeping.nearest_kept(pairs, keep=keep, within_min=within))
    return keeping.least(keeping.joined(parts))


def _spread(rides: keeping.Pairs, place: NDArray[np.intp], has: NDArray[np.bool_]) -> keeping.Pairs:
    """The rides of each start, in order of codes, given to all origins that set out from it."""
    origin = np.flatnonzero(has)
    low = np.searchsorted(rides.from_code, place[origin], side="left")
    count = np.searchsorted(rides.from_code, place[origin], side="right") - low
    first = np.repeat(np.cumsum(count) - count, count)
    row = np.repeat(low, count) + np.arange(int(count.sum())) - first
    return keeping.Pairs(
        np.repeat(origin, count).astype(np.int32),
        rides.to_code[row],
        rides.cost_min[row].astype(np.float32),  # as those on foot are
    )


def _walked(costs: pd.DataFrame, ends: Ends) -> keeping.Pairs:
    """COSTS on foot by the codes of both ends, in their order; assets not asked for left out."""
    start = _codes(costs["from_id"], ends.from_ids)
    stop = _codes(costs["to_id"], ends.to_ids)
    pairs = keeping.Pairs(start, stop, costs["cost_min"].to_numpy())
    known = (start >= 0) & (stop >= 0)
    return pairs if known.all() else pairs.at(known)


def _codes(column: pd.Series, ids: pd.Index) -> NDArray[np.int32]:
    """The place of each value of a categorical column among some ids, -1 where it has none."""
    names = pd.Index(column.cat.categories, dtype="str")
    codes = column.array.codes  # of Series.cat they would be a copy
    if names.equals(ids) or not len(names):
        return np.asarray(codes, np.int32)
    return np.asarray(ids.get_indexer(names).astype(np.int32).take(codes))
