"""Bus stops without times, worked by hand: what calls there, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from shapely import Point
from tests.doors.edition_toy import toy_edition
from tests.doors.page_reader import pages_of
from tests.doors.table_jobs import job_of
from tests.town.lattice_town import CRS

from assetmap.errors import ReadError
from assetmap.frames.stops import STOPS_ALONE, STOPS_BY_AREA
from assetmap.layers.stops_alone import make_stops_alone
from assetmap.sources.stop_routes import read_stop_routes

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"code": "Stop", "route": "Line", "x": "E", "y": "N"}
EAST, NORTH = 330_000, 188_000
"""In Newport: a place that the grid has."""


def stops() -> gpd.GeoDataFrame:
    """Three stops of A and one of B; a shop; a stop beyond the edge."""
    rows = [("s1", "bus_stop", "study", "A", 0), ("s2", "bus_stop", "study", "A", 200),
            ("s3", "bus_stop", "study", "A", 400), ("s4", "bus_stop", "study", "B", 600),
            ("shop", "shop", "study", "A", 0), ("s5", "bus_stop", "edge", None, 800)]  # fmt: skip
    names = ["to_id", "category", "role", "area_id"]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    points = [Point(EAST + row[4], NORTH) for row in rows]
    return gpd.GeoDataFrame(columns | {"name": columns["to_id"]}, geometry=points, crs=CRS)


def listed(tmp_path: Path, *rows: tuple[str, str, int, int]):
    """STOP_ROUTES read from a file of stop, line, metres east and north."""
    path = tmp_path / "routes.csv"
    lines = [f"{stop},{line},{EAST + x},{NORTH + y}" for stop, line, x, y in rows]
    path.write_text("\n".join(["Stop,Line,E,N", *lines]))
    return read_stop_routes(
        job_of("stop_routes", path, study="EPSG:27700", columns=COLUMNS, crs="EPSG:27700")
    )  # fmt: skip


def test_routes_by_stop_and_by_area(tmp_path: Path) -> None:
    """Lines 1 and 2 at s1 (10 m off), line 1 twice at s2; s3 is 60 m from the next; s4 none.

    A: 3 stops, 2 known, lines 1 and 2, (2 + 1) / 2 a stop. B: 1 stop, of which nothing is known.
    """
    told = listed(
        tmp_path, ("a", "1", 10, 0), ("a", "2", 10, 0), ("b", "1", 200, 5), ("b", "1", 200, 5),
        ("c", "9", 460, 0), ("", "3", 0, 0),
    )  # fmt: skip
    assert [one.code for one in told.cautions] == ["stop_routes_gaps"]
    table, by_area = make_stops_alone(stops(), [told.table])
    assert table["routes"].fillna(-1).to_list() == [2, 1, -1, -1]
    assert table["which"].to_list()[:2] == ["1 2", "1"]
    first, second = by_area.fillna(-1).to_numpy().tolist()
    assert first == ["A", 3, 2, 2, 1.5]
    assert second == ["B", 1, 0, -1, -1]


def test_without_a_list_stops_are_counted_and_nothing_else() -> None:
    table, by_area = make_stops_alone(stops(), [])
    assert table["routes"].isna().all()
    assert by_area["stops"].to_list() == [3, 1]


def test_a_list_without_a_whole_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no row has a stop, a route and a place"):
        listed(tmp_path, ("", "1", 0, 0))


def test_the_page_counts_and_says_why_no_more(tmp_path: Path) -> None:
    """Of the two known stops one has two routes and one has one: half have one at least."""
    told = listed(tmp_path, ("a", "1", 10, 0), ("a", "2", 10, 0), ("b", "1", 200, 5))
    table, by_area = make_stops_alone(stops(), [told.table])
    more = {"stops": (STOPS_ALONE, table), "stops_by_area": (STOPS_BY_AREA, by_area)}
    page = pages_of(toy_edition(more=more), tmp_path / "site")["index.html"]
    assert "We know of 4 bus stops here." in page
    assert "call at 2 of them: 2 routes in all" in page
    assert "no timetable is loaded" in page
