"""The page of the benchmarks is made of the results alone."""

from __future__ import annotations

import sys

import pytest
from benchmarks.measure import PeerError, Result, child, silent
from benchmarks.page import page


def test_a_row_a_result_and_the_ratio_is_the_peers_time_by_ours() -> None:
    result = Result(task="walk", ours_cpu_s=0.5, peer="other 1.0", peer_cpu_s=1.5, runs=5)
    alone = Result(task="run", ours_cpu_s=2.0, runs=1, note="target: 4 s at most")
    assert result.ratio == 3.0
    assert alone.ratio is None
    rows = [{**vars(each), "ratio": each.ratio, "commit": "abc"} for each in (result, alone)]
    made = page({"machine": {"machine": "a box"}, "commit": "abc", "results": rows})
    assert "- machine: a box" in made
    assert "| walk | 0.5 | other 1.0 | 1.5 | 3 |  | 5 |  |" in made
    assert "| run | 2 |  |  |  |  | 1 | target: 4 s at most |" in made


def test_a_peer_that_fails_is_a_note_and_no_figure() -> None:
    with pytest.raises(PeerError) as caught:
        child(["-c", "raise SystemExit('no such | network')"], python=sys.executable)
    row = silent("walk", 0.5, "other", runs=3, why=caught.value)
    assert row.ratio is None
    assert row.note == "no figure of the peer: failed: no such / network"


def test_what_a_process_prints_last_is_what_it_says() -> None:
    said, seconds, most_mb = child(["-c", "print('hello'); print('{\"cpu_s\": 1.5}')"])
    assert said == {"cpu_s": 1.5}
    assert seconds > 0
    assert most_mb > 0
