"""How well places are served by public transport: the PTAL method on real walks and timetables."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def service_levels(
    costs: pd.DataFrame, frequencies: pd.DataFrame, *, from_ids: Sequence[str]
) -> pd.DataFrame:
    """SERVICE_LEVELS of places, from walks to stops (COSTS) and FREQUENCIES at them.

    For each route that one can walk to, with walk ``WT``, frequency ``f`` an hour and
    reliability ``K`` (2 min for buses, 0.75 min for trains, metros and trams)::

        EDF = 30 / (WT + 30 / f + K)
        AI of a mode = largest EDF + 0.5 x sum of the other EDFs
        index = sum of AI over the modes

    A route counts once: with the walk to its nearest stop, and with the higher of its
    directions, each at the nearest stop that it leaves from. Buses count within 8 minutes' walk,
    the others within 12. The weight of 1 goes to the largest EDF. A place that nothing serves
    has index 0; every place has a row. Outside London call it 'PTAL-method index'.

    References
    ----------
    STANDARDS 1.4; Transport for London, "Assessing transport connectivity in London" (2015).
    """
    ids = pd.Index(sorted(from_ids))
    place, mode, edf = _routes(costs, frequencies, ids)
    index = np.zeros(len(ids))
    for name in WALK_MAX_MIN:
        of_mode = mode == name
        index += _of_mode(place[of_mode], edf[of_mode], len(ids))
    index = np.round(index, DECIMALS)
    return hold(
        pd.DataFrame({"from_id": ids, "index": index, "band": bands(index)}), SERVICE_LEVELS
    )


def bands(index: F64) -> NDArray[np.object_]:
    """The band of each index, decided on two decimals: 0, 1a, 1b, 2 to 5, 6a, 6b."""
    return np.array(BANDS, dtype=object)[np.searchsorted(UPPER, np.round(index, 2), side="left")]


def offered(
    costs: pd.DataFrame, frequencies: pd.DataFrame, *, from_ids: Sequence[str]
) -> pd.DataFrame:
    """What places can walk to: ``routes`` and ``departures_an_hour``, by ``from_id``.

    The routes that count in the index, each with its higher direction.
    """
    ids = pd.Index(sorted(from_ids), name="from_id")
    routes = _nearest_routes(costs, frequencies, ids)
    count = np.bincount(routes["place"], minlength=len(ids))
    often = np.bincount(routes["place"], weights=routes["per_hour"], minlength=len(ids))
    return pd.DataFrame({"routes": count.astype(np.float64), "departures_an_hour": often}, ids)


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


def _routes(
    costs: pd.DataFrame, frequencies: pd.DataFrame, ids: pd.Index
) -> tuple[NDArray[np.intp], NDArray[np.object_], F64]:
    """Each route that a place can walk to: place, mode and EDF; sorted by place."""
    routes = _nearest_routes(costs, frequencies, ids)
    late = routes["mode"].map(RELIABILITY_MIN).astype("float64").to_numpy()
    edf = 30 / (routes["walk"].to_numpy() + 30 / routes["per_hour"].to_numpy() + late)
    return routes["place"].to_numpy(), routes["mode"].to_numpy(dtype=object), edf


def _nearest_routes(costs: pd.DataFrame, frequencies: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Each place with each route once: the nearest walk to it, and its higher direction."""
    served = frequencies[(frequencies["per_hour"] > 0) & frequencies["mode"].isin(WALK_MAX_MIN)]
    served = served.assign(
        most=served["mode"].map(WALK_MAX_MIN).astype("float64"),
        service=pd.factorize(served["mode"] + " " + served["service_id"], sort=True)[0],
    )
    walks = pd.DataFrame(
        {
            "place": ids.get_indexer(pd.Index(costs["from_id"].astype("str"))),
            "point_id": costs["to_id"].astype("str"),
            "walk": costs["cost_min"].astype("float64"),
        }
    )
    rows = walks[walks["place"] >= 0].merge(served, how="inner", on="point_id")
    rows = rows[rows["walk"] <= rows["most"]]
    keys = ["place", "service", "direction"]
    rows = rows.sort_values([*keys, "walk", "per_hour"], ascending=[True, True, True, True, False])
    nearest = rows.drop_duplicates(keys)
    return nearest.groupby(["place", "service"], as_index=False).agg(
        walk=("walk", "min"), per_hour=("per_hour", "max"), mode=("mode", "first")
    )


def _of_mode(place: NDArray[np.intp], edf: F64, count: int) -> F64:
    """The index of one mode at each place: half of the sum, and the other half of the largest."""
    most = np.zeros(count)
    np.maximum.at(most, place, edf)
    return np.asarray(0.5 * np.bincount(place, weights=edf, minlength=count) + 0.5 * most)
