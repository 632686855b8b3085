"""Assets of the toy town: what is one place, how large it is, and where it is entered."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, box
from tests.town.layers_town import CRS, KINDS, gates, listing, listings, town

from assetmap.errors import JoinError
from assetmap.layers.assets import make_assets

RANKS = {"council": 10, "list": 30, "osm": 60}


def made(*rows, entrances=None, paths=None):
    published = gates() if entrances is None else entrances
    return make_assets(
        listings(*rows), published, town(), categories=KINDS, ranks=RANKS, paths=paths
    )


def assets(*rows, **more):
    return made(*rows, **more).table[0]


def entrances(*rows, **more):
    return made(*rows, **more).table[1]


def library(row, at, name=None, **more):
    return listing(row, "library", at, name, **more)


# ----------------------------------------------------------------------------- double entries


def test_one_uprn_is_one_asset_however_far_and_however_named():
    table = assets(
        library(1, (100, 100), "Mill Library", source="council", uprn="100023"),
        library(2, (400, 100), "The Old Mill", source="osm", uprn="000100023.0"),
    )
    assert list(table["name"]) == ["Mill Library"]
    assert list(table["sources"]) == ["council + osm"]


def test_alike_names_within_50_m_are_one():
    # "mill lane" and "mill road" share 6 of 9 letters each: 12/18 = 0.67, not alike.
    rows = [
        library(1, (100, 100), "Mill Lane Library"),
        library(2, (150, 100), "Mill Road Library"),
    ]
    assert len(assets(*rows)) == 2
    rows[1] = library(2, (150, 100), "library, mill lane")
    assert len(assets(*rows)) == 1
    rows[1] = library(2, (151, 100), "library, mill lane")
    assert len(assets(*rows)) == 2


def test_a_nameless_listing_joins_within_25_m_only():
    named = library(1, (100, 100), "Mill Library")
    assert len(assets(named, library(2, (125, 100)))) == 1
    assert len(assets(named, library(2, (126, 100)))) == 2


def test_a_name_of_generic_words_is_no_name():
    named = library(1, (100, 100), "Mill Library")
    assert len(assets(named, library(2, (120, 100), "Library"))) == 1


def test_two_named_places_side_by_side_stay_two():
    rows = [listing(1, "primary_school", (100, 100), "Oak Primary School"),
            listing(2, "primary_school", (110, 100), "Ash Primary School")]  # fmt: skip
    assert len(assets(*rows)) == 2


def test_another_category_is_another_asset():
    rows = [library(1, (100, 100), "The Mill"), listing(2, "community_centre", (100, 100), "Mill")]
    assert len(assets(*rows)) == 2


def test_nameless_listings_in_a_row_do_not_chain():
    # 0, 20 and 40 m: the second joins the first; the third is 40 m from the first: its own.
    assert len(assets(*(library(i, (100 + 20 * i, 100)) for i in range(3)))) == 2


def test_stops_across_the_road_are_two_stops():
    rows = [listing(1, "bus_stop", (100, 100), "Mill Lane"),
            listing(2, "bus_stop", (112, 100), "Mill Lane")]  # fmt: skip
    assert len(assets(*rows)) == 2
    rows[1]["geometry"] = Point(104, 100)
    assert len(assets(*rows)) == 1


def test_one_atco_code_is_one_stop():
    rows = [listing("490000129R", "bus_stop", (100, 100), "Mill Lane", source="list"),
            listing("490000129R", "bus_stop", (130, 100), "MILL LANE", source="osm")]  # fmt: skip
    assert len(assets(*rows)) == 1


def test_a_station_has_one_name_over_200_m():
    rows = [listing(1, "rail_station", (100, 100), "Milltown Rail Station"),
            listing(2, "rail_station", (290, 100), "Milltown", source="osm")]  # fmt: skip
    assert len(assets(*rows)) == 1


def test_the_leading_listing_speaks_and_gaps_are_filled():
    row = assets(
        library(1, (110, 100), "Mill Library", source="osm", opening_hours="Mo-Fr 09:00-17:00",
                wheelchair="yes", supply=3.0, address="1 Wrong Street"),
        library(2, (100, 100), "The Mill Library", source="council", address="1 Mill Lane"),
    ).iloc[0]  # fmt: skip
    assert row["name"] == "The Mill Library"
    assert row["address"] == "1 Mill Lane"
    assert row["opening_hours"] == "Mo-Fr 09:00-17:00"
    assert (row["wheelchair"], row["supply"]) == ("yes", 3.0)
    assert (row.geometry.x, row["theme"], row["area_id"]) == (100, "community", "A")


def test_what_is_hidden_never_fills_what_is_public():
    row = assets(
        library(1, (100, 100), "Mill Library", source="council"),
        library(2, (100, 100), "Mill Library", source="osm", address="Back door",
                visibility="officer"),
    ).iloc[0]  # fmt: skip
    assert row["sources"] == "council"
    assert row.isna()["address"]
    assert row["visibility"] == "public"


def test_a_postcode_point_gives_way_to_a_precise_one():
    row = assets(
        library(1, (220, 100), "Mill Library", source="council", precision_m=100.0),
        library(2, (100, 100), "Mill Library", source="osm", precision_m=5.0),
    ).iloc[0]
    assert (row.geometry.x, row["precision_m"]) == (100, 5)


def test_roles_follow_the_areas_and_outside_of_all_is_edge():
    table = assets(library(1, (2500, 500)), library(2, (500, 500)), library(3, (500, -100)))
    found = {row.geometry.x + row.geometry.y: row for row in table.itertuples()}
    assert (found[3000].role, found[3000].area_id) == ("edge", "E")
    assert (found[1000].role, found[1000].area_id) == ("study", "A")
    assert found[400].role == "edge"
    assert not isinstance(found[400].area_id, str)


def test_a_nameless_asset_bears_its_category():
    assert list(assets(library(1, (500, 500)))["name"]) == ["Library"]


def test_ids_are_short_stable_and_unique():
    first = assets(library(1, (500, 500), "Mill Library"), library(2, (900, 500), "Oak Library"))
    again = assets(library(9, (500.3, 499.8), "Renamed", source="osm"))
    assert again["to_id"].iloc[0] in set(first["to_id"])
    assert first["to_id"].str.fullmatch(r"library-[0-9a-f]{8}").all()
    # Two named libraries at one door are two assets, and so have two ids.
    door = assets(library(1, (500, 500), "Mill Library"), library(2, (500, 500), "Oak Library"))
    assert door["to_id"].is_unique


def test_an_unknown_category_suggests_the_nearest():
    with pytest.raises(JoinError, match="did you mean 'library'"):
        assets(listing(1, "librery", (1, 1)))


# ----------------------------------------------------------------------------- green space


def test_pieces_of_one_park_are_dissolved_before_size_is_tested():
    # 100 x 100 m and 50 x 100 m side by side: one site of 1.5 hectares.
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
            listing(2, "playing_field", box(100, 0, 150, 100))]  # fmt: skip
    table = assets(*rows)
    assert list(table["size_m2"]) == [15000]
    assert (table["name"].iloc[0], table["category"].iloc[0]) == ("Oak Park", "park")


def test_a_gap_of_a_metre_is_no_gap_and_of_two_is_one():
    def pair(gap):
        return assets(listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
                      listing(2, "park", box(100 + gap, 0, 200, 100)))  # fmt: skip

    assert len(pair(1)) == 1
    assert len(pair(2)) == 2


def test_a_park_cut_by_a_road_is_one_by_its_name():
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
            listing(2, "park", box(120, 0, 200, 100), "Oak Park")]  # fmt: skip
    assert list(assets(*rows)["size_m2"]) == [18000]


def test_two_parks_of_two_names_stay_two_side_by_side():
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
            listing(2, "park", box(100, 0, 300, 100), "Elm Park"),
            listing(3, "park", box(100, 100, 110, 110))]  # fmt: skip
    table = assets(*rows)
    # The nameless patch lies on Elm Park's edge (10 m) and only meets Oak Park in a corner.
    assert dict(zip(table["name"], table["size_m2"], strict=True)) == {
        "Oak Park": 10000, "Elm Park": 20100,
    }  # fmt: skip


def test_a_field_inside_a_park_adds_no_ground():
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
            listing(2, "playing_field", box(10, 10, 40, 40), "Cricket Ground")]  # fmt: skip
    assert list(assets(*rows)["size_m2"]) == [10000]


def test_a_cemetery_beside_a_park_is_another_place():
    rows = [listing(1, "park", box(0, 0, 100, 100)), listing(2, "cemetery", box(100, 0, 200, 100))]
    assert len(assets(*rows)) == 2


def test_one_park_of_two_sources_is_drawn_by_the_leading_one():
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park", source="list"),
            listing(2, "park", box(2, 2, 102, 102), source="osm"),
            listing(3, "park", (50, 50), "Oak Park", source="council")]  # fmt: skip
    table = assets(*rows)
    assert list(table["sources"]) == ["council + list + osm"]
    assert list(table["size_m2"]) == [10000]


def test_a_scrap_from_the_leading_source_does_not_shrink_the_park():
    rows = [listing(1, "park", box(0, 0, 10, 10), "Oak Park", source="council"),
            listing(2, "park", box(0, 0, 100, 100), "Oak Park", source="osm")]  # fmt: skip
    assert list(assets(*rows)["size_m2"]) == [10000]


# ----------------------------------------------------------------------------- entrances


def test_a_building_is_entered_at_its_point():
    table = entrances(library(1, (500, 400)))
    assert list(table["basis"]) == ["point"]
    assert table.geometry.iloc[0].equals(Point(500, 400))


def test_published_gates_lead():
    park = listing(1, "park", box(0, 0, 100, 100), "Oak Park")
    paths = gpd.GeoSeries([LineString([(-10, 50), (110, 50)])], crs=CRS)
    table = entrances(park, entrances=gates(("list", "1", 0, 0), ("list", "1", 100, 0)),
                      paths=paths)  # fmt: skip
    assert list(table["basis"]) == ["published", "published"]
    assert list(table["entrance"]) == [1, 2]


def test_gates_of_a_piece_are_gates_of_the_site():
    rows = [listing(1, "park", box(0, 0, 100, 100), "Oak Park"),
            listing(2, "playing_field", box(100, 0, 150, 100))]  # fmt: skip
    table = entrances(*rows, entrances=gates(("list", "2", 150, 50)))
    assert len(table) == 1
    assert table.geometry.iloc[0].equals(Point(150, 50))


def test_else_paths_cross_the_edge():
    park = listing(1, "park", box(0, 0, 100, 100), "Oak Park")
    paths = gpd.GeoSeries([LineString([(-10, 50), (110, 50)]), LineString([(500, 0), (600, 0)])],
                          crs=CRS)  # fmt: skip
    table = entrances(park, paths=paths)
    assert list(table["basis"]) == ["path crossing", "path crossing"]
    assert [(point.x, point.y) for point in table.geometry] == [(0, 50), (100, 50)]


def test_else_the_edge_every_50_m_and_never_the_middle():
    # 400 m of edge: 8 points.
    table = entrances(listing(1, "park", box(0, 0, 100, 100), "Oak Park"))
    assert len(table) == 8
    assert set(table["basis"]) == {"boundary"}
    edge = box(0, 0, 100, 100).exterior
    assert all(edge.distance(point) < 1e-9 for point in table.geometry)


def test_both_parts_of_a_park_in_two_parts_are_entered():
    parts = MultiPolygon([box(0, 0, 100, 100), box(300, 0, 400, 100)])
    table = entrances(listing(1, "park", parts, "Oak Park"))
    assert len(table) == 16


def test_nothing_listed_is_nothing_made():
    told = made()
    assert [len(table) for table in told.table] == [0, 0, 0]
    assert told.cautions == ()
