"""Ground within a walk, in a toy town: where each walk ends is worked by hand."""

from __future__ import annotations

import math

import pytest
from shapely import Point, box
from tests.town.lattice_town import points_at, streets_of

from assetmap.errors import MethodError
from assetmap.network.graph import build_graph
from assetmap.network.isochrone import build_isochrones

# A road 800 m long, a side road of 400 m to the north from its middle, an island across a river.
ROAD = ((0, 0), (200, 0)), ((200, 0), (400, 0)), ((400, 0), (800, 0))
SIDE = ((400, 0), (400, 400))
ISLAND = ((0, -200), (900, -200))


def _ground(points, minutes, *, lines=(*ROAD, SIDE, ISLAND), oneway=(), snap_max_m=50, width_m=10):
    graph = build_graph(streets_of(lines, oneway=oneway), profile="standard").table
    told = build_isochrones(graph, points, minutes=minutes, snap_max_m=snap_max_m, width_m=width_m)
    shapes = {(one.point_id, one.minutes): one.geometry for one in told.table.itertuples()}
    return shapes, told.cautions


def _holds(shape, *places):
    return [bool(shape.intersects(Point(place))) for place in places]


def test_a_walk_ends_where_its_minutes_end_on_every_branch():
    # 6 min are 480 m: 80 m beyond the junction at 400 m, and 10 m of width.
    shapes, _ = _ground(points_at("from_id", ("o", 0, 0)), [6])
    shape = shapes["o", 6]
    assert _holds(shape, (489, 0), (400, 89)) == [True, True]
    assert _holds(shape, (492, 0), (400, 92)) == [False, False]
    # 480 m of road and 80 m of side road, 20 m wide, three round ends of 10 m; where they join
    # a square of 10 x 20 m is counted twice. Rounded corners take off a little.
    by_hand = 480 * 20 + 80 * 20 - 10 * 20 + 1.5 * math.pi * 100
    assert shape.area == pytest.approx(by_hand, rel=0.01)


def test_what_no_street_leads_to_is_not_covered():
    shapes, _ = _ground(points_at("from_id", ("o", 0, 0)), [60])
    assert not shapes["o", 60].intersects(box(-50, -250, 950, -150))


def test_a_walk_from_the_middle_of_a_street_spreads_both_ways_without_a_junction():
    # 80 m each way from (100, 0): to 20 and to 180, short of every node.
    shapes, _ = _ground(points_at("from_id", ("o", 100, 0)), [1])
    shape = shapes["o", 1]
    assert _holds(shape, (11, 0), (189, 0)) == [True, True]
    assert _holds(shape, (9, 0), (191, 0)) == [False, False]


def test_a_walk_goes_on_over_the_points_of_one_street():
    # 240 m each way from (190, 0): over the bend at (200, 0), to 430 and up the side to 30 m.
    shapes, _ = _ground(points_at("from_id", ("o", 190, 0)), [3])
    shape = shapes["o", 3]
    assert _holds(shape, (439, 0), (400, 39), (-9, 0)) == [True, True, True]
    assert _holds(shape, (442, 0), (400, 42)) == [False, False]


def test_the_walk_to_the_street_is_counted_and_drawn():
    # 40 m to the street at (100, 0), 40 m along it within 1 min.
    shapes, _ = _ground(points_at("from_id", ("o", 100, 40)), [1])
    shape = shapes["o", 1]
    assert _holds(shape, (100, 49), (149, 0), (100, 20)) == [True, True, True]
    assert _holds(shape, (152, 0)) == [False]


def test_several_entrances_of_an_asset_make_one_shape():
    gates = points_at("to_id", ("park", 0, 0), ("park", 800, 0))
    shapes, _ = _ground(gates, [1])
    assert list(shapes) == [("park", 1.0)]
    assert _holds(shapes["park", 1], (80, 0), (720, 0), (400, 0)) == [True, True, False]


def test_one_way_steps_lead_from_but_not_to():
    # The side road may only be walked north.
    oneway = [0, 0, 0, 1, 0]
    away, _ = _ground(points_at("from_id", ("o", 400, 0)), [2], oneway=oneway)
    to, _ = _ground(points_at("to_id", ("a", 400, 0)), [2], oneway=oneway)
    assert _holds(away["o", 2], (400, 100), (300, 0)) == [True, True]
    assert _holds(to["a", 2], (400, 100), (300, 0)) == [False, True]
    # From its far end one does walk nowhere; to its far end one comes from all of it.
    stuck, _ = _ground(points_at("from_id", ("o", 400, 400)), [2], oneway=oneway)
    come, _ = _ground(points_at("to_id", ("a", 400, 400)), [2], oneway=oneway)
    assert _holds(stuck["o", 2], (400, 300)) == [False]
    assert _holds(come["a", 2], (400, 300)) == [True]


def test_no_minutes_are_the_place_itself():
    shapes, _ = _ground(points_at("from_id", ("o", 100, 0)), [0])
    assert shapes["o", 0].area == pytest.approx(math.pi * 100, rel=0.05)


def test_a_point_without_a_street_has_no_row_and_is_told():
    points = points_at("from_id", ("near", 0, 0), ("far", 100, 300))
    shapes, cautions = _ground(points, [5])
    assert list(shapes) == [("near", 5.0)]
    (caution,) = cautions
    assert (caution.code, caution.count) == ("no_isochrone", 1)


def test_a_graph_without_streets_has_no_isochrone():
    graph = build_graph(streets_of([]), profile="standard").table
    told = build_isochrones(
        graph, points_at("from_id", ("o", 0, 0)), minutes=[5], snap_max_m=50, width_m=10
    )
    assert len(told.table) == 0
    assert told.cautions[0].code == "no_isochrone"


@pytest.mark.parametrize("wrong", [{"minutes": [-1]}, {"minutes": [math.nan]}, {"width_m": -1},
                                   {"snap_max_m": math.inf}])  # fmt: skip
def test_what_means_nothing_is_refused(wrong):
    given = {"points": points_at("from_id", ("o", 0, 0)), "minutes": [1]} | wrong
    with pytest.raises(MethodError):
        _ground(**given)


def test_points_without_a_known_id_are_refused():
    with pytest.raises(MethodError, match="from_id"):
        _ground(points_at("name", ("o", 0, 0)), [1])
