"""What output areas reach, by hand: only where it is measured, and never of homes."""

from __future__ import annotations

import pandas as pd

from assetmap.findings.finer import Measured, summarise_output_areas

ORIGINS = pd.DataFrame(
    [
        ("O1", "a", "study", "output area", 120.0),
        ("O2", "a", "study", "output area", 80.0),
        ("O3", "b", "study", "output area", 90.0),
        ("O4", "c", "study", "output area", 70.0),
        ("O9", "z", "edge", "output area", 50.0),
        ("H1", "a", "study", "residential building", 3.0),
    ],
    columns=["from_id", "area_id", "role", "basis", "people"],
).assign(code=["E1", "E2", "E3", None, "E9", None])
MINUTES = pd.DataFrame(
    [("O1", 9.0), ("O2", 10.5), ("O3", 1.0), ("O4", None), ("O9", 1.0), ("H1", 1.0)],
    columns=["from_id", "library"],
)
COVERAGE = pd.DataFrame(
    {"area_id": ["a", "b", "c", "z"], "standard_id": "library",
     "measured": [True, False, True, True]}
)  # fmt: skip
STANDARDS = pd.DataFrame({"standard_id": ["library"], "threshold_min": [10.0]})


def told(**unsnapped: float) -> pd.DataFrame:
    shares = pd.Series({"a": 0.0, "b": 0.0, "c": 0.0, **unsnapped})
    table = summarise_output_areas(Measured(ORIGINS, MINUTES, COVERAGE, STANDARDS, shares))
    return table.set_index(["unit_id", "measure"])


def test_each_output_area_has_its_people_its_minutes_and_its_verdict() -> None:
    table = told()
    assert table.loc[("E1", "people"), "value"] == 120
    assert table.loc[("E1", "nearest: library"), "value"] == 9
    assert table.loc[("E1", "share_within: library"), "value"] == 1  # 9 of 10 minutes
    assert table.loc[("E2", "share_within: library"), "value"] == 0  # 10.5 of 10 minutes
    assert set(table["level"]) == {"output_area"}


def test_out_of_reach_has_no_minutes_and_is_not_within() -> None:
    table = told()
    assert ("O4", "nearest: library") not in table.index
    assert table.loc[("O4", "share_within: library"), "value"] == 0


def test_what_is_not_measured_or_met_no_street_has_people_and_nothing_else() -> None:
    assert list(told().loc["E3"].index) == ["people"]
    assert list(told(a=0.2).loc["E1"].index) == ["people"]


def test_homes_and_places_outside_the_study_are_never_told() -> None:
    assert not {"H1", "O9", "E9"} & set(told().index.get_level_values("unit_id"))
