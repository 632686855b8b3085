"""Fairness in tables: along the line of need, by group, and three plain tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from assetmap.errors import MethodError
from assetmap.findings.equity.fairness import Subject, as_fairness, fairness
from assetmap.findings.equity.groups import (
    as_groups,
    deciles_as_groups,
    fairness_by_group,
    people_by_group,
    values_by_area,
)
from assetmap.findings.equity.methods import methods
from assetmap.findings.equity.plainly import no_free_space, scheme_areas, supply_beside_need
from assetmap.findings.equity.subjects import (
    IN_SCHEMES,
    OUTSIDE,
    free_space,
    groupings,
    rank_fairness,
    subjects_of,
)

POPULATION = pd.DataFrame(
    [
        ("a", "all", "all", 100.0), ("b", "all", "all", 50.0),
        ("a", "age", "young", 40.0), ("a", "age", "old", 60.0),
        ("b", "age", "young", 50.0), ("b", "age", "old", 0.0),
        ("c", "age", "young", 7.0),
    ],
    columns=["area_id", "kind", "group", "people"],
)  # fmt: skip
FAR = float("inf")


def places(*rows):
    return pd.DataFrame(rows, columns=["area_id", "people", "value"])


def minutes(*rows, line=10.0):
    return Subject(name="minutes to a library", kind="minutes", unit="min", places=places(*rows),
                   cut_off_min=45, line=line)  # fmt: skip


LIBRARY = minutes(("a", 100.0, 10.0), ("b", 50.0, 4.0))


def by_group(subject, population=POPULATION, by="age"):
    groups = people_by_group(population, by)
    told = fairness_by_group(subject, values_by_area(subject, seed=1), groups.table, by=by)
    cautions = [*told.cautions, *groups.cautions]
    return cautions, as_fairness(told.table).set_index(["measure", "group"])


class TestGroups:
    def test_a_group_has_the_mean_of_the_areas_it_lives_in(self):
        cautions, table = by_group(LIBRARY)
        # young: (40 x 10 + 50 x 4)/90; old: all in a; everybody (100 x 10 + 50 x 4)/150 = 8
        assert table.loc[("mean", "young"), "value"] == pytest.approx(600 / 90, abs=1e-6)
        assert table.loc[("mean", "old"), "value"] == 10
        assert table.loc[("absolute gap to everybody", "old"), "value"] == 2
        assert table.loc[("relative gap to everybody", "old"), "value"] == 1.25
        assert table.loc[("mean", "old"), "people"] == 60
        # c has no value: its 7 people are left out, and said
        assert [(one.code, one.people) for one in cautions] == [("group_left_out", 7.0)]

    def test_means_of_areas_are_of_their_people_wherever_they_live_inside(self):
        # a: 25 people at 4 minutes, 75 at 12: the same mean of 10
        _, table = by_group(minutes(("a", 25.0, 4.0), ("a", 75.0, 12.0), ("b", 50.0, 4.0)))
        assert table.loc[("mean", "old"), "value"] == 10

    def test_theil_adds_up_over_the_groups(self):
        _, table = by_group(LIBRARY)
        # all people: 100 at 10 minutes, 50 at 4, mean 8:
        # T = 2/3 x 1.25 ln 1.25 + 1/3 x 0.5 ln 0.5 = 0.185953 - 0.115525 = 0.070428
        parts = table.loc[[("Theil T between groups", "everybody"),
                           ("Theil T within groups", "everybody")], "value"]  # fmt: skip
        assert parts.sum() == pytest.approx(0.070428, abs=2e-6)

    def test_a_group_of_nobody_has_no_mean_and_says_so(self):
        nobody = POPULATION[POPULATION["area_id"] == "b"]
        _, table = by_group(LIBRARY, nobody)
        assert np.isnan(table.loc[("mean", "old"), "value"])
        assert table.loc[("mean", "old"), "status"].startswith("not computed: nobody")

    def test_groups_that_do_not_add_up_are_said(self):
        cautions, _ = by_group(LIBRARY, POPULATION.replace({60.0: 30.0}))
        assert ("group_not_adding_up", 1) in {(one.code, one.count) for one in cautions}

    def test_a_grouping_that_is_not_there_is_refused(self):
        with pytest.raises(MethodError, match="no people by 'tenure'"):
            people_by_group(POPULATION, "tenure")

    def test_tenths_are_named_with_which_end_is_which(self):
        people = pd.Series({"a": 5.0, "b": 6.0})
        rows = deciles_as_groups(pd.Series({"a": 1, "b": 10, "c": 4}), people)
        named = ["01 most deprived tenth", "10 least deprived tenth", "04"]
        assert list(rows["group"]) == named
        assert list(rows["people"]) == [5, 6, 0]


class TestLine:
    ORDER = pd.Series({"a": 1, "b": 2, "c": 3, "d": 4})

    def of(self, subject):
        rows = fairness(subject, self.ORDER, seed=1, by="need")
        return as_fairness(rows).set_index("measure")

    def test_every_measure_has_a_value_or_a_reason(self):
        rows = zip("abcd", [10.0] * 4, [12.0, 8.0, 4.0, 0.0], strict=True)
        table = self.of(minutes(*rows))
        said = table["status"].str.startswith("not computed: ")
        assert (table["value"].isna() == said).all()
        # the most deprived fifth is 8 of the 10 people at 12 minutes, the least deprived 8 at 0
        gap = table.loc["absolute gap, most against least deprived fifth", "value"]
        assert gap == pytest.approx(12)
        relative = table.loc["relative gap, most against least deprived fifth", "status"]
        assert "nothing to divide by" in relative
        assert table.loc["people beyond the standard", "value"] == 0.25
        assert table.loc["people beyond the standard", "low"] < 0.25
        assert "Erreygers index" not in table.index
        assert set(table["people"]) == {40}

    def test_people_out_of_reach_are_beyond_and_count_with_the_cut_off_and_that_is_said(self):
        table = self.of(minutes(("a", 10.0, FAR), ("b", 30.0, 5.0)))
        assert table.loc["people beyond the standard", "value"] == 0.25
        assert table.loc["people beyond the standard", "status"] == "computed"
        # 45 minutes for the first quarter of people, 5 for the last: the fifths are 45 and 5
        gap = table.loc["absolute gap, most against least deprived fifth"]
        assert (gap["value"], gap["unit"]) == (pytest.approx(40), "min")
        assert gap["status"].endswith("10 people who reach none within 45 minutes count as 45")
        assert "how far is not known" in table.loc["depth beyond the standard", "status"]

    def test_differences_inside_areas_count_where_no_line_is_needed(self):
        """One area at 1 and 3 minutes and one at 2 have equal means and unequal people."""
        table = self.of(minutes(("a", 5.0, 1.0), ("a", 5.0, 3.0), ("b", 10.0, 2.0)))
        # Σ Σ p p |y - y| / 2μ = 2 (1/4 1/4 2 + 1/4 1/2 1 + 1/4 1/2 1) / 4 = 0.1875
        assert table.loc["Gini", "value"] == pytest.approx(0.1875)
        assert table.loc["slope index of inequality", "value"] == pytest.approx(0, abs=1e-9)

    def test_shares_get_the_bounded_indices(self):
        near = Subject(name="near", kind="share", unit="share",
                       places=places(("a", 1.0, 0.2), ("b", 1.0, 0.8)))  # fmt: skip
        table = self.of(near)
        assert {"Erreygers index", "Wagstaff index"} <= set(table.index)


def test_a_study_without_schemes_or_an_index_has_groups_alone():
    people = pd.Series({"a": 100.0, "b": 50.0})
    groups = groupings(POPULATION, people, decile=pd.Series(dtype=int), in_schemes=None)
    told = rank_fairness([LIBRARY], groups, pd.Series(dtype=float), seed=1)
    assert set(told.table["by"]) == {"age"}
    assert rank_fairness([], groups, pd.Series(dtype=float), seed=1).table.empty


def test_subjects_are_the_standards_that_are_measured_somewhere():
    standards = pd.DataFrame(
        {"standard_id": ["library", "gp"], "label": ["a library", "a surgery"],
         "threshold_min": [10.0, 15.0]}
    )  # fmt: skip
    rows = places(("a", 10.0, 10.0), ("a", 30.0, 10.1)).assign(of="library")
    named = subjects_of(rows, standards, cut_off_min=45)
    assert [one.name for one in named] == ["minutes to a library", "people near a library"]
    assert list(named[1].places["value"]) == [1, 0]


class TestPlainTables:
    IN = pd.Series({"a": True, "b": False})
    PEOPLE = pd.Series({"a": 100.0, "b": 50.0})

    def fair(self, subjects):
        groups = groupings(POPULATION, self.PEOPLE, decile=pd.Series({"a": 1, "b": 9}),
                           in_schemes=self.IN)  # fmt: skip
        return rank_fairness(subjects, groups, pd.Series({"a": 3, "b": 9}), seed=1).table

    def test_areas_that_a_scheme_lies_in_against_the_rest(self):
        table = scheme_areas(self.fair([LIBRARY]))
        assert list(table["scheme_areas"]) == [10]
        assert list(table["rest"]) == [4]
        assert (table["people_scheme_areas"].item(), table["people_rest"].item()) == (100, 50)

    def test_where_a_scheme_lies_everywhere_there_is_no_rest(self):
        groups = groupings(POPULATION, self.PEOPLE, decile=pd.Series(dtype=int),
                           in_schemes=self.IN | True)  # fmt: skip
        assert not {IN_SCHEMES, OUTSIDE} & set(groups["group"])
        assert scheme_areas(self.fair([]).iloc[:0]).empty

    def test_people_without_free_space_are_counted_group_by_group(self):
        # half of a's 100 people and none of b's 50 have none near: 50 of 150
        none = free_space(places(("a", 50.0, 1.0), ("a", 50.0, 0.0), ("b", 50.0, 0.0)), minutes=10)
        table = no_free_space(self.fair(none), none, minutes=10).set_index("group")
        assert table.loc["everybody", "without"] == 50
        # old: 60 people, all in a, of whom half are without; young: 40 x 1/2 of 90
        assert (table.loc["old", "without"], table.loc["young", "without"]) == (30, 20)

    def test_where_it_is_not_measured_the_table_says_so(self):
        table = no_free_space(self.fair([]), free_space(places(), minutes=10), minutes=10)
        assert table["share"].isna().all()
        assert "not both measured" in table["status"].item()

    def test_supply_stands_beside_need(self):
        assets = pd.DataFrame(
            {"area_id": ["a", "a", "b", "a"], "theme": ["green", "green", "green", "community"],
             "visibility": ["public", "officer", "public", "public"]}
        )  # fmt: skip
        shares = pd.DataFrame(
            {"area_id": ["a", "b", "a", "b"], "theme": ["green", "green", "community", "community"],
             "share_failing": [0.5, 0.25, np.nan, np.nan],
             "measured": [True, True, False, False]}
        )  # fmt: skip
        table = supply_beside_need(assets, shares, self.PEOPLE, pd.Series({"a": 1, "b": 9}))
        green = table[table["theme"] == "green"].set_index("tenth")
        # one public park for the 100 people of the first tenth; the officers' own is not counted
        assert (green.loc[1, "places"], green.loc[1, "per_10000"]) == (1, 100)
        assert (green.loc[9, "per_10000"], green.loc[9, "beyond"]) == (200, 0.25)
        community = table[table["theme"] == "community"]
        assert community["status"].str.contains("not measured").all()
        assert community["per_10000"].isna().all()


def test_one_area_alone_has_figures_and_no_interval():
    rows = fairness(LIBRARY, pd.Series({"a": 1}), seed=1, by="need")
    table = as_fairness(rows).set_index("measure")
    assert table.loc["Gini", "value"] == 0
    assert table["low"].isna().all()
    assert "no line to fit" in table.loc["slope index of inequality", "status"]


def test_groups_may_be_any_that_an_area_has():
    rows = as_groups(
        "ward", pd.Series({"a": "North", "b": "South"}), pd.Series({"a": 1.0, "b": 2.0})
    )
    _, table = by_group(LIBRARY, rows, by="ward")
    assert table.loc[("mean", "North"), "value"] == 10


def test_methods_name_a_source_for_each():
    assert all(row["source"] and row["status"] for row in methods())


def test_areas_that_are_alike_have_no_difference_whatever_rounding_leaves():
    # 45 minutes everywhere: a sum over thirds of people divided by them may miss 45 by a digit
    rows = [(area, third, FAR) for area in "abc" for third in (1 / 3, 2 / 3, 0.1, 0.7)]
    far = fairness(minutes(*rows), pd.Series({"a": 1, "b": 2, "c": 3}), seed=1, by="need")
    table = as_fairness(far).set_index("measure")["value"]
    assert table["slope index of inequality"] == 0
    assert table["generalised concentration index"] == 0
    assert table["Gini"] == 0


def test_of_a_country_there_are_figures_and_no_interval(monkeypatch):
    """Three areas where at most two are drawn: draws and pairs grow with the square of areas."""
    monkeypatch.setattr("assetmap.findings.equity.interval.MOST_UNITS", 2)
    far = minutes(("a", 1.0, 10.0), ("b", 1.0, 20.0), ("c", 1.0, 30.0))
    line = pd.Series({"a": 1, "b": 2, "c": 3})
    table = as_fairness(fairness(far, line, seed=1, by="need")).set_index("measure")
    # G = Σ|y_i - y_j| / (2 n² μ) = 2 (10 + 20 + 10) / (2 x 9 x 20) = 0.2222
    assert table.loc["Gini", "value"] == pytest.approx(2 / 9, abs=1e-4)
    assert table["low"].isna().all()
    assert values_by_area(far, seed=1).times is None
