"""What an edit reaches: standards that it can change, and points that enter streets elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.network.router import Start
    from assetmap.network.snap import Snapped


def standards_touched(standards: pd.DataFrame, categories: Collection[str]) -> pd.DataFrame:
    """STANDARDS of every theme that has one which assets of these categories satisfy."""
    listed = standards["categories"].str.split(";")
    hit = [bool(set(one) & set(categories)) for one in listed]
    return standards[standards["theme"].isin(set(standards.loc[hit, "theme"]))]


def enters_elsewhere(before: Start, was: Snapped, after: Start, now: Snapped) -> NDArray[np.bool_]:
    """Whether points are on another segment, by where its ends are, or elsewhere on it.

    Whoever is, or has another state, walks anew. So is what stands on a street that a new link
    between the same two nodes makes cheaper.
    """
    ends = [_places(before, was), _places(after, now)]
    alike = (ends[0] == ends[1]).all(axis=1) & (was.state == now.state)
    return np.asarray(~alike)


def _places(start: Start, snapped: Snapped) -> NDArray[np.float64]:
    segments = start.graph.segments
    found = np.full((len(snapped.segment), 8), -1.0)
    rows = np.flatnonzero(snapped.placed)
    at = snapped.segment[rows]
    found[rows] = np.column_stack([
        segments.ax[at], segments.ay[at], segments.bx[at], segments.by[at],
        segments.forward_cm[at], segments.back_cm[at],
        snapped.share[rows], snapped.snap_m[rows],
    ])  # fmt: skip
    return found
