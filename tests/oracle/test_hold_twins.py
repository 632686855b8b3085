"""How a table is held, against pandera's verdict and pandas' own order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import ContractError
from assetmap.frames import Column, Contract, hold
from assetmap.frames.hold import faults_of_rows, is_sound, places_in, rises

few = settings(max_examples=60)
CONTRACT = Contract(
    "TOWN",
    ("area_id", "rank"),
    (
        Column("area_id", "text", "Area"),
        Column("rank", "int", "Rank", low=1, high=4),
        Column("kind", "text", "Kind", choices=("near", "far"), nullable=True),
        Column("share", "float", "Share", low=0, high=1, nullable=True, decimals=2),
        Column("people", "float", "People", low=0),
        Column("found", "int", "Found", low=0, nullable=True),
    ),
    "A town",
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "ä", "a"]),
        st.sampled_from([1, 1, 2, 3, 4, 4, 5]),
        st.sampled_from(["near", "far", None, None, "near", "else"]),
        st.sampled_from([0.0, 0.5, 1.0, None, 0.25, 1.25]),
        st.sampled_from([0.0, 2.0, 40.0, 3.5, 7.0, -1.0, None]),
        st.sampled_from([0, 1, None, 7, 2, -3]),
    ),
    max_size=6,
)


def table_of(rows):
    kinds = {"area_id": "str", "rank": "int64", "kind": "str", "share": "float64",
             "people": "float64", "found": "Int64"}  # fmt: skip
    return pd.DataFrame(rows, columns=list(CONTRACT.names)).astype(kinds)


@few
@given(rows=ROWS)
def test_a_table_is_sound_where_pandera_finds_nothing(rows):
    table = table_of(rows)
    once = not pd.Series(places_in(table, CONTRACT.key)).duplicated().any()
    assert (is_sound(table, CONTRACT) and once) == (not faults_of_rows(table, CONTRACT))


@few
@given(rows=ROWS)
def test_rows_stand_in_the_order_of_their_keys(rows):
    table = table_of(rows).drop_duplicates(["area_id", "rank"])
    table = table.query("rank < 5").fillna({"people": 0.0})
    table = table.assign(kind="near", share=0.5, people=table["people"].abs(), found=1)
    wanted = table.sort_values(["area_id", "rank"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(hold(table, CONTRACT), wanted.astype({"found": "Int64"}))


@few
@given(rows=ROWS)
def test_keys_rise_where_their_places_do(rows):
    table = table_of(rows).dropna(subset=["area_id", "kind", "found"])
    for key in (["area_id", "rank"], ["kind", "found", "area_id"], ["share"]):
        some = table.dropna(subset=key)
        assert rises(some, key) == bool((np.diff(places_in(some, key)) > 0).all())


def test_places_of_many_long_keys_are_not_confused():
    """Six keys of 3,000 texts each have more places together than a number can tell apart."""
    texts = [f"t{number:04d}" for number in range(3000)]
    turn = np.random.default_rng(1)
    table = pd.DataFrame({f"k{one}": turn.permutation(texts) for one in range(6)})
    keys = list(table.columns)
    order = np.argsort(places_in(table, keys), kind="stable")
    assert order.tolist() == table.sort_values(keys, kind="stable").index.tolist()


def test_a_key_that_occurs_twice_is_told():
    table = table_of([("A", 1, "near", 0.5, 1.0, 1), ("A", 1, "far", 0.25, 2.0, 1)])
    with pytest.raises(ContractError, match="area_id, rank"):
        hold(table, CONTRACT)
