"""Areas, membership and names of the toy town."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box
from tests.town.layers_town import (
    CORNERS,
    boundaries,
    geography,
    listing,
    listings,
    population,
    square,
    town,
)

from assetmap.errors import JoinError, StudyError
from assetmap.frames import hold
from assetmap.frames.given import GEOGRAPHY
from assetmap.layers.areas import make_areas
from assetmap.layers.geography import make_membership, make_membership_by_position
from assetmap.layers.names import make_named_areas, make_place_names


def rows(*values):
    table = pd.DataFrame(values, columns=["area_id", "level", "unit_id", "unit_name", "fit"])
    return hold(table, GEOGRAPHY)


def test_the_study_is_its_authority_and_the_edge_what_lies_near():
    areas = town().set_index("area_id")
    assert areas["role"].to_dict() == {
        "A": "study", "B": "study", "C": "study", "D": "study", "E": "edge",
    }  # fmt: skip
    assert areas.loc["E", "authority_name"] == "Neighbour"
    assert areas["people"].sum() == 1050


def test_without_authorities_everything_is_the_study():
    areas = make_areas(boundaries(), geography(), population(), edge_m=500).table
    assert set(areas["role"]) == {"study"}
    assert len(areas) == 6


def test_an_edge_of_nothing_has_no_edge_areas():
    assert set(town(edge_m=0)["role"]) == {"study"}


def test_study_areas_without_people_are_all_told_at_once():
    with pytest.raises(JoinError, match="2 of the study's areas have no population: B, C"):
        make_areas(boundaries(), geography(), population({"A": 1, "D": 1}), authorities=["T"])


def test_an_edge_area_without_people_is_left_out_and_counted():
    people = population(dict.fromkeys("ABCD", 10))
    told = make_areas(boundaries(), geography(), people, authorities=["T"], edge_m=500)
    assert "E" not in set(told.table["area_id"])
    assert [(one.code, one.count) for one in told.cautions] == [("edge_unpeopled", 1)]


def test_an_unknown_authority_suggests_the_nearest():
    near = geography().replace({"unit_id": {"T": "E09000028"}})
    with pytest.raises(JoinError, match="did you mean 'E09000028'"):
        make_areas(boundaries(), near, population(), authorities=["E09000029"])


def test_two_sets_of_boundaries_over_one_ground_are_refused():
    twice = pd.concat([boundaries("AB"), boundaries("AB").replace({"A": "A2", "B": "B2"})])
    people = population({"A": 1, "B": 1, "A2": 1, "B2": 1})
    with pytest.raises(JoinError, match="2 pairs of areas cover the same ground"):
        make_areas(gpd.GeoDataFrame(twice), geography(), people)


def test_a_boundary_given_twice_counts_once():
    twice = gpd.GeoDataFrame(pd.concat([boundaries("AB"), boundaries("A")]))
    told = make_areas(twice, geography(), population())
    assert list(told.table["area_id"]) == ["A", "B"]
    assert told.cautions[0].code == "boundaries_twice"


def test_a_region_by_authority_reaches_the_areas():
    lookup = rows(("A", "authority", "T", "Toytown", "best fit"))
    regions = rows(("T", "region", "R", "The Region", "exact"))
    told = make_membership([lookup, regions], area_ids=["A"])
    region = told.table.set_index("level").loc["region"]
    assert (region["unit_id"], region["fit"]) == ("R", "best fit")


def test_what_has_no_region_is_counted_not_dropped():
    lookup = rows(("A", "authority", "T", "Toytown", "exact"),
                  ("B", "authority", "V", "Village", "exact"))  # fmt: skip
    regions = rows(("T", "region", "R", "The Region", "exact"))
    told = make_membership([lookup, regions], area_ids=["A", "B"])
    assert [(one.about, one.count) for one in told.cautions] == [("region", 1)]
    assert len(told.table) == 3


def test_of_two_lookups_that_disagree_the_first_leads_and_it_is_told():
    first = rows(("A", "authority", "T", "Toytown", "exact"))
    second = rows(("A", "authority", "V", "Village", "exact"))
    told = make_membership([first, second], area_ids=["A"])
    assert list(told.table["unit_id"]) == ["T"]
    assert told.cautions[0].code == "geography_disagrees"


def test_membership_by_position_follows_the_larger_share():
    # The ward covers the west 600 m of A and nothing of B.
    wards = boundaries("A").assign(area_id="W", area_name="West", geometry=[box(0, 0, 600, 1000)])
    told = make_membership_by_position(boundaries("AB"), wards, level="ward")
    assert told.table[["area_id", "unit_name", "fit"]].to_numpy().tolist() == [
        ["A", "West", "by position"]
    ]
    assert told.cautions[0].count == 1


def marks(*rows):
    return listings(*(listing(i, kind, at, name) for i, (kind, at, name) in enumerate(rows)))


def test_names_are_made_of_ward_and_landmark():
    landmarks = marks(("park", (500, 500), "Oak Park"), ("library", (1500, 600), "Mill Library"),
                      ("park", (500, 1500), "Elm Green"))  # fmt: skip
    names = make_place_names(town(), geography(), landmarks)
    assert names["A"] == "Part of South ward, around Oak Park"
    assert names["B"] == "Part of South ward, around Mill Library"
    assert names["C"] == "Part of North ward, around Elm Green"


def test_two_areas_by_one_landmark_are_told_apart():
    # Both A and B are of South ward; the park stands in A, so A has it and B lies east of it.
    names = make_place_names(town(), geography(), marks(("park", (900, 500), "Oak Park")))
    assert names["A"] == "Part of South ward, around Oak Park"
    assert names["B"] == "Part of South ward, east of Oak Park"


def test_without_landmarks_the_side_of_the_ward_names_the_area():
    names = make_place_names(town(), geography(), marks())
    assert names["A"] == "West of South ward"
    assert names["E"] == "Part of Neighbour"
    assert names.is_unique


def test_a_label_or_a_hidden_place_or_a_chain_is_no_landmark():
    landmarks = listings(
        listing(1, "park", (500, 500), "Park or garden"),
        listing(2, "library", (500, 400), "Library"),
        listing(3, "community_centre", (500, 450), "Secret House", visibility="officer"),
        listing(4, "park", (100, 100), "Corner Playground"),
        listing(5, "park", (1900, 1900), "Corner Playground"),
    )
    names = make_place_names(town(), geography(), landmarks)
    assert names["A"] == "West of South ward"


def test_given_names_lead_and_no_other_area_takes_them():
    given = {"B": "Part of South ward, around Oak Park"}
    landmarks = marks(("park", (500, 500), "Oak Park"))
    names = make_place_names(town(), geography(), landmarks, given=given)
    assert names["B"] == given["B"]
    assert names["A"] != given["B"]


def test_one_name_for_two_areas_is_refused():
    with pytest.raises(StudyError, match="'The Hill' is the name of 2 areas: A, B"):
        make_place_names(town(), geography(), marks(), given={"A": "The Hill", "B": "The Hill"})


def test_a_ward_without_a_name_falls_back_to_the_authority():
    coded = geography()
    coded["unit_name"] = coded["unit_name"].mask(coded["level"] == "ward", coded["unit_id"])
    names = make_place_names(town(), coded, marks(("park", (500, 500), "Oak Park")))
    assert names["A"] == "Part of Toytown, around Oak Park"


def test_named_areas_carry_the_names_and_count_those_unused():
    given = pd.DataFrame({"area_id": ["A", "Z"], "place": ["The Hill", "Nowhere"]})
    told = make_named_areas(town(), geography(), marks(), given=given)
    assert told.table.set_index("area_id").loc["A", "place"] == "The Hill"
    assert told.cautions[0].count == 1


def test_the_squares_are_where_the_drawing_says():
    assert square(*CORNERS["B"]).bounds == (1000, 0, 2000, 1000)
