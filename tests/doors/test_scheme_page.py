"""Schemes beside a place as residents read it: context, what is planned apart, homes that go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.doors.edition_toy import IDS, facts, toy_edition
from tests.doors.page_reader import Read, pages_of

from assetmap.frames import table_of
from assetmap.frames.legs import FIRM, SCHEME_REACH, WITH_PLANNED

if TYPE_CHECKING:
    from pathlib import Path

INSIDE = "30 in 100 people here live inside the boundary of a scheme. That alone is no benefit."


def told(folder: Path, *rows: tuple[str, float | None, float | None], **said: object) -> str:
    """The words of A01's page; rows are which schemes, the share inside, and the catchment."""
    table = table_of(
        SCHEME_REACH,
        {
            "area_id": [IDS[0]] * len(rows),
            "counted": [row[0] for row in rows],
            "share_inside": [row[1] for row in rows],
            "share_catchment": [row[2] for row in rows],
        },
    )
    edition = replace(
        toy_edition(facts=facts(**said)), more={"scheme_reach": (SCHEME_REACH, table)}
    )
    return Read(pages_of(edition, folder)["places/part-of-mill-ward-around-hope-street.html"]).words


def test_inside_and_near_are_said_and_what_is_planned_stands_apart(tmp_path: Path) -> None:
    words = told(tmp_path, (FIRM, 0.3, 0.2), (WITH_PLANNED, 0.3, 0.6))
    assert f"{INSIDE} 20 in 100 live near something that a scheme brings" in words
    assert "With what is only planned, 60 in 100 would live near" in words


def test_what_adds_nothing_is_not_said(tmp_path: Path) -> None:
    words = told(tmp_path, (FIRM, 0.0, 0.2), (WITH_PLANNED, 0.0, 0.2))
    assert "20 in 100 live near something" in words
    assert "inside the boundary" not in words
    assert "only planned, " not in words


def test_schemes_that_name_nothing_have_boundaries_alone(tmp_path: Path) -> None:
    words = told(tmp_path, (FIRM, 0.3, None))
    assert INSIDE in words
    assert "something that a scheme brings" not in words


def test_a_straight_line_is_an_estimate(tmp_path: Path) -> None:
    words = told(tmp_path, (FIRM, None, 0.2), method="straight line")
    assert "We estimate that 20 in 100 live near something that a scheme brings" in words


def test_where_homes_go_people_are_told_that_they_are_affected(tmp_path: Path) -> None:
    """A03 of the toy."""
    page = pages_of(toy_edition(), tmp_path)["places/part-of-mill-ward-by-the-canal.html"]
    assert (
        "Directly affected: a scheme here removes homes. People here may have to move; this study "
        "cannot measure that."
    ) in Read(page).words
