"""Journeys by bus in a town on one street, worked by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from tests.town.bus_town import (
    HOME,
    HOSPITAL,
    SHOP,
    bus_streets,
    bus_timetable,
    clock,
    points,
)

from assetmap.errors import MethodError, StudyError
from assetmap.layers.service_day import make_service_day
from assetmap.network.journeys import Trip, journeys
from assetmap.network.transit import build_transit, on_streets

DAY = dt.date(2023, 6, 13)


def times(start: str, end: str, *to: float, timetable=None, step_free=False, **said):
    """Minutes and shares from home to some places."""
    timetable = timetable or bus_timetable()
    graph = bus_streets()
    runs = make_service_day(timetable, day=DAY).table.runs
    told = build_transit(
        timetable, runs, graph, change_max_min=10, snap_max_m=100, step_free=step_free
    )
    trip = Trip(start_s=clock(start), end_s=clock(end), cut_off_min=said.pop("cut_off_min", 90),
                slack_s=said.pop("slack_s", 60), **said)  # fmt: skip
    found = list(
        journeys(
            told.table,
            on_streets(graph, points(HOME), snap_max_m=100),
            on_streets(graph, points(*to), snap_max_m=100),
            trip=trip,
            threads=1,
        )
    )
    return found[0].minutes[0], found[0].share[0], told


def test_a_ride_with_its_walks() -> None:
    """Leaving at 8:00: 5 min to A (8:05, 8:06 with slack), bus 8:10 to 8:20, 5 min to the shop."""
    minutes, share, _ = times("08:00", "08:01", SHOP)
    assert minutes.tolist() == [[25.0]]
    assert share.tolist() == [1.0]


def test_slack_decides_whether_the_bus_is_caught() -> None:
    """Leaving at 8:05 one is at A at 8:10: without slack 20 min, with it the next bus, 50 min.

    Walking all the way takes 2,800 / 80 = 35 min, which is quicker than that.
    """
    assert times("08:05", "08:06", SHOP, slack_s=0)[0].tolist() == [[20.0]]
    assert times("08:05", "08:06", SHOP)[0].tolist() == [[35.0]]


def test_a_change_and_a_walk_at_its_end() -> None:
    """8:00, bus 8:10 to B 8:20, bus 8:25 to C 8:35, 5 min to the hospital: 40 min.

    Without a change one rides to B (8:20) and walks 2,400 m, 30 min: 50 min, but the walk after
    the last stop may take 20 min only, so walking all the way it is, 60 min.
    """
    assert times("08:00", "08:01", HOSPITAL)[0].tolist() == [[40.0]]
    assert times("08:00", "08:01", HOSPITAL, changes=0)[0].tolist() == [[60.0]]
    far = times("08:00", "08:01", HOSPITAL, changes=0, walk_max_min=30)
    assert far[0].tolist() == [[50.0]]


def test_percentiles_of_a_window() -> None:
    """Leaving at 8:00 to 8:09; the bus at 8:10 needs one to leave by 8:04.

    8:00 to 8:04 take 25, 24, 23, 22, 21 min; after that walking, 35 min, is quicker than the
    next bus (8:55 less 8:05 or more: 46 and more). Sorted: 21 22 23 24 25 35 35 35 35 35. A tenth
    arrives within 21, half within 25, nine tenths within 35. With a cut-off of 30 half do, and
    the 90th percentile is none.
    """
    said = {"percentiles": (10, 50, 90)}
    assert times("08:00", "08:10", SHOP, **said)[0].tolist() == [[21.0, 25.0, 35.0]]
    minutes, share, _ = times("08:00", "08:10", SHOP, cut_off_min=30, **said)
    assert minutes[0].tolist()[:2] == [21.0, 25.0]
    assert np.isnan(minutes[0, 2])
    assert share.tolist() == [0.5]


def test_a_walk_all_the_way_is_as_exact_as_on_foot() -> None:
    """1,001 m at 80 m a minute: 12.5125 min, not rounded to seconds."""
    assert times("08:00", "09:00", 1001.0)[0].tolist() == [[12.5125]]


def test_step_free_leaves_out_what_is_barred_and_keeps_what_is_unknown() -> None:
    """Nobody on wheels gets off at C; A and B are unknown, so the shop is as near as ever."""
    minutes, _, told = times("08:00", "08:01", SHOP, HOSPITAL, step_free=True)
    assert minutes.tolist() == [[25.0], [60.0]]
    codes = {caution.code: caution.count for caution in told.cautions}
    assert codes == {"step_free_unknown": 2}


def test_the_publishers_word_on_changes_counts() -> None:
    """Line 2 from a stop D beside B: ruled out, or timed at 6 min (8:20 + 6 + 1 > 8:25)."""
    from assetmap.frames.hold import hold  # noqa: PLC0415 - only here
    from assetmap.frames.timetable import STOP_TIMES  # noqa: PLC0415 - only here

    def town(least_s):
        timetable = bus_timetable(
            stops={"D": (2400.0, 0.0, "stop", None)},
            transfers=[("B", "D", least_s)] if least_s != "none" else [],
        )
        calls = timetable.stop_times
        from_d = calls["trip_id"].str.startswith("2") & (calls["stop_id"] == "B")
        calls = calls.assign(stop_id=calls["stop_id"].mask(from_d, "D"))
        return timetable._replace(stop_times=hold(calls, STOP_TIMES))

    at = ("08:00", "08:01", HOSPITAL)
    assert times(*at, timetable=town("none"))[0].tolist() == [[40.0]]
    assert times(*at, timetable=town(120))[0].tolist() == [[40.0]]
    assert times(*at, timetable=town(360))[0].tolist() == [[60.0]]
    assert times(*at, timetable=town(None))[0].tolist() == [[60.0]]


def test_a_station_is_entered_by_its_gates() -> None:
    """B becomes a platform of station S with a gate at 2,480 m; the bus is there at 8:20.

    From the gate to the shop 320 m are 4 min, and inside 80 m straight 1 min, or 3 by pathway.
    """
    stops = {
        "B": (2400.0, 0.0, "stop", "S"),
        "S": (2400.0, 0.0, "station", None),
        "G": (2480.0, 0.0, "entrance", "S"),
    }
    at = ("08:00", "08:01", SHOP)
    assert times(*at, timetable=bus_timetable(stops=stops))[0].tolist() == [[25.0]]
    ways = [("p>", "G", "B", 180, True), ("p<", "B", "G", 180, False)]
    town = bus_timetable(stops=stops, pathways=ways)
    assert times(*at, timetable=town)[0].tolist() == [[27.0]]
    assert times(*at, timetable=town, step_free=True)[0].tolist() == [[35.0]]


def test_a_stop_far_from_any_street_is_told_and_serves_nobody() -> None:
    town = bus_timetable(stops={"B": (2400.0, 200.0, "stop", None), "C": (4400.0, -300.0, "stop",
                                                                          None)})  # fmt: skip
    minutes, _, told = times("08:00", "08:01", SHOP, timetable=town)
    assert minutes.tolist() == [[35.0]]
    assert told.cautions == () or {one.code for one in told.cautions} == {"stops_off_streets"}


def test_a_day_without_service_is_refused_in_words() -> None:
    with pytest.raises(StudyError) as error:
        make_service_day(bus_timetable(), day=dt.date(2030, 1, 4))
    said = str(error.value)
    assert "nothing runs on Friday 4 January 2030" in said
    assert "Tuesdays (4 trips)" in said
    assert "2023-06-13" in said


@pytest.mark.parametrize(
    "said",
    [{"start_s": 10, "end_s": 10}, {"cut_off_min": -1}, {"percentiles": (0,)},
     {"percentiles": (101,)}, {"slack_s": -1}, {"changes": 8}, {"walk_max_min": float("nan")}],
)  # fmt: skip
def test_numbers_that_mean_nothing_are_refused(said) -> None:
    with pytest.raises(MethodError):
        Trip(**({"start_s": 0, "end_s": 60, "cut_off_min": 30} | said))
