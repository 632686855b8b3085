"""Draws shared out among processes are the draws of one process, to the byte."""

from __future__ import annotations

import sys
from functools import partial

import numpy as np
import pytest
from tests.oracle.drawn_toy import base_of, toy

from assetmap.errors import MissingError
from assetmap.scenarios.tally import Tally, tally, together
from assetmap.scenarios.uncertain import Uncertain, batches
from assetmap.sources.store import Store
from assetmap.study.workers import in_workers


def test_two_processes_find_what_one_finds():
    ground, base, known = base_of(toy(31))
    task = partial(tally, ground, base, Uncertain(seed=3), known)
    pieces = list(batches(30, 10))
    alone = together(in_workers(task, pieces, workers=1))
    shared = together(in_workers(task, pieces, workers=2))
    assert alone.names == shared.names
    for one, other in zip(alone[1:], shared[1:], strict=True):
        assert one.dtype == other.dtype
        assert np.ascontiguousarray(one).tobytes() == np.ascontiguousarray(other).tobytes()


def test_a_tally_comes_back_from_the_store_as_it_was(tmp_path):
    ground, base, known = base_of(toy(31))
    drawn = tally(ground, base, Uncertain(seed=3), known, range(5))
    store = Store(tmp_path)
    store.put("ab12", {"drawn": drawn.as_arrays()}, {})
    again = Tally.from_arrays(store.get("ab12", "drawn"))
    assert again.names == drawn.names
    for one, other in zip(again[1:], drawn[1:], strict=True):
        assert one.dtype == other.dtype
        assert one.tobytes() == np.ascontiguousarray(other).tobytes()


def test_without_dask_one_process_works_and_two_are_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    assert in_workers(str, [1, 2], workers=1) == ["1", "2"]
    with pytest.raises(MissingError, match="assetmap\\[scale\\]"):
        in_workers(str, [1, 2], workers=2)
