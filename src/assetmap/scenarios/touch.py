"""COSTS measured again only where an edit touches them, and the same as if all were."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames.costs import hold_costs
from assetmap.network.keep import Pairs, joined, nearest_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from assetmap.network.keep import Keep

    Search = Callable[[Collection[str]], pd.DataFrame]
    Codes = NDArray[np.int64]


class Bands(NamedTuple):
    """The band of each asset by ``to_id``, before and after: what the nearest are kept of."""

    before: pd.Series
    after: pd.Series


def costs_after(
    base: pd.DataFrame,
    bands: Bands,
    *,
    gone: Collection[str],
    new: Collection[str],
    keep: Keep,
    search: Search,
) -> pd.DataFrame:
    """COSTS of the assets in ``bands.after``, from those of before.

    Rows of what is gone are dropped, and their origins looked up anew in that band alone: what was
    the ninth nearest may be the eighth. What is new is searched for by itself, and takes its place
    among the nearest that are kept; equal to searching for everything.

    Parameters
    ----------
    base
        COSTS of before, to the assets of ``bands.before``.
    gone, new
        Assets whose costs no longer hold, and those that must be routed to; moved ones are both.
    keep
        How COSTS are kept, its minutes by band.
    search
        COSTS of every origin to these assets as they are after, by the same ``keep``.
    """
    if not (gone or new):
        return base
    frame = _Frame(pd.Index(base["from_id"].cat.categories), pd.Index(sorted(bands.after.index)))
    pairs, lost = frame.split(base, set(gone))
    before = bands.before.reindex(base["to_id"].cat.categories).to_numpy(dtype=object)
    lost_band = before[base["to_id"].cat.codes.to_numpy()[lost]]
    lost_from = base["from_id"].cat.codes.to_numpy()[lost]
    after = bands.after.reindex(frame.to_ids).to_numpy(dtype=object)
    for band in sorted(set(lost_band)):
        members = frame.to_ids[after == band]
        again = np.zeros(len(frame.from_ids), dtype=bool)
        again[lost_from[lost_band == band]] = True
        found = frame.pairs(search(members)) if len(members) else pairs.at(np.zeros(0, np.int64))
        stays = ~(again[pairs.from_code] & (after[pairs.to_code] == band))
        pairs = joined([pairs.at(stays), found.at(again[found.from_code])])
    for band in sorted(set(bands.after.reindex(sorted(new)).dropna())):
        wanted = [one for one in sorted(new) if bands.after.get(one) == band]
        pairs = _joined_in(pairs, frame.pairs(search(wanted)), after == band, keep, band)
    return frame.costs(pairs)


def costs_to_origins(
    base: pd.DataFrame, found: pd.DataFrame, *, from_ids: pd.Index, to_ids: pd.Index
) -> pd.DataFrame:
    """COSTS of all origins: those that were searched for anew as found, the others as before."""
    frame = _Frame(from_ids, to_ids)
    again = np.zeros(len(from_ids), dtype=bool)
    again[from_ids.get_indexer(found["from_id"].cat.categories)] = True
    kept = frame.pairs(base)
    return frame.costs(joined([kept.at(~again[kept.from_code]), frame.pairs(found)]))


def costs_beside(
    base: pd.DataFrame, found: pd.DataFrame, *, keep: Collection[str] | None = None
) -> pd.DataFrame:
    """COSTS to the assets of both; of the first only to those of ``keep``, all where None.

    Neither may have any that the other has.
    """
    first = pd.Index(base["to_id"].cat.categories)
    first = first if keep is None else first[first.isin(list(keep))]
    ids = first.union(pd.Index(found["to_id"].cat.categories))
    frame = _Frame(pd.Index(base["from_id"].cat.categories), ids)
    part = base if keep is None else only_to(base, set(first))
    return frame.costs(joined([frame.pairs(part), frame.pairs(found)]))


def only_to(costs: pd.DataFrame, to_ids: Collection[str]) -> pd.DataFrame:
    """COSTS to these assets alone."""
    frame = _Frame(pd.Index(costs["from_id"].cat.categories), pd.Index(sorted(to_ids)))
    return frame.costs(frame.pairs(costs))


class _Frame(NamedTuple):
    """Ids that codes stand for."""

    from_ids: pd.Index
    to_ids: pd.Index

    def pairs(self, costs: pd.DataFrame) -> Pairs:
        """Rows of COSTS by these codes; those of other origins and assets left out."""
        from_code = _codes(costs["from_id"], self.from_ids)
        to_code = _codes(costs["to_id"], self.to_ids)
        pairs = Pairs(from_code, to_code, costs["cost_min"].to_numpy().astype(np.float64))
        known = (from_code >= 0) & (to_code >= 0)
        return pairs if known.all() else pairs.at(known)

    def split(self, costs: pd.DataFrame, gone: set[str]) -> tuple[Pairs, NDArray[np.bool_]]:
        """The pairs that still hold, and which rows do not."""
        held = costs["to_id"].cat.categories.isin(gone)
        lost = held[costs["to_id"].cat.codes.to_numpy()] if len(held) else np.zeros(0, dtype=bool)
        return self.pairs(costs[~lost]), lost

    def costs(self, pairs: Pairs) -> pd.DataFrame:
        """COSTS of the pairs."""
        return hold_costs(
            self.from_ids,
            self.to_ids,
            from_codes=pairs.from_code.astype(np.int32),
            to_codes=pairs.to_code.astype(np.int32),
            cost_min=pairs.cost_min.astype(np.float32),
        )


def _codes(column: pd.Series, ids: pd.Index) -> NDArray[np.int32]:
    """The codes of a column of COSTS by other ids, -1 for those that are not among them."""
    own, codes = column.cat.categories, column.array.codes  # of Series.cat they would be a copy
    if own.equals(ids):
        return np.asarray(codes, np.int32)
    place = ids.get_indexer(own).astype(np.int32)
    return place[codes] if len(place) else place


def _joined_in(
    pairs: Pairs, found: Pairs, of_band: NDArray[np.bool_], keep: Keep, band: str
) -> Pairs:
    """New pairs among the old of their band: of both, what is kept. Found ones replace the same."""
    hit = np.zeros(int(max(pairs.from_code.max(initial=0), found.from_code.max(initial=0))) + 1,
                   dtype=bool)  # fmt: skip
    hit[found.from_code] = True
    among = hit[pairs.from_code] & of_band[pairs.to_code]
    there = pairs.at(among)
    size = len(of_band)
    same = np.isin(
        there.from_code.astype(np.int64) * size + there.to_code,
        found.from_code.astype(np.int64) * size + found.to_code,
    )
    both = joined([there.at(~same), found])
    return joined([pairs.at(~among), nearest_kept(both, keep=keep, within_min=keep.within(band))])
