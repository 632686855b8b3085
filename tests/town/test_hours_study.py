"""What is open at the times a study asks for, from files to shares, in the town on a line.

Libraries at 2500 (24/7), 200 (weekdays to 17:00) and 1300 (hours not listed); homes at 100 and
900 in A (60 and 40 people) and 1100 in B (100). Straight lines, 80 m/min, a limit of 20 minutes:

                      a1     a2     b1
    the nearest     1.25      5    2.5
    known open        30     20   17.5     from 2500
    or not known      15      5    2.5     from 1300
"""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import pytest
from tests.town.line_town import line_town

from assetmap.study.config import read_settings
from assetmap.study.pipeline import find_out

ASKED = """[opening]
[[opening.at]]
name = "evening"
day = "Tue"
time = "19:30"
"""
HOURS = ["24/7", "Mo-Fr 09:00-17:00", None]


def town(folder, *, asked=ASKED):
    libraries = [("library", 200, 0, 0), ("library", 1300, 0, 0)]
    work = line_town(folder, assets=libraries, nearest_kept=1)
    register = gpd.read_file(folder / "register.gpkg")
    register.assign(opening_hours=HOURS).to_file(folder / "register.gpkg")
    words = (folder / "study.toml").read_text()
    mapped = 'category = "category"', 'category = "category", opening_hours = "opening_hours"'
    words = words.replace(*mapped, 1).replace("[green]", f"{asked}[green]", 1)
    (folder / "study.toml").write_text(words)
    return dataclasses.replace(work, settings=read_settings(folder))


def values(steps):
    table = steps["measured"].table("area_access")
    return table.set_index(["measure", "area_id"])["value"].to_dict()


def test_the_nearest_open_is_found_however_few_are_kept(tmp_path):
    """Of each category one is kept: the shut library must not stand in for the open one.

    A: of 60 and 40 people only a2 is within 20 minutes of the one known to be open, 0.4; its mean
    is (60 * 30 + 40 * 20) / 100 = 26. With the unknown (60 * 15 + 40 * 5) / 100 = 11.
    """
    work = town(tmp_path)
    found = values(find_out(work))
    by_hand = {
        ("share_open_evening", "A"): 0.4, ("share_maybe_open_evening", "A"): 1,
        ("share_open_evening", "B"): 1, ("nearest_open_evening", "A"): 26,
        ("nearest_open_evening", "B"): 17.5, ("nearest_maybe_open_evening", "A"): 11,
        ("nearest_maybe_open_evening", "B"): 2.5, ("nearest", "B"): 2.5,
        ("nearest", "A"): (60 * 1.25 + 40 * 5) / 100,
    }  # fmt: skip
    for key, value in by_hand.items():
        assert found[key] == pytest.approx(value), key
    told = {one.code: one for kept in work.ledger.kept.values() for one in kept.cautions}
    assert told["hours_unknown"].count == 1


def test_nothing_is_asked_about_hours_unless_a_study_asks(tmp_path):
    steps = find_out(town(tmp_path, asked=""))
    assert "opening" not in steps
    assert not [measure for measure, _ in values(steps) if "open" in measure]


def test_hours_are_asked_of_the_standards_that_are_named(tmp_path):
    named = ASKED.replace("[opening]\n", '[opening]\nstandards = ["library"]\n')
    assert values(find_out(town(tmp_path, asked=named)))["share_open_evening", "B"] == 1


def test_a_week_with_a_holiday_on_the_day_asked_for_is_told(tmp_path):
    """Tuesday 29 December 2026 is no holiday, Monday 28 is, in place of Boxing Day."""
    week = ASKED.replace("[opening]\n", "[opening]\nweek_of = 2026-12-26\n")
    for day, told in (("Tue", False), ("Mon", True)):
        folder = tmp_path / day
        folder.mkdir()
        work = town(folder, asked=week.replace("Tue", day))
        find_out(work)
        codes = {one.code for kept in work.ledger.kept.values() for one in kept.cautions}
        assert ("hours_holiday" in codes) == told
