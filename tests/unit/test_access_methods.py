"""The METHODS rows of access: one a measure, held to their contract, in the study's numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from assetmap.access import decay
from assetmap.access.methods import MEASURES, method_rows, methods, words_of
from assetmap.errors import MethodError
from assetmap.frames import hold
from assetmap.frames.results import METHODS

STANDARDS = pd.DataFrame(
    {
        "standard_id": ["library", "hall", "gp"],
        "theme": ["community", "community", "health"],
        "threshold_m": [1600.0, 800.0, 1200.0],
        "threshold_min": [20.0, 10.0, 15.0],
    }
)


def rows(**how):
    given = {"weights": {"health": 2.0}, "themes": ("health", "community")} | how
    return {row["name"]: row for row in methods(STANDARDS, **given)}


def test_what_is_measured_unasked_is_told_in_the_studys_numbers():
    found = rows(decay=decay.step(zones=decay.WALKING))
    held = hold(pd.DataFrame(found.values()), METHODS)
    assert len(held) == 6
    within = found["Share within a standard"]["settings"]
    assert within.startswith("gp 1200 m (15 min), hall 800 m (10 min), library 1600 m (20 min)")
    assert found["Theme met"]["settings"] == "community: hall, library; health: gp"
    assert "community 1, health 2" in found["Composite access score"]["settings"]
    capacity = found["Capacity for each person (two-step floating catchment)"]["settings"]
    assert "to 5 min 1, to 10 min 0.68, to 15 min 0.22" in capacity


def test_capacity_is_told_only_where_it_is_measured():
    assert not [name for name in rows() if "two-step" in name]


def test_every_measure_has_a_row_of_its_own():
    held = hold(pd.DataFrame(method_rows(dict.fromkeys(MEASURES, "as asked"))), METHODS)
    assert len(held) == len(MEASURES)


def test_an_unknown_measure_is_named_with_the_nearest():
    with pytest.raises(MethodError, match=r"'gravty'.*did you mean 'gravity'") as told:
        method_rows({"gravty": "", "zzz": ""})
    assert len(told.value.faults) == 2


def test_a_curve_in_words():
    assert words_of(decay.binary(cut_off_min=30)) == (
        "binary decay, 1[c ≤ c0]; c0 = 30 min (Luo and Wang 2003, Environ Plann B 30, 865)"
    )
