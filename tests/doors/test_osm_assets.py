"""Assets and homes of little OpenStreetMap files, drawn in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import Point
from tests.doors import asset_jobs as little

from assetmap.errors import ReadError
from assetmap.sources.categories import read_categories
from assetmap.sources.osm_assets import read_osm_assets
from assetmap.sources.osm_buildings import read_buildings
from assetmap.sources.osm_tags import read_tag_table, rules_that_fit

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = little.node(900, 0, 900, amenity="library", name="Always here")


def category_of(tags: dict[str, str]) -> str | None:
    """The category by tags alone."""
    fitting = rules_that_fit(tags, read_tag_table())
    return fitting[0].category if fitting else None


def read(tmp_path: Path, *things: str, **said: Any) -> dict[str, str]:
    """Category by id, of a file that also holds a library."""
    path = little.osm(tmp_path, LIBRARY, *things)
    told = read_osm_assets(little.asset_job(path, layout="osm", **said))
    rows = told.table.assets.set_index("source_row")["category"].to_dict()
    return {name: category for name, category in rows.items() if name != "node/900"}


def test_every_rule_makes_a_known_category() -> None:
    assert {rule.category for rule in read_tag_table().rules} <= set(read_categories())


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        ({"amenity": "library"}, "library"),
        ({"amenity": "public_bookcase"}, None),
        ({"amenity": "community_centre"}, "community_centre"),
        ({"amenity": "community_centre", "community_centre": "village_hall"}, "community_centre"),
        ({"amenity": "community_centre", "community_centre": "youth_centre"}, "youth_centre"),
        ({"amenity": "community_centre", "name": "Cefn Youth Centre"}, "youth_centre"),
        ({"amenity": "childcare", "name": "Elm Flying Start Centre"}, "family_hub"),
        ({"amenity": "childcare", "name": "Tiny Tots"}, "nursery"),
        ({"amenity": "library;community_centre"}, "library"),
        ({"club": "scout"}, "youth_centre"),
        ({"amenity": "social_facility", "social_facility": "food_bank"}, "food_bank"),
        ({"amenity": "social_facility"}, None),
        ({"amenity": "doctors"}, "gp_surgery"),
        ({"amenity": "clinic", "name": "Alway Health Centre"}, "gp_surgery"),
        ({"amenity": "clinic", "name": "Wales Laser Clinic"}, None),
        ({"amenity": "clinic", "healthcare:speciality": "diabetes", "name": "Health Centre"}, None),
        ({"amenity": "school", "name": "Elm Primary School"}, "primary_school"),
        ({"amenity": "school", "name": "Ysgol Gynradd Elm"}, "primary_school"),
        ({"amenity": "school", "name": "Elm High School"}, "secondary_school"),
        ({"amenity": "school", "grades": "7-13", "name": "Elm"}, "secondary_school"),
        ({"amenity": "school", "isced:level": "2;3", "name": "Elm"}, "secondary_school"),
        ({"amenity": "school", "name": "Elm School"}, None),
        ({"railway": "station"}, "rail_station"),
        ({"railway": "station", "station": "subway"}, "metro_station"),
        ({"railway": "station", "disused": "yes"}, None),
        ({"railway": "station", "usage": "tourism"}, None),
        ({"disused:amenity": "pub"}, None),
        ({"amenity": "pub", "disused:amenity": "pub"}, None),
        ({"amenity": "community_centre", "disused:amenity": "pub"}, "community_centre"),
        ({"leisure": "fitness_centre"}, "fitness_centre"),
        ({"leisure": "garden"}, None),
        ({"leisure": "garden", "access": "yes"}, "park"),
        ({"leisure": "garden", "access": "yes", "garden:type": "residential"}, None),
        ({"leisure": "swimming_pool", "access": "public"}, "swimming_pool"),
        ({"natural": "wood"}, None),
        ({"natural": "wood", "access": "permissive"}, "nature"),
        ({"shop": "convenience"}, "food_shop"),
        ({"shop": "charity"}, None),
    ],
)
def test_tags_make_categories(tags: dict[str, str], category: str | None) -> None:
    assert category_of(tags) == category


@pytest.mark.parametrize(
    "access", ["private", "no", "customers", "members", "permit", "residents", "military"]
)
def test_what_is_closed_to_the_public_is_no_asset(access: str) -> None:
    assert category_of({"leisure": "park", "access": access}) is None


@pytest.mark.parametrize("state", ["disused", "abandoned", "demolished", "construction", "razed"])
def test_what_is_gone_or_not_built_is_no_asset(state: str) -> None:
    assert category_of({f"{state}:amenity": "library"}) is None
    assert category_of({"amenity": "library", state: "yes"}) is None


def test_a_pool_counts_in_a_sports_centre_and_a_pitch_not_in_a_school(tmp_path: Path) -> None:
    things = [
        *little.area(1, 0, 0, 100, leisure="sports_centre"),
        *little.area(2, 10, 10, 20, leisure="swimming_pool"),
        *little.area(3, 200, 0, 20, leisure="swimming_pool"),
        *little.area(4, 300, 0, 100, amenity="school", name="Elm Primary"),
        *little.area(5, 310, 10, 20, leisure="pitch"),
        *little.area(6, 500, 0, 20, leisure="pitch"),
        *little.area(7, 340, 40, 20, leisure="playground"),
    ]
    assert read(tmp_path, *things) == {
        "way/1": "sports_centre", "way/2": "swimming_pool", "way/4": "primary_school",
        "way/6": "sports_pitch",
    }  # fmt: skip


def test_green_space_keeps_its_polygon_and_other_areas_a_point(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        *little.area(1, 0, 0, 100, leisure="park", name="Elm Park"),
        *little.area(2, 200, 0, 100, amenity="library", wheelchair="designated"),
        little.node(3, 400, 0, leisure="playground"),
    )
    assets = read_osm_assets(little.asset_job(path, layout="osm")).table.assets
    kept = assets.set_index("source_row")
    assert kept.geometry["way/1"].geom_type == "MultiPolygon"
    # A square of 100 m drawn in degrees: within one in a hundred of a hectare.
    assert kept["size_m2"]["way/1"] == pytest.approx(10_000, rel=0.01)
    assert kept.geometry["way/2"].geom_type == "Point"
    assert kept["wheelchair"].to_dict() == {
        "way/1": "unknown", "way/2": "yes", "node/3": "unknown",
    }  # fmt: skip
    assert kept.geometry["node/3"].geom_type == "Point"


def test_a_park_with_a_hole_is_put_together_from_its_relation(tmp_path: Path) -> None:
    relation = (
        '<relation id="7" version="1"><member type="way" ref="1" role="outer"/>'
        '<member type="way" ref="2" role="inner"/>'
        '<tag k="type" v="multipolygon"/><tag k="leisure" v="park"/></relation>'
    )
    broken = relation.replace('"7"', '"8"').replace('ref="1"', 'ref="555"')
    fence = broken.replace('"8"', '"9"').replace('"leisure" v="park"', '"barrier" v="fence"')
    path = little.osm(
        tmp_path, *little.area(1, 0, 0, 100), *little.area(2, 25, 25, 50), relation, broken, fence
    )
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    assert list(told.table.assets["source_row"]) == ["relation/7"]
    # 100 m x 100 m less 50 m x 50 m.
    assert told.table.assets["size_m2"].iloc[0] == pytest.approx(7_500, rel=0.01)
    assert little.counts(told)["broken_areas"] == 1


def test_gates_on_the_boundary_are_entrances_unless_private(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        *little.area(1, 0, 0, 100, leisure="park"),
        little.node(1, 0, 50, barrier="gate"),
        little.node(2, 100, 50, entrance="yes"),
        little.node(3, 50, 0, barrier="gate", access="private"),
        little.node(4, 50, 100, barrier="gate", locked="yes"),
        little.node(5, 50, 50, barrier="gate"),  # inside, not on the edge
        little.node(6, 101, 20, barrier="kissing_gate"),  # 1 m off: drawn on the path
        little.node(7, 0, 80, barrier="bollard"),
    )
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    gates = told.table.entrances
    assert list(gates["source_row"]) == ["way/1"] * 3
    assert list(gates["entrance"]) == [1, 2, 3]
    west = told.table.assets.total_bounds[0]
    assert gates.geometry.iloc[0].distance(Point(west, gates.geometry.iloc[0].y)) < 2


def test_schools_of_no_stage_are_counted_but_not_their_buildings(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        LIBRARY,
        *little.area(1, 0, 0, 50, amenity="school", name="Elm School"),
        *little.area(2, 10, 10, 10, amenity="school", building="yes"),
        little.node(3, 200, 0, amenity="clinic", name="Laser Clinic"),
        little.node(4, 210, 0, leisure="garden"),
        little.node(5, 210, 9, leisure="garden", access="private"),
    )
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    assert little.counts(told) == {"stage_unknown": 1, "clinic_unknown": 1, "not_public": 1}


def test_where_keeps_some_categories(tmp_path: Path) -> None:
    things = [little.node(1, 0, 0, amenity="pub"), little.node(2, 9, 0, amenity="bank")]
    assert read(tmp_path, *things, where={"category": ("bank",)}) == {"node/2": "bank"}
    with pytest.raises(ReadError, match="did you mean 'bank'"):
        read(tmp_path, *things, where={"category": ("banks",)})


def test_an_object_in_two_files_is_read_once(tmp_path: Path) -> None:
    first = little.osm(tmp_path, LIBRARY, name="a.osm")
    second = little.osm(tmp_path, LIBRARY, name="b.osm")
    told = read_osm_assets(little.asset_job(first, second, layout="osm"))
    assert len(told.table.assets) == 1
    assert little.counts(told) == {"files_overlap": 1}


def test_hostile_tags_stay_text(tmp_path: Path) -> None:
    name = "<script>&\u202e\u0007" + "y" * 400
    path = little.osm(
        tmp_path, little.node(1, 0, 0, amenity="pub", name=name.replace("\u0007", ""))
    )
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    kept = told.table.assets["name"].iloc[0]
    assert kept.startswith("<script>&y")
    assert len(kept) == 300


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.osm", '<osm version="0.6"><node id="1" version="1" lon="0" lat="51">'),
        ("page.osm", "<html><body>404 not found</body></html>"),
        ("empty.osm", ""),
        ("cut.osm.pbf", "\x00\x00\x00\x0d\x0a\x09OSMHeader"),
        ("page.osm.pbf", "<html>"),
        ("town.zip", "PK"),
        (
            "bomb.osm",
            """<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><osm version="0.6">
            <node id="1" version="1" lon="0" lat="51"><tag k="name" v="&b;"/></node></osm>""",
        ),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, content: str) -> None:
    path = little.saved(tmp_path, name, content)
    for reader in (read_osm_assets, read_buildings):
        with pytest.raises(ReadError):
            reader(little.asset_job(path, layout="osm"))


def test_a_file_without_assets_is_refused(tmp_path: Path) -> None:
    path = little.osm(tmp_path, little.node(1, 0, 0, amenity="bench"))
    with pytest.raises(ReadError, match="no object in the file is an asset"):
        read_osm_assets(little.asset_job(path, layout="osm"))


# ------------------------------------------------------------------------------ homes


def test_homes_are_said_so_or_guessed_by_size_tags_and_ground(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        *little.area(1, 0, 0, 8, building="house"),
        *little.area(2, 50, 0, 8, building="yes"),  # 64 m2
        *little.area(3, 100, 0, 5, building="yes"),  # 25 m2: a shed
        *little.area(4, 150, 0, 40, building="yes"),  # 1,600 m2: a hall
        *little.area(5, 250, 0, 8, building="yes", shop="convenience"),
        *little.area(6, 300, 0, 200, landuse="industrial"),
        *little.area(7, 350, 50, 8, building="yes"),  # on that ground
        *little.area(8, 350, 90, 8, building="house"),  # a house all the same
        *little.area(9, 600, 0, 8, building="garage"),
        *little.area(10, 650, 0, 8, building="house", ruins="yes"),
        *little.area(11, 700, 0, 8, building="yes", addr__housenumber="3"),
        *little.area(12, 750, 0, 8, building="house", addr__housenumber="4", ruins="yes"),
        *little.area(13, 800, 0, 8, building="yes", addr__street="High St", office="yes"),
        *little.area(14, 850, 0, 8, building="house", addr__city="N", name="Southbank Refuge"),
    )
    told = read_buildings(little.asset_job(path, layout="osm"))
    homes = told.table
    assert set(homes["place_id"]) == {"way/1", "way/2", "way/8", "way/11"}
    assert set(homes["basis"]) == {"residential building"}
    assert homes["people"].isna().all()
    assert (homes.geom_type == "Point").all()
    assert little.counts(told) == {"homes_guessed": 2, "not_mapped": 1}


def test_a_file_without_homes_is_refused(tmp_path: Path) -> None:
    path = little.osm(tmp_path, *little.area(1, 0, 0, 8, building="garage"))
    with pytest.raises(ReadError, match="no building is a home"):
        read_buildings(little.asset_job(path, layout="osm"))
