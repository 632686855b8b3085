"""STANDARDS 5.2: the toy of three places with facility Z added; published numbers, or by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.access.cumulative import cumulative
from assetmap.access.decay import step
from assetmap.access.nearest import nearest
from assetmap.access.two_step import two_step
from assetmap.frames.costs import hold_costs
from assetmap.network.keep import Keep
from assetmap.scenarios.touch import Bands, costs_after

if TYPE_CHECKING:
    from collections.abc import Collection

PEOPLE = pd.Series({"A": 1000.0, "B": 2000.0, "C": 500.0})
SUPPLY = pd.Series({"x": 10.0, "y": 5.0, "z": 5.0})
MINUTES = pd.DataFrame(
    {"x": [5.0, 15, 35], "y": [25.0, 15, 8], "z": [12.0, 6, 18]}, index=["A", "B", "C"]
)
KEEP = Keep(cut_off_min=60, nearest=2, within_min={"hall": 60})


def costs_to(minutes: pd.DataFrame, wanted: Collection[str], limit: float = 60) -> pd.DataFrame:
    """COSTS to some of the places."""
    ids = sorted(wanted)
    cells = minutes[ids].to_numpy()
    at = np.argwhere(cells <= limit)
    return hold_costs(
        pd.Index(minutes.index), pd.Index(ids), from_codes=at[:, 0].astype(np.int32),
        to_codes=at[:, 1].astype(np.int32), cost_min=cells[at[:, 0], at[:, 1]].astype(np.float32),
    )  # fmt: skip


def with_one_more(minutes: pd.DataFrame, new: str, keep: Keep = KEEP) -> pd.DataFrame:
    """COSTS to all, from those to all but the new one."""
    ids = sorted(minutes.columns)
    bands = pd.Series("hall", index=ids)
    before = [one for one in ids if one != new]
    return costs_after(
        costs_to(minutes, before), Bands(bands[before], bands), gone=(), new=(new,), keep=keep,
        search=lambda wanted: costs_to(minutes, wanted),
    )  # fmt: skip


@pytest.fixture(scope="module")
def after() -> pd.DataFrame:
    return with_one_more(MINUTES, "z")


def test_nearest_before_and_after(after: pd.DataFrame) -> None:
    """5, 15, 8 become 5, 6, 8; the mean of 3,500 people from 11.142857 to 6 minutes."""
    before = nearest(costs_to(MINUTES, "xy"), ["x", "y"])
    now = nearest(after, ["x", "y", "z"])
    assert before.tolist() == [5, 15, 8]
    assert now.tolist() == [5, 6, 8]
    assert (before * PEOPLE).sum() / 3500 == pytest.approx(11.1428571)
    assert (now * PEOPLE).sum() / 3500 == 6
    assert ((before - now) * PEOPLE).tolist() == [0, 18_000, 0]  # all to B
    assert (PEOPLE[before <= 10].sum(), PEOPLE[now <= 10].sum()) == (1500, 3500)


def test_shared_supply_after(after: pd.DataFrame) -> None:
    """E2SFCA with the slow weights; what is shared out is what there is: 20."""
    curve = step(zones={10: 1.0, 20: 0.68, 30: 0.22})
    now = two_step(after, PEOPLE, SUPPLY, decay=curve)
    assert now.to_numpy() == pytest.approx([0.0058919621, 0.0061716005, 0.0035296740], abs=1e-9)
    before = two_step(costs_to(MINUTES, "xy"), PEOPLE, SUPPLY[["x", "y"]], decay=curve)
    gained = (now - before).to_numpy()
    assert gained == pytest.approx([0.0011258278, 0.0016556291, 0.0011258278], abs=1e-9)
    assert (now * PEOPLE).sum() == pytest.approx(20)


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 70), min_size=4, max_size=4), min_size=1, max_size=6),
    st.integers(1, 4),
)
def test_adding_never_takes_away(rows: list[list[int]], kept: int) -> None:
    """One more place raises no nearest cost and lowers nobody's count of places in reach."""
    minutes = pd.DataFrame(rows, columns=list("wxyz"), dtype=float)
    minutes.index = [f"o{place}" for place in range(len(rows))]
    keep = Keep(cut_off_min=60, nearest=kept, within_min={"hall": 60})
    before, now = costs_to(minutes, "wxy"), with_one_more(minutes, "z", keep)
    assert (nearest(now, "wxyz").fillna(99) <= nearest(before, "wxy").fillna(99)).all()
    supply = pd.Series(1.0, index=list("wxyz"))
    fewer = cumulative(before, supply[["w", "x", "y"]], cut_off_min=45)
    assert (cumulative(now, supply, cut_off_min=45) >= fewer).all()
