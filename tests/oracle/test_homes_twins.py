"""Sums over homes against the slow obvious way: tables grouped and joined by the text of ids."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.access_toy import costs_of

from assetmap.access.homes import homes_of
from assetmap.access.nearest import nearest
from assetmap.access.pairs import parts_of
from assetmap.access.summarise import LEAST_ORIGINS_FOR_SPREAD, mean_by_area, quantile_by_area

few = settings(max_examples=60)
HOLES = st.one_of(st.just(math.nan), st.integers(0, 400_000).map(lambda part: part / 10_000))


@st.composite
def homes(draw):
    """ORIGINS in any order, and a value for each."""
    rows = draw(st.integers(1, 40))
    turn = np.random.default_rng(draw(st.integers(0, 10_000)))
    origins = pd.DataFrame(
        {
            "from_id": turn.permutation([f"o{number:02d}" for number in range(rows)]),
            "area_id": turn.choice(["A", "B", "C"], rows, p=[0.6, 0.3, 0.1]),
            "people": turn.choice([0.0, 1 / 3, 2.5, 40.0, 1218 / 37], rows),
        }
    )
    values = pd.Series(
        draw(st.lists(HOLES, min_size=rows, max_size=rows)), index=sorted(origins["from_id"])
    )
    return origins, values


def slow_mean(values, origins):
    told = origins.assign(value=origins["from_id"].map(values)).dropna(subset="value")
    found = {}
    for area_id, rows in told.groupby("area_id"):
        people = math.fsum(rows["people"])
        found[area_id] = math.fsum(rows["people"] * rows["value"]) / people if people else math.nan
    return pd.Series(found, dtype=float).reindex(sorted(origins["area_id"].unique()))


def slow_quantile(values, origins, q):
    told = origins.assign(value=origins["from_id"].map(values)).sort_values(["value", "from_id"])
    found = {}
    for area_id, rows in told.groupby("area_id"):
        arrived = rows["people"].cumsum() >= q * rows["people"].sum() * (1 - 1e-9)
        enough = len(rows) >= LEAST_ORIGINS_FOR_SPREAD and rows["people"].sum() > 0
        found[area_id] = rows.loc[arrived, "value"].iloc[0] if enough else math.nan
    return pd.Series(found, dtype=float).reindex(sorted(origins["area_id"].unique()))


@few
@given(town=homes())
def test_means_are_those_of_exact_sums(town):
    origins, values = town
    pd.testing.assert_series_equal(
        mean_by_area(values, origins),
        slow_mean(values, origins),
        check_names=False,
        check_index_type=False,
        rtol=1e-15,
    )


@few
@given(town=homes(), q=st.sampled_from([0.1, 0.25, 0.5, 0.9, 1.0]))
def test_quantiles_are_those_of_each_area_by_itself(town, q):
    origins, values = town
    pd.testing.assert_series_equal(
        quantile_by_area(values, origins, q=q),
        slow_quantile(values, origins, q),
        check_names=False,
        check_index_type=False,
        check_exact=True,
    )


@few
@given(town=homes(), seed=st.integers(0, 99))
def test_no_digit_of_a_sum_depends_on_the_order_of_the_homes(town, seed):
    origins, values = town
    turned = np.random.default_rng(seed).permutation(len(origins))
    one = homes_of(origins)
    mixed = one._replace(area_code=one.area_code[turned])
    amounts = np.nan_to_num(one.rows(values)) * one.people
    assert one.sums(amounts).tolist() == mixed.sums(amounts[turned]).tolist()


def test_a_sum_of_nothing_and_one_that_is_endless():
    origins = pd.DataFrame({"from_id": ["a", "b"], "area_id": ["A", "B"], "people": [1.0, 2.0]})
    assert homes_of(origins).sums(np.zeros(2)).tolist() == [0, 0]
    assert homes_of(origins).sums(np.array([math.inf, 1.0])).tolist() == [math.inf, 1]


@few
@given(
    minutes=st.lists(st.lists(HOLES, min_size=4, max_size=4), min_size=3, max_size=3),
    sets=st.lists(st.sets(st.sampled_from("pqrsx")), min_size=1, max_size=4),
)
def test_a_part_of_costs_gives_any_measure_what_the_whole_gives(minutes, sets):
    costs = costs_of(minutes, ["a", "b", "c"], ["p", "q", "r", "s"])
    wanted = {f"set {number}": sorted(ids) for number, ids in enumerate(sets)}
    parts = parts_of(costs, wanted)
    for name, ids in wanted.items():
        rows = costs[costs["to_id"].isin(ids)].reset_index(drop=True)
        pd.testing.assert_frame_equal(parts[name], rows)
        pd.testing.assert_series_equal(nearest(parts[name], ids), nearest(costs, ids))


def test_costs_of_nowhere_have_empty_parts():
    empty = costs_of([[], []], ["a", "b"], [])
    parts = parts_of(empty, {"one": ["p"], "none": []})
    assert [len(part) for part in parts.values()] == [0, 0]
    assert parts_of(empty, {}) == {}
    assert nearest(parts["one"], ["p"]).isna().tolist() == [True, True]


@pytest.mark.parametrize("column", ["from_id", "to_id"])
def test_a_part_keeps_every_origin_and_opportunity(column):
    costs = costs_of([[1.0, math.nan], [math.nan, 2.0]], ["a", "b"], ["p", "q"])
    (part,) = parts_of(costs, {"one": ["p"]}).values()
    assert list(part[column].cat.categories) == list(costs[column].cat.categories)
