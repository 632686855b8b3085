"""The pairs of COSTS that a measure counts, as plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd

from assetmap.frames.costs import COST_DECIMALS, in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray


class Pairs(NamedTuple):
    """Pairs of origin and opportunity within reach, by origin and then by opportunity.

    ``from_code`` and ``to_code`` index ``origins`` and ``opportunities``; costs are minutes in
    eight-byte floats, rounded as COSTS states them, so that a cost of 20.1 is within 20.1.
    """

    origins: pd.Index
    opportunities: pd.Index
    from_code: NDArray[np.int64]
    to_code: NDArray[np.int64]
    cost_min: NDArray[np.float64]

    def by_origin(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """One value a pair, summed over the pairs of each origin; 0 where it has none."""
        sums = np.bincount(self.from_code, weights=values, minlength=len(self.origins))
        return sums.astype(np.float64, copy=False)

    def by_opportunity(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """One value a pair, summed over the pairs of each opportunity; 0 where it has none."""
        sums = np.bincount(self.to_code, weights=values, minlength=len(self.opportunities))
        return sums.astype(np.float64, copy=False)

    def those(self, kept: NDArray[np.bool_]) -> Pairs:
        """The pairs that are kept; every origin and opportunity stays."""
        if kept.all():
            return self
        return self._replace(
            from_code=self.from_code[kept],
            to_code=self.to_code[kept],
            cost_min=self.cost_min[kept],
        )


def origins_of(costs: pd.DataFrame) -> pd.Index:
    """Every origin of COSTS, reached or not."""
    origins: pd.Index = pd.Index(costs["from_id"].cat.categories, dtype="str", name="from_id")
    return origins


def pairs_to(costs: pd.DataFrame, opportunities: Collection[str]) -> Pairs:
    """The pairs of COSTS whose destination is one of the opportunities.

    Opportunities that nobody reaches stay in ``opportunities``, without a pair. Sums over the
    pairs run in key order, whatever the order of the rows.
    """
    wanted = pd.Index(sorted(set(opportunities)), dtype="str", name="to_id")
    codes = costs["to_id"].array.codes  # of Series.cat they would be a copy
    places = wanted.get_indexer(pd.Index(costs["to_id"].cat.categories, dtype="str"))
    kept = np.flatnonzero((places >= 0)[codes]) if len(places) else np.empty(0, dtype=np.int64)
    to_code = places[codes.take(kept)]
    from_code = costs["from_id"].array.codes.take(kept)
    cost_min = costs["cost_min"].to_numpy().take(kept)
    minutes: NDArray[np.float64] = cost_min.astype(np.float64).round(COST_DECIMALS)
    if not in_order(from_code, to_code):
        order = np.lexsort((to_code, from_code))
        from_code, to_code, minutes = from_code[order], to_code[order], minutes[order]
    return Pairs(
        origins=origins_of(costs),
        opportunities=wanted,
        from_code=from_code.astype(np.int64),
        to_code=to_code.astype(np.int64),
        cost_min=minutes,
    )


def parts_of(costs: pd.DataFrame, wanted: Mapping[str, Collection[str]]) -> dict[str, pd.DataFrame]:
    """COSTS of each of several sets of opportunities, by the name of the set.

    Each part has every origin and opportunity among its categories, and the pairs of its own set
    in the order in which they came: any measure finds in it what it finds in the whole. One pass
    over COSTS, however many sets there are.
    """
    kinds, kind_of = kinds_of(costs, wanted)
    kind = kind_of.astype(np.min_scalar_type(kinds.shape[1])).take(costs["to_id"].array.codes)
    found = {}
    for name, has in zip(wanted, kinds, strict=True):
        chosen = np.zeros(len(kind), dtype=np.bool_)
        for one in np.flatnonzero(has):
            chosen |= kind == one
        found[name] = _those(costs, np.flatnonzero(chosen))
    return found


def kinds_of(
    costs: pd.DataFrame, wanted: Mapping[Any, Collection[str]]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Opportunities of the same sets go together: which kinds are in each set, and each's kind.

    Sets by kinds, and the kind of each opportunity in the order of the categories of ``to_id``.
    """
    ids = costs["to_id"].cat.categories.tolist()
    place = {to_id: at for at, to_id in enumerate(ids)}
    member = np.zeros((len(wanted), len(ids)), dtype=np.bool_)
    for row, chosen in zip(member, wanted.values(), strict=True):
        row[[place[one] for one in chosen if one in place]] = True
    return np.unique(member, axis=1, return_inverse=True)


def _those(costs: pd.DataFrame, rows: NDArray[np.int64]) -> pd.DataFrame:
    """Rows of COSTS, with all their categories."""
    ids = {
        name: pd.Categorical.from_codes(
            costs[name].array.codes.take(rows),
            dtype=cast("pd.CategoricalDtype", costs[name].dtype),
            validate=False,
        )
        for name in ("from_id", "to_id")
    }
    return pd.DataFrame({**ids, "cost_min": costs["cost_min"].to_numpy().take(rows)}, copy=False)
