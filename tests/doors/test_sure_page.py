"""How sure we are, in the words of the page; the technical tables in the annex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import IDS, toy_edition

from assetmap.findings.sure import with_robustness
from assetmap.frames import table_of
from assetmap.frames.robustness import IMPORTANCE, ROBUSTNESS, SENSITIVITY
from assetmap.publish.profiles import Desk
from assetmap.publish.scene import Scene
from assetmap.publish.site import write_pages
from assetmap.publish.subjects import Subject
from assetmap.publish.sure import sure_here
from assetmap.publish.sureness import phrase_of, sure_of
from assetmap.publish.tables import write_tables
from assetmap.publish.views import views_of

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

SHARES = [0.93, 0.66, 0.4, 1.0, 0.05, 0.35, 0.0, 0.0, 0.6, 0.0, 0.0, None]


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Four flagged areas: clear, borderline, either way, clear; of the others two are near."""
    toy = toy_edition()
    robustness = table_of(
        ROBUSTNESS,
        {
            "area_id": IDS, "robustness": SHARES, "level_share": SHARES,
            "rank": range(1, 13), "rank_p5": range(1, 13), "rank_p95": [12] * 12,
            "draws": [1000] * 12, "hinges_on": ["walking pace", *[None] * 11],
            "hinges_share": [0.4, *[None] * 11],
        },
    )  # fmt: skip
    sensitivity = table_of(
        SENSITIVITY,
        {
            "assumption": ["walking pace", "walking pace"], "value": ["48 m/min", "80 m/min"],
            "own": [False, True], "flagged": [6, 4], "left_behind": [3, 2], "at_risk": [3, 2],
            "joins": [2, 0], "leaves": [0, 0], "jaccard": [4 / 6, 1.0],
        },
    )  # fmt: skip
    importance = table_of(
        IMPORTANCE,
        {"assumption": ["<b>pace</b>", "weight: green"], "share": [0.5, None], "areas": [1, 0]},
    )
    return replace(
        toy,
        findings=with_robustness(toy.findings, robustness),
        more={
            "robustness": (ROBUSTNESS, robustness),
            "sensitivity": (SENSITIVITY, sensitivity),
            "importance": (IMPORTANCE, importance),
        },
    )


@pytest.fixture(scope="module")
def folder(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sure")
    write_pages(edition, made)
    return made


def test_a_result_is_clear_borderline_or_could_go_either_way(edition: Edition) -> None:
    words = Scene.of(edition).words
    said = [
        phrase_of(level, share, words).split(":")[0]
        for level, share in [
            ("left_behind", 0.8), ("at_risk", 0.79), ("at_risk", 0.5), ("at_risk", 0.49),
            ("not_flagged", 0.2), ("need_only", 0.21), ("need_only", 0.51),
        ]
    ]  # fmt: skip
    assert said == [
        "Clear", "Borderline", "Borderline", "Could go either way",
        "Clear", "Borderline", "Could go either way",
    ]  # fmt: skip
    assert phrase_of("left_behind", 0.93, words) == (
        "Clear: flagged in 93 of 100 reruns with the uncertain inputs shaken"
    )
    assert sure_of("not_flagged", 0.4, words) == ()
    assert sure_of("left_behind", None, words) == ()


def test_the_page_lists_the_flagged_the_least_sure_first_and_those_nearly_so(
    folder: Path,
) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    section = page.split('<h2 id="sure">')[1].split("<h2")[0]
    order = ["flagged in 40", "flagged in 66", "flagged in 93", "flagged in 100"]
    found = [section.index(f"{one} of 100") for one in order]
    assert found == sorted(found)
    near = section.split("Not flagged here")[1]
    assert near.index("flagged in 60 of 100") < near.index("flagged in 35 of 100")
    assert "flagged in 5 of 100" not in section
    assert "1,000 times" in section


def test_each_place_says_once_how_sure_its_own_result_is(folder: Path, edition: Edition) -> None:
    """Flagged or not; not where nothing could be said of it (the last has no share)."""
    for place in Scene.of(edition).places:
        page = (folder / "places" / f"{place.slug}.html").read_text(encoding="utf-8")
        assert page.count("of 100 reruns with") == (place.robustness is not None)
    own = folder / "places" / "part-of-mill-ward-around-hope-street.html"
    section = own.read_text(encoding="utf-8").split('<h2 id="sure">')[1].split("<h2")[0]
    assert "Clear: flagged in 93 of 100 reruns" in section


def test_a_whole_says_how_many_of_its_flagged_are_how_sure(edition: Edition) -> None:
    """Flagged are the first four: 0.93 and 1.0 clear, 0.66 borderline, 0.4 either way."""
    scene = Scene.of(edition)
    whole = Subject(slug="all", name="All", kind="", members=scene.places)
    said = sure_here(Desk.of(scene), whole)
    assert said == {"said": "Flagged here: 4. Clear: 2. Borderline: 1. Could go either way: 1"}
    unflagged = replace(whole, members=tuple(p for p in scene.places if p.code > 2))
    assert sure_here(Desk.of(scene), unflagged) is None


def test_the_map_can_show_how_sure_and_how_far_from_the_line(edition: Edition) -> None:
    scene = Scene.of(edition)
    views = {view.label: view for view in views_of(edition, scene.places, scene.words)}
    steps = {
        place.area_id: (sure, margin)
        for place, sure, margin in zip(
            scene.places,
            views["How sure we are"].steps,
            views["Distance from the line of official figures"].steps,
            strict=True,
        )
    }
    # 0.93 is in the last fifth; 19 points inside is the last step, 40 outside the first
    assert steps[IDS[0]] == (5, 5)
    assert steps[IDS[1]] == (4, 4)
    assert steps[IDS[6]] == (1, 1)
    assert steps[IDS[11]][0] == 0


def test_the_annex_holds_the_tables_and_what_people_typed_stays_text(folder: Path) -> None:
    page = (folder / "annex.html").read_text(encoding="utf-8")
    section = page.split('<h2 id="sensitivity">')[1].split("<h2")[0]
    assert "48 m/min" in section
    assert "80 m/min (this study)" in section
    assert "0.67" in section
    assert "<b>pace</b>" not in section
    assert "never varies" in section


def test_findings_carry_how_sure_they_are(edition: Edition, tmp_path: Path) -> None:
    write_tables(edition, tmp_path)
    table = pd.read_csv(tmp_path / "tables" / "findings.csv").set_index("area_id")
    assert table.loc[IDS[0], ["robustness", "rank_p5", "rank_p95"]].tolist() == [0.93, 1, 12]
    assert table.loc[IDS[11], "robustness"] != table.loc[IDS[11], "robustness"]  # empty
    assert (tmp_path / "tables" / "sensitivity.csv").is_file()
