"""Localities that a council draws itself, from its file to the sums, in the town on a line."""

from __future__ import annotations

import pytest
from tests.town.line_town import line_town

from assetmap.study.first_steps import find_ground
from assetmap.study.pipeline import find_places
from assetmap.study.steps.measure import gather_access, measure_all, score_access
from assetmap.study.steps.route import route_all
from assetmap.study.steps.units import find_units


def summed(work):
    """UNIT_SUMMARIES of the localities, by name and measure."""
    place = find_ground(work)
    place |= find_places(work, place)
    routes = route_all(work, place)
    measured = measure_all(work, routes, place)
    found = {
        "measured": gather_access(work, measured, beside=()),
        "scores": score_access(work, measured["standard"], place),
    }
    table = find_units(work, place, found).table("summaries")
    rows = table[table["level"] == "locality"]
    return rows.set_index(["unit_name", "measure"])


def test_a_drawn_locality_is_summed_over_the_areas_that_lie_in_it(tmp_path):
    """A is the first kilometre and B the second: 700 m of A lie in West, all of B in East.

    To the library 26 minutes on average from A, 17.5 from B (line_town).
    """
    work = line_town(tmp_path, localities=[("West", -500, 700), ("East", 700, 2000)])
    table = summed(work)
    assert table.loc[("West", "nearest: library"), "value"] == pytest.approx(26, abs=1e-3)
    assert table.loc[("East", "nearest: library"), "value"] == pytest.approx(17.5, abs=1e-3)
    row = table.loc[("West", "people")]
    assert (row["value"], row["fit"]) == (100, "by position")
    assert row["geography"] == "A table (2021), by position"


def test_an_area_in_no_locality_is_a_caution_and_is_not_summed(tmp_path):
    work = line_town(tmp_path, localities=[("West", 0, 1000)])
    place = find_ground(work)
    told = [one for one in place["nation"].cautions if one.about == "locality"]
    assert told == []  # counted where it was placed, among the study's own, and only there
    placed = work.ledger.kept["place areas in localities"]
    assert [(one.code, one.count) for one in placed.cautions] == [("geography_unmatched", 1)]
    assert set(summed(work).reset_index()["unit_name"]) == {"West"}
