"""Benefit by outcome, from files to minutes, in the town on a line; its minutes are drawn there."""

from __future__ import annotations

import pytest
from tests.town.line_town import at, line_town, scheme

from assetmap.errors import StudyError
from assetmap.study.first_steps import find_ground
from assetmap.study.pipeline import find_places
from assetmap.study.steps.find import find_benefit
from assetmap.study.steps.route import route_all
from assetmap.study.steps.schemes import save_minutes

FUNDED = {"stage": "funded", "opens": "2027-06-01"}


def benefit(work):
    """BENEFIT by area: state, minutes that firm schemes save, minutes that all would."""
    place = find_ground(work)
    place |= find_places(work, place)
    saved = save_minutes(work, route_all(work, place), place)
    table = find_benefit(work, place, place["schemes"], saved).table("table")
    return {
        row.area_id: (row.state, row.minutes_saved, row.expected_min) for row in table.itertuples()
    }


def near(state, saved, hoped):
    return (state, pytest.approx(saved, abs=1e-3), pytest.approx(hoped, abs=1e-3))


def test_a_funded_library_saves_the_minutes_worked_by_hand(tmp_path):
    # A: 26 - 5 = 21. B: 17.5 - 7.5 = 10.
    given = [scheme("S", **FUNDED, delivers=f"library at {at(500)}")]
    found = benefit(line_town(tmp_path, schemes=given))
    assert found == {"A": near("yes", 21, 21), "B": near("yes", 10, 10)}


def test_funded_without_a_day_and_allocated_with_one_are_hopes(tmp_path):
    given = [
        scheme("S", "funded", f"library at {at(500)}"),
        scheme("T", "allocated", f"library at {at(500)}", opens="2027-06-01"),
    ]
    found = benefit(line_town(tmp_path, schemes=given))
    assert found == {"A": near("expected", 0, 21), "B": near("expected", 0, 10)}


def test_schemes_that_name_nothing_leave_the_benefit_unknown(tmp_path):
    found = benefit(line_town(tmp_path, schemes=[scheme("S", **FUNDED, delivers=None)]))
    assert {state for state, *_ in found.values()} == {"unknown"}


@pytest.mark.parametrize("nearest_kept", [1, 8])
def test_what_an_open_scheme_brought_is_not_what_there_was_before(tmp_path, nearest_kept):
    """Its library stands in today's register, 30 m from where the scheme says.

    Before it, people walked to the library at 2500, also where only the nearest one is kept.
    """
    given = [scheme("S", "open", f"library at {at(500)}", opens="2025-01-01")]
    work = line_town(
        tmp_path, schemes=given, assets=[("library", 500, 0, 30)], nearest_kept=nearest_kept
    )
    assert benefit(work) == {"A": near("yes", 21, 21), "B": near("yes", 10, 10)}


def test_the_same_library_under_a_scheme_to_come_saves_nothing(tmp_path):
    # Today's at 500 is as near as the one to come: nobody saves a minute.
    given = [scheme("S", **FUNDED, delivers=f"library at {at(500)}")]
    found = benefit(line_town(tmp_path, schemes=given, assets=[("library", 500, 0, 0)]))
    assert {state for state, *_ in found.values()} == {"no"}


def test_where_libraries_are_not_measured_what_is_saved_is_unknown(tmp_path):
    """Nobody says what is there already, so nobody can say what a new one saves."""
    given = [scheme("S", **FUNDED, delivers=f"library at {at(500)}")]
    nowhere = "{ bbox = [-5.0, 50.0, -4.9, 50.1] }"
    found = benefit(line_town(tmp_path, schemes=given, covers=nowhere))
    assert {state for state, *_ in found.values()} == {"unknown"}


def test_another_theme_that_is_nearer_already_saves_nothing(tmp_path):
    # A hall at 500 serves the community theme today: a library beside it saves nothing.
    given = [scheme("S", **FUNDED, delivers=f"library at {at(500)}")]
    work = line_town(
        tmp_path,
        schemes=given,
        assets=[("community_centre", 500, 0, 0)],
        use=("library", "community_hall"),
    )
    assert {state for state, *_ in benefit(work).values()} == {"no"}


def test_a_place_of_degrees_the_wrong_way_round_is_refused(tmp_path):
    lon, lat = at(500).split("/")
    given = [scheme("S", **FUNDED, delivers=f"library at {lat}/{lon}")]
    with pytest.raises(StudyError, match="longitude before latitude"):
        benefit(line_town(tmp_path, schemes=given))
