"""Journeys by public transport in Newport and Porto Alegre, against two other ways to find them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.oracle.slow_rides import Call, Walks, slow_journeys
from tests.real.stop_to_stop import City, city, everybody_off, ours, theirs, written_again

from assetmap.network.journeys import Trip, journeys
from assetmap.network.transit import on_streets, seconds_of, walks

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.network.kernels import Pairs

pytestmark = pytest.mark.real
TUESDAY = dt.date(2023, 6, 13)
IN_MAY = dt.date(2019, 5, 14)


@pytest.fixture(scope="module")
def newport(data_dir: Path) -> City:
    folder = data_dir / "newport"
    return city(
        (folder / "newport-20230613_gtfs.zip",),
        folder / "newport-2023-06-13.osm.pbf",
        day=TUESDAY,
        crs="EPSG:27700",
    )


@pytest.fixture(scope="module")
def porto_alegre(data_dir: Path) -> City:
    folder = data_dir / "porto_alegre"
    return city(
        (folder / "poa_eptc.zip", folder / "poa_trensurb.zip"),
        folder / "poa_osm.pbf",
        day=IN_MAY,
        crs="EPSG:31982",
    )


def calls_of(place: City) -> list[list[Call]]:
    """Every run of the day as it calls, from the tables and not from the lines."""
    ids = place.transit.stop_ids
    table = place.timetable.stop_times.sort_values(["trip_id", "position"])
    code = ids.get_indexer(table["stop_id"])
    runs = []
    for _, rows in table.assign(code=code)[code >= 0].groupby("trip_id"):
        columns = ("code", "arrival_s", "departure_s", "boards", "alights")
        runs.append([Call(*call) for call in zip(*(rows[name] for name in columns), strict=True)])
    return runs


def walks_of(pairs: Pairs) -> Walks:
    """The pairs as from, to, whole seconds."""
    found: Walks = {}
    for start, stop, seconds in zip(
        pairs.from_code, pairs.to_code, seconds_of(pairs.cost_cm), strict=True
    ):
        found.setdefault(int(start), {})[int(stop)] = int(seconds)
    return found


def test_a_newport_morning_as_the_slow_search_has_it(newport: City) -> None:
    """Two corners of the city to twenty others, setting out every minute from 8:00 to 8:06.

    The slow search rides every run from every call that can be made, round after round, and
    starts anew for each departure. All trips of the file run on this Tuesday.
    """
    transit, limit = newport.transit, 15
    nodes = np.c_[transit.graph.x, transit.graph.y]
    far = np.hypot(*(nodes - np.median(nodes, axis=0)).T)
    some = nodes[np.argsort(far)[: 22 * 400 : 400]]
    starts, places = (on_streets(transit.ground, xy, snap_max_m=250) for xy in (some[:2], some[2:]))
    trip = Trip(start_s=8 * 3600, end_s=8 * 3600 + 360, cut_off_min=75, walk_max_min=limit,
                percentiles=(1, 50, 100))  # fmt: skip
    no_walks = walks(transit.graph, starts, places, cut_off_min=0)
    blocks = list(journeys(transit, starts, places, trip=trip, on_foot=no_walks, threads=1))
    minutes, share = (
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("minutes", "share")
    )
    near = walks_of(walks(transit.graph, starts, transit.ways_in, cut_off_min=limit))
    home = walks_of(walks(transit.graph, transit.ways_out, places, cut_off_min=limit))
    foot = {stop: dict(zip(transit.foot.to[a:b].tolist(), transit.foot.walk_s[a:b].tolist(),
                           strict=True))
            for stop, (a, b) in enumerate(pairwise(transit.foot.ptr))}  # fmt: skip
    reached = 0
    for start in range(2):
        slow = slow_journeys(
            calls_of(newport), (foot, near.get(start, {}), home),
            departures=range(8 * 3600, 8 * 3600 + 360, 60), slack=60, rides=3, cut_off=75 * 60,
        )  # fmt: skip
        for place in range(20):
            seconds = [*slow.get(place, []), *[np.nan] * 6][:6]
            assert share[start, place] * 6 == pytest.approx(len(slow.get(place, [])))
            want = [seconds[rank - 1] / 60 for rank in (1, 3, 6)]
            np.testing.assert_allclose(minutes[start, place], want)
            reached += np.isfinite(want[1])
    assert reached > 10


def test_newport_by_bus_as_cafein_has_it(newport: City, data_dir: Path) -> None:
    """From every stop to every stop: the same second, wherever both let one get off.

    The one difference: cafein lets people off where the feed says that nobody may get off
    (``drop_off_type`` 1). Where we do so too there is none, in any of 429,025 pairs.
    """
    starts = list(range(len(newport.transit.stop_ids)))
    feed = data_dir / "newport" / "newport-20230613_gtfs.zip"
    other = theirs(newport, [feed], starts, hour=8)
    assert (ours(everybody_off(newport.transit), starts, hour=8) == other).all()
    as_published = ours(newport.transit, starts, hour=8)
    assert (as_published >= other).all()
    shut = newport.timetable.stop_times.loc[~newport.timetable.stop_times["alights"], "stop_id"]
    differs = (as_published != other).any(axis=(0, 2))
    assert set(newport.transit.stop_ids[differs]) <= set(shut)
    assert np.isfinite(other[..., 1]).sum() > 100_000


def test_porto_alegre_as_cafein_has_it(porto_alegre: City, tmp_path: Path) -> None:
    """Buses and trains of two feeds: the same second from 42 stops to all 4,010.

    The bus feed leaves the times at most stops empty, and cafein fills them in otherwise than by
    distance: it is handed the times that we filled in.
    """
    starts = list(range(0, len(porto_alegre.transit.stop_ids), 97))
    again = written_again(porto_alegre, tmp_path / "again.zip")
    mine = ours(porto_alegre.transit, starts, hour=14)
    assert (mine == theirs(porto_alegre, [again], starts, hour=14)).all()
    assert np.isfinite(mine[..., 1]).sum() > 100_000
