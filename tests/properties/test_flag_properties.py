"""What holds of the three-leg test whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.flag_case import Place, areas_of, evidence_of, found

from assetmap.findings.flag import flag_areas
from assetmap.findings.left_behind import benefit_state, relative_margin, standard_margin
from assetmap.findings.rules import Rules

THEMES = ("community", "leisure", "green", "transport")
HEIGHT = {
    "not_flagged": 0, "access_only": 1, "need_only": 1, "at_risk": 2, "left_behind": 3,
}  # fmt: skip

shares = st.dictionaries(
    st.sampled_from(THEMES), st.sampled_from([0.0, 0.2, 0.25, 0.49, 0.5, 0.7, 1.0]), max_size=4
)
percentiles = st.sampled_from([1.0, 10, 15, 20, 20.5, 40, 50, 50.5, 80, 100])
states = st.sampled_from(["yes", "no", "expected", "marginal", "unknown"])
places = st.builds(
    Place,
    nation=percentiles,
    region=st.none() | percentiles,
    authority=st.none() | percentiles,
    shares=shares,
    score=st.none() | st.sampled_from([0.0, 0.1, 0.5, 0.9]),
    benefit=states,
    straight=st.sampled_from([(), ("green",), THEMES]),
    stale=st.sampled_from([(), ("community",)]),
    unsnapped=st.sampled_from([0.0, 0.2, 0.5]),
    status=st.sampled_from(["published", "U", "X"]),
)
towns = st.lists(places, min_size=1, max_size=8).map(
    lambda ones: {f"a{number}": one for number, one in enumerate(ones)}
)
few = settings(max_examples=20)


@few
@given(town=towns, seed=st.integers(0, 99))
def test_shuffling_rows_changes_nothing(town, seed):
    rng = np.random.default_rng(seed)
    evidence = evidence_of(town, THEMES)
    turned = evidence._make(table.iloc[rng.permutation(len(table))] for table in evidence)
    areas = areas_of(town)
    first = flag_areas(areas, evidence, rules=Rules())
    again = flag_areas(areas.iloc[rng.permutation(len(areas))], turned, rules=Rules())
    assert first.table.equals(again.table)
    assert first.cautions == again.cautions


@few
@given(town=towns)
def test_relabelling_relabels(town):
    renamed = {f"z{9 - int(name[1:])}": place for name, place in town.items()}
    first, again = found(town), found(renamed)
    for name in town:
        assert list(first.loc[name]) == list(again.loc[f"z{9 - int(name[1:])}"]) or (
            first.loc[name].equals(again.loc[f"z{9 - int(name[1:])}"].rename(name))
        )


@few
@given(town=towns)
def test_areas_that_tie_are_treated_alike(town):
    twins = town | {"twin": town["a0"]}
    table = found(twins)
    assert table.loc["twin"].rename("a0").equals(table.loc["a0"])


@few
@given(town=towns, less=percentiles)
def test_raising_need_never_lowers_a_level(town, less):
    before = found(town).loc["a0", "level"]
    here = town["a0"]
    worse = replace(here, nation=min(here.nation, less))
    after = found(town | {"a0": worse}).loc["a0", "level"]
    if before == "insufficient_data":
        assert after == before
    else:
        assert HEIGHT[after] >= HEIGHT[before]


@few
@given(town=towns, pair=st.tuples(st.floats(0, 5), st.floats(0, 5)))
def test_more_benefit_never_raises_the_areas_level(town, pair):
    fewer, more = sorted(pair)
    none = np.array([0.0])
    levels = [
        found(
            town
            | {
                "a0": replace(
                    town["a0"],
                    benefit=str(benefit_state(np.array([saved]), none, rules=Rules())[0]),
                    minutes=saved,
                )
            }
        ).loc["a0", "level"]
        for saved in (fewer, more)
    ]
    if levels[0] == "insufficient_data":
        assert levels[1] == levels[0]
    else:
        assert HEIGHT[levels[1]] <= HEIGHT[levels[0]]


@few
@given(town=towns)
def test_an_empty_theme_changes_no_level(town):
    wider = (*THEMES, "family")
    after = found(town, rules=Rules(themes=wider), themes=wider)
    assert list(after["level"]) == list(found(town)["level"])


@few
@given(town=towns)
def test_the_margins_say_what_the_legs_say(town):
    table = found(town)
    known = table["need_margin"].notna()
    assert (table.loc[known, "need"] == (table.loc[known, "need_margin"] >= 0)).all()
    sure = table["access_test"] != "not measured"
    standard = table["access_test"].isin(["standard", "both"])
    assert (standard[sure] == (table.loc[sure, "access_margin"] >= 0)).all()
    assert not table.loc[~sure, "poor_access"].any()


@few
@given(town=towns)
def test_nothing_rises_above_at_risk_without_a_known_absence_of_benefit(town):
    table = found(town)
    behind = table[table["level"] == "left_behind"]
    assert (behind["benefit"] == "no").all()
    assert (behind["themes_measured"] >= 3).all()
    assert (behind["need"] & behind["poor_access"]).all()


@given(
    values=st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), min_size=1, max_size=30),
)
def test_the_lowest_fifth_never_holds_more_than_a_fifth(values):
    margin = relative_margin(np.array(values), np.ones(len(values), dtype=bool), rules=Rules())
    inside = margin >= 0
    assert inside.sum() <= len(values) / 5
    by_value = {value: set(inside[np.array(values) == value]) for value in values}
    assert all(len(one) == 1 for one in by_value.values())


@given(
    row=st.lists(st.floats(0, 1), min_size=2, max_size=6),
    place=st.integers(0, 5),
    more=st.floats(0, 1),
)
def test_more_people_beyond_a_standard_never_lowers_the_margin(row, place, more):
    measured = np.ones((1, len(row)), dtype=bool)
    first = np.array([row])
    second = first.copy()
    second[0, place % len(row)] = max(more, second[0, place % len(row)])
    before = standard_margin(first, measured, rules=Rules())
    assert standard_margin(second, measured, rules=Rules()) >= before
