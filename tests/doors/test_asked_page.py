"""Green-space profiles and measures asked for by name, on the pages, with their settings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import IDS, toy_edition

from assetmap.frames import table_of
from assetmap.frames.prepared import STANDARDS
from assetmap.frames.results import AREA_ACCESS
from assetmap.publish.asked import asked_measures
from assetmap.publish.green_space import green_met, green_rows
from assetmap.publish.scene import Scene
from assetmap.publish.site import write_pages
from assetmap.publish.views import views_of

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.study.run import Run

PROFILE = "accessible_greenspace_2023"
SETTINGS = "for library; step decay, to 5 min 1, to 10 min 0.68"


def rows(category: str, measure: str, values: list[float | None], unit: str) -> pd.DataFrame:
    """AREA_ACCESS of one measure: areas have 1000, 1100, 1200 ... people."""
    people = [1000.0 + 100 * n if value is not None else 0.0 for n, value in enumerate(values)]
    return table_of(
        AREA_ACCESS,
        {"area_id": IDS, "category": [category] * 12, "measure": [measure] * 12,
         "profile": ["standard"] * 12, "value": values, "unit": [unit] * 12, "people": people},
    )  # fmt: skip


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Doorstep green lacks for nobody in A01, a half in A02, all in A03; district nowhere known."""
    toy = toy_edition()
    none: list[float | None] = [None] * 12
    lacking: list[float | None] = [0.0, 0.5, 1.0, *none[3:]]
    capacity: list[float | None] = [4.0, 1.0, 250.0, *none[3:]]
    tiers = table_of(
        STANDARDS,
        {"standard_id": [f"{PROFILE}.doorstep", f"{PROFILE}.district"], "theme": ["green"] * 2,
         "categories": ["park"] * 2, "label": ["Doorstep", "District"],
         "threshold_m": [200.0, 5000.0], "threshold_min": [2.5, 62.5],
         "min_size_m2": [5_000.0, 1_000_000.0], "source": ["NE"] * 2, "status": ["memory"] * 2},
    )  # fmt: skip
    access = pd.concat(
        [
            toy.area_access,
            rows(f"{PROFILE}.doorstep", "green_deficient", lacking, "share"),
            rows(f"{PROFILE}.district", "green_deficient", none, "share"),
            rows(PROFILE, "green_headline", [1.0, 0.0, 0.0, *none[3:]], "share"),
            rows("library", "two_step", capacity, "supply per 1,000 people"),
        ]
    )
    name = "Capacity for each person (two-step floating catchment)"
    asked = {"two_step": (name, SETTINGS)}
    return replace(toy, area_access=access, green_tiers=tiers, asked=asked)


def test_green_space_is_told_as_who_has_it(edition: Edition) -> None:
    """Lacking: (1100 * 0.5 + 1200) / 3300 = 0.5303; who has it: 0.4697. Headline 1000 / 3300."""
    scene = Scene.of(edition)
    doorstep, district = green_rows(edition, scene.words)
    assert doorstep.share == pytest.approx(0.469697, abs=1e-6)
    assert doorstep.asks == "0.5 hectares or more, within 200 metres"
    assert doorstep.people == "3,300"
    assert district.share is None
    assert green_met(edition) == {PROFILE: pytest.approx(1000 / 3300)}


def test_the_map_shows_where_it_lacks_and_only_what_is_measured(edition: Edition) -> None:
    """Steps of 20 in 100: all of A01 is the fifth, half of A02 the third, none of A03 the first."""
    scene = Scene.of(edition)
    views = [view for view in views_of(edition, scene.places, scene.words)
             if view.label.startswith("Green space near home")]  # fmt: skip
    assert [view.label for view in views] == ["Green space near home: Doorstep"]
    steps = dict(zip([p.area_id for p in scene.places], views[0].steps, strict=True))
    assert [steps[area_id] for area_id in IDS[:4]] == [5, 3, 1, 0]


def test_a_measure_is_told_with_its_settings_and_ends(edition: Edition) -> None:
    """Mean (1000 * 4 + 1100 * 1 + 1200 * 250) / 3300 = 305100 / 3300 = 92.45."""
    (measure,) = asked_measures(edition, Scene.of(edition).words)
    assert measure.settings == SETTINGS
    (row,) = measure.rows
    assert (row.mean, row.low, row.high) == ("92.5", "1", "250")
    assert (row.service, row.pace, row.people) == ("a library", "At a usual pace", "3,300")


def test_they_stand_on_their_pages(edition: Edition, tmp_path: Path) -> None:
    write_pages(edition, tmp_path)
    front = (tmp_path / "index.html").read_text(encoding="utf-8")
    annex = (tmp_path / "annex.html").read_text(encoding="utf-8")
    assert "30 in 100 people have the mix of sizes" in front
    assert "two-step" not in front
    assert SETTINGS in annex


def test_a_study_that_asks_for_nothing_has_none_of_it(tmp_path: Path) -> None:
    for path in write_pages(toy_edition(), tmp_path):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r'<h2 id="(green|asked)"|Green space near home', page)


def test_the_example_prints_its_curve(example_run: Run) -> None:
    annex = (example_run.page.parent / "annex.html").read_text(encoding="utf-8")
    section = annex.partition('<h2 id="asked">')[2].partition("</section>")[0]
    assert "to 5 min 1, to 10 min 0.68, to 15 min 0.22" in section
    assert "k 3" in section
