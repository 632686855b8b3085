"""A drawn town: two banks of a river and one bridge; all costs by hand.

North bank, y = 200:  0 --- 1 --- 2 --- 3   at x = 0, 400, 800, 1200
The bridge runs from 3 (1200, 200) to 7 (1200, 0), by a middle node 8 (1200, 100).
South bank, y = 0:    4 --- 5 --- 6 --- 7   at x = 0, 400, 800, 1200

At 80 m/min 400 m are 5 minutes; 200 m of bridge are 2.5 minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point

from assetmap.errors import MethodError
from assetmap.frames.streets import Streets
from assetmap.network.graph import WalkGraph, build_graph
from assetmap.network.impedance import PROFILES, impedance, slowness, tobler_kmh
from assetmap.network.keep import Keep
from assetmap.network.router import route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.provenance import Told

BNG = "EPSG:27700"
NODES = [(0, 200), (400, 200), (800, 200), (1200, 200), (0, 0), (400, 0), (800, 0), (1200, 0),
         (1200, 100)]  # fmt: skip
BANKS = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)]
BRIDGE = [(3, 8), (8, 7)]
ALL = Keep(cut_off_min=60, nearest=9)


def streets(
    nodes: Sequence[tuple[float, float]], ends: Sequence[tuple[int, int]], **said: Any
) -> Streets:
    """Streets of straight segments; columns that are not said are plain."""
    x, y = np.array(nodes, float).reshape(-1, 2).T
    u, v = np.array(ends, np.int32).reshape(-1, 2).T
    plain = {
        "barrier": np.zeros(len(x), np.uint8),
        "length_m": np.hypot(x[u] - x[v], y[u] - y[v]),
        "highway": np.zeros(len(u), np.uint8),
        "steps": np.zeros(len(u), bool),
        "wheelchair": np.zeros(len(u), np.uint8),
        "kerb_raised": np.zeros(len(u), bool),
        "incline_percent": np.full(len(u), np.nan, np.float32),
        "surface": np.zeros(len(u), np.uint8),
        "oneway": np.zeros(len(u), np.int8),
    }
    given = {name: np.array(column) for name, column in said.items()}
    return Streets(x=x, y=y, u=u, v=v, **(plain | given))


def points(rows: Mapping[str, tuple[float, float]], **columns: Any) -> gpd.GeoDataFrame:
    shapes = [Point(*spot) for spot in rows.values()]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=BNG)


def routed(
    graph: WalkGraph,
    homes: Mapping[str, tuple[float, float]],
    sites: Mapping[str, tuple[float, float]],
    *,
    keep: Keep = ALL,
    snap_max_m: float = 100,
) -> Told[Any]:
    """Routes from homes of one person each to sites; ``a.2`` is the second entrance of ``a``."""
    origins = points(homes, from_id=list(homes), people=[1.0] * len(homes))
    doors = points(
        sites, to_id=[name.split(".")[0] for name in sites], entrance=list(range(1, len(sites) + 1))
    )
    ids = sorted(set(doors["to_id"]))
    assets = pd.DataFrame({"to_id": ids, "category": ["hall"] * len(ids)})
    return route(graph, origins, doors, assets, keep=keep, snap_max_m=snap_max_m)


def minutes(told: Told[Any]) -> dict[tuple[str, str], float]:
    costs = told.table[0]
    pairs = zip(costs["from_id"], costs["to_id"], strict=True)
    return dict(zip(pairs, costs["cost_min"].astype(float).round(4), strict=True))


def states(told: Told[Any]) -> dict[str, str]:
    snaps = told.table[1]
    return dict(zip(snaps["point_id"], snaps["state"], strict=True))


def town(profile: str = "standard", **said: Any) -> WalkGraph:
    return build_graph(streets(NODES, BANKS + BRIDGE, **said), profile=profile).table


def test_a_river_is_a_barrier_but_for_its_bridge() -> None:
    # From (0, 200) to (0, 0): 1,200 m east, 200 m over the bridge, 1,200 m west = 32.5 minutes,
    # though the bank opposite is 200 m away.
    over = {("h", "a"): 32.5}
    assert minutes(routed(town(), {"h": (0, 200)}, {"a": (0, 0)})) == over
    banks = build_graph(streets(NODES, BANKS), profile="standard").table
    assert minutes(routed(banks, {"h": (0, 200)}, {"a": (0, 0)})) == {}


def test_points_enter_in_the_middle_of_a_street_and_the_walk_to_it_counts() -> None:
    # 40 m to the street at x = 100, 700 m along it, 8 m to the door: 748 m = 9.35 minutes.
    assert minutes(routed(town(), {"h": (100, 240)}, {"a": (800, 208)})) == {("h", "a"): 9.35}


def test_two_points_on_one_street_need_no_junction() -> None:
    # 120 m apart on one segment: 1.5 minutes; over a junction it would be far more.
    there = minutes(routed(town(), {"h": (110, 200), "i": (230, 200)}, {"a": (230, 200)}))
    assert there == {("h", "a"): 1.5, ("i", "a"): 0.0}


def test_an_origin_on_an_asset_costs_the_walks_to_the_street() -> None:
    # 20 m there, 20 m back: 0.5 minutes.
    assert minutes(routed(town(), {"h": (110, 220)}, {"a": (110, 220)})) == {("h", "a"): 0.5}


def test_two_assets_in_one_place_are_as_far_and_both_are_kept() -> None:
    # 120 m along one street: 1.5 minutes to each, though one alone is asked for.
    sites = {"a": (230, 200), "b": (230, 200)}
    there = routed(town(), {"h": (110, 200)}, sites, keep=Keep(cut_off_min=60, nearest=1))
    assert minutes(there) == {("h", "a"): 1.5, ("h", "b"): 1.5}


def test_the_least_of_the_entrances_counts() -> None:
    sites = {"a": (1200, 200), "a.2": (400, 200), "a.3": (0, 0)}
    assert minutes(routed(town(), {"h": (0, 200)}, sites)) == {("h", "a"): 5.0}


def test_slower_walkers_need_longer_for_all_of_it() -> None:
    # 748 m (above) at 48 m/min are 15.5833 minutes, at 54 m/min 13.8519.
    ends = {"h": (100, 240)}, {"a": (800, 208)}
    assert minutes(routed(town("older"), *ends))["h", "a"] == pytest.approx(748 / 48, abs=2e-4)
    assert minutes(routed(town("pram"), *ends))["h", "a"] == pytest.approx(748 / 54, abs=2e-4)
    assert {name: one.pace_m_min for name, one in PROFILES.items()} == {
        "standard": 80, "older": 48, "pram": 54, "wheelchair": 80,
    }  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {"steps": [False] * 7 + [True]},
        {"wheelchair": np.array([0] * 7 + [3], np.uint8)},
        {"kerb_raised": [False] * 7 + [True]},
        {"incline_percent": np.array([np.nan] * 7 + [-8.5], np.float32)},
        {"barrier": np.array([0] * 8 + [2], np.uint8)},
    ],
)
def test_what_bars_wheels_bars_nobody_else(said: dict[str, Any]) -> None:
    ends = {"h": (0, 200)}, {"a": (0, 0)}
    assert minutes(routed(town("wheelchair", **said), *ends)) == {}
    assert minutes(routed(town("standard", **said), *ends)) == {("h", "a"): 32.5}
    eight = np.array([np.nan] * 7 + [8.0], np.float32)
    assert minutes(routed(town("wheelchair", incline_percent=eight), *ends)) == {("h", "a"): 32.5}


def test_what_nobody_recorded_is_counted_apart_from_no() -> None:
    # 400 m yes, 400 m no, 1,800 m unknown: of the 2,200 m that are open 1,800 are unknown, 82 %.
    marks = np.array([1, 3, 0, 0, 0, 0, 0, 0], np.uint8)
    (told,) = impedance(
        streets(NODES, BANKS + BRIDGE, wheelchair=marks), profile="wheelchair"
    ).cautions
    assert (told.code, told.count) == ("wheelchair_unknown", 6)
    assert "82%" in told.text


def test_a_wall_across_the_bridge_cuts_the_town() -> None:
    walled = town(barrier=np.array([0] * 8 + [1], np.uint8))
    homes = {"h": (0, 200), "on": (1200, 180)}
    # From the bridge's northern half one gets to the northern end only: 20 m = 0.25 minutes.
    assert minutes(routed(walled, homes, {"a": (0, 0), "b": (1200, 200)})) == {
        ("h", "b"): 15.0, ("on", "b"): 0.25,
    }  # fmt: skip


def test_one_way_steps_are_walked_one_way() -> None:
    # An escalator from 0 down to 1 (100 m, 1.25 minutes); the way back leads over 2: 300 m.
    nodes = [(0, 0), (100, 0), (100, 100), (0, 100)]
    ends = [(0, 1), (1, 2), (2, 3), (3, 0)]
    down = np.array([1, 0, 0, 0], np.int8)
    graph = build_graph(streets(nodes, ends, oneway=down), profile="standard").table
    two = {"low": (0, 0), "high": (100, 0)}
    assert minutes(routed(graph, two, two)) == {
        ("low", "low"): 0.0, ("low", "high"): 1.25, ("high", "low"): 3.75, ("high", "high"): 0.0,
    }  # fmt: skip
    # On it, from x = 60 to x = 20: on to its end (40 m), round (300 m), and 20 m along it.
    on = minutes(routed(graph, {"h": (60, 0)}, {"a": (20, 0), "b": (80, 0)}))
    assert on == {("h", "a"): 4.5, ("h", "b"): 0.25}


def test_too_far_no_streets_and_islands_are_told_with_their_people() -> None:
    nodes = [*NODES, (400, 110), (450, 110)]
    graph = build_graph(streets(nodes, [*BANKS, *BRIDGE, (9, 10)]), profile="standard")
    assert [(one.code, one.count) for one in graph.cautions] == [("street_islands", 1)]
    homes = {"island": (420, 110), "stuck": (600, 100), "far": (0, 9000), "ok": (0, 200)}
    near = routed(graph.table, homes, {"a": (400, 200)}, snap_max_m=80)
    assert states(near) | {"a": ""} == {
        "island": "on an island", "stuck": "too far", "far": "no streets here",
        "ok": "on streets", "a": "",
    }  # fmt: skip
    assert minutes(near) == {("ok", "a"): 5.0}
    told = {one.code: (one.count, one.people) for one in near.cautions}
    assert told == {"snap_far": (1, 1.0), "no_streets": (1, 1.0), "on_island": (1, 1.0)}
    # With 100 m allowed, the island's home goes to the bank: 90 m and 20 m along it.
    far = routed(graph.table, homes, {"a": (400, 200)}, snap_max_m=100)
    assert states(far)["island"] == "on streets"
    assert minutes(far)["island", "a"] == 1.375


def test_assets_that_nobody_is_led_to_are_told() -> None:
    told = routed(town(), {"h": (0, 200)}, {"a": (0, 5000), "b": (0, 5000), "b.2": (0, 200)})
    assert [(one.code, one.count) for one in told.cautions] == [("assets_off_streets", 1)]
    assert minutes(told) == {("h", "b"): 0.0}


def test_ties_with_the_last_one_kept_are_all_kept() -> None:
    # Four doors 100 m off either side of the home, one farther: the nearest one means all four.
    spots = {"a": (300, 200), "b": (500, 200), "c": (300, 200), "d": (500, 200), "e": (600, 200)}
    keep = Keep(cut_off_min=60, nearest=1)
    there = minutes(routed(town(), {"h": (400, 200)}, spots, keep=keep))
    assert there == {("h", name): 1.25 for name in "abcd"}
    within = Keep(cut_off_min=60, nearest=0, within_min={"hall": 1.25})
    assert minutes(routed(town(), {"h": (400, 200)}, spots, keep=within)) == there


def test_nothing_is_kept_of_what_nobody_asks_about_but_its_doors_are_told() -> None:
    ends = {"h": (0, 200)}, {"a": (400, 200)}
    asked, unasked = Keep(cut_off_min=60), Keep(cut_off_min=60, unasked=frozenset({"hall"}))
    assert minutes(routed(town(), *ends, keep=asked)) == {("h", "a"): 5.0}
    told = routed(town(), *ends, keep=unasked)
    assert minutes(told) == {}
    assert set(states(told)) == {"a", "h"}


def test_a_cut_off_is_within_and_0_means_on_the_spot() -> None:
    ends = {"h": (0, 200)}, {"a": (400, 200), "b": (0, 200)}
    five = Keep(cut_off_min=5)
    assert minutes(routed(town(), *ends, keep=five)) == {("h", "a"): 5.0, ("h", "b"): 0.0}
    less = Keep(cut_off_min=4.9998)
    assert minutes(routed(town(), *ends, keep=less)) == {("h", "b"): 0.0}
    assert minutes(routed(town(), *ends, keep=Keep(cut_off_min=0))) == {("h", "b"): 0.0}


def test_contraction_leaves_junctions_and_dead_ends_only() -> None:
    # 0 and 4 are dead ends; all else lies on the one chain between them, of 2,600 m.
    graph = town()
    assert graph.graph.nodes == 2
    assert graph.graph.w.tolist() == [260_000, 260_000]
    assert len(set(graph.segments.edge)) == 1
    assert sorted(graph.segments.rank) == list(range(8))


@pytest.mark.parametrize(
    ("nodes", "ends", "kept"),
    [
        ([], [], 0),
        ([(0, 0)], [], 0),
        ([(0, 0)], [(0, 0)], 1),
        ([(0, 0), (0, 0)], [(0, 1)], 2),
        ([(0, 0), (100, 0)], [(0, 1), (1, 0)], 2),
        ([(0, 0), (100, 0), (0, 100)], [(0, 1), (1, 2), (2, 0)], 1),
        ([(0, 0), (100, 0), (0, 100), (-50, 0)], [(0, 1), (1, 2), (2, 0), (0, 3)], 2),
    ],
)
def test_strange_streets_make_a_graph(nodes: Any, ends: Any, kept: int) -> None:
    """None; one node; a loop; no length; parallels; a ring; a ring on a stalk."""
    graph = build_graph(streets(nodes, ends), profile="standard").table
    assert graph.graph.nodes == kept
    told = routed(graph, {"h": (0, 0)}, {"a": (0, 0)})
    assert minutes(told) == ({("h", "a"): 0.0} if len(ends) else {})
    if not len(ends):
        assert states(told) == {"h": "no streets here", "a": "no streets here"}


def test_a_ring_is_walked_the_shorter_way_round() -> None:
    # A square of 400 m alone in the world: from (10, 0) to (0, 30) over its corner 40 m, not 360.
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    for first in range(4):  # wherever the ring is taken to begin
        ends = [(n % 4, (n + 1) % 4) for n in range(first, first + 4)]
        graph = build_graph(streets(square, ends), profile="standard").table
        ways = minutes(routed(graph, {"h": (10, 0)}, {"a": (0, 30), "b": (100, 100)}))
        assert ways == {("h", "a"): 0.5, ("h", "b"): 2.375}


def test_tobler_makes_climbs_slower_than_descents() -> None:
    # Tobler: 6 exp(-3.5 x 0.05) = 5.0367 km/h on the level, 6 km/h at -5 %.
    assert tobler_kmh(np.array([0.0, -0.05])) == pytest.approx([5.0367, 6.0], abs=1e-4)
    # Up 10 %: exp(3.5 x 0.10) = 1.4191 times as long; down 10 %: the same as level, by symmetry
    # about -5 %; beyond 30 % as 30 %: exp(3.5 x 0.30) = 2.8577.
    assert slowness(np.array([0.1, -0.1, 0.3, 5.0])) == pytest.approx(
        [1.4191, 1.0, 2.8577, 2.8577], abs=1e-4
    )
    hill = streets([(0, 0), (100, 0), (200, 0)], [(0, 1), (1, 2)])
    found = impedance(hill, profile="standard", elevation_m=np.array([0.0, 10.0, np.nan]))
    assert found.forward_cm.tolist() == [14191, 10000]
    assert found.back_cm.tolist() == [10000, 10000]
    assert [(one.code, one.count) for one in found.cautions] == [("elevation_unknown", 1)]


def test_what_cannot_be_asked_is_refused() -> None:
    plain = streets(NODES, BANKS)
    with pytest.raises(MethodError, match=r"no profile 'standrad'.*standard"):
        build_graph(plain, profile="standrad")
    with pytest.raises(MethodError, match="elevations for 9 nodes"):
        build_graph(plain, profile="standard", elevation_m=np.zeros(2))
    with pytest.raises(MethodError, match="too long"):
        build_graph(streets([(0, 0), (2e7, 0)], [(0, 1)]), profile="standard")
    for wrong in (-1.0, np.nan, np.inf):
        with pytest.raises(MethodError, match="snap_max_m"):
            routed(town(), {"h": (0, 200)}, {"a": (0, 0)}, snap_max_m=wrong)


def test_a_graph_goes_to_the_store_and_comes_back() -> None:
    graph = town()
    back = WalkGraph.from_arrays(graph.to_arrays())
    ends = {"h": (100, 240)}, {"a": (800, 208), "b": (0, 0)}
    assert minutes(routed(back, *ends)) == minutes(routed(graph, *ends))
    assert all(array.dtype != object for array in graph.to_arrays().values())
