"""COSTS once links are added, no origin searched from: the less of before and by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.frames.costs import COST_DECIMALS, hold_costs
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.keep import Pairs, joined, nearest_kept
from assetmap.scenarios.ends import FAR_CM

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.network.keep import Keep
    from assetmap.scenarios.ends import ByLinks

    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    Numbers = NDArray[np.float64]

BLOCK = 2048
"""Origins whose ways by the links are made at once: a few megabytes for each hundred assets."""


class _Bands(NamedTuple):
    """Bands by their code: of each asset, and to which minutes all of a band is kept (-1: none)."""

    of_asset: I32
    within_min: Numbers

    def group(self, pairs: Pairs) -> I32:
        """One number for each origin and band."""
        return pairs.from_code * np.int32(len(self.within_min)) + self.of_asset[pairs.to_code]


class _Before(NamedTuple):
    """The pairs of the origins that may gain, as they were, in order; codes count these origins.

    ``row`` is of COSTS, ``group`` of origin and band.
    """

    origins: I64
    row: I64
    pairs: Pairs
    group: I32


def costs_nearer(base: pd.DataFrame, bands: pd.Series, by: ByLinks, *, keep: Keep) -> pd.DataFrame:
    """COSTS with the links, equal to a search for everything.

    A way that is shorter than before comes to an end of a link sooner than before, and goes on
    from there: ``c' = min(c, to the end + from the end)``. What was not kept cost at least as much
    as the last that was, so only what now costs no more than that is looked at.

    Parameters
    ----------
    base
        COSTS of before, between the origins and assets of ``by``.
    bands
        The band of each asset by ``to_id``.
    """
    named = _bands(bands.reindex(base["to_id"].cat.categories), keep)
    before = _before(base, np.flatnonzero((by.leave_cm < FAR_CM).any(axis=1)), named)
    gained, old = _cheaper(_by_links(before, by, named, keep), before)
    touched = np.zeros(len(before.origins) * len(named.within_min), dtype=bool)
    touched[named.group(gained)] = True
    again = touched[before.group]
    left = again.copy()
    left[old[old >= 0]] = False
    found = _kept(joined([before.pairs.at(left), gained]), named, keep)
    stays = np.ones(len(base), dtype=bool)
    stays[before.row[again]] = False
    own = [base[name].array.codes[stays] for name in ("from_id", "to_id")]
    return hold_costs(
        base["from_id"].cat.categories,
        base["to_id"].cat.categories,
        from_codes=np.r_[own[0], before.origins[found.from_code]].astype(np.int32),
        to_codes=np.r_[own[1], found.to_code].astype(np.int32),
        cost_min=np.r_[base["cost_min"].to_numpy()[stays], found.cost_min].astype(np.float32),
    )


def _bands(bands: pd.Series, keep: Keep) -> _Bands:
    names, code = np.unique(bands.to_numpy(dtype=object), return_inverse=True)
    within = [-1.0 if name in keep.unasked else keep.within(str(name)) for name in names]
    return _Bands(code.astype(np.int32), np.array(within, np.float64))


def _before(base: pd.DataFrame, origins: I64, bands: _Bands) -> _Before:
    place = np.full(len(base["from_id"].cat.categories), -1, np.int32)
    place[origins] = np.arange(len(origins))
    from_code = place[base["from_id"].array.codes]
    row = np.flatnonzero(from_code >= 0)
    minutes = base["cost_min"].to_numpy()[row].astype(np.float64).round(COST_DECIMALS)
    to_code = base["to_id"].array.codes[row].astype(np.int32)
    pairs = Pairs(from_code[row], to_code, minutes)
    return _Before(origins, row, pairs, bands.group(pairs))


def _by_links(before: _Before, by: ByLinks, bands: _Bands, keep: Keep) -> Pairs:
    """The pairs by a link that cost so little that they may be kept; not yet beside the old."""
    limits = _limits_cm(before, bands, keep)
    some = np.flatnonzero((bands.within_min[bands.of_asset] >= 0) & (by.arrive_cm < FAR_CM).any(0))
    arrive = by.arrive_cm[:, some].astype(np.int32)
    parts = []
    for start in range(0, len(before.origins), BLOCK):
        rows = slice(start, start + BLOCK)
        least = _least_cm(by.leave_cm[before.origins[rows]].astype(np.int32), arrive)
        origin, at = np.nonzero(least <= limits[rows][:, bands.of_asset[some]])
        minutes = np.round(least[origin, at] / CM_A_MINUTE, COST_DECIMALS)
        codes = (start + origin, some[at])
        parts.append(Pairs(codes[0].astype(np.int32), codes[1].astype(np.int32), minutes))
    return joined(parts)


def _least_cm(leave: I32, arrive: I32) -> I32:
    """Origins by assets, over all ends; what is FAR_CM from both has no place in 32 bits."""
    least = np.full((len(leave), arrive.shape[1]), FAR_CM, np.int32)
    for end in range(len(arrive)):
        comes = np.flatnonzero(leave[:, end] < FAR_CM)
        by_end = leave[comes, end, np.newaxis] + arrive[end]
        least[comes] = np.minimum(least[comes], by_end)
    return least


def _limits_cm(before: _Before, bands: _Bands, keep: Keep) -> I32:
    """Origins by bands: what one more that is kept costs at the most, and a centimetre."""
    size = len(before.origins) * len(bands.within_min)
    last = np.zeros(size)
    np.maximum.at(last, before.group, before.pairs.cost_min)
    full = np.bincount(before.group, minlength=size) >= keep.nearest
    minutes = np.where(full, last, keep.cut_off_min).reshape(-1, len(bands.within_min))
    minutes = np.maximum(minutes, bands.within_min)
    limits: I32 = np.floor(minutes * CM_A_MINUTE).astype(np.int32) + 1
    return limits


def _cheaper(found: Pairs, before: _Before) -> tuple[Pairs, I64]:
    """Those of the pairs that cost less than before; and which they were of ``before``, or -1."""
    size = int(max(found.to_code.max(initial=0), before.pairs.to_code.max(initial=0))) + 1
    keys, key = (one.from_code.astype(np.int64) * size + one.to_code
                 for one in (before.pairs, found))  # fmt: skip
    at = np.searchsorted(keys, key)
    there = np.flatnonzero(at < len(keys))
    there = there[keys[at[there]] == key[there]]
    old = np.full(len(key), -1, np.int64)
    old[there] = at[there]
    cost = np.full(len(key), np.inf)
    cost[there] = before.pairs.cost_min[old[there]]
    less = found.cost_min < cost
    return found.at(less), old[less]


def _kept(pairs: Pairs, bands: _Bands, keep: Keep) -> Pairs:
    """The pairs that are kept of every origin and band."""
    apart = pairs._replace(from_code=bands.group(pairs))
    within = bands.within_min[bands.of_asset[pairs.to_code]]
    parts = [nearest_kept(apart.at(within == one), keep=keep, within_min=float(one))
             for one in np.unique(within)]  # fmt: skip
    found = joined(parts)
    return found._replace(from_code=found.from_code // len(bands.within_min))
