"""What the page says of buses and trains that bring nobody nearer than walking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.doors.edition_toy import toy_edition

from assetmap.frames import table_of
from assetmap.frames.service import REACHED
from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from pathlib import Path

SAID = "reach no more than walking does"


def page_of(folder: Path, *, by_bus: float) -> str:
    """The first page, where 62 in 100 walk to each service in 30 minutes."""
    edition = toy_edition()
    ids = list(edition.standards["standard_id"])
    columns = {
        "standard_id": [*ids, *ids],
        "profile": ["standard"] * len(ids) + ["transit"] * len(ids),
        "minutes": [30.0] * 2 * len(ids),
        "share": [0.62] * len(ids) + [by_bus] + [0.62] * (len(ids) - 1),
        "day": [None] * len(ids) + ["2026-10-06"] * len(ids),
        "starts": [None] * len(ids) + ["08:00"] * len(ids),
        "ends": [None] * len(ids) + ["09:00"] * len(ids),
    }
    more = {**edition.more, "reached": (REACHED, table_of(REACHED, columns))}
    return write_pages(replace(edition, more=more), folder)[0].read_text(encoding="utf-8")


def test_it_says_so_where_no_figure_is_better_than_on_foot(tmp_path: Path) -> None:
    assert SAID in page_of(tmp_path, by_bus=0.62)


def test_one_service_that_more_people_reach_is_enough_to_say_nothing(tmp_path: Path) -> None:
    text = page_of(tmp_path, by_bus=0.70)
    assert "70 in 100" in text
    assert SAID not in text
