"""Origins and assets as arrays: sorted ids, codes and coordinates, whatever the order of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, JoinError
from assetmap.frames.hold import hold
from assetmap.frames.prepared import SNAPS

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray


class Ends(NamedTuple):
    """Both ends of every pair: origins, and the entrances of assets.

    Attributes
    ----------
    from_ids, to_ids
        Sorted; a code is a place in them.
    origin_xy
        Metres, in the order of ``from_ids``.
    people
        In the order of ``from_ids``.
    entrance_xy, entrance_to, entrance_number
        One row an entrance: metres, the code of its asset, its number.
    category
        Of each asset, in the order of ``to_ids``.
    """

    from_ids: pd.Index
    to_ids: pd.Index
    origin_xy: NDArray[np.float64]
    people: NDArray[np.float64]
    entrance_xy: NDArray[np.float64]
    entrance_to: NDArray[np.int32]
    entrance_number: NDArray[np.int64]
    category: NDArray[np.object_]

    def of_category(self) -> list[tuple[str, NDArray[np.int64]]]:
        """Each category in order, and the rows of its entrances."""
        names = self.category[self.entrance_to] if len(self.entrance_to) else self.category[:0]
        return [(str(name), np.flatnonzero(names == name)) for name in np.unique(names)]


def ends_of(origins: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame, assets: pd.DataFrame) -> Ends:
    """Both ends as arrays.

    Raises
    ------
    JoinError
        For assets without an entrance, and entrances of assets that are not there.
    """
    origins = origins.sort_values("from_id")
    assets = assets.sort_values("to_id")
    entrances = entrances.sort_values(["to_id", "entrance"])
    to_ids = pd.Index(assets["to_id"])
    codes = to_ids.get_indexer(entrances["to_id"])
    _refuse_strays(to_ids, codes, entrances["to_id"])
    return Ends(
        from_ids=pd.Index(origins["from_id"]),
        to_ids=to_ids,
        origin_xy=shapely.get_coordinates(origins.geometry),
        people=origins["people"].to_numpy(dtype=np.float64),
        entrance_xy=shapely.get_coordinates(entrances.geometry),
        entrance_to=codes.astype(np.int32),
        entrance_number=entrances["entrance"].to_numpy(dtype=np.int64),
        category=assets["category"].to_numpy(dtype=object),
    )


def _refuse_strays(to_ids: pd.Index, codes: NDArray[np.intp], named: pd.Series) -> None:
    faults = []
    stray = sorted(set(named[codes < 0]))
    if stray:
        what = f"{len(stray)} entrances lead to no asset, for example {', '.join(stray[:3])}"
        faults.append(Fault(what=what, where="table ENTRANCES"))
    closed = to_ids[~np.isin(np.arange(len(to_ids)), codes)]
    if len(closed):
        what = f"{len(closed)} assets have no entrance, for example {', '.join(closed[:3])}"
        attempt = "an entrance at the asset's point"
        faults.append(Fault(what=what, where="table ENTRANCES", attempt=attempt))
    if faults:
        raise JoinError(faults)


def snaps_of(
    ends: Ends,
    *,
    snap_m: NDArray[np.float64] | None,
    state: NDArray[np.object_] | str,
) -> pd.DataFrame:
    """SNAPS of all origins, then all entrances, in the order of ``ends``."""
    count = len(ends.from_ids)
    total = count + len(ends.entrance_to)
    table = pd.DataFrame(
        {
            "role": np.repeat(["origin", "asset"], [count, total - count]),
            "point_id": ends.from_ids.append(ends.to_ids[ends.entrance_to]),
            "entrance": np.concatenate((np.zeros(count, np.int64), ends.entrance_number)),
            "snap_m": np.full(total, np.nan) if snap_m is None else snap_m,
            "state": state,
        }
    )
    return hold(table, SNAPS)
