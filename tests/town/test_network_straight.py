"""Straight lines in a toy town: each number is worked by hand."""

from __future__ import annotations

import math

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon, box
from tests.town.straight_town import BRIDGE, CRS, assets_at, minutes, origins_at, river

from assetmap.errors import JoinError, MethodError
from assetmap.frames.hold import hold
from assetmap.frames.prepared import SNAPS
from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight
from assetmap.network.water import Crossing, Water, water_between

DRY = Crow()


def _routed(origins, ends, *, crow=DRY, keep=None):
    told = route_straight(origins, *ends, crow=crow, keep=keep or Keep(cut_off_min=45))
    return minutes(told.table[0])


def test_a_line_is_lengthened_and_walked_at_80_m_a_minute():
    # 300 east and 400 north are 500 m; x 1.3 = 650 m; / 80 = 8.125 min.
    assert _routed(origins_at((0, 0)), assets_at((300, 400))) == {("o1", "a1"): 8.125}


def test_an_older_pace_costs_more():
    # 480 m x 1.3 / 48 = 13 min.
    crow = Crow(pace_m_min=48)
    assert _routed(origins_at((0, 0)), assets_at((480, 0)), crow=crow) == {("o1", "a1"): 13.0}


def test_the_cut_off_includes_its_own_cost_and_leaves_out_what_is_beyond():
    # 800 m without detour are 10 min; 801 m are 10.0125 min.
    ends = assets_at((800, 0), (801, 0))
    found = _routed(origins_at((0, 0)), ends, crow=Crow(detour=1), keep=Keep(cut_off_min=10))
    assert found == {("o1", "a1"): 10.0}


def test_a_cut_off_of_nothing_keeps_what_is_on_the_spot():
    ends = assets_at((0, 0), (1, 0))
    assert _routed(origins_at((0, 0)), ends, keep=Keep(cut_off_min=0)) == {("o1", "a1"): 0.0}


def test_the_least_over_the_entrances_counts():
    # Gates at 400 m and 80 m: 80 x 1.3 / 80 = 1.3 min.
    gates = gpd.GeoDataFrame(
        {"to_id": "a1", "entrance": [1, 2]}, geometry=[Point(400, 0), Point(0, 80)], crs=CRS
    )
    assets = pd.DataFrame({"to_id": ["a1"], "category": ["park"]})
    assert _routed(origins_at((0, 0)), (gates, assets)) == {("o1", "a1"): pytest.approx(1.3)}


def test_the_nearest_are_kept_with_what_ties_and_all_of_the_catchment():
    # Without detour: a1 1 min, a2 and a3 2 min, a4 3 min, a5 4 min, a6 5 min.
    ends = assets_at((80, 0), (160, 0), (-160, 0), (240, 0), (320, 0), (400, 0))
    crow = Crow(detour=1)
    two = Keep(cut_off_min=45, nearest=2)
    assert {to for _, to in _routed(origins_at((0, 0)), ends, crow=crow, keep=two)} == {
        "a1", "a2", "a3",
    }  # fmt: skip
    wide = Keep(cut_off_min=45, nearest=2, within_min={"library": 4})
    assert {to for _, to in _routed(origins_at((0, 0)), ends, crow=crow, keep=wide)} == {
        "a1", "a2", "a3", "a4", "a5",
    }  # fmt: skip


def test_nothing_is_kept_of_what_nobody_asks_about():
    keep = Keep(cut_off_min=45, unasked=frozenset({"library"}))
    assert _routed(origins_at((0, 0)), assets_at((80, 0)), keep=keep) == {}


def test_a_river_without_a_bridge_is_a_barrier():
    crow = Crow(water=river())
    assert _routed(origins_at((0, -50)), assets_at((0, 150)), crow=crow) == {}


def test_a_line_along_a_bank_is_dry():
    # 1,000 m on one bank: 1,000 x 1.3 / 80 = 16.25 min.
    found = _routed(origins_at((0, -50)), assets_at((1000, -50)), crow=Crow(water=river()))
    assert found == {("o1", "a1"): 16.25}


def test_the_way_over_the_water_leads_by_the_bridge():
    # To the bridge's foot (1000, -10): hypot(1000, 40) = 1000.7997 m; the bridge 120 m; from its
    # head (1000, 110) to (0, 150): 1000.7997 m. In all 2121.5994 x 1.3 / 80 = 34.4760 min.
    crow = Crow(water=river(BRIDGE))
    found = _routed(origins_at((0, -50)), assets_at((0, 150)), crow=crow)
    by_hand = (2 * math.hypot(1000, 40) + 120) * 1.3 / 80
    assert found == {("o1", "a1"): pytest.approx(by_hand, abs=1e-3)}


