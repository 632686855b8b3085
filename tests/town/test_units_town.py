"""Results of larger places, worked by hand: counts add up, the rest are means by people."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from assetmap.findings.indices import index_of
from assetmap.findings.units import (
    Found,
    as_localities,
    summarise_deprivation,
    summarise_units,
    units_of,
)

PEOPLE = pd.Series({"a": 100.0, "b": 300.0, "c": 50.0})
GEOGRAPHY = pd.DataFrame(
    [
        ("a", "ward", "W1", "North", "best fit"), ("b", "ward", "W1", "North", "best fit"),
        ("c", "ward", "W2", "South", "best fit"), ("x", "ward", "W2", "South", "best fit"),
        ("a", "nation", "E", "England", "exact"), ("b", "nation", "E", "England", "exact"),
    ],
    columns=["area_id", "level", "unit_id", "unit_name", "fit"],
)  # fmt: skip
WARDS = {"ward": "Area to ward (2024), best fit"}


def found():
    access = pd.DataFrame(
        [
            ("a", "library", "share_within", 1.0, "share", 100.0),
            ("b", "library", "share_within", 0.5, "share", 300.0),
            ("a", "library", "nearest", 4.0, "min", 100.0),
            # only 100 of b's people reach one at all: the mean speaks of them
            ("b", "library", "nearest", 10.0, "min", 100.0),
            # not measured in c
            ("c", "library", "share_within", None, "share", 0.0),
            ("a", "library", "nearest_p90", 9.0, "min", 100.0),
        ],
        columns=["area_id", "category", "measure", "value", "unit", "people"],
    ).assign(profile="standard")
    scores = pd.DataFrame({"area_id": ["a", "b", "c"], "score": [0.2, 0.6, 0.5]})
    levels = ["left_behind", "not_flagged", "not_flagged"]
    return Found(access, scores, pd.DataFrame({"area_id": ["a", "b", "c"], "level": levels}))


def summed():
    units = units_of(GEOGRAPHY, PEOPLE.index, levels=())
    table = summarise_units(units, PEOPLE, found(), geographies=WARDS)
    return table.set_index(["unit_id", "measure"])


def test_counts_add_up_and_means_are_by_people():
    table = summed()
    assert table.loc[("W1", "people"), "value"] == 400
    # (100 x 1 + 300 x 0.5) / 400
    assert table.loc[("W1", "share_within: library"), "value"] == 0.625
    # (100 x 4 + 100 x 10) / 200
    assert table.loc[("W1", "nearest: library"), "value"] == 7
    assert table.loc[("W1", "nearest: library"), "people"] == 200
    # (100 x 0.2 + 300 x 0.6) / 400
    assert table.loc[("W1", "access score"), "value"] == 0.5
    assert table.loc[("W1", "areas: left_behind"), "value"] == 1
    assert table.loc[("W1", "people: not_flagged"), "value"] == 300


def test_what_is_not_measured_or_not_of_the_study_is_not_summed():
    table = summed()
    assert ("W2", "share_within: library") not in table.index
    assert table.loc[("W2", "people"), "areas"] == 1  # x is no area of the study
    assert set(table["level"]) == {"ward"}  # no study covers a nation whole
    assert not any("p90" in measure for _, measure in table.index)


def test_each_row_says_whose_figure_and_which_geography_it_is():
    row = summed().loc[("W1", "people")]
    assert (row["unit_name"], row["fit"]) == ("North", "best fit")
    assert row["geography"] == "Area to ward (2024), best fit"
    assert row["label"].startswith("assetmap estimate")


def test_a_level_alone_may_be_asked_for():
    assert units_of(GEOGRAPHY, PEOPLE.index, levels=("msoa",)).empty
    assert set(units_of(GEOGRAPHY, PEOPLE.index, levels=("nation",))["level"]) == {"nation"}


def test_clusters_are_localities_named_by_a_place_of_theirs():
    clusters = pd.DataFrame(
        {"area_id": ["b", "a", "c"], "cluster": [1, 1, 2], "areas": [2, 2, 1],
         "people": [400.0, 400.0, 50.0]}
    )  # fmt: skip
    named = as_localities(clusters, pd.Series({"a": "Mill", "b": "Quarry", "c": "Green"}))
    assert dict(zip(named["area_id"], named["unit_name"], strict=True)) == {
        "a": "Locality 1, with Mill", "b": "Locality 1, with Mill", "c": "Locality 2, with Green",
    }  # fmt: skip


def deprivation():
    rows = [
        ("a", "imd", 40.0, 1, 1), ("b", "imd", 20.0, 2, 4), ("c", "imd", 10.0, 3, 7),
        ("x", "imd", 5.0, 4, 10), ("a", "income", 0.4, 1, 1), ("a", "crime", 0.4, 3, 2),
        ("b", "income", 0.4, 3, 3),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["area_id", "domain", "score", "rank", "decile"])


def test_deprivation_is_summed_by_the_published_measures():
    index = replace(index_of("example"), areas=4)
    units = units_of(GEOGRAPHY, PEOPLE.index, levels=())
    told = summarise_deprivation(deprivation(), units, PEOPLE, index=index, geographies=WARDS)
    table = told.table.set_index(["unit_id", "measure"])
    # Σ P s / Σ P = (100 x 40 + 300 x 20) / 400; Σ P (N + 1 - r) / Σ P = (100 x 4 + 300 x 3) / 400
    assert table.loc[("W1", "average_score"), "value"] == 25
    assert table.loc[("W1", "average_rank"), "value"] == 3.25
    assert table.loc[("W1", "proportion"), "value"] == 0.5
    # the worst fifth is tenths 1 and 2: two domains of a's two, none of b's one
    assert table.loc[("a", "domains in the most deprived fifth, of 2"), "value"] == 2
    assert table.loc[("b", "domains in the most deprived fifth, of 1"), "value"] == 0


def test_people_who_are_deprived_are_counted_where_the_index_publishes_rates():
    """Income: 100 x 0.4 + 300 x 0.4 = 160. No rate of c is known: its ward has no count."""
    units = units_of(GEOGRAPHY, PEOPLE.index, levels=())
    more = [("a", "employment", 0.25, 1, 1), ("b", "employment", 0.1, 2, 4)]
    given = pd.concat([deprivation(), pd.DataFrame(more, columns=deprivation().columns)])
    index = replace(index_of("example"), areas=4)
    working = pd.Series({"a": 60.0, "b": 200.0})

    def scales(index=index, working=None):
        told = summarise_deprivation(
            given, units, PEOPLE, index=index, geographies=WARDS, working=working
        )
        rows = told.table[told.table["unit"] == "people"].set_index(["unit_id", "measure"])
        return rows["value"].to_dict()

    # employment: 60 x 0.25 + 200 x 0.1 = 35, of people of working age
    assert scales(working=working) == {("W1", "income_scale"): 160, ("W1", "employment_scale"): 35}
    assert scales() == {("W1", "income_scale"): 160}
    assert scales(index=replace(index, rates=())) == {}


def test_areas_of_nobody_are_left_out_of_the_means():
    nobody = PEOPLE * 0
    told = summarise_deprivation(
        deprivation(), units_of(GEOGRAPHY, PEOPLE.index, levels=()), nobody,
        index=replace(index_of("example"), areas=4), geographies=WARDS,
    )  # fmt: skip
    assert set(told.table["level"]) == {"area"}
    assert told.table["people"].sum() == pytest.approx(0)
    left = [caution for caution in told.cautions if caution.code == "summaries_left_out"]
    assert [caution.about for caution in left] == ["ward"]
    assert "no level 'ward' to sum up by" in left[0].text
