"""The order of rows in a file means nothing, and no cell breaks a reader."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.doors import asset_jobs as little

from assetmap.sources.cells import LONGEST, clean_cells, folded
from assetmap.sources.protected import is_protected_name
from assetmap.sources.registers import read_register
from assetmap.sources.stops import read_naptan

NAPTAN = [
    "43001,High Street,opp,532000,180000,BCT,MKD,new,active",
    "43003,Lane,,532020,180000,BCT,HAR,new,active",
    "4300ELMS0,Elms Rail Station,Entrance,532100,180000,RSE,,new,active",
    "4300ELMS1,Elms Rail Station,Entrance,532120,180000,RSE,,new,active",
    "9100ELMS,Elms Rail Station,-,532110,180000,RLY,,revise,active",
    "4300OAK1,Oak,,532300,180000,TMU,,new,active",
    "4300OAK2,Oak,,532320,180000,TMU,,new,active",
]
READABLE = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40
)


@settings(max_examples=15)
@given(st.permutations(NAPTAN))
def test_shuffled_stops_are_the_same_stops(rows: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = read_naptan(little.asset_job(little.naptan_csv(Path(folder), *NAPTAN)))
        mixed = read_naptan(little.asset_job(little.naptan_csv(Path(folder), *rows)))
    for ours, theirs in zip(whole.table, mixed.table, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(ours), pd.DataFrame(theirs))
    assert whole.cautions == mixed.cautions


@settings(max_examples=40)
@given(st.lists(READABLE, min_size=1, max_size=6))
def test_whatever_is_typed_into_a_register_is_read_as_text(cells: list[str]) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["source_row", "name", "address", "lon", "lat"])
    for number, cell in enumerate(cells):
        writer.writerow([number, f"n{cell}", cell, -0.09, 51.5])
    with tempfile.TemporaryDirectory() as folder:
        path = little.saved(Path(folder), "r.csv", lines.getvalue())
        told = read_register(little.asset_job(path, category="library"))
    hidden = little.counts(told).get("not_mapped") or 0
    assert len(told.table.assets) + hidden == len(cells)
    names = told.table.assets["name"].dropna()
    assert (names.str.len() <= LONGEST).all()


@given(st.text(max_size=400))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, *_ = clean_cells(pd.Series([text], dtype=object))
    twice, *_ = clean_cells(once)
    assert once.to_list() == twice.to_list()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(
    st.text(st.sampled_from(" -_.,'\u2019\u200b\u202e"), max_size=4),
    st.sampled_from(["Women's Refuge", "Safe House", "Night Shelter", "Children's Home"]),
)
def test_signs_around_words_do_not_hide_them(noise: str, name: str) -> None:
    assert is_protected_name(f"{noise}{name.upper()}{noise}")