def test_the_nearer_bridge_is_taken():
    # By a bridge at x = 100: hypot(100, 40) = 107.7033 twice and 120 m: 335.4066 x 1.3 / 80.
    near = Crossing("Near", LineString([(100, -10), (100, 110)]))
    found = _routed(origins_at((0, -50)), assets_at((0, 150)), crow=Crow(water=river(BRIDGE, near)))
    by_hand = (2 * math.hypot(100, 40) + 120) * 1.3 / 80
    assert found == {("o1", "a1"): pytest.approx(by_hand, abs=1e-3)}


def test_ends_of_a_crossing_that_fall_in_the_water_start_from_the_bank():
    # A bridge drawn from bank to bank but 20 m short at each side still joins the banks: its ends
    # move to the bank, which is 4 m into the published water (5 m of margin less 1 m).
    short = Crossing("Short", LineString([(0, 20), (0, 80)]))
    found = _routed(origins_at((0, -50)), assets_at((0, 150)), crow=Crow(water=river(short)))
    # 54 m to the bank, the crossing's own 60 m, 54 m on: 168 x 1.3 / 80 = 2.73 min.
    assert found == {("o1", "a1"): pytest.approx(2.73, abs=1e-3)}


def test_the_way_round_a_bay_hugs_its_corners():
    # A dock from (0, 0) to (100, 1000) seen from both of its sides at y = 500: round the head of
    # the dock at y = 0, whose corners stand 5 m - 1 m inside the published water.
    dock = Water(shape=box(0, 0, 100, 1000))
    found = _routed(origins_at((-50, 500)), assets_at((150, 500)), crow=Crow(water=dock))
    # To (4, 4): hypot(54, 496); along 92 m; and the same again.
    by_hand = (2 * math.hypot(54, 496) + 92) * 1.3 / 80
    assert found == {("o1", "a1"): pytest.approx(by_hand, abs=1e-3)}


def test_an_island_in_the_water_is_reached_by_its_bridge_alone():
    # A ring of water round an island from -100 to 100; a bridge of 110 m to the east.
    moat = Polygon(box(-200, -200, 200, 200).exterior, [box(-100, -100, 100, 100).exterior.coords])
    bridge = Crossing("East", LineString([(95, 0), (205, 0)]))
    ends = assets_at((0, 0))
    assert _routed(origins_at((300, 0)), ends, crow=Crow(water=Water(shape=moat))) == {}
    found = _routed(
        origins_at((300, 0)), ends, crow=Crow(water=Water(shape=moat, crossings=(bridge,)))
    )
    # All in one line: 300 m x 1.3 / 80 = 4.875 min.
    assert found == {("o1", "a1"): pytest.approx(4.875, abs=1e-3)}


def test_nobody_walks_round_the_open_end_of_water():
    # The river goes on beyond the loaded ground at x = 5,000.
    ends = LineString([(5000, 0), (5000, 100)])
    near_end = origins_at((4900, -50)), assets_at((4900, 150))
    open_river = Water(shape=river().shape, open_ends=ends)
    assert _routed(*near_end, crow=Crow(water=open_river)) == {}
    # A river that does end there is walked round: hypot(96, 54) twice and 92 m at its end.
    found = _routed(*near_end, crow=Crow(water=river()))
    by_hand = (2 * math.hypot(95, 54) + 92) * 1.3 / 80
    assert found[("o1", "a1")] == pytest.approx(by_hand, abs=0.05)


def test_a_stop_on_a_pier_is_reached_from_the_nearest_bank():
    # 40 m off the south bank; the way over the water is counted: 50 + 40 = 90 x 1.3 / 80.
    found = _routed(origins_at((0, -50)), assets_at((0, 40)), crow=Crow(water=river()))
    assert found == {("o1", "a1"): pytest.approx(1.4625, abs=1e-3)}


def test_of_two_gates_the_one_on_this_bank_counts():
    # Across the river 200 m away, and 400 m along this bank: 400 x 1.3 / 80 = 6.5 min.
    gates = gpd.GeoDataFrame(
        {"to_id": "a1", "entrance": [1, 2]}, geometry=[Point(0, 150), Point(400, -50)], crs=CRS
    )
    assets = pd.DataFrame({"to_id": ["a1"], "category": ["park"]})
    found = _routed(origins_at((0, -50)), (gates, assets), crow=Crow(water=river()))
    assert found == {("o1", "a1"): 6.5}


def test_the_nearest_by_land_is_found_beyond_those_across_the_water():
    # Three across the river at 200 m, one on this bank at 1,500 m: 1,500 x 1.3 / 80 = 24.375.
    ends = assets_at((0, 150), (10, 150), (20, 150), (1500, -50))
    keep = Keep(cut_off_min=45, nearest=1)
    found = _routed(origins_at((0, -50)), ends, crow=Crow(water=river()), keep=keep)
    assert found == {("o1", "a4"): 24.375}


