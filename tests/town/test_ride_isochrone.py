"""Ground within reach by bus, worked by hand on the street with two buses."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from tests.town.bus_town import HOSPITAL, bus_timetable, clock
from tests.town.lattice_town import points_at, streets_of

from assetmap.layers.service_day import make_service_day
from assetmap.network.graph import build_graph
from assetmap.network.journeys import Trip
from assetmap.network.ride_isochrone import build_ride_isochrone
from assetmap.network.snap import Ground
from assetmap.network.transit import build_transit


def ground_to(metres: float, *, minutes: float, away: float = 0.0):
    """Around a place on the street, leaving at 8:00; a lane joins the street at 1,000 m."""
    cuts = [-1000.0, 1000.0, 6000.0]
    ways = [((a, 0.0), (b, 0.0)) for a, b in pairwise(cuts)]
    lane = ((1000.0, 0.0), (1000.0, 80.0))
    streets = Ground(build_graph(streets_of([*ways, lane]), profile="standard").table)
    timetable = bus_timetable()
    runs = make_service_day(timetable, day=dt.date(2023, 6, 13)).table.runs
    transit = build_transit(timetable, runs, streets, change_max_min=10, snap_max_m=100).table
    trip = Trip(start_s=clock("08:00"), end_s=clock("08:01"), cut_off_min=60)
    gates = points_at("to_id", ("gate", metres, away))
    return build_ride_isochrone(transit, gates, trip=trip, minutes=minutes, snap_max_m=100)


def test_ground_from_which_the_bus_leads_there_in_time() -> None:
    """To the hospital at 4,800 m in 45 minutes: on foot from 3,600 m around it, from 1,200 m on.

    From the lane's corner at 1,000 m: 7.5 min back to stop A, bus 8:10 to B 8:20, bus 8:25 to C
    8:35, 5 min: 40 min. With the 5 min that are left one may start 400 m before the corner, at
    600 m, or 80 m up the lane. From -1,000 m the bus at 8:10 is missed. Drawn 25 m wide.
    """
    (shape,) = ground_to(HOSPITAL, minutes=45).geometry
    west, south, east, north = shape.bounds
    assert west == pytest.approx(600 - 25, abs=0.5)
    assert east == pytest.approx(6000 + 25, abs=0.5)
    assert north == pytest.approx(80 + 25, abs=0.5)
    assert south == pytest.approx(-25, abs=0.5)


def test_without_a_bus_in_time_it_is_the_walk_alone() -> None:
    """In 30 minutes nobody gets there by bus from the corner: 2,400 m around it on foot."""
    (shape,) = ground_to(HOSPITAL, minutes=30).geometry
    assert shape.bounds[0] == pytest.approx(4800 - 2400 - 25, abs=0.5)


def test_a_place_off_the_streets_has_no_ground() -> None:
    """500 m from the street, of which 100 m may be walked."""
    assert ground_to(HOSPITAL, minutes=45, away=500.0).empty
