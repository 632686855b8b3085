"""Where the people of the toy town live, worked by hand."""

from __future__ import annotations

import pytest
from tests.town.layers_town import places, town

from assetmap.layers.origins import make_origins


def people_of(table, area_id):
    return sorted(table.loc[table["area_id"] == area_id, "people"])


def codes(told):
    return {one.code: one.count for one in told.cautions}


def test_published_people_are_scaled_to_the_areas_own():
    # A has 100 people; the places say 10 and 30, so 100 x 10/40 = 25 and 75.
    post = places((100, 100, 10.0, None), (900, 900, 30.0, None))
    told = make_origins(town(), {"post": post}, order=["post"])
    assert people_of(told.table, "A") == [25.0, 75.0]
    assert not told.table.loc[told.table["area_id"] == "A", "shared"].any()


def test_people_not_published_are_shared_over_distinct_places():
    # Three addresses, two of them on one metre: 100 / 2 = 50 each.
    post = places((100, 100, None, None), (100.2, 100.1, None, None), (900, 900, None, None))
    told = make_origins(town(), {"post": post})
    assert people_of(told.table, "A") == [50.0, 50.0]
    assert told.table.loc[told.table["area_id"] == "A", "shared"].all()
    assert codes(told)["people_shared"] == 1


def test_an_area_without_places_falls_to_the_next_source_and_then_to_its_centre():
    # First choice only in A, second only in B; C, D and E stand at one point inside.
    first, second = places((100, 100, None, None)), places((1500, 500, None, None))
    told = make_origins(town(), {"x": second, "y": first}, order=["y", "x"])
    basis = told.table.set_index("area_id")["basis"]
    assert basis.to_dict() == {
        "A": "postcode", "B": "postcode",
        "C": "area centre", "D": "area centre", "E": "area centre",
    }  # fmt: skip
    assert codes(told) == {"people_shared": 2, "origins_second_choice": 1, "area_centre": 3}


def test_the_published_area_leads_over_the_position():
    post = places((1001, 500, None, "A"), (500, 500, None, "another code"))
    table = make_origins(town(), {"post": post}).table
    assert people_of(table, "A") == [50.0, 50.0]


def test_an_output_area_keeps_its_code_unless_another_stands_on_the_same_metre():
    post = places((100, 100, None, None), (500, 500, None, None), (500.2, 500.1, None, None))
    drawn = post.assign(basis="output area")
    of_drawn = make_origins(town(), {"oa": drawn}).table
    assert of_drawn.loc[of_drawn["area_id"] == "A", "code"].dropna().tolist() == ["p0"]
    assert make_origins(town(), {"post": post}).table["code"].isna().all()


def test_a_place_on_a_border_goes_to_the_smallest_id():
    table = make_origins(town(), {"post": places((1000, 1000, None, None))}).table
    spot = table[table["basis"] == "postcode"]
    assert list(spot["area_id"]) == ["A"]


def test_places_outside_are_left_out_and_counted():
    post = places((50000, 0, 5.0, None), (100, 100, 5.0, None))
    assert codes(make_origins(town(), {"post": post}))["places_outside"] == 1


def test_places_where_nobody_lives_are_no_origins():
    post = places((100, 100, 0.0, None), (200, 200, 4.0, None))
    assert people_of(make_origins(town(), {"post": post}).table, "A") == [100.0]


def test_people_at_one_metre_are_added():
    # 10 and 20 on one metre, 10 elsewhere: 100 x 30/40 = 75 and 25.
    post = places((10, 10, 10.0, None), (10.3, 10.3, 20.0, None), (90, 90, 10.0, None))
    assert people_of(make_origins(town(), {"post": post}).table, "A") == [25.0, 75.0]


def test_roles_come_from_the_areas_and_ids_from_the_ground():
    table = make_origins(town(), {"post": places((2500, 500, None, None))}).table
    edge = table[table["role"] == "edge"]
    assert list(edge["from_id"]) == ["E@2500,500"]
    assert edge["people"].sum() == pytest.approx(50)
