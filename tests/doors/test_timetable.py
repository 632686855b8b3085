"""Timetables as publishers really send them: what is refused, what is mended, what is counted."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.doors.feed_files import SOUND, feed_zip
from tests.doors.table_jobs import job_of

from assetmap.errors import AssetmapError, MissingError, ReadError
from assetmap.sources.gtfs_files import open_feed
from assetmap.sources.gtfs_stops import mode_of
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.frames.timetable import Timetable

HEAD = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
SECOND = "T2,09:00:00,09:00:00,A,1\nT2,09:30:00,09:30:00,C,2\n"


def read(*paths: Path) -> tuple[Timetable, dict[str, int]]:
    """The timetable, and its counts by what they count."""
    told = read_timetable(job_of("timetable", *paths, layout="gtfs"))
    counts: dict[str, int] = {}
    for caution in told.cautions:
        counts[caution.code.removeprefix("timetable_")] = int(caution.count or 0)
    return told.table, counts


def times_of(timetable: Timetable, trip: str = "given:T1") -> list[tuple[int, int]]:
    """Arrival and departure at each call of a trip, in minutes past eight."""
    rows = timetable.stop_times[timetable.stop_times["trip_id"] == trip]
    pairs = zip(rows["arrival_s"], rows["departure_s"], strict=True)
    return [((a - 28800) // 60, (d - 28800) // 60) for a, d in pairs]


def test_a_sound_feed_is_read_without_a_word(tmp_path: Path) -> None:
    timetable, counts = read(feed_zip(tmp_path))
    assert counts == {}
    assert list(timetable.stops["stop_id"]) == ["given:A", "given:B", "given:C"]
    assert list(timetable.stops["wheelchair"]) == ["yes", "no", "unknown"]
    assert times_of(timetable) == [(0, 0), (10, 11), (30, 30)]
    assert len(timetable.service_days) == 10
    late = timetable.stop_times[timetable.stop_times["trip_id"] == "given:T2"]
    assert list(late["departure_s"]) == [24 * 3600 + 600, 24 * 3600 + 2400]


@pytest.mark.parametrize("inside", ["feed/", "2023/june/"])
def test_a_feed_in_a_folder_of_its_zip_is_found(tmp_path: Path, inside: str) -> None:
    timetable, _ = read(feed_zip(tmp_path, inside=inside))
    assert len(timetable.trips) == 2


def test_two_feeds_that_share_ids_are_kept_apart(tmp_path: Path) -> None:
    timetable, _ = read(feed_zip(tmp_path, name="one.zip"), feed_zip(tmp_path, name="two.zip"))
    assert len(timetable.stops) == 6
    assert set(timetable.trips["trip_id"]) == {"given1:T1", "given1:T2", "given2:T1", "given2:T2"}
    assert len(timetable.service_days) == 20


def test_a_feed_in_two_folders_names_both(tmp_path: Path) -> None:
    path = feed_zip(tmp_path, inside="north/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("south/stops.txt", SOUND["stops.txt"])
    with pytest.raises(ReadError, match="north, south"):
        read(path)


def test_a_zip_in_the_zip_is_told_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(feed_zip(tmp_path), "feed.zip")
    with pytest.raises(ReadError, match=r"unpack feed\.zip"):
        read(path)


def test_a_member_that_climbs_out_is_refused(tmp_path: Path) -> None:
    path = feed_zip(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    with pytest.raises(ReadError, match="climbs out"):
        read(path)


def test_a_zip_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in SOUND.items():
            archive.writestr(name, text + " " * 2_000_000)
    with pytest.raises(ReadError, match="unpacks to more than"):
        open_feed(path, about="given", most_bytes=1_000_000)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"<html>not found</html>"])
def test_what_is_no_zip_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        read(path)


def test_a_missing_file_and_missing_tables_are_told(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        read(tmp_path / "none.zip")
    path = feed_zip(tmp_path, trips=None, calendar=None)
    with pytest.raises(ReadError, match=r"no trips\.txt, calendar\.txt or calendar_dates\.txt"):
        read(path)


def test_every_missing_column_is_told_at_once(tmp_path: Path) -> None:
    path = feed_zip(tmp_path, stops="stop_id\nA\n", routes="route_id,route_name\nR,1\n")
    with pytest.raises(ReadError) as error:
        read(path)
    said = str(error.value)
    assert all(name in said for name in ("stop_lat", "stop_lon", "route_type"))


@pytest.mark.parametrize("text", [HEAD, HEAD.strip(), ""])
def test_empty_stop_times_are_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError, match=r"stop_times\.txt is empty"):
        read(feed_zip(tmp_path, stop_times=text))


def test_a_feed_without_calendar_dates_or_with_nothing_else(tmp_path: Path) -> None:
    """Days of exceptions alone: two added, and one removed that was never there."""
    dates = "service_id,date,exception_type\nW,20230611,1\nW,20230612,1\nW,20230613,2\n"
    timetable, _ = read(feed_zip(tmp_path, calendar=None, calendar_dates=dates))
    assert list(timetable.service_days["day"]) == ["2023-06-11", "2023-06-12"]


def test_exceptions_add_and_remove_days(tmp_path: Path) -> None:
    """Ten working days, less Tuesday 6, with Saturday 10; the bad date is counted."""
    dates = "service_id,date,exception_type\nW,20230606,2\nW,20230610,1\nW,2023061,1\n"
    timetable, counts = read(feed_zip(tmp_path, calendar_dates=dates))
    days = set(timetable.service_days["day"])
    assert len(days) == 10
    assert "2023-06-06" not in days
    assert "2023-06-10" in days
    assert counts == {"calendar_rows_not_read": 1}


def test_no_day_at_all_is_an_error(tmp_path: Path) -> None:
    calendar = SOUND["calendar.txt"].replace("1,1,1,1,1,0,0", "0,0,0,0,0,0,0")
    with pytest.raises(ReadError, match="no service of the feed runs on any day"):
        read(feed_zip(tmp_path, calendar=calendar))


def test_empty_times_are_filled_in_by_distance(tmp_path: Path) -> None:
    """B is a third of the way from A (3.00 W) to C (2.97 W): 8:00 + 30 min / 3 = 8:10."""
    text = HEAD + "T1,08:00:00,08:00:00,A,1\nT1,,,B,2\nT1,08:30:00,08:30:00,C,3\n" + SECOND
    timetable, counts = read(feed_zip(tmp_path, stop_times=text))
    assert times_of(timetable) == [(0, 0), (10, 10), (30, 30)]
    assert counts == {"times_filled": 1}


def test_times_without_an_end_are_left_out(tmp_path: Path) -> None:
    text = HEAD + "T1,08:00:00,08:00:00,A,1\nT1,08:10:00,,B,2\nT1,,,C,3\n" + SECOND
    timetable, counts = read(feed_zip(tmp_path, stop_times=text))
    assert times_of(timetable) == [(0, 0), (10, 10)]
    assert counts == {"calls_without_time": 1}


def test_times_that_run_backwards_are_mended(tmp_path: Path) -> None:
    text = HEAD + "T1,08:00:00,08:00:00,A,1\nT1,07:10:00,07:10:00,B,2\nT1,08:30:00,08:30:00,C,3\n"
    timetable, counts = read(feed_zip(tmp_path, stop_times=text + SECOND))
    assert times_of(timetable) == [(0, 0), (10, 10), (30, 30)]
    assert counts == {"times_backwards": 1}


def test_a_trip_that_runs_backwards_altogether_is_left_out(tmp_path: Path) -> None:
    text = HEAD + "T1,08:30:00,08:30:00,A,1\nT1,08:10:00,08:10:00,B,2\nT1,08:00:00,08:00:00,C,3\n"
    timetable, counts = read(feed_zip(tmp_path, stop_times=text + SECOND))
    assert list(timetable.trips["trip_id"]) == ["given:T2"]
    assert counts == {"times_backwards": 2, "trips_backwards": 1}


def test_times_that_begin_again_at_midnight_are_carried_on(tmp_path: Path) -> None:
    text = HEAD + "T1,23:50:00,23:55:00,A,1\nT1,00:10:00,00:11:00,B,2\nT1,00:30:00,00:30:00,C,3\n"
    timetable, counts = read(feed_zip(tmp_path, stop_times=text + SECOND))
    assert times_of(timetable) == [(950, 955), (970, 971), (990, 990)]
    assert counts == {"times_past_midnight": 1}


def test_bad_rows_are_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    """One of each: unknown trip, unknown stop, no number, twice, not a time, too few cells."""
    more = (
        "T9,08:00:00,08:00:00,A,1\nT1,08:12:00,08:12:00,Z,7\nT1,08:13:00,08:13:00,B,\n"
        "T1,08:45:00,08:45:00,C,3\nT1,soon,soon,C,4\nT1,08:31\n"
    )
    timetable, counts = read(feed_zip(tmp_path, stop_times=SOUND["stop_times.txt"] + more))
    assert times_of(timetable) == [(0, 0), (10, 11), (30, 30)]
    assert counts == {
        "calls_of_no_trip": 1,
        "calls_at_no_stop": 1,
        "calls_without_number": 1,
        "calls_twice": 1,
        "times_not_read": 1,
        "calls_without_time": 1,
        "ragged_rows": 1,
    }


def test_trips_with_one_stop_and_ids_twice(tmp_path: Path) -> None:
    timetable, counts = read(
        feed_zip(
            tmp_path,
            stop_times=SOUND["stop_times.txt"] + "T3,08:00:00,08:00:00,A,1\n",
            trips=SOUND["trips.txt"] + "R,W,T3,0\nR,W,T1,0\nQ,W,T4,0\n",
            stops=SOUND["stops.txt"] + "A,Market again,51.58,-3.00,1\n",
            routes=SOUND["routes.txt"] + "R,1,3\n",
        )
    )
    assert set(timetable.trips["trip_id"]) == {"given:T1", "given:T2"}
    assert counts == {
        "trips_of_one_stop": 1, "trips_twice": 1, "trips_of_no_route": 1, "stops_twice": 1,
        "routes_twice": 1,
    }  # fmt: skip


@pytest.mark.parametrize("place", [",", "0,0", "x,y", "951.58,-2.99"])
def test_a_stop_without_a_place_is_left_out_of_its_trips(tmp_path: Path, place: str) -> None:
    stops = SOUND["stops.txt"].replace("51.58,-2.99", place)
    timetable, counts = read(feed_zip(tmp_path, stops=stops))
    assert times_of(timetable) == [(0, 0), (30, 30)]
    assert counts == {"stops_without_place": 1, "calls_at_no_stop": 1}


def test_platforms_take_place_and_flag_from_their_station(tmp_path: Path) -> None:
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding,location_type,parent_station\n"
        "A,Market,51.58,-3.00,,,\nS,Station,51.58,-2.99,1,1,\nB,Platform 1,,,0,0,S\n"
        "C,Hospital,51.58,-2.97,,0,\nE,Way in,51.581,-2.99,1,2,S\nN,Node,,,,3,S\n"
    )
    timetable, counts = read(feed_zip(tmp_path, stops=stops))
    table = timetable.stops.set_index("stop_id")
    assert counts == {}
    assert table.loc["given:B", "geometry"].equals(table.loc["given:S", "geometry"])
    assert table.loc["given:B", ["kind", "parent_id", "wheelchair"]].to_list() == [
        "stop", "given:S", "yes",
    ]  # fmt: skip
    assert table.loc["given:E", "kind"] == "entrance"
    assert "given:N" not in table.index


def test_frequencies_become_trips(tmp_path: Path) -> None:
    """Every 20 minutes from 8:00 to before 9:00: 8:00, 8:20, 8:40."""
    text = "trip_id,start_time,end_time,headway_secs\nT1,08:00:00,09:00:00,1200\nT1,9,10,0\n"
    timetable, counts = read(feed_zip(tmp_path, frequencies=text))
    assert counts == {"trips_from_frequencies": 3, "frequency_rows_not_read": 1}
    ids = sorted(timetable.trips["trip_id"])
    assert ids == ["given:T1#28800", "given:T1#30000", "given:T1#31200", "given:T2"]
    assert times_of(timetable, "given:T1#30000") == [(20, 20), (30, 31), (50, 50)]


def test_transfers_and_pathways(tmp_path: Path) -> None:
    transfers = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
        "A,B,2,120\nA,C,3,\nB,C,0,\nB,Z,2,60\nB,A,2,30\nB,A,2,90\n"
    )
    pathways = (
        "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time,length\n"
        "p,A,B,2,1,40,\nq,B,C,1,0,,80\n"
    )
    timetable, _ = read(feed_zip(tmp_path, transfers=transfers, pathways=pathways))
    least = timetable.transfers.set_index(["from_stop_id", "to_stop_id"])["least_s"]
    assert least["given:A", "given:B"] == 120
    assert least["given:B", "given:A"] == 90
    assert least.isna().sum() == 1
    assert len(least) == 3
    ways = timetable.pathways.set_index("pathway_id")
    assert ways["walk_s"].to_dict() == {"given:p<": 40, "given:p>": 40, "given:q>": 60}
    assert not ways.loc["given:p<", "step_free"]


@pytest.mark.parametrize(
    ("route_type", "mode"),
    [(0, "tram"), (1, "metro"), (2, "rail"), (3, "bus"), (4, "ferry"), (11, "bus"), (12, "metro"),
     (100, "rail"), (109, "rail"), (200, "coach"), (401, "metro"), (700, "bus"), (800, "bus"),
     (900, "tram"), (1000, "ferry"), (1100, "other"), (1400, "other"), (7, "other")],
)  # fmt: skip
def test_route_types_plain_and_extended(route_type: int, mode: str) -> None:
    assert mode_of(route_type) == mode


def test_rows_in_any_order_make_the_same_timetable(tmp_path: Path) -> None:
    turned = {}
    for name, text in SOUND.items():
        head, *rows = text.splitlines()
        turned[name.removesuffix(".txt")] = "\n".join([head, *rows[::-1]])
    plain, _ = read(feed_zip(tmp_path, name="plain.zip"))
    other, _ = read(feed_zip(tmp_path, name="turned.zip", **turned))
    for one, two in zip(plain, other, strict=True):
        assert one.equals(two)


def test_bytes_that_are_no_text_end_in_a_clear_word(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in SOUND:
            archive.writestr(name, bytes(range(256)) * 4)
    with pytest.raises(AssetmapError):
        read(path)
