"""Pairs put together: of two kinds of travel, and of many parts, against a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assetmap.network.keep import Pairs, joined, least, lesser, put_in_order

if TYPE_CHECKING:
    from random import Random

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


@given(COSTS, st.randoms(use_true_random=False), st.sampled_from([0.0, 44.9999, 2e13]))
def test_parts_in_any_order_are_put_in_order(
    costs: dict[tuple[int, int], float], turn: Random, far_min: float
) -> None:
    """At 2e13 minutes a cost alone takes 58 bits, with codes of 3 and of 31 bits too many."""
    costs |= {(5, 2**31 - 1): far_min}
    keys = turn.sample(sorted(costs), len(costs))
    cut = turn.randint(0, len(keys))
    parts = []
    for some in (keys[:cut], [], keys[cut:]):
        codes = np.array(some, np.int32).reshape(-1, 2)
        minutes = np.array([costs[key] for key in some], np.float64)
        parts.append(Pairs(codes[:, 0], codes[:, 1], minutes))
    found = put_in_order(parts)
    assert plain(found) == [(*key, costs[key]) for key in sorted(costs)]
    assert [column.dtype for column in found] == [np.int32, np.int32, np.float64]
    assert plain(put_in_order([])) == []
