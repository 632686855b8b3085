"""Timetables on the published feeds: trip statistics as others published them, counts as known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.table_jobs import job_of

from assetmap.errors import StudyError
from assetmap.layers.known_stops import AREA_CODE
from assetmap.layers.service_day import long_day, make_other_day, make_service_day
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real


def test_cairns_trips_are_as_published(data_dir: Path) -> None:
    """``cairns_trip_stats.csv`` is gtfs_kit's published output for this feed: 1,339 trips.

    Its distance and speed are measured along shapes, which are not read here.
    """
    folder = data_dir / "transit_other"
    told = read_timetable(
        job_of("timetable", folder / "cairns_gtfs.zip", study="EPSG:28355", layout="gtfs")
    )
    published = pd.read_csv(folder / "cairns_trip_stats.csv", dtype=str).set_index("trip_id")
    calls = told.table.stop_times.groupby("trip_id")
    ours = pd.DataFrame(
        {
            "num_stops": calls.size(),
            "start_time": calls["departure_s"].first(),
            "end_time": calls["departure_s"].last(),
            "start_stop_id": calls["stop_id"].first().str.removeprefix("given:"),
            "end_stop_id": calls["stop_id"].last().str.removeprefix("given:"),
        }
    )
    ours.index = ours.index.str.removeprefix("given:")
    trips = told.table.trips.set_index("trip_id").merge(
        told.table.routes, how="left", on="route_id", validate="m:1"
    )
    assert len(ours) == len(published) == len(trips) == 1339
    assert (trips["mode"] == "bus").all()
    published = published.loc[ours.index]
    parts = {name: published[name].str.split(":", expand=True).astype(int) for name in
             ("start_time", "end_time")}  # fmt: skip
    for name, part in parts.items():
        assert (ours[name] == part[0] * 3600 + part[1] * 60 + part[2]).all(), name
    for name in ("start_stop_id", "end_stop_id"):
        assert (ours[name] == published[name]).all(), name
    assert (ours["num_stops"] == published["num_stops"].astype(int)).all()
    hours = (ours["end_time"] - ours["start_time"]) / 3600
    assert (hours - published["duration"].astype(float)).abs().max() < 1e-6


def test_newport_is_what_its_readme_says(data_dir: Path) -> None:
    """2,686 stops of which 655 are used, 176 trips, times up to 31:30, a route of type 200."""
    path = data_dir / "newport" / "newport-20230613_gtfs.zip"
    told = read_timetable(job_of("timetable", path, layout="gtfs"))
    timetable = told.table
    assert told.cautions == ()
    assert len(timetable.stops) == 2686
    assert timetable.stop_times["stop_id"].nunique() == 655
    assert len(timetable.trips) == 176
    assert timetable.stop_times["arrival_s"].max() == 31 * 3600 + 30 * 60
    assert set(timetable.routes["mode"]) == {"bus", "coach"}


def test_a_planner_is_told_when_the_timetable_speaks_of_another_time(data_dir: Path) -> None:
    """2030 on the feed of 2023; the day after it ends; and the Sunday of which it lacks the buses.

    Sunday 18 June 2023 has 22 trips where a working day has 176: nothing is said about it.
    """
    path = data_dir / "newport" / "newport-20230613_gtfs.zip"
    timetable = read_timetable(job_of("timetable", path, layout="gtfs")).table
    for day in (dt.date(2030, 6, 11), dt.date(2024, 3, 2)):
        with pytest.raises(StudyError) as caught:
            make_service_day(timetable, day=day)
        said = str(caught.value)
        assert f"nothing runs on {long_day(day)}" in said
        assert "Monday 5 June 2023" in said
        assert "it runs on Mondays" in said
    sunday = make_other_day(timetable, day=dt.date(2023, 6, 18))
    assert not len(sunday.table.runs)
    (caution,) = sunday.cautions
    assert caution.code == "service_not_measured"
    assert "22 trips" in caution.text
    assert "does not mean that there are no buses" in caution.text
    asked = make_service_day(timetable, day=dt.date(2023, 6, 18))
    assert "service_few" in {one.code for one in asked.cautions}


def test_the_feed_and_naptan_know_stations_by_one_code(data_dir: Path) -> None:
    """All 57 railway and 747 metro stations in the feed's stops, by areas' codes, are NaPTAN's."""
    path = data_dir / "newport" / "newport-20230613_gtfs.zip"
    stops = read_timetable(job_of("timetable", path, layout="gtfs")).table.stops
    codes = set(stops["code"].str.replace(AREA_CODE, r"\g<1>0", regex=True))
    for name, count in (("910_gb_rail", 57), ("940_gb_metro_tram", 747)):
        file = pd.read_csv(data_dir / "national" / f"naptan_{name}.csv.gz", dtype=str)
        assert len(codes & set(file["ATCOCode"])) == count
