"""What would change each answer, and who is nearest to the line, as residents read it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import IDS, facts, toy_edition
from tests.doors.page_reader import Read

from assetmap.frames import table_of
from assetmap.frames.challenge import CHALLENGE, MISSES
from assetmap.publish.challenge import change
from assetmap.publish.site import write_pages
from assetmap.publish.words import words_of
from assetmap.scenarios.challenge import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

ROWS = [
    # area, order, level, setting, own, value, becomes
    (IDS[0], 1, "left_behind", "thresholds.bus_stop", "400", "500", "need_only"),
    (IDS[0], 2, "left_behind", "rules.share_failing", "0.5", "0.7", "need_only"),
    (IDS[0], 3, "left_behind", "rules.need_deciles", "2", "1", "access_only"),
    (IDS[4], 1, "need_only", "weights.green", "1", "4", "at_risk"),
    (IDS[5], 1, "need_only", None, None, None, None),
]


def challenged(edition: Edition) -> Edition:
    """The toy with three areas challenged, and two nearest misses."""
    names = ("area_id", "order", "level", "setting", "own", "value", "becomes")
    rows = pd.DataFrame(ROWS, columns=list(names))
    rows = rows.assign(change=[0.25, 0.4, 0.5, 3.0, None], says="officers' words for left_behind")
    misses = {
        "order": [1, 2], "area_id": [IDS[4], IDS[5]], "place": ["Lower Green", "Station Road"],
        "level": ["need_only"] * 2, "lacks": ["access", "need; access"], "shortfall": [0.1, 0.2],
        "would_join": ["officers' words for at_risk", None], "people": [1_400.0, 1_500.0],
    }  # fmt: skip
    return replace(
        edition,
        more={
            "challenge": (CHALLENGE, table_of(CHALLENGE, dict(rows.items()))),
            "nearest_misses": (MISSES, table_of(MISSES, misses)),
        },
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("challenged")
    write_pages(challenged(toy_edition()), made)
    return made


def section(page: Path, key: str) -> str:
    """What stands under one heading."""
    return page.read_text(encoding="utf-8").split(f'<h2 id="{key}">')[1].split("<h2")[0]


def test_each_place_says_what_would_change_its_answer(folder: Path) -> None:
    said = Read(section(folder / "places/part-of-mill-ward-around-hope-street.html", "changes"))
    assert (
        "The result would be “Services are near” if any one of these were so: "
        "“near a bus stop” meant within 500 metres, not 400 "
        "services counted as out of reach when 70 in 100 people are too far, not 50"
    ) in said.words
    assert (
        "The result would be “Services are further away” if this were so: "
        "need meant the 10 in 100 most deprived neighbourhoods of England, not 20"
    ) in said.words


def test_a_place_whose_answer_nothing_changes_says_so(folder: Path) -> None:
    said = Read(section(folder / "places/station-road.html", "changes")).words
    assert "No other value that we tried gives another result." in said


def test_the_nearest_misses_stand_on_the_front_page_with_what_would_flag_them(
    folder: Path,
) -> None:
    said = section(folder / "index.html", "misses")
    assert said.index("Lower Green") < said.index("Station Road")
    assert 'href="places/lower-green.html"' in said
    words = Read(said).words
    assert "Lower Green . Not flagged because services are near enough." in words
    assert (
        "It would be “Possible priority” if parks and green space counted 4 times as much in the "
        "access score."
    ) in words
    assert (
        "Not flagged because official figures show less need there and services are near enough. "
        "No single change that we tried would flag it."
    ) in words


def test_nobody_flagged_names_the_nearest_to_the_line(tmp_path: Path) -> None:
    edition = challenged(toy_edition())
    calm = edition.findings.assign(level=["need_only"] * 6 + ["not_flagged"] * 6)
    write_pages(replace(edition, findings=calm), tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    answer = page[page.index('class="part"') : page.index('class="glance"')]
    assert "No neighbourhood meets all three tests." in answer
    assert "The nearest to the line are:" in answer
    assert answer.index("Lower Green") < answer.index("Station Road")


def test_without_challenges_neither_is_said(tmp_path: Path) -> None:
    write_pages(toy_edition(), tmp_path)
    assert 'id="misses"' not in (tmp_path / "index.html").read_text(encoding="utf-8")
    for page in (tmp_path / "places").iterdir():
        assert 'id="changes"' not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("method", ["streets", "straight line"])
def test_every_choice_that_is_tried_has_public_words_of_one_sentence(method: str) -> None:
    """As read on the front page: 'It would be “Priority for support” if …', 25 words at most."""
    edition, words = toy_edition(facts=facts(method=method)), words_of({})
    settings = [f"rules.{name}" for name in RULES]
    for setting in [*settings, "thresholds.green_local", "weights.transport"]:
        row = {"setting": setting, "own": "0.5", "value": "0.25"}
        told = change(row, edition, words)
        whole = words.say("misses.would", result=words.short("left_behind"), change=told)
        assert len(whole.split()) <= 25, whole
        assert re.search(r"\d", told), told
        assert "_" not in told
        assert "minute" not in told or method == "streets"
