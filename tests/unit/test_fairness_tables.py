"""Fairness in tables: by group, and all measures of one subject."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assetmap.errors import MethodError
from assetmap.findings.equity.fairness import HEADLINES, fairness
from assetmap.findings.equity.groups import deciles_as_groups, group_means
from assetmap.findings.equity.methods import methods

POPULATION = pd.DataFrame(
    [
        ("a", "all", "all", 100.0), ("b", "all", "all", 50.0),
        ("a", "age", "young", 40.0), ("a", "age", "old", 60.0),
        ("b", "age", "young", 50.0), ("b", "age", "old", 0.0),
        ("c", "age", "young", 7.0),
    ],
    columns=["area_id", "kind", "group", "people"],
)  # fmt: skip
MINUTES = pd.Series({"a": 10.0, "b": 4.0})


def test_a_group_has_the_mean_of_the_areas_it_lives_in():
    told = group_means(MINUTES, POPULATION, by="age")
    table = told.table.set_index("group")
    # young: (40 x 10 + 50 x 4)/90; old: all in a
    assert table.loc["young", "mean"] == pytest.approx(600 / 90, abs=1e-6)
    assert table.loc["old", "mean"] == 10
    # c has no value: its 7 people are left out, and said
    assert [(one.code, one.people) for one in told.cautions] == [("group_left_out", 7.0)]


def test_a_group_of_nobody_has_no_mean():
    nobody = POPULATION[POPULATION["area_id"] == "b"]
    table = group_means(MINUTES, nobody, by="age").table.set_index("group")
    assert np.isnan(table.loc["old", "mean"])


def test_groups_that_do_not_add_up_are_said():
    wrong = POPULATION.replace({60.0: 30.0})
    told = group_means(MINUTES, wrong, by="age")
    assert ("group_not_adding_up", 1) in {(one.code, one.count) for one in told.cautions}


def test_a_grouping_that_is_not_there_is_refused():
    with pytest.raises(MethodError, match="no people by 'tenure'"):
        group_means(MINUTES, POPULATION, by="tenure")


def test_tenths_are_named_with_which_end_is_which():
    rows = deciles_as_groups(pd.Series({"a": 1, "b": 10, "c": 4}), pd.Series({"a": 5.0, "b": 6.0}))
    assert list(rows["group"]) == ["01 most deprived tenth", "10 least deprived tenth", "04"]
    assert list(rows["people"]) == [5, 6, 0]


def test_every_measure_of_a_subject_has_a_value_or_a_reason():
    areas = pd.DataFrame(
        {"value": [12.0, 8.0, 4.0, 0.0], "people": [10.0] * 4, "order": [1, 2, 3, 4]}
    )
    table = fairness(
        areas, subject="minutes to a library", by="deprivation", kind="minutes", seed=1, line=10
    ).set_index("measure")
    assert (table["value"].isna() == table["reason"].notna()).all()
    # the most deprived fifth is 8 of the 10 people at 12 minutes, the least deprived 8 at 0
    assert table.loc[HEADLINES[0], "value"] == 12
    assert "nothing to divide by" in table.loc[HEADLINES[1], "reason"]
    assert table.loc["people beyond the standard", "value"] == 0.25
    assert table.loc["people beyond the standard", "low"] <= 0.25
    assert "Erreygers index" not in table.index


def test_shares_get_the_bounded_indices():
    areas = pd.DataFrame({"value": [0.2, 0.8], "people": [1.0, 1.0], "order": [1, 2]})
    table = fairness(areas, subject="within the standard", by="deprivation", kind="share", seed=1)
    assert {"Erreygers index", "Wagstaff index"} <= set(table["measure"])


def test_methods_name_a_source_for_each():
    assert all(row["source"] and row["status"] for row in methods())
