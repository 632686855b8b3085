"""Travel costs where no streets are loaded: straight lines, lengthened, that do not cross water."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from assetmap.frames import table_of
from assetmap.frames.costs import hold_costs
from assetmap.frames.prepared import SNAPS
from assetmap.network.keep import Keep, kept_pairs
from assetmap.network.water import ashore, blocked
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.network.water import Water

WALK_M_MIN = 80.0
BLOCK_PAIRS = 2_000_000


class Lines(NamedTuple):
    """Straight lines between origins and entrances: codes of both, and metres."""

    origin: NDArray[np.int64]
    entrance: NDArray[np.int64]
    metres: NDArray[np.float64]


def route_straight(
    origins: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    assets: pd.DataFrame,
    *,
    water: Water | None = None,
    detour: float = 1.3,
    keep: Keep,
) -> Told[tuple[pd.DataFrame, pd.DataFrame]]:
    """COSTS and SNAPS along straight lines: ``metres x detour / 80``, least over the entrances.

    Where a line meets water, the way leads over land and the crossings of ``water``; where there
    is none, the pair has no row. ``keep`` says which pairs are kept
    (:func:`assetmap.network.keep.kept_pairs`).

    Parameters
    ----------
    water
        From :func:`assetmap.network.water.build_water`; None where nothing bars the way.
    detour
        How much longer a walk is than the line; 1.3 is usual in dense grids.

    References
    ----------
    STANDARDS 1.8; Apparicio et al. 2008, Int J Health Geogr 7:7, on straight lines against
    streets.
    """
    starts = _xy(origins) if water is None else ashore(_xy(origins), water)
    ends = _xy(entrances) if water is None else ashore(_xy(entrances), water)
    reach_m = keep.cut_off_min * WALK_M_MIN / detour
    lines = _lines(starts, ends, reach_m)
    from_ids = pd.Index(sorted(origins["from_id"]), dtype="str")
    to_ids = pd.Index(sorted(assets["to_id"]), dtype="str")
    if water is not None:
        lines = _around(lines, starts, ends, water, reach_m=reach_m)
    pairs = kept_pairs(
        from_ids.get_indexer(origins["from_id"])[lines.origin],
        to_ids.get_indexer(entrances["to_id"])[lines.entrance],
        (lines.metres * detour / WALK_M_MIN).astype(np.float32),
        categories=assets.set_index("to_id")["category"].reindex(to_ids),
        keep=keep,
    )
    costs = hold_costs(
        from_ids,
        to_ids,
        from_codes=pairs.from_code,
        to_codes=pairs.to_code,
        cost_min=pairs.cost_min,
    )
    people = float(origins["people"].sum())
    text = (
        f"Distances are estimates: straight lines made {detour:g} times longer, not walks on real "
        "streets. Read every time as 'about'."
    )
    caution = Caution(code="straight_lines", about="route", text=text, people=people)
    return Told((costs, _snaps(origins, entrances)), (caution,))


def _lines(starts: NDArray[np.float64], ends: NDArray[np.float64], reach_m: float) -> Lines:
    if not len(starts) or not len(ends):
        none = np.empty(0, np.int64)
        return Lines(none, none, np.empty(0))
    found = cKDTree(starts).sparse_distance_matrix(cKDTree(ends), reach_m, output_type="ndarray")
    return Lines(found["i"].astype(np.int64), found["j"].astype(np.int64), found["v"])


def _around(
    lines: Lines,
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    water: Water,
    *,
    reach_m: float,
) -> Lines:
    """The lines, those that meet water replaced by the way around it, or left out."""
    barred = np.concatenate(
        [
            blocked(starts[lines.origin[at]], ends[lines.entrance[at]], water.barrier)
            for at in _blocks(len(lines.origin))
        ]
        or [np.empty(0, bool)]
    )
    metres = lines.metres.copy()
    metres[barred] = _detoured(
        lines.origin[barred], lines.entrance[barred], starts, ends, water=water, reach_m=reach_m
    )
    kept = metres <= reach_m
    return Lines(lines.origin[kept], lines.entrance[kept], metres[kept])


def _detoured(
    origin: NDArray[np.int64],
    entrance: NDArray[np.int64],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    *,
    water: Water,
    reach_m: float,
) -> NDArray[np.float64]:
    """Metres over land and crossings: by the corners that both ends see, infinite if none."""
    out = _sight(starts, np.unique(origin), water, reach_m)
    back = _sight(ends, np.unique(entrance), water, reach_m)
    by_entrance = np.argsort(entrance, kind="stable")
    metres = np.full(len(origin), np.inf)
    cuts = np.flatnonzero(np.diff(entrance[by_entrance])) + 1
    for rows in np.split(by_entrance, cuts):
        if not len(rows):
            continue
        seen = back[entrance[rows[0]]]
        corners = np.flatnonzero(np.isfinite(seen))
        if len(corners):
            last = water.between_m[:, corners] + seen[corners]
            best = last.min(axis=1)
            metres[rows] = (out[origin[rows]] + best).min(axis=1)
    return metres


def _sight(
    points: NDArray[np.float64], rows: NDArray[np.int64], water: Water, reach_m: float
) -> NDArray[np.float64]:
    """Metres from each of these points to each corner in sight; infinite where it is not."""
    metres = np.full((len(points), len(water.corners)), np.inf)
    if not len(rows):
        return metres
    found = _lines(points[rows], water.corners, reach_m)
    origin = rows[found.origin]
    clear = np.concatenate(
        [
            ~blocked(points[origin[at]], water.corners[found.entrance[at]], water.barrier)
            for at in _blocks(len(origin))
        ]
        or [np.empty(0, bool)]
    )
    metres[origin[clear], found.entrance[clear]] = found.metres[clear]
    return metres


def _blocks(size: int) -> list[slice]:
    return [slice(at, at + BLOCK_PAIRS) for at in range(0, size, BLOCK_PAIRS)]


def _xy(table: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return np.column_stack([table.geometry.x, table.geometry.y])


def _snaps(origins: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame) -> pd.DataFrame:
    size = len(origins) + len(entrances)
    return table_of(
        SNAPS,
        {
            "role": ["origin"] * len(origins) + ["asset"] * len(entrances),
            "point_id": [*origins["from_id"], *entrances["to_id"]],
            "entrance": [0] * len(origins) + list(entrances["entrance"]),
            "snap_m": [None] * size,
            "state": ["straight line"] * size,
        },
    )
