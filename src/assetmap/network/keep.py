"""Which pairs of origin and asset are kept of all that lie within the cut-off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import COST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


NUMBER_BITS = 63
"""As many as a number of eight bytes has beside its sign."""


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How far people are taken to go, and how many assets of a category are kept for each origin.

    Attributes
    ----------
    cut_off_min
        Costs above it are out of reach; a cost equal to it is within. 0 keeps what is on the spot.
    nearest
        The nearest assets kept for each origin and category.
    within_min
        Category to minutes: every asset of the category within them is kept as well, none where
        they are 0. Minutes beyond the cut-off mean the cut-off.
    """

    cut_off_min: float
    nearest: int = 8
    within_min: Mapping[str, float] = field(default_factory=dict)
    unasked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing.

        Raises
        ------
        MethodError
            For a cut-off that is negative or not a number, or fewer than no assets kept.
        """
        minutes = (self.cut_off_min, *self.within_min.values())
        if not all(np.isfinite(value) and value >= 0 for value in minutes) or self.nearest < 0:
            raise MethodError(
                Fault(
                    what=f"cut-off {self.cut_off_min}, nearest {self.nearest}, "
                    f"within {dict(self.within_min)}: negative or not a number",
                    where="what is kept of the costs",
                    attempt="minutes of 0 or more, and how many assets to keep",
                )
            )

    def within(self, category: str) -> float:
        """The minutes within which every asset of the category is kept."""
        return min(self.within_min.get(category, 0.0), self.cut_off_min)


class Pairs(NamedTuple):
    """Pairs by the codes of origin and asset, and their cost in minutes."""

    from_code: NDArray[np.int32]
    to_code: NDArray[np.int32]
    cost_min: NDArray[np.floating]

    def at(self, rows: NDArray[np.bool_] | NDArray[np.integer]) -> Pairs:
        """These rows."""
        return Pairs(self.from_code[rows], self.to_code[rows], self.cost_min[rows])


NO_PAIRS = Pairs(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float64))


def joined(parts: list[Pairs]) -> Pairs:
    """All parts as one, in the order given."""
    return Pairs(
        np.concatenate([NO_PAIRS.from_code, *(part.from_code for part in parts)]),
        np.concatenate([NO_PAIRS.to_code, *(part.to_code for part in parts)]),
        np.concatenate([NO_PAIRS.cost_min, *(part.cost_min for part in parts)]),
    )


def put_in_order(parts: list[Pairs]) -> Pairs:
    """All parts as one, in order of codes; no pair is in two of them, costs are as in COSTS.

    Costs are whole numbers of their last decimal: origin, asset and cost are sorted as one number
    where they have room in it.
    """
    last, row = 10**COST_DECIMALS, 0
    columns = zip(NO_PAIRS, *parts, strict=True)
    most = (max(part.max(initial=0) for part in column) for column in columns)
    from_bits, to_bits, cost_bits = (int(one).bit_length() for one in most)
    cost_bits += last.bit_length()
    if from_bits + to_bits + cost_bits > NUMBER_BITS:
        whole = joined(parts)
        return whole.at(np.lexsort((whole.to_code, whole.from_code)))
    key = np.empty(sum(len(part.from_code) for part in parts), np.int64)
    for part in parts:
        some = key[row : row + len(part.from_code)]
        row += len(some)
        some[:] = part.from_code
        some <<= to_bits
        some |= part.to_code
        some <<= cost_bits
        some |= np.rint(part.cost_min * last).astype(np.int64)
    key.sort()
    cost = (key & ((1 << cost_bits) - 1)) / last
    key >>= cost_bits
    to_code = (key & ((1 << to_bits) - 1)).astype(np.int32)
    key >>= to_bits
    return Pairs(key.astype(np.int32), to_code, cost)


def least(pairs: Pairs) -> Pairs:
    """One row a pair, at its least cost, in order of codes."""
    if not len(pairs.from_code):
        return pairs
    rows, cost = least_rows(pairs.from_code, pairs.to_code, pairs.cost_min)
    return Pairs(pairs.from_code[rows], pairs.to_code[rows], cost)


def least_rows(
    from_code: NDArray[np.integer], to_code: NDArray[np.integer], cost: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """A row of each of some pairs, in order of codes, and the least of its costs.

    Quick where the pairs are few parts that are each in that order already.
    """
    key = _keys(from_code, to_code)
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    return order[first], np.minimum.reduceat(cost[order], first)


def lesser(one: Pairs, other: Pairs) -> Pairs:
    """The pairs of both, each at its lesser cost, in order of codes.

    Both must be in that order and hold no pair twice.
    """
    if not len(one.from_code):
        return other
    key, others = (_keys(each.from_code, each.to_code) for each in (one, other))
    place = np.searchsorted(key, others)
    again = key.take(place, mode="clip") == others
    cost, same = one.cost_min.copy(), place[again]
    cost[same] = np.minimum(cost[same], other.cost_min[again])
    new, at = other.at(~again), place[~again]
    return Pairs(
        np.insert(one.from_code, at, new.from_code),
        np.insert(one.to_code, at, new.to_code),
        np.insert(cost, at, new.cost_min),
    )


def _keys(from_code: NDArray[np.integer], to_code: NDArray[np.integer]) -> NDArray[np.int64]:
    """Origin and asset of each pair as one number, in order as the codes are."""
    key = from_code.astype(np.int64)
    key <<= 32
    key |= to_code
    return key


def nearest_kept(pairs: Pairs, *, keep: Keep, within_min: float) -> Pairs:
    """The pairs of one category that are kept: the nearest of each origin, and all within minutes.

    Costs are rounded as COSTS has them before anything is decided. All that tie with the last of
    the nearest are kept with it, so that neither the order of rows nor a name decides.
    """
    cost = np.round(pairs.cost_min, COST_DECIMALS)
    reached = cost <= np.round(keep.cut_off_min, COST_DECIMALS)
    pairs = Pairs(pairs.from_code[reached], pairs.to_code[reached], cost[reached])
    order = np.lexsort((pairs.to_code, pairs.cost_min, pairs.from_code))
    pairs = pairs.at(order)
    place = np.arange(len(order))
    new = np.diff(pairs.from_code, prepend=-1) != 0
    dearer = new | (np.diff(pairs.cost_min, prepend=-1) != 0)
    cheaper = np.maximum.accumulate(np.where(dearer, place, 0)) if len(place) else place
    cheaper = cheaper - np.searchsorted(pairs.from_code, pairs.from_code, side="left")
    near = pairs.cost_min <= np.round(within_min, COST_DECIMALS)
    keeps = (cheaper < keep.nearest) | (near & (within_min > 0))
    return pairs.at(keeps)
