"""Who is near what schemes bring: context beside the benefit, never a benefit itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.measured import placed_at
from assetmap.access.nearest import nearest
from assetmap.access.standard import is_within, nearest_by_standard, within_standard
from assetmap.access.summarise import share_by_area
from assetmap.frames import table_of
from assetmap.frames.legs import SCHEME_REACH, SPILL_OVER_MIN

if TYPE_CHECKING:
    from assetmap.access.measured import Place
    from assetmap.access.saved import Reach


def scheme_reach(
    reach: Reach | None, snaps: pd.DataFrame, place: Place, *, counted: str
) -> pd.DataFrame:
    """SCHEME_REACH of every area, of the delivered assets in ``reach``.

    Shares of an area's people on the streets: within the distance of a standard that a delivered
    asset meets (its catchment on the network), and within 5, 10, 15 and 20 minutes of any
    (bands of spill-over, each holding those before it). Nobody is near where nothing is
    delivered; an area with nobody on the streets has no shares. Who is inside a boundary is
    known elsewhere, and is left empty.

    Parameters
    ----------
    reach
        COSTS and ASSETS of what schemes deliver; None where they deliver nothing.
    snaps
        SNAPS of the origins.
    place
        ORIGINS and STANDARDS; its assets and COVERAGE are not looked at.
    counted
        Which schemes ``reach`` holds, as SCHEME_REACH calls them.
    """
    origins = place.origins
    ids = pd.Index(origins["from_id"])
    near = _near(reach, ids, place.standards)
    placed = pd.Series(placed_at(origins, snaps), index=ids)
    shares = {
        name: share_by_area(near[name].astype("float64").where(placed), origins)
        for name in near.columns
    }
    table = pd.DataFrame(shares).rename_axis("area_id").reset_index()
    table = table.assign(counted=counted, share_inside=np.nan)
    return table_of(SCHEME_REACH, {name: table[name] for name in SCHEME_REACH.names})


def _near(reach: Reach | None, ids: pd.Index, standards: pd.DataFrame) -> pd.DataFrame:
    """Whether each origin is in the catchment and in each band: origins by shares' names."""
    bands = {f"share_{minutes}_min": float(minutes) for minutes in SPILL_OVER_MIN}
    names = ["share_catchment", *bands]
    if reach is None:
        return pd.DataFrame(data=False, index=ids, columns=names)
    least = nearest(reach.costs, reach.assets["to_id"]).reindex(ids).to_numpy(np.float64)
    by_standard = nearest_by_standard(*reach, standards)
    caught = within_standard(by_standard, standards).any(axis="columns").reindex(ids)
    held = is_within(least[:, None], np.array(list(bands.values())))
    return pd.DataFrame(np.column_stack([caught.to_numpy(bool), held]), index=ids, columns=names)