def test_two_assets_in_one_place_are_two():
    # 80 m x 1.3 / 80 = 1.3 min to each; both tie for the one place that is kept.
    ends = assets_at((80, 0), (80, 0), (160, 0))
    found = _routed(origins_at((0, 0)), ends, keep=Keep(cut_off_min=45, nearest=1))
    assert found == {("o1", "a1"): pytest.approx(1.3), ("o1", "a2"): pytest.approx(1.3)}


def test_every_point_is_told_in_snaps_as_a_straight_line():
    told = route_straight(
        origins_at((0, 0)), *assets_at((80, 0)), crow=DRY, keep=Keep(cut_off_min=45)
    )
    snaps = hold(told.table[1], SNAPS)
    assert list(snaps["state"]) == ["straight line", "straight line"]
    assert snaps["snap_m"].isna().all()


def test_what_is_estimated_is_told_with_its_people():
    told = route_straight(
        origins_at((0, 0), (1, 1)), *assets_at((80, 0)), crow=DRY, keep=Keep(cut_off_min=45)
    )
    (caution,) = told.cautions
    assert (caution.code, caution.count, caution.people) == ("straight_line", 2, 20.0)


def test_a_crossing_that_crosses_nothing_is_told():
    astray = Crossing("Astray", LineString([(0, -500), (0, -400)]))
    told = route_straight(
        origins_at((0, -50)),
        *assets_at((80, -50)),
        crow=Crow(water=river(BRIDGE, astray)),
        keep=Keep(cut_off_min=45),
    )
    assert [caution.code for caution in told.cautions] == ["straight_line", "crossing_idle"]
    assert "Astray" in told.cautions[1].text


@pytest.mark.parametrize("empty", ["origins", "assets", "both"])
def test_nobody_and_nothing_give_an_empty_table_with_all_ids(empty):
    origins = origins_at() if empty != "assets" else origins_at((0, 0))
    gates, assets = assets_at() if empty != "origins" else assets_at((0, 0))
    gates["entrance"] = gates["entrance"].astype(int)
    told = route_straight(
        origins, gates, assets, crow=Crow(water=river(BRIDGE)), keep=Keep(cut_off_min=45)
    )
    costs, snaps = told.table
    assert len(costs) == 0
    assert len(snaps) == len(origins) + len(gates)


def test_an_asset_without_an_entrance_and_an_entrance_of_nothing_are_refused():
    gates, assets = assets_at((0, 0), (1, 1))
    gates.loc[1, "to_id"] = "stray"
    with pytest.raises(JoinError) as told:
        route_straight(origins_at((0, 0)), gates, assets, crow=DRY, keep=Keep(cut_off_min=45))
    assert len(told.value.faults) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Keep(cut_off_min=-1),
        lambda: Keep(cut_off_min=math.nan),
        lambda: Keep(cut_off_min=10, nearest=-1),
        lambda: Keep(cut_off_min=10, within_min={"library": math.inf}),
        lambda: Crow(detour=0.9),
        lambda: Crow(detour=math.nan),
        lambda: Crow(pace_m_min=0),
    ],
)
def test_settings_that_mean_nothing_are_refused(wrong):
    with pytest.raises(MethodError):
        wrong()


def test_water_is_the_gap_between_the_land_of_two_banks():
    # Two banks 200 m apart within a ground of 4 x 2.2 km: 4,000 x 200 m.
    land = box(-2000, -1000, 2000, 0).union(box(-2000, 200, 2000, 1200))
    found = water_between(land, ground=box(-2000, -1000, 2000, 1200))
    # The closing of land bites a little into the two open ends.
    assert found.shape.area == pytest.approx(800_000, rel=0.02)
    # Both ends of the river are open: 200 m each, less what lies within 30 m of the banks.
    assert 2 * 140 <= found.open_ends.length <= 2 * 260


def test_open_sea_and_cracks_between_areas_are_no_water():
    # Land to the west, sea to the east; a crack of 10 m through the land.
    land = box(0, 0, 2000, 990).union(box(0, 1000, 2000, 2000))
    assert water_between(land, ground=box(0, 0, 5000, 2000)).shape.is_empty


def test_land_without_a_gap_has_no_water():
    land = box(0, 0, 2000, 2000)
    found = water_between(land, ground=land)
    assert found.shape.is_empty
    minutes_ = _routed(origins_at((10, 10)), assets_at((90, 10)), crow=Crow(water=found))
    assert minutes_ == {("o1", "a1"): pytest.approx(1.3)}
