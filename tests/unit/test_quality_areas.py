"""Whether an area's numbers are good enough: QUALITY."""

from __future__ import annotations

import pandas as pd

from assetmap.findings.quality import quality_of

AREAS = pd.DataFrame({"area_id": ["A", "B", "C"]})
# In the alphabet "age" comes before "all": the status of the whole still leads in A.
PEOPLE = pd.DataFrame(
    [
        ("A", "age", "0 to 15", "shared out"),
        ("A", "all", "all", "summed"),
        ("B", "tenure", "owned", "published"),
        ("B", "age", "65 and over", "unchanged"),
        ("B", "age", "0 to 15", "irregular"),
    ],
    columns=["area_id", "kind", "group", "crosswalk_status"],
)


def quality(reached=None, unsnapped=None, people=PEOPLE):
    shares = pd.Series({"A": 0.1, "B": 0.0}) if unsnapped is None else unsnapped
    return quality_of(AREAS, people, shares, reached).set_index("area_id")


def test_the_status_of_the_whole_leads_then_that_of_the_first_group():
    # B has no whole: ages come before tenures, "0 to 15" before "65 and over". C has nobody.
    wanted = {"A": "summed", "B": "irregular", "C": "irregular"}
    assert quality()["crosswalk_status"].to_dict() == wanted
    shuffled = PEOPLE.sample(frac=1, random_state=1)
    assert quality(people=shuffled)["crosswalk_status"].to_dict() == wanted


def test_an_area_that_is_not_named_has_nobody_on_the_streets():
    assert quality()["share_unsnapped"].to_dict() == {"A": 0.1, "B": 0.0, "C": 1.0}


def test_streets_reach_every_area_where_none_are_used_else_those_they_reach():
    assert quality()["streets_cover"].tolist() == [True, True, True]
    reached = pd.Series({"A": True, "B": False})
    assert quality(reached)["streets_cover"].tolist() == [True, False, False]
