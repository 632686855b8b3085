"""Travel costs, middles and named places by public transport, worked by hand on one street."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point
from tests.town.bus_town import (
    HOME,
    HOSPITAL,
    SHOP,
    bus_streets,
    bus_timetable,
    clock,
    points,
)
from tests.town.lattice_town import CRS

from assetmap.access.service_times import door_to_door
from assetmap.layers.service_day import make_other_day, make_service_day
from assetmap.layers.starts import make_middles, make_starts
from assetmap.network.journeys import Trip
from assetmap.network.keep import Keep
from assetmap.network.places_that_matter import last_ride_home, ride_there
from assetmap.network.ride_costs import OnFoot, route_rides
from assetmap.network.router import route
from assetmap.network.transit import build_transit, on_streets

DAY = dt.date(2023, 6, 13)
TRIP = Trip(start_s=clock("08:00"), end_s=clock("08:01"), cut_off_min=60, slack_s=60)


def transit():
    """The public transport of the day."""
    timetable = bus_timetable()
    runs = make_service_day(timetable, day=DAY).table.runs
    return build_transit(timetable, runs, bus_streets(), change_max_min=10, snap_max_m=100).table


def homes(*rows: tuple[str, float, float]) -> gpd.GeoDataFrame:
    """ORIGINS by id, place on the street and people, all of area A."""
    return gpd.GeoDataFrame(
        {
            "from_id": [row[0] for row in rows],
            "area_id": "A",
            "role": "study",
            "people": [row[2] for row in rows],
        },
        geometry=[Point(row[1], 0) for row in rows],
        crs=CRS,
    )


def test_costs_by_bus_or_on_foot_whichever_is_quicker() -> None:
    """h1 at 0 and h2 at 40 m share a square; its middle is 20 m, and h1 is first of two as near.

    By bus from h1 (8:00): the shop 25 min, the hospital 40 min. On foot to the kiosk at 160 m:
    2 min from h1 and 1.5 from h2, each its own. h3 at 2,720 m is 1 min from the shop on foot.
    The hospital is 60 min from h1 on foot, 59.5 from h2: the bus is quicker for both.
    """
    origins = homes(("h1", HOME, 1), ("h2", 40, 1), ("h3", 2720, 1))
    at = {"kiosk": 160.0, "shop": SHOP, "hospital": HOSPITAL}
    assets = pd.DataFrame({"to_id": list(at), "category": ["kiosk", "shop", "hospital"]})
    entrances = gpd.GeoDataFrame(
        {"to_id": list(at), "entrance": 1}, geometry=[Point(x, 0) for x in at.values()], crs=CRS
    )
    keep = Keep(cut_off_min=60)
    walked, _ = route(
        bus_streets().graph, origins, entrances, assets, keep=keep, snap_max_m=100
    ).table
    starts = make_starts(origins[origins["from_id"].isin(["h1", "h2", "h3"])])
    assert starts.to_dict() == {"h1": "h1", "h2": "h1", "h3": "h3"}
    costs = route_rides(
        transit(), (origins, entrances, assets), OnFoot(walked, starts), trip=TRIP, keep=keep,
        snap_max_m=100,
    )  # fmt: skip
    minutes = {(a, b): round(float(c), 4) for a, b, c in costs.itertuples(index=False)}
    assert minutes["h1", "kiosk"] == 2.0
    assert minutes["h2", "kiosk"] == 1.5
    assert minutes["h1", "shop"] == minutes["h2", "shop"] == 25.0
    assert minutes["h1", "hospital"] == minutes["h2", "hospital"] == 40.0
    assert minutes["h3", "shop"] == 1.0


def test_the_middle_of_an_area_is_where_its_people_are() -> None:
    """3 people at 0 and 1 at 400 m: the mean is 100 m; the home at 80 m is nearest to it."""
    origins = homes(("a", 0, 3), ("b", 400, 1), ("c", 80, 0), ("off", 100, 5))
    middles = make_middles(origins[origins["from_id"].isin(["a", "b", "c"])])
    assert middles[["area_id", "from_id"]].to_numpy().tolist() == [["A", "c"]]


def test_named_places_how_long_how_often_and_until_when() -> None:
    """From home to the shop at 8:00, 25 min by bus; one arrival in a window of one minute.

    To the kiosk at 160 m walking, 2 min, is quicker. From 8:00 to 8:30 one arrives at 8:25 or, by
    the bus of 8:40, at 8:55: two times in half an hour, four an hour. Home from stop A at 8:00 to
    9:00: the last bus to B leaves A at 8:40; from home at 8:34 at the latest (5 min and slack).
    """
    graph = bus_streets()
    start = on_streets(graph, points(HOME), snap_max_m=100)
    places = on_streets(graph, points(SHOP, 160.0), snap_max_m=100)
    found = ride_there(transit(), start, places, trip=TRIP)
    assert found.minutes.tolist() == [[25.0, 2.0]]
    assert found.on_foot.tolist() == [[False, True]]
    half = Trip(start_s=clock("08:00"), end_s=clock("08:30"), cut_off_min=60)
    assert ride_there(transit(), start, places, trip=half).an_hour[0, 0] == 4.0
    hour = Trip(start_s=clock("08:00"), end_s=clock("09:00"), cut_off_min=60)
    last = last_ride_home(transit(), places, start, trip=hour)
    assert last[0, 0] == clock("08:34")
    table = door_to_door(["A"], ["shop", "kiosk"], {"transit": found}, last.T)
    row = table.set_index("place").loc["shop"]
    assert row[["minutes", "last_home", "sunday_measured"]].to_list() == [25.0, "08:34", False]


def test_a_sunday_that_the_file_lacks_is_not_measured() -> None:
    """The timetable speaks of one Tuesday: nothing can be said of the Sunday after it."""
    told = make_other_day(bus_timetable(), day=dt.date(2023, 6, 18))
    assert len(told.table.runs) == 0
    (caution,) = told.cautions
    assert caution.code == "service_not_measured"
    assert "does not mean that there are no buses" in caution.text


@pytest.mark.parametrize("minute", ["08:35", "08:59"])
def test_after_the_last_bus_there_is_none(minute) -> None:
    graph = bus_streets()
    late = Trip(start_s=clock(minute), end_s=clock("09:30"), cut_off_min=60)
    start, shop = (on_streets(graph, points(x), snap_max_m=100) for x in (HOME, SHOP))
    assert last_ride_home(transit(), shop, start, trip=late).tolist() == [[-1]]
