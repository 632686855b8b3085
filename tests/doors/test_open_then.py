"""What is open when, on the page and in the files: only where a study asks for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import IDS, facts, toy_edition

from assetmap.frames import table_of
from assetmap.frames.hours import MOMENTS, OPEN_AT
from assetmap.frames.results import AREA_ACCESS
from assetmap.publish.opening_times import open_times
from assetmap.publish.scene import Scene
from assetmap.publish.site import write_pages
from assetmap.publish.tables import write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run

# From the hours in layers/example/asset_register.csv, read by eye: Tuesday 19:30, Saturday 14:00.
BY_EYE = {
    "Osierford Library": ("no", "yes"),  # Mo-Fr 09:00-18:00; Sa 09:30-16:00
    "Corn Market Hall": ("yes", "yes"),  # Mo-Su 08:00-22:00
    "Northgate Community Hall": ("yes", "no"),  # Mo-Fr 09:00-21:00
    "Bridge End Community Centre": ("yes", "yes"),  # Mo-Sa 09:00-21:30
    "Southgate Hall": ("no", "no"),  # Mo-Fr 09:00-17:00
    "Eastfield Village Hall": ("unknown", "unknown"),  # By arrangement
    "Priory Rooms": ("no", "yes"),  # Mo-Sa 10:00-16:00
    "West Common Pavilion": ("no", "yes"),  # Sa-Su 09:00-18:00
    "The Warehouse Youth Centre": ("yes", "no"),  # Mo-Fr 15:30-21:00
}


def test_the_example_s_places_are_open_as_its_register_says(example_run: Run) -> None:
    assets = pd.read_csv(example_run.folder / "tables" / "assets.csv").set_index("name")
    for name, states in BY_EYE.items():
        assert tuple(assets.loc[name, ["open_evening", "open_weekend"]]) == states, name
    stops = assets[assets["category"] == "bus_stop"]
    assert stops["open_evening"].isna().all()


def test_the_example_s_page_says_that_nobody_is_near_an_open_library(example_run: Run) -> None:
    """The library is shut on Tuesday evening: nobody is near an open one, whatever its people."""
    whole = example_run.page.read_text(encoding="utf-8")
    page = whole.partition('<h2 id="open">')[2].partition("</section>")[0]
    row = re.search(r">A library</th>(.*?)</tr>", page)
    assert row
    assert re.findall(r">(\d+ in 100)</td>", row[1])[1] == "0 in 100"
    assert "Tuesday at 19:30" in page
    assert "Saturday at 14:00" in page
    assert "the seven days from 1 November 2026" in page


def asked(low: float, high: float, **changes):
    """The toy with one time asked for, the same share in every area."""
    toy = toy_edition(facts=facts(**changes))
    rows = pd.DataFrame(
        {
            "area_id": IDS * 2, "category": "library", "profile": "standard", "unit": "share",
            "measure": ["share_open_night"] * 12 + ["share_maybe_open_night"] * 12,
            "value": [low] * 12 + [high] * 12, "people": 100.0,
        }
    )  # fmt: skip
    access = pd.concat([toy.area_access, table_of(AREA_ACCESS, dict(rows.items()))])
    moment = {"moment": ["night"], "day": ["2026-11-08"], "clock": ["23:30"], "at_min": [10_050]}
    open_at = {"to_id": ["library-0-0"], "moment": ["night"], "open": ["yes"], "why": [None]}
    return replace(
        toy,
        area_access=access,
        open_times=table_of(MOMENTS, moment),
        open_at=table_of(OPEN_AT, open_at),
    )


@pytest.mark.parametrize(
    ("low", "high", "method", "said"),
    [
        (0.2, 0.5, "streets", "20 to 50 in 100"),
        (0.2, 0.2, "streets", "20 in 100"),
        (0.2, 0.5, "straight line", "about 20 to 50 in 100"),
    ],
)
def test_two_figures_where_hours_are_not_known(low, high, method, said) -> None:
    """A Sunday at 23:30 is 6 * 1440 + 1410 = 10050 minutes into a week from Monday 2 November."""
    scene = Scene.of(asked(low, high, method=method))
    found = open_times(scene.edition, scene.places, scene.words)
    assert found is not None
    assert found.week == "2 November 2026"
    assert found.columns == ("Sunday at 23:30",)
    assert [cells[1] for cells in found.rows.values()] == [said]


def test_nothing_of_it_stands_on_a_page_that_did_not_ask(tmp_path: Path) -> None:
    write_pages(toy_edition(), tmp_path)
    assert 'id="open"' not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_files_hold_a_column_for_each_time(tmp_path: Path) -> None:
    write_tables(asked(0.2, 0.5), tmp_path)
    table = pd.read_csv(tmp_path / "tables" / "assets.csv").set_index("to_id")
    assert table.loc["library-0-0", "open_night"] == "yes"
    assert table["open_night"].notna().sum() == 1
