"""Before and now: each change of level has one of four causes, or says that it cannot be told."""

from __future__ import annotations

import pandas as pd
import pytest

from assetmap.findings.monitor import Then, changed, compare_gaps, compare_runs

SOURCES = [("register", "assets", "2025", "aa"), ("index", "deprivation", "2019", "bb")]


def run(
    levels, *, near=(0.4, 0.9), need=(True, False), sources=SOURCES, choices=None, code="1",
    gap=4.0, status="computed",
):  # fmt: skip
    areas = ["a", "b"]
    findings = pd.DataFrame(
        {"area_id": areas, "place": ["Mill", "Quarry"], "level": levels, "need": list(need),
         "need_margin": [5.0, -10.0], "access_margin": [0.1, -0.2],
         "relative_margin": [1.0, -4.0], "benefit_min": [0.0, 0.0]}
    )  # fmt: skip
    access = pd.DataFrame(
        {"area_id": areas, "category": "library", "measure": "share_within",
         "profile": "standard", "value": list(near)}
    )  # fmt: skip
    fairness = pd.DataFrame(
        {"of_what": ["minutes to a library"], "by": "deprivation, in line", "group": "everybody",
         "measure": "absolute gap, most against least deprived tenth", "value": [gap],
         "unit": "min", "status": status}
    )  # fmt: skip
    told = pd.DataFrame(sources, columns=["id", "kind", "vintage", "sha256"])
    return Then(findings, access, fairness, told, choices or {"rules": {"need_deciles": 2}}, code)


BEFORE = run(["left_behind", "not_flagged"])
LEFT = ["need_only", "not_flagged"]
LATER = [("register", "assets", "2026", "cc"), SOURCES[1]]
MENDED = [("register", "assets", "2025", "cc"), SOURCES[1]]


def cause(after, area="a"):
    table = compare_runs(BEFORE, after).set_index("area_id")
    return table.loc[area, "cause"], table.loc[area, "why"]


def test_the_same_run_twice_changes_nothing():
    table = compare_runs(BEFORE, BEFORE)
    assert set(table["cause"]) == {"none"}
    assert not table["own_values_changed"].any()


def test_the_same_source_at_a_later_day_is_a_real_change():
    told, why = cause(run(LEFT, near=(0.8, 0.9), sources=LATER))
    assert told == "real"
    assert "'register' is of 2026, and was of 2025" in why


def test_another_content_of_the_same_day_is_what_we_know():
    told, why = cause(run(LEFT, near=(0.8, 0.9), sources=MENDED))
    assert told == "data"
    assert "another content of the same day" in why


@pytest.mark.parametrize("sources", [[*SOURCES, ("halls", "assets", "2025", "dd")], [SOURCES[1]]])
def test_a_source_that_came_or_went_is_what_we_know(sources):
    assert cause(run(LEFT, near=(0.8, 0.9), sources=sources))[0] == "data"


def test_other_cut_offs_are_the_method():
    told, why = cause(run(LEFT, choices={"rules": {"need_deciles": 1}}))
    assert told == "method"
    assert "rules.need_deciles is 1, and was 2" in why
    assert cause(run(LEFT, code="2"))[0] == "method"


def test_whose_own_people_reach_what_they_did_moved_because_others_did():
    """B's people reach more; a's reach what they did, and are no longer among the lowest."""
    after = run(["not_flagged", "not_flagged"], near=(0.4, 1.0), sources=LATER)
    told, why = cause(after)
    assert told == "others moved"
    assert "only its place among the others" in why


def test_method_and_data_together_cannot_be_told_apart():
    after = run(LEFT, near=(0.8, 0.9), sources=LATER, code="2")
    told, why = cause(after)
    assert told == "cannot be told apart"
    assert "one change at a time" in why
    both = [("register", "assets", "2026", "cc"), SOURCES[1], ("halls", "assets", "2025", "dd")]
    assert cause(run(LEFT, near=(0.8, 0.9), sources=both))[0] == "cannot be told apart"


def test_editions_of_an_index_are_never_one_series():
    edition = [SOURCES[0], ("index", "deprivation", "2025", "ee")]
    after = run(["access_only", "not_flagged"], need=(False, False), sources=edition)
    told, why = cause(after)
    assert told == "method"
    assert "another edition of the index" in why
    assert changed(BEFORE, after).edition
    gaps = compare_gaps(BEFORE, run(LEFT, gap=1.0, sources=edition))
    assert gaps["narrowed"].item().startswith("not compared")


def test_an_area_that_is_new_to_the_study_is_said():
    after = run(["left_behind", "not_flagged"])
    after = after._replace(findings=after.findings.replace({"b": "c"}))
    table = compare_runs(BEFORE, after).set_index("area_id")
    assert table.loc["b", "level_after"] == table.loc["c", "level_before"] == "not in this run"
    assert table.loc["c", "cause"] == "data"


def test_a_gap_has_narrowed_only_where_nothing_else_is_another():
    assert compare_gaps(BEFORE, run(LEFT, gap=-3.0))["narrowed"].item() == "yes"
    assert compare_gaps(BEFORE, run(LEFT, gap=4.0))["narrowed"].item() == "no"
    assert compare_gaps(BEFORE, run(LEFT, gap=-5.0))["narrowed"].item() == "no, it is wider"
    assert compare_gaps(BEFORE, run(LEFT, gap=3.0, code="2"))["narrowed"].item().startswith("not")
    unsure = run(LEFT, gap=3.0, status="computed: 5 people who reach none count as 45")
    assert compare_gaps(BEFORE, unsure)["narrowed"].item().startswith("not compared")


def test_row_order_means_nothing():
    after = run(LEFT, near=(0.8, 0.9), sources=LATER)
    turned = after._replace(
        findings=after.findings[::-1], access=after.access[::-1], sources=after.sources[::-1]
    )
    pd.testing.assert_frame_equal(compare_runs(BEFORE, after), compare_runs(BEFORE, turned))
