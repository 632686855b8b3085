"""The page of the benchmarks is made of the results alone."""

from __future__ import annotations

from benchmarks.measure import Result
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
