"""``explain --if``: what another choice would change, of one area and of all others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import said

from assetmap.errors import StudyError
from assetmap.study.challenge import changed_settings
from assetmap.study.study import open_example

if TYPE_CHECKING:
    from assetmap.study.run import Run

MILLBROOK = "E01099022"


def asked(*words: str, area: str = MILLBROOK) -> dict:
    options = [part for one in words for part in ("--if", one)]
    told = said("explain", area, *options, "--json")
    assert told.code == 0, told.err
    answer: dict = json.loads(told.out)
    return answer


def test_before_and_after_and_who_else_changes(example_run: Run) -> None:
    """With every limit so long that nobody is beyond it, no area of the town is far."""
    limits = ("library", "community_hall", "leisure", "green_doorstep", "green_local", "bus_stop",
              "rail")  # fmt: skip
    answer = asked(*(f"thresholds.{name}=3600" for name in limits), "rules.relative_beyond=1")
    levels = example_run.tables["findings"].set_index("area_id")["level"]
    assert answer["before"]["level"] == levels[MILLBROOK] == "left_behind"
    assert answer["after"]["level"] == "need_only"
    far = levels[levels.isin(["left_behind", "at_risk", "access_only"])]
    assert {one["area_id"] for one in answer["others"]} == set(far.index) - {MILLBROOK}
    assert {one["after"] for one in answer["others"]} <= {"need_only", "not_flagged"}
    assert answer["if"][0]["instead_of"] == "1600"


def test_what_the_table_says_would_change_an_answer_does(example_run: Run) -> None:
    """The table's arrays and the study's own steps agree, of the area and of the value before."""
    table = example_run.tables["challenge"]
    first = table[table["setting"].fillna("").str.startswith("thresholds.")].iloc[0]
    answer = asked(f"{first['setting']}={first['value']}", area=first["area_id"])
    assert answer["before"]["level"] == first["level"]
    assert answer["after"]["level"] == first["becomes"]
    assert set(table["area_id"]) == set(example_run.tables["findings"]["area_id"])


@pytest.mark.usefixtures("example_run")
def test_a_choice_that_changes_nothing_says_so() -> None:
    answer = asked("thresholds.library=1600")
    assert not answer["changes"]
    assert answer["others"] == []
    assert answer["before"] == answer["after"]


def test_the_study_stays_as_it_was(example_run: Run) -> None:
    """Asked again without another choice, it finds what it found: every step is still kept."""
    asked("weights.green=4", "rules.leads=authority")
    made: dict[str, bool] = {}
    open_example().explain(MILLBROOK, tell=made.__setitem__)
    assert made["find levels"]
    assert all(made.values())
    assert example_run.page.is_file()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("thresholds.libary=800", "did you mean 'library'?"),
        ("rules.share_fail=0.4", "did you mean 'share_failing'?"),
        ("weight.green=2", "did you mean 'weights'?"),
        ("weights.gren=2", "did you mean 'green'?"),
        ("thresholds.library", "names no setting with a value"),
        ("library=800", "names no setting with a value"),
        ("thresholds.pharmacy=800", "does not use it"),
        ("rules.share_failing=1.4", "less than or equal to 1"),
        ("rules.share_failing=much", "valid number"),
        ("rules.leads=named", "needs named"),
        ("thresholds.library=99999", "beyond the cut-off"),
        ("thresholds.library=-1", "not a distance above zero"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(words: str, what: str) -> None:
    told = said("explain", MILLBROOK, "--if", words)
    assert told.code != 0
    assert what in told.err
    assert not told.out


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(StudyError) as told:
        changed_settings(open_example().settings, ["a.b=1", "rules.x=1", "weights.green"])
    assert len(told.value.faults) == 3


def test_words_are_read_as_toml_has_them_or_as_lists() -> None:
    settings = changed_settings(
        open_example().settings,
        ["rules.themes=community,green", "rules.basis=income", 'rules.leads="authority"'],
    )
    assert settings.rules.themes == ("community", "green")
    assert (settings.rules.basis, settings.rules.leads) == ("income", "authority")
