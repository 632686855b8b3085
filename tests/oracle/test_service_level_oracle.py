"""The PTAL method on its worked example (STANDARDS 1.4), and against the obvious way."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.access.service_level import bands, routes_near, service_levels
from assetmap.access.service_times import by_area

WORKED = [
    # stop, route, mode, metres, departures an hour
    ("a", "A", "bus", 200, 6), ("a", "B", "bus", 200, 10), ("c", "C", "bus", 500, 4),
    ("d", "D", "bus", 700, 60), ("r", "R1", "rail", 600, 8), ("r", "R2", "rail", 600, 2),
    ("t", "T1", "metro", 900, 24),
]  # fmt: skip


def tables(rows) -> tuple[pd.DataFrame, pd.DataFrame]:
    """COSTS of place p and FREQUENCIES, from (stop, route, mode, metres, per hour, direction)."""
    whole = [(*row, 0)[:6] for row in rows]
    stops = {row[0]: row[3] for row in whole}
    costs = pd.DataFrame({"from_id": "p", "to_id": list(stops),
                          "cost_min": np.array(list(stops.values())) / 80})  # fmt: skip
    frequencies = pd.DataFrame(
        [(row[0], row[1], row[5], row[2], float(row[4])) for row in whole],
        columns=["point_id", "service_id", "direction", "mode", "per_hour"],
    )
    return costs, frequencies


def index_of(rows) -> float:
    """The index of the one place."""
    return float(service_levels(routes_near(*tables(rows), from_ids=["p"]))["index"].iloc[0])


def test_the_worked_example() -> None:
    """AI bus 6.531328, rail 3.145161, LU 2.264151: 11.940641, band 3; bus D is too far."""
    near = routes_near(*tables(WORKED), from_ids=["p", "nowhere"])
    levels = service_levels(near).set_index("from_id")
    assert levels.loc["p", "index"] == pytest.approx(11.940641, abs=1e-6)
    assert levels.loc["p", "band"] == "3"
    assert levels.loc["nowhere"].to_list() == [0.0, "0"]
    assert index_of(WORKED[:4]) == pytest.approx(6.531328, abs=2e-6)
    assert index_of(WORKED[4:6]) == pytest.approx(3.145161, abs=2e-6)
    assert index_of(WORKED[6:]) == pytest.approx(2.264151, abs=2e-6)


def test_a_route_counts_once_at_its_nearest_stop_by_the_higher_direction() -> None:
    """Bus A: 200 m with 6 an hour one way, 240 m with 10 the other, 500 m with 20 one way again.

    WT 2.5, f 10 (the 20 are at a stop that is not the nearest of its way): 30 / (2.5 + 3 + 2).
    """
    rows = [("a", "A", "bus", 200, 6, 0), ("b", "A", "bus", 240, 10, 1),
            ("c", "A", "bus", 500, 20, 0)]  # fmt: skip
    assert index_of(rows) == pytest.approx(4.0, abs=1e-6)


def test_coaches_and_ferries_do_not_count() -> None:
    assert index_of([("a", "A", "coach", 80, 10), ("b", "B", "ferry", 80, 10)]) == 0


def test_bands_are_decided_on_two_decimals() -> None:
    index = [0, 0.004, 0.01, 2.5, 2.504, 2.51, 5, 5.01, 10.004, 10.01, 15.01, 20.01, 25.01, 40,
             40.01]  # fmt: skip
    assert bands(np.array(index)).tolist() == [
        "0", "0", "1a", "1a", "1a", "1b", "1b", "2", "2", "3", "4", "5", "6a", "6a", "6b",
    ]  # fmt: skip


def test_the_mean_of_an_area_is_over_its_people() -> None:
    """3 people at 10 and 1 at 2 make (30 + 2) / 4 = 8, band 2; nobody lives in B."""
    levels = pd.DataFrame({"from_id": ["1", "2", "3"], "index": [10.0, 2.0, 9.0], "band": "2"})
    offer = pd.DataFrame({"routes": [4.0, 0.0, 1.0], "departures_an_hour": [8.0, 4.0, 1.0]},
                         index=pd.Index(["1", "2", "3"], name="from_id"))  # fmt: skip
    origins = pd.DataFrame(
        {"from_id": ["1", "2", "3"], "area_id": ["A", "A", "B"], "people": [3.0, 1.0, 0.0]}
    )
    found = by_area(levels, offer, origins, time="peak")
    assert found.to_dict("records") == [
        {"area_id": "A", "time": "peak", "index": 8.0, "band": "2", "routes": 3.0,
         "departures_an_hour": 7.0}
    ]  # fmt: skip


MODES = ("bus", "rail", "metro", "tram")


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from("XYZ"), st.integers(1, 30),
            st.integers(0, 1),
        ),
        max_size=16,
    ),
    st.lists(st.integers(0, 1100), min_size=4, max_size=4),
)  # fmt: skip
def test_against_the_obvious_way(rows, metres) -> None:
    far = dict(zip("abcd", metres, strict=True))
    mode = {"X": "bus", "Y": "rail", "Z": "tram"}
    per_hour: dict[tuple, int] = {}
    for stop, route, often, way in rows:
        per_hour[stop, route, way] = often
    given_rows = [(s, r, mode[r], far[s], f, w) for (s, r, w), f in per_hour.items()]
    edf = defaultdict(list)
    for route, kind in mode.items():
        most, late = (640, 2.0) if kind == "bus" else (960, 0.75)
        near = [
            (far[s], w, f) for (s, r, w), f in per_hour.items() if r == route and far[s] <= most
        ]
        if near:
            by_way = {w: min((m, -f) for m, way, f in near if way == w) for _, w, _ in near}
            often = max(-f for _, f in by_way.values())
            edf[kind].append(30 / (min(near)[0] / 80 + 30 / often + late))
    want = sum(max(each) + 0.5 * (sum(each) - max(each)) for each in edf.values())
    assert index_of(given_rows) == pytest.approx(want, abs=1e-5) if given_rows else want == 0
