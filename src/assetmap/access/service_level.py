"""How well places are served by public transport: the PTAL method on real walks and timetables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames.hold import hold
from assetmap.frames.service import BANDS, SERVICE_LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    F64 = NDArray[np.float64]

WALK_MAX_MIN = {"bus": 8.0, "rail": 12.0, "metro": 12.0, "tram": 12.0}
"""640 m to a bus stop and 960 m to a station at 80 m a minute; other vehicles do not count."""
RELIABILITY_MIN = {"bus": 2.0, "rail": 0.75, "metro": 0.75, "tram": 0.75}
FARTHEST_MIN = max(WALK_MAX_MIN.values())
UPPER = (0.0, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0, 40.0)
"""The highest index of each band but the last, to two decimals."""
DECIMALS = 6


class Near(NamedTuple):
    """The routes that places can walk to, each once a place, in order of places.

    Attributes
    ----------
    ids
        The places.
    place
        int64 into them.
    walk_min
        float64: to the nearest stop that the route leaves from.
    per_hour
        float64: departures an hour of its higher direction.
    mode
        Kind of vehicle.
    """

    ids: pd.Index
    place: NDArray[np.int64]
    walk_min: F64
    per_hour: F64
    mode: NDArray[np.object_]


def routes_near(costs: pd.DataFrame, frequencies: pd.DataFrame, *, from_ids: Sequence[str]) -> Near:
    """The routes that count in the index, from walks to stops (COSTS) and FREQUENCIES at them.

    A route counts once: with the walk to its nearest stop, and with the higher of its
    directions, each at the nearest stop that it leaves from. Buses count within 8 minutes' walk,
    the others within 12.
    """
    ids = pd.Index(pd.Series(from_ids, dtype="str"), name="from_id").sort_values()
    counted = frequencies[(frequencies["per_hour"] > 0) & frequencies["mode"].isin(WALK_MAX_MIN)]
    service, names = pd.factorize(counted["mode"] + " " + counted["service_id"], sort=True)
    modes = np.array([str(name).partition(" ")[0] for name in names], dtype=object)
    way, ways = (pd.factorize(counted["direction"])[0], counted["direction"].nunique())
    place, leaves, walk = _within_walks(costs, counted, ids)
    key = (place * len(names) + service[leaves]) * ways + way[leaves]
    often = counted["per_hour"].to_numpy(np.float64)[leaves]
    key, walk, often = _at_nearest(key, walk, often)
    first = np.flatnonzero(np.diff(key // max(ways, 1), prepend=-1))
    if not len(first):
        return Near(ids, *(np.zeros(0, kind) for kind in (np.int64, float, float, object)))
    route = key[first] // ways
    return Near(
        ids,
        route // len(names),
        np.minimum.reduceat(walk, first),
        np.maximum.reduceat(often, first),
        modes[route % len(names)],
    )


def service_levels(near: Near) -> pd.DataFrame:
    """SERVICE_LEVELS of places by the routes near them.

    For each route, with walk ``WT``, frequency ``f`` an hour and reliability ``K`` (2 min for
    buses, 0.75 min for trains, metros and trams)::

        EDF = 30 / (WT + 30 / f + K)
        AI of a mode = largest EDF + 0.5 x sum of the other EDFs
        index = sum of AI over the modes

    The weight of 1 goes to the largest EDF. A place that nothing serves has index 0; every place
    has a row. Outside London call it 'PTAL-method index'.

    References
    ----------
    STANDARDS 1.4; Transport for London, "Assessing transport connectivity in London" (2015).
    """
    late = pd.Series(near.mode).map(RELIABILITY_MIN).to_numpy(np.float64)
    edf = 30 / (near.walk_min + 30 / near.per_hour + late)
    index = np.zeros(len(near.ids))
    for name in WALK_MAX_MIN:
        of_mode = near.mode == name
        index += _of_mode(near.place[of_mode], edf[of_mode], len(near.ids))
    index = np.round(index, DECIMALS)
    return hold(
        pd.DataFrame({"from_id": near.ids, "index": index, "band": bands(index)}), SERVICE_LEVELS
    )


def bands(index: F64) -> NDArray[np.object_]:
    """The band of each index, decided on two decimals: 0, 1a, 1b, 2 to 5, 6a, 6b."""
    return np.array(BANDS, dtype=object)[np.searchsorted(UPPER, np.round(index, 2), side="left")]


def offered(near: Near) -> pd.DataFrame:
    """What places can walk to: ``routes`` and ``departures_an_hour``, by ``from_id``."""
    count = np.bincount(near.place, minlength=len(near.ids))
    often = np.bincount(near.place, weights=near.per_hour, minlength=len(near.ids))
    return pd.DataFrame({"routes": count.astype(np.float64), "departures_an_hour": often}, near.ids)


def methods() -> list[dict[str, str]]:
    """Rows of METHODS."""
    return [
        {
            "name": "ptal_method_index",
            "formula": "per mode: largest EDF + half of the others; EDF = 30 / (walk + 30 / "
            "departures an hour + reliability); summed over bus, rail, metro, tram",
            "settings": "bus within 640 m, reliability 2 min; others within 960 m, 0.75 min; "
            "each route once at its nearest stop, higher direction",
            "source": "Transport for London (2015), Assessing transport connectivity in London; "
            "outside London a PTAL-method index, not PTAL",
            "status": "verified",
        }
    ]


def _within_walks(
    costs: pd.DataFrame, counted: pd.DataFrame, ids: pd.Index
) -> tuple[NDArray[np.int64], NDArray[np.int64], F64]:
    """Each walk with each row of the frequencies at its end, if it is short enough for that.

    Places, rows of the frequencies and minutes.
    """
    start, stop = (costs[name].astype("category").cat for name in ("from_id", "to_id"))
    point = pd.Index(stop.categories.astype("str")).get_indexer(pd.Index(counted["point_id"]))
    order = np.argsort(point, kind="stable")
    at, code = point[order], stop.codes.to_numpy()
    low = np.searchsorted(at, code, side="left")
    count = np.searchsorted(at, code, side="right") - low
    row = np.repeat(np.arange(len(code)), count)
    leaves = order[np.repeat(low - np.cumsum(count) + count, count) + np.arange(len(row))]
    walk = costs["cost_min"].to_numpy().astype(np.float64)[row]
    place = ids.get_indexer(pd.Index(start.categories.astype("str")))[start.codes.to_numpy()][row]
    most = counted["mode"].map(WALK_MAX_MIN).to_numpy(np.float64)
    kept = (place >= 0) & (walk <= most[leaves])
    return place[kept].astype(np.int64), leaves[kept].astype(np.int64), walk[kept]


def _at_nearest(
    key: NDArray[np.int64], walk: F64, often: F64
) -> tuple[NDArray[np.int64], F64, F64]:
    """Each key once, with its least walk, and the most departures among those at that walk."""
    if not len(key):
        return key, walk, often
    order = np.argsort(key, kind="stable")
    key, walk, often = key[order], walk[order], often[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    least = np.minimum.reduceat(walk, first)
    nearest = walk == np.repeat(least, np.diff(np.r_[first, len(walk)]))
    return key[first], least, np.maximum.reduceat(np.where(nearest, often, 0.0), first)


def _of_mode(place: NDArray[np.int64], edf: F64, count: int) -> F64:
    """The index of one mode at each place: half of the sum, and the other half of the largest."""
    most = np.zeros(count)
    np.maximum.at(most, place, edf)
    return np.asarray(0.5 * np.bincount(place, weights=edf, minlength=count) + 0.5 * most)
