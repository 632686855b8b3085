"""COSTS held by numpy: codes into its id columns and four-byte costs, made for many millions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import ContractError, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

COST_DECIMALS = 4


def hold_costs(
    from_ids: Sequence[str] | pd.Index,
    to_ids: Sequence[str] | pd.Index,
    *,
    from_codes: NDArray[np.int32],
    to_codes: NDArray[np.int32],
    cost_min: NDArray[np.float32],
) -> pd.DataFrame:
    """COSTS from codes: categorical ids (all of them, reached or not) and float32 minutes.

    Ids must come sorted, so that code order is id order; rows are sorted by (from, to).

    Raises
    ------
    ContractError
        For ids out of order or twice, codes out of range, pairs twice, costs that are negative
        or not a number.
    """
    faults = [
        Fault(what=f"{name} are not in order or occur twice", where="table COSTS")
        for name, ids in (("from_ids", from_ids), ("to_ids", to_ids))
        if not pd.Index(ids).is_monotonic_increasing or not pd.Index(ids).is_unique
    ]
    faults += [
        Fault(what=f"{name} codes out of range", where="table COSTS")
        for name, codes, ids in (("from", from_codes, from_ids), ("to", to_codes, to_ids))
        if len(codes) and (codes.min() < 0 or codes.max() >= len(ids))
    ]
    if not np.isfinite(cost_min).all() or (len(cost_min) and cost_min.min() < 0):
        faults.append(Fault(what="costs negative or not a number", where="table COSTS"))
    if not in_order(from_codes, to_codes):
        pairs = from_codes.astype(np.int64) * max(len(to_ids), 1) + to_codes
        order = np.argsort(pairs, kind="stable")
        from_codes, to_codes, cost_min = from_codes[order], to_codes[order], cost_min[order]
        if not np.diff(pairs[order]).all():
            faults.append(Fault(what="a pair occurs twice", where="table COSTS"))
    if faults:
        raise ContractError(faults)
    return pd.DataFrame(
        {
            "from_id": pd.Categorical.from_codes(from_codes, categories=pd.Index(from_ids)),
            "to_id": pd.Categorical.from_codes(to_codes, categories=pd.Index(to_ids)),
            "cost_min": np.round(cost_min, COST_DECIMALS).astype(np.float32, copy=False),
        },
        copy=False,
    )


def in_order(from_codes: NDArray[np.integer], to_codes: NDArray[np.integer]) -> bool:
    """Whether pairs stand by origin and then by asset, none of them twice."""
    ahead, level = from_codes[1:] > from_codes[:-1], from_codes[1:] == from_codes[:-1]
    return bool((ahead | (level & (to_codes[1:] > to_codes[:-1]))).all())
