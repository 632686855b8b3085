"""Who is near what schemes bring, worked by hand in the town of two areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.oracle.access_toy import costs_of
from tests.town.access_town import ORIGINS, place, snaps

from assetmap.access.saved import Reach
from assetmap.access.spill_over import scheme_reach
from assetmap.frames.legs import FIRM, WITH_PLANNED


def brought(minutes, category="community_centre"):
    """One asset to come, so many minutes from those who reach it."""
    origins = sorted(ORIGINS)
    reached = costs_of([[minutes.get(one, np.nan)] for one in origins], origins, ["new"])
    return Reach(reached, pd.DataFrame({"to_id": ["new"], "category": [category],
                                        "size_m2": [None]}))  # fmt: skip


def shares(reach, counted=FIRM):
    return scheme_reach(reach, snaps(), place(), counted=counted).set_index("area_id")


def test_catchment_and_bands_are_shares_of_the_people_on_the_streets():
    """A: a1 (10 people) 4, a2 (20) 10, a3 (30) 12, a4 (20) 20, a5 (20) none; a hall counts to 10.

    b3 (100 people) is off the streets: of B only b1 and b2 count, 50 people each.
    """
    table = shares(brought({"a1": 4, "a2": 10, "a3": 12, "a4": 20, "b1": 5, "b3": 1}))
    a, b = table.loc["A"], table.loc["B"]
    assert a["share_catchment"] == pytest.approx(0.3)
    bands = [f"share_{minutes}_min" for minutes in (5, 10, 15, 20)]
    assert a[bands].tolist() == pytest.approx([0.1, 0.3, 0.6, 0.8])
    assert b["share_catchment"] == pytest.approx(0.5)
    assert b[bands].tolist() == pytest.approx([0.5] * 4)
    assert table["share_inside"].isna().all()


def test_what_no_standard_is_about_has_bands_and_no_catchment():
    a = shares(brought({"a1": 4}, category="arts_centre")).loc["A"]
    assert (a["share_catchment"], a["share_5_min"]) == (0, pytest.approx(0.1))


def test_where_nothing_is_delivered_nobody_is_near():
    table = shares(None, counted=WITH_PLANNED)
    assert table.loc["A", ["share_catchment", "share_20_min"]].tolist() == [0, 0]
    assert set(table["counted"]) == {WITH_PLANNED}
