"""Pairs of two kinds of travel put together, against a dictionary."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assetmap.network.keep import Pairs, joined, least, lesser

COSTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.sampled_from([0.0, 1.5, 2.0, 7.25])
)


def pairs(costs: dict[tuple[int, int], float]) -> Pairs:
    codes = np.array(sorted(costs), np.int32).reshape(-1, 2)
    minutes = np.array([costs[key] for key in sorted(costs)], np.float64)
    return Pairs(codes[:, 0], codes[:, 1], minutes)


def plain(found: Pairs) -> list[tuple[int, int, float]]:
    return list(zip(*(column.tolist() for column in found), strict=True))


@given(COSTS, COSTS)
def test_each_pair_of_either_has_its_lesser_cost(
    walks: dict[tuple[int, int], float], rides: dict[tuple[int, int], float]
) -> None:
    both = {key: min(costs[key] for costs in (walks, rides) if key in costs)
            for key in walks | rides}  # fmt: skip
    wanted = [(*key, both[key]) for key in sorted(both)]
    assert plain(lesser(pairs(walks), pairs(rides))) == wanted
    assert plain(least(joined([pairs(walks), pairs(rides)]))) == wanted
