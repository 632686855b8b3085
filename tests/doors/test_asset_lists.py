"""The national lists of libraries, schools, surgeries, green space and stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely.geometry import Point, box
from tests.doors import asset_jobs as little

from assetmap.errors import ReadError
from assetmap.sources.green_space import read_os_open_greenspace
from assetmap.sources.libraries import read_england_libraries
from assetmap.sources.schools import read_gias
from assetmap.sources.stops import read_naptan, read_tfl_stops
from assetmap.sources.surgeries import read_epraccur

if TYPE_CHECKING:
    from pathlib import Path

GROUND = box(531_000, 179_000, 534_000, 182_000)

# ------------------------------------------------------------------------------ libraries


def test_closed_libraries_are_left_out_and_the_list_says_its_age(tmp_path: Path) -> None:
    path = little.libraries_csv(tmp_path, ("1", "Open", ""), ("2", "Shut", "XL"))
    told = read_england_libraries(little.asset_job(path))
    assert list(told.table.assets["name"]) == ["Open"]
    assert list(told.table.assets["as_listed"]) == ["2017"]
    assert little.counts(told) == {"source_old": 1, "closed": 1}
    assert "a@b.example" not in little.all_text(told)


def test_libraries_with_one_id_twice_are_refused(tmp_path: Path) -> None:
    path = little.libraries_csv(tmp_path, ("1", "A", ""), ("1", "B", ""))
    with pytest.raises(ReadError, match="occurs more than once"):
        read_england_libraries(little.asset_job(path))


# ------------------------------------------------------------------------------ schools


def test_the_phase_else_the_type_makes_the_category(tmp_path: Path) -> None:
    na = "Not applicable"
    path = little.gias_csv(
        tmp_path,
        ("1", "P", "Community school", "Primary", "200"),
        ("2", "S", "Academy converter", "Secondary", "900"),
        ("3", "A", "Free schools", "All-through", "1000"),
        ("4", "N", "Local authority nursery school", "Nursery", ""),
        ("5", "X", "Foundation special school", na, "80"),
        ("6", "C", "Further education", "16 plus", ""),
        ("7", "I", "Other independent school", na, "300"),
        ("8", "U", "Higher education institutions", na, ""),
        ("9", "R", "Pupil referral unit", na, "30"),
    )
    told = read_gias(little.asset_job(path))
    assets = told.table.assets.set_index("source_row")
    assert assets["category"].to_dict() == {
        "1": "primary_school", "2": "secondary_school",
        "3": "primary_school", "3-secondary": "secondary_school",
        "4": "nursery", "5": "special_school", "6": "college",
    }  # fmt: skip
    # An all-through school of 1,000 offers half of its places to each phase: 500 and 500.
    assert assets["supply"].to_dict() == {
        "1": 200, "2": 900, "3": 500, "3-secondary": 500, "4": 1, "5": 80, "6": 1,
    }  # fmt: skip
    assert little.counts(told) == {"not_for_all": 3}
    assert "Secretname" not in little.all_text(told)


def test_closed_schools_and_schools_nowhere_are_left_out(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "gias.csv",
        f"{little.GIAS_HEAD}\n"
        "1,Open,Community school,g,Primary,532000,180000,9,,Open,\n"
        '2,Closing,Community school,g,Primary,532000,180000,9,,"Open, but proposed to close",\n'
        "3,Shut,Community school,g,Primary,532000,180000,9,,Closed,\n"
        "4,Nowhere,Community school,g,Primary,0,0,9,,Open,\n",
    )
    told = read_gias(little.asset_job(path))
    assert list(told.table.assets["name"]) == ["Open", "Closing"]
    assert little.counts(told) == {"no_coordinates": 1}


def test_pupils_below_zero_and_missing_columns_are_refused(tmp_path: Path) -> None:
    path = little.gias_csv(tmp_path, ("1", "P", "Community school", "Primary", "-3"))
    with pytest.raises(ReadError, match="'pupils' is below 0"):
        read_gias(little.asset_job(path))
    path = little.saved(tmp_path, "g.csv", "URN,EstablishmentNames\n1,A\n")
    with pytest.raises(ReadError, match="did you mean 'EstablishmentNames'"):
        read_gias(little.asset_job(path))


# ------------------------------------------------------------------------------ surgeries

PRACTICES = (
    ("A1", "ST JAMES'S SURGERY", "SE1 1AA", "A", "4"),
    ("A2", "OUT OF HOURS", "SE1 1AA", "A", "2"),
    ("A3", "SHUT", "SE1 1AA", "C", "4"),
    ("A4", "UNKNOWN CORNER", "SE1 9ZZ", "A", "4"),
    ("A5", "FAR AWAY", "LS1 1AA", "A", "4"),
)


def test_active_practices_stand_at_their_postcode(tmp_path: Path) -> None:
    path = little.epraccur(tmp_path, *PRACTICES)
    lookups = {"pc": little.places(["SE1 1AA"], [(532_000, 180_000)])}
    told = read_epraccur(little.asset_job(path, postcodes="pc", lookups=lookups, within=GROUND))
    assert list(told.table.assets["name"]) == ["St James's Surgery"]
    assert list(told.table.assets["precision_m"]) == [100]
    # SE1 is a district of the ground, so a practice there that is not found may be missing;
    # LS1 is not.
    assert list(told.table.unplaced["source_row"]) == ["A4"]
    assert little.counts(told) == {"placed_by_postcode": 1, "unplaced": 1}
    assert "7946" not in little.all_text(told)


def test_a_second_file_takes_postcodes_to_centres_of_areas(tmp_path: Path) -> None:
    path = little.epraccur(tmp_path, *PRACTICES)
    areas = little.saved(
        tmp_path, "areas.csv", "postcode,Postcode Status,LSOA code\nSE1 1AA,Live,E01000001\n"
    )
    lookups = {"pwc": little.places(["E01000001"], [(532_400, 180_000)])}
    told = read_epraccur(
        little.asset_job(path, areas, postcodes="pwc", lookups=lookups, within=GROUND)
    )
    assert told.table.assets.geometry.iloc[0] == Point(532_400, 180_000)
    assert list(told.table.assets["precision_m"]) == [500]
    assert little.counts(told) == {"placed_by_area": 1, "unplaced": 1}


def test_a_file_of_another_layout_and_a_missing_lookup_are_refused(tmp_path: Path) -> None:
    path = little.epraccur(tmp_path, ("A1", "X", "SE1 1AA", "A", "0"))
    with pytest.raises(ReadError, match="no row is an active GP practice"):
        read_epraccur(little.asset_job(path, postcodes="pc"))
    path = little.epraccur(tmp_path, *PRACTICES)
    with pytest.raises(ReadError, match="does not say where postcodes are"):
        read_epraccur(little.asset_job(path))


def test_a_packed_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = little.epraccur(tmp_path, *PRACTICES)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ReadError, match="cut short"):
        read_epraccur(little.asset_job(path, postcodes="pc"))


# ------------------------------------------------------------------------------ green space


def test_functions_make_categories_and_cars_no_gates(tmp_path: Path) -> None:
    path = little.greenspace_gpkg(
        tmp_path,
        [
            ("s1", "Public Park Or Garden", "Elm Park"),
            ("s2", "Playing Field", None),
            ("s3", "Religious Grounds", None),
            ("s4", "Allotments Or Community Growing Spaces", None),
            ("s5", "Golf Course", None),
            ("s6", "Tennis Court", None),
        ],
        gates=[
            ("s1", "Pedestrian", 532_100, 180_050),
            ("s1", "Motor Vehicle And Pedestrian", 532_000, 180_050),
            ("s1", "Motor Vehicle", 532_050, 180_000),
            ("s5", "Pedestrian", 532_800, 180_050),
        ],
    )
    told = read_os_open_greenspace(little.asset_job(path))
    assets = told.table.assets.set_index("source_row")
    assert assets["category"].to_dict() == {
        "s1": "park", "s2": "playing_field", "s3": "cemetery", "s4": "allotments",
    }  # fmt: skip
    assert (assets["size_m2"] == 10_000).all()  # 100 m by 100 m
    gates = told.table.entrances
    assert list(gates["source_row"]) == ["s1", "s1"]
    assert list(gates["entrance"]) == [1, 2]
    assert list(gates.geometry.x) == [532_000, 532_100]  # from west to east
    assert little.counts(told) == {"not_public": 2, "gates_for_cars": 1}


def test_a_copy_without_access_points_says_so(tmp_path: Path) -> None:
    path = little.greenspace_gpkg(tmp_path, [("s1", "Play Space", "Swings")])
    told = read_os_open_greenspace(little.asset_job(path))
    assert told.table.entrances.empty
    assert little.counts(told) == {"no_access_points": 1}


def test_a_function_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = little.greenspace_gpkg(tmp_path, [("s1", "Beach", None)])
    with pytest.raises(ReadError, match="does not have: Beach"):
        read_os_open_greenspace(little.asset_job(path))


# ------------------------------------------------------------------------------ stops


def test_stops_in_use_by_type_and_stations_with_their_entrances(tmp_path: Path) -> None:
    local = little.naptan_csv(
        tmp_path,
        "43001,High Street,opp,532000,180000,BCT,MKD,new,active",
        "43002,High Street,-,532010,180000,BCS,,new,active",
        "43003,Lane,,532020,180000,BCT,HAR,new,active",
        "43004,Gone,,532030,180000,BCT,MKD,delete,inactive",
        "43005,Dead,,532030,180000,BCT,MKD,new,inactive",
        "4300ELMS0,Elms Rail Station,Entrance,532100,180000,RSE,,new,active",
        "4300ELMS1,Elms Rail Station,Entrance,532120,180000,RSE,,new,active",
        "4300ZZWMOAK1,Oak (Metro),,532300,180000,TMU,,new,active",
        "4300ZZWMOAK2,Oak (Metro),,532320,180000,TMU,,new,active",
        "43006,Taxi,,532030,180000,TXR,,new,active",
    )
    rail = little.naptan_csv(
        tmp_path,
        "9100ELMS,Elms Rail Station,-,532110,180000,RLY,,revise,active",
        "9100ELMSBUS,Elms - Red Lion PH,-,532110,180000,BCQ,,revise,active",
        name="rail.csv",
    )
    told = read_naptan(little.asset_job(local, rail))
    assets = told.table.assets.set_index("source_row")
    assert assets["category"].to_dict() == {
        "43001": "bus_stop", "43002": "bus_stop", "43003": "bus_stop",
        "9100ELMS": "rail_station", "4300ZZWMOAK": "metro_station",
    }  # fmt: skip
    assert assets["name"]["43001"] == "High Street (opp)"
    assert assets["name"]["43002"] == "High Street"
    assert assets["precision_m"].to_dict()["43003"] == 100
    # Entrances at 532,300 and 532,320 without a station: it is taken to be at 532,310.
    assert assets.geometry["4300ZZWMOAK"] == Point(532_310, 180_000)
    gates = told.table.entrances.groupby("source_row").size().to_dict()
    assert gates == {"9100ELMS": 2, "4300ZZWMOAK": 2}
    assert little.counts(told) == {"inactive_stops": 2, "hail_and_ride": 1}


def test_stops_without_metres_are_placed_by_degrees(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "n.csv",
        "ATCOCode,CommonName,StopType,Easting,Northing,Longitude,Latitude,Modification,Status\n"
        "1,A,BCT,532000,180000,,,new,active\n2,B,BCT,,,-0.0983,51.5034,new,active\n"
        "3,C,BCT,,,,,new,active\n",
    )
    told = read_naptan(little.asset_job(path))
    assert list(told.table.assets["source_row"]) == ["1", "2"]
    assert list(told.table.unplaced["source_row"]) == ["3"]


def test_stops_with_one_code_twice_are_refused(tmp_path: Path) -> None:
    row = "43001,A,,532000,180000,BCT,MKD,new,active"
    with pytest.raises(ReadError, match="'ATCOCode' occurs more than once"):
        read_naptan(little.asset_job(little.naptan_csv(tmp_path, row, row)))


def test_virtual_stops_are_left_out_and_signs_taken_from_names(tmp_path: Path) -> None:
    path = little.tfl_csv(
        tmp_path,
        "1,ST JOHN'S STN <> / HIGH ROAD #,532000,180000,0",
        "2,NOWHERE TO BOARD,532000,180000,1",
        "3,NO PLACE,,,0",
    )
    told = read_tfl_stops(little.asset_job(path))
    assert list(told.table.assets["name"]) == ["St John's Stn / High Road"]
    assert list(told.table.unplaced["name"]) == ["No Place"]
    assert little.counts(told) == {"virtual_stops": 1, "unplaced": 1}
