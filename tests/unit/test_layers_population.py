"""Counts of another vintage of areas brought to the study's own, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.town.layers_town import population

from assetmap.errors import JoinError
from assetmap.frames import hold
from assetmap.frames.given import CROSSWALK, POPULATION
from assetmap.layers.population import make_everybody, make_population

# Older u, p, m1, m2, x1, x2; newer u, c1, c2 (children of p), m (m1 and m2 merged), y1, y2.
LOOKUP = hold(
    pd.DataFrame(
        [
            ("E01u", "E01u", "U"),
            ("E01p", "E01c1", "S"),
            ("E01p", "E01c2", "S"),
            ("E01m1", "E01m", "M"),
            ("E01m2", "E01m", "M"),
            ("E01x1", "E01y1", "X"),
            ("E01x1", "E01y2", "X"),
            ("E01x2", "E01y2", "X"),
        ],
        columns=["from_area_id", "to_area_id", "change"],
    ),
    CROSSWALK,
)
OLDER = ["E01u", "E01p", "E01m1", "E01m2", "E01x1", "E01x2"]
NEWER = ["E01u", "E01c1", "E01c2", "E01m", "E01y1", "E01y2"]
NEW_COUNTS = population({"E01u": 10, "E01c1": 30, "E01c2": 70, "E01m": 90, "E01y1": 5, "E01y2": 7})
OLD_COUNTS = population({"E01u": 10, "E01p": 100, "E01m1": 40, "E01m2": 50, "E01x1": 8, "E01x2": 4})


def seen(told):
    table = told.table
    return {
        row.area_id: (row.people, row.crosswalk_status) for row in table.itertuples(index=False)
    }


def test_newer_counts_come_back_to_older_areas_summed_where_split():
    # p was split into c1 and c2: 30 + 70 = 100. m1 and m2 were merged: no weights, no number.
    told = make_population(NEW_COUNTS, LOOKUP, area_ids=OLDER)
    assert seen(told) == {"E01u": (10.0, "unchanged"), "E01p": (100.0, "summed")}
    missing = next(one for one in told.cautions if one.code == "population_missing")
    assert missing.count == 4


def test_weights_share_out_what_was_merged_and_what_is_irregular():
    # m has 90, shared 1 : 2 = 30, 60. y2 has 7, shared x1 : x2 = 6 : 8 = 3, 4; x1 also has y1's 5.
    weights = pd.Series({"E01m1": 1.0, "E01m2": 2.0, "E01x1": 6.0, "E01x2": 8.0})
    told = make_population(NEW_COUNTS, LOOKUP, area_ids=OLDER, weights=weights)
    assert seen(told) == {
        "E01u": (10.0, "unchanged"),
        "E01p": (100.0, "summed"),
        "E01m1": (30.0, "shared out"),
        "E01m2": (60.0, "shared out"),
        "E01x1": (8.0, "irregular"),
        "E01x2": (4.0, "irregular"),
    }
    assert {one.code for one in told.cautions} == {"population_shared_out", "crosswalk_irregular"}


def test_older_counts_go_forward_summed_where_merged():
    # m = m1 + m2 = 90; the children of p need weights 3 : 1 of 100 = 75, 25.
    weights = pd.Series({"E01c1": 3.0, "E01c2": 1.0})
    told = make_population(OLD_COUNTS, LOOKUP, area_ids=NEWER, weights=weights)
    assert seen(told) == {
        "E01u": (10.0, "unchanged"),
        "E01m": (90.0, "summed"),
        "E01c1": (75.0, "shared out"),
        "E01c2": (25.0, "shared out"),
    }


def test_a_sum_that_lacks_a_part_is_left_out():
    part = NEW_COUNTS[NEW_COUNTS["area_id"] != "E01c2"]
    assert set(seen(make_population(part, LOOKUP, area_ids=OLDER))) == {"E01u"}


def test_codes_that_fit_are_passed_on_untouched_even_beside_a_lookup():
    told = make_population(OLD_COUNTS, LOOKUP, area_ids=OLDER)
    assert set(told.table["crosswalk_status"]) == {"published"}
    assert told.cautions == ()


def test_the_wrong_vintage_names_the_lookup():
    with pytest.raises(JoinError, match="LSOA11_LSOA21_LAD22") as caught:
        make_population(NEW_COUNTS, area_ids=OLDER)
    assert "5 of 6 areas" in str(caught.value)


def test_areas_of_a_nation_that_the_table_does_not_know_are_only_counted():
    told = make_population(NEW_COUNTS, area_ids=["E01u", "S01a", "S01b"])
    assert set(seen(told)) == {"E01u"}
    assert told.cautions[0].count == 2


def test_every_group_is_carried_on_its_own():
    young, old = (
        population({"E01c1": 1, "E01c2": 2}, "age", "0-15"),
        population({"E01c1": 3, "E01c2": 4}, "age", "65+"),
    )
    table = make_population(pd.concat([young, old]), LOOKUP, area_ids=["E01p"]).table
    assert dict(zip(table["group"], table["people"], strict=True)) == {"0-15": 3, "65+": 7}


def test_everybody_is_the_sum_of_ages_where_no_total_is_published():
    ages = pd.concat([population({"A": 3, "B": 1}, "age", "0-15"),
                      population({"A": 4, "B": 1}, "age", "16+"),
                      population({"B": 9})])  # fmt: skip
    table = make_everybody(hold(ages, POPULATION)).query("kind == 'all'")
    assert dict(zip(table["area_id"], table["people"], strict=True)) == {"A": 7, "B": 9}
