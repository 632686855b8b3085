"""How often buses come and how far they are, in the town on one street, worked by hand."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box
from tests.town.bus_town import bus_streets, bus_timetable, clock
from tests.town.lattice_town import CRS, points_at

from assetmap.access.service_level import FARTHEST_MIN, routes_near, service_levels
from assetmap.errors import MethodError
from assetmap.layers.departures import few_told, make_frequencies
from assetmap.layers.grid import make_grid
from assetmap.layers.known_stops import known_stops_told, make_known_stops
from assetmap.layers.service_day import make_service_day
from assetmap.network.stop_walks import route_to_stops

DAY = dt.date(2023, 6, 13)


def town():
    """The timetable and its runs on the day."""
    timetable = bus_timetable()
    return timetable, make_service_day(timetable, day=DAY).table.runs


def test_departures_count_where_one_gets_on() -> None:
    """Line 1 leaves A at 8:10 and 8:40, line 2 leaves B at 8:25 and 8:55: 2 an hour each.

    From 8:15 to 9:15 only one of line 1 is left; last stops have no departure.
    """
    timetable, runs = town()
    whole = make_frequencies(timetable, runs, window_s=(clock("08:00"), clock("09:00")))
    rows = whole[["point_id", "service_id", "per_hour"]].to_numpy().tolist()
    assert rows == [["A", "1", 2.0], ["B", "2", 2.0]]
    peak = make_frequencies(timetable, runs, window_s=(clock("08:15"), clock("09:15")))
    assert peak["per_hour"].to_list() == [1.0, 2.0]
    with pytest.raises(MethodError):
        make_frequencies(timetable, runs, window_s=(10, 10))


def test_the_index_on_streets() -> None:
    """H at 0 m is 5 min from A (2 an hour): 30 / (5 + 15 + 2) = 1.363636; m at 1,400 m is 1,000 m
    from both stops, too far; j at 1,000 m is 600 m from A, 7.5 min: 30 / 24.5 = 1.224490.
    """  # noqa: D205 - three sums in a row
    timetable, runs = town()
    often = make_frequencies(timetable, runs, window_s=(clock("08:00"), clock("09:00")))
    places = points_at("from_id", ("h", 0, 0), ("j", 1000, 0), ("m", 1400, 0), ("off", 0, 900))
    costs = route_to_stops(
        bus_streets(), places, timetable.stops, point_ids=often["point_id"],
        within_min=FARTHEST_MIN, snap_max_m=100,
    )  # fmt: skip
    found = service_levels(routes_near(costs, often, from_ids=places["from_id"]))
    assert found["index"].to_list() == pytest.approx([1.363636, 1.224490, 0, 0], abs=1e-6)
    assert found["band"].to_list() == ["1a", "1a", "0", "0"]


def test_the_hours_of_the_week_and_the_ground() -> None:
    """Four trips in the hour from 8; on ground with A and B only, line 1 alone calls twice."""
    timetable = bus_timetable()
    ground = box(0, -100, 3000, 100)
    hours = make_service_day(timetable, day=DAY, ground=ground).table.hours
    assert hours.to_numpy().tolist() == [["2023-06-13", 8, 4, 2]]


def test_known_stops_that_the_timetable_does_not_serve_are_told() -> None:
    """Buses call within 60 m of one of three known stops; no train calls anywhere."""
    timetable, runs = town()
    at = [("bus_stop", 430), ("bus_stop", 600), ("bus_stop", 5000), ("rail_station", 400)]
    assets = gpd.GeoDataFrame(
        {"category": [name for name, _ in at], "role": "study"},
        geometry=[Point(x, 0) for _, x in at],
        crs=CRS,
    )
    known = make_known_stops(assets, [], box(-100, -100, 6000, 100))
    told = {one.code: one for one in known_stops_told(timetable, runs, known)}
    assert set(told) == {"stops_not_served", "mode_missing"}
    assert "serves 1 of the 3 bus stops" in told["stops_not_served"].text
    assert "0 of the 1 railway stations" in told["mode_missing"].text


def test_stops_of_the_register_are_known_by_their_codes_however_far_their_points() -> None:
    """Stop B's code stands 900 m off; the register's fourth row is outside; the asset is left.

    Line 1 calls at A and B, line 2 at B and C: of A, B and Z on the ground two are served.
    """
    timetable, runs = town()
    rows = gpd.GeoDataFrame(
        {"source_row": ["A", "B", "Z", "C"], "category": "bus_stop"},
        geometry=[Point(400, 0), Point(3300, 0), Point(5000, 0), Point(9000, 0)],
        crs=CRS,
    )
    asset = gpd.GeoDataFrame(
        {"category": ["bus_stop"], "role": "study"}, geometry=[Point(430, 0)], crs=CRS
    )
    known = make_known_stops(asset, [rows], box(-100, -100, 6000, 100))
    assert known["code"].to_list() == ["A", "B", "Z"]
    (told,) = known_stops_told(timetable, runs, known)
    assert "serves 2 of the 3 bus stops" in told.text


def test_the_grid_lies_on_whole_hundreds() -> None:
    """A square from 50 to 250 m holds the middles 50, 150 and 250 each way: nine cells."""
    areas = gpd.GeoDataFrame(
        {"area_id": ["A", "E"], "role": ["study", "edge"]},
        geometry=[box(50, 50, 250, 250), box(1000, 0, 2000, 1000)],
        crs=CRS,
    )
    cells = make_grid(areas)
    assert len(cells) == 9
    assert cells["from_id"].iloc[0] == "E0N0"
    assert set(cells["area_id"]) == {"A"}


def test_an_hour_that_the_file_lacks_has_no_index_and_is_told() -> None:
    """By hand: a fifth of 10 departures is 2; 2 are enough to speak of the hour, 1 is not."""
    peak, two, one = (pd.DataFrame({"per_hour": often}) for often in ([6.0, 4.0], [1.0, 1.0], [1]))
    assert few_told(two, peak, hour="6:00 to 7:00") == ()
    (told,) = few_told(one, peak, hour="6:00 to 7:00")
    assert told.code == "hour_not_measured"
    assert told.count == 1
    assert "does not mean that there are no buses" in told.text
