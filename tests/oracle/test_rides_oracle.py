"""Range RAPTOR against the slow obvious search: every departure, every destination, every rank."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.slow_rides import Call, Walks, slow_journeys

from assetmap.network.kernels.raptor import ride_window
from assetmap.network.kernels.rides import NEVER, Links, Window, desk
from assetmap.network.lines import lines_of

STOPS, HOMES = 6, 3
MIDNIGHT = 24 * 3600


@st.composite
def feeds(draw) -> list[list[Call]]:
    """Runs around midnight over a few sequences of stops: they overtake, loop, dwell, skip."""
    ways = draw(
        st.lists(
            st.lists(st.integers(0, STOPS - 1), min_size=2, max_size=5), min_size=1, max_size=4
        )
    )
    runs = []
    for _ in range(draw(st.integers(1, 9))):
        time = MIDNIGHT + 60 * draw(st.integers(-20, 40))
        run = []
        for stop in draw(st.sampled_from(ways)):
            time += draw(st.sampled_from([0, 30, 60, 240, 600]))
            leaves = time + draw(st.sampled_from([0, 0, 60]))
            gates = draw(st.sampled_from([(True, True)] * 4 + [(False, True), (True, False)]))
            run.append(Call(stop, time, leaves, *gates))
            time = leaves
        runs.append(run)
    return runs


def walks(froms: int, tos: int) -> st.SearchStrategy[Walks]:
    """Walks from some places to some others, some of no length."""
    seconds = st.sampled_from([0, 0, 59, 60, 61, 200])
    some = st.dictionaries(st.integers(0, tos - 1), seconds, max_size=3)
    return st.dictionaries(st.integers(0, froms - 1), some, max_size=froms)


def tables(runs: list[list[Call]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The runs as STOP_TIMES and RUNS."""
    rows = [
        (f"t{number:02d}", position, f"s{call.stop}", *call[1:])
        for number, run in enumerate(runs)
        for position, call in enumerate(run)
    ]
    heads = ["trip_id", "position", "stop_id", "arrival_s", "departure_s", "boards", "alights"]
    ids = [f"t{number:02d}" for number in range(len(runs))]
    shift = [(-1 if number % 2 else 0) * MIDNIGHT for number in range(len(runs))]
    times = pd.DataFrame(rows, columns=heads)
    moved = times["trip_id"].map(dict(zip(ids, shift, strict=True)))
    times["arrival_s"] -= moved
    times["departure_s"] -= moved
    return times, pd.DataFrame({"run_id": ids, "trip_id": ids, "shift_s": shift})


def links(walked: Walks, count: int) -> Links:
    """The walks as kernels take them."""
    rows = [(a, b, s) for a in range(count) for b, s in sorted(walked.get(a, {}).items())]
    start, to, seconds = (
        np.array([row[at] for row in rows], np.int32).reshape(-1) for at in range(3)
    )
    ptr = np.searchsorted(start, np.arange(count + 1)).astype(np.int32)
    return Links(ptr, to, seconds)


@settings(max_examples=120)
@given(
    runs=feeds(),
    foot=walks(STOPS, STOPS),
    access=walks(2, STOPS),
    egress=walks(STOPS, HOMES),
    slack=st.sampled_from([0, 60, 90]),
    rides=st.integers(1, 4),
    cut_off=st.sampled_from([300, 1200, 3600]),
    departures=st.integers(1, 12),
)
def test_every_departure_as_the_slow_search_has_it(
    *, runs, foot, access, egress, slack, rides, cut_off, departures
) -> None:
    leave = [MIDNIGHT - 600 + 60 * number for number in range(departures)]
    window = Window(leave[-1], 60, departures, slack, rides, cut_off)
    ids = pd.Index([f"s{number}" for number in range(STOPS)])
    lines = lines_of(*tables(runs), ids)
    work = desk(STOPS, int(lines.run_ptr[-1]), HOMES, window)
    found = np.empty((2, HOMES, departures), np.int32)
    chances = np.empty((2, HOMES, 3), np.int32)
    ranks = np.arange(1, departures + 1, dtype=np.int32)
    ride_window(
        lines, links(foot, STOPS), links(access, 2), links(egress, STOPS), 0, window, ranks, work,
        found, chances,
    )  # fmt: skip
    for origin in range(2):
        slow = slow_journeys(
            runs,
            (foot, access.get(origin, {}), egress),
            departures=leave,
            slack=slack,
            rides=rides,
            cut_off=cut_off,
        )
        for home in range(HOMES):
            seconds = slow.get(home, [])
            want = seconds + [int(NEVER)] * (departures - len(seconds))
            assert found[origin, home].tolist() == want
            assert chances[origin, home, 0] == len(seconds)
