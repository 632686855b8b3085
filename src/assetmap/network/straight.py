"""Costs where no streets are loaded: straight lines times a detour, and round water."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.frames.costs import hold_costs
from assetmap.network.keep import Keep, Pairs, joined, least, nearest_kept
from assetmap.network.meet import ends_of, snaps_of
from assetmap.network.shore import Shore
from assetmap.network.water import Water
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from scipy.spatial import cKDTree

    from assetmap.network.meet import Ends

PACE_M_MIN = 80.0
"""PTAL's and the DfT's walking pace (Transport for London, Assessing transport connectivity in
London, 2015)."""
ROWS = 4096
EXACT_MIN = 0.01
"""Rings end on multiples of this, well above the decimals of COSTS."""
SLACK_M = 0.01
"""Looked for beyond the cut-off, since what rounds to it is within it."""


@dataclass(frozen=True, kw_only=True)
class Crow:
    """How a straight line becomes a walk.

    Attributes
    ----------
    detour
        Walked length over straight length; 1.3 where nothing better is known.
    pace_m_min
        Metres walked in a minute.
    water
        What a straight line does not cross, and where it may.
    """

    detour: float = 1.3
    pace_m_min: float = PACE_M_MIN
    water: Water = field(default_factory=Water)

    def __post_init__(self) -> None:
        """Refuse a detour shorter than a straight line and a pace of nothing.

        Raises
        ------
        MethodError
            For either.
        """
        if not (self.detour >= 1 and self.pace_m_min > 0 and np.isfinite(self.detour)):
            what = f"detour {self.detour}, pace {self.pace_m_min} m/min"
            raise MethodError(Fault(what=what, attempt="a detour of 1 or more, a pace above 0"))

    @property
    def m_min(self) -> float:
        """Metres of straight line covered in a minute."""
        return self.pace_m_min / self.detour


def route_straight(
    origins: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    assets: pd.DataFrame,
    *,
    crow: Crow,
    keep: Keep,
) -> Told[tuple[pd.DataFrame, pd.DataFrame]]:
    """COSTS and SNAPS by straight line, an estimate.

    ``cost = min over entrances(length) x detour / pace``; the length is that of the straight line
    where it is dry, else of the least way over land and the water's crossings (within 5 m of the
    published bank). Origins (ORIGINS) and assets (ASSETS, entered by ENTRANCES) beyond the
    cut-off of each other, or without a way over land, have no row; so have pairs that ``keep``
    does not ask for. An origin on an asset costs 0. Ties with the last one kept are kept.

    Raises
    ------
    JoinError
        For assets without an entrance, and entrances of unknown assets.

    References
    ----------
    Apparicio, P. et al. (2008), Comparing alternative approaches to measuring the geographical
    accessibility of urban health services, doi:10.1186/1476-072X-7-7.
    """
    ends = ends_of(origins, entrances, assets)
    shore = Shore(crow.water, reach_m=keep.cut_off_min * crow.m_min + SLACK_M)
    lines = _Lines(ends, shore, crow=crow)
    found = [
        _of_category(lines, rows, keep=keep, within_min=keep.within(category))
        for category, rows in ends.of_category()
        if category not in keep.unasked
    ]
    pairs = joined(found)
    costs = hold_costs(
        ends.from_ids,
        ends.to_ids,
        from_codes=pairs.from_code,
        to_codes=pairs.to_code,
        cost_min=pairs.cost_min.astype(np.float32),
    )
    snaps = snaps_of(ends, snap_m=None, state="straight line")
    return Told((costs, snaps), _cautions(ends, crow, shore))


class _Lines:
    """The straight lines between origins and entrances, ready to be asked for their costs."""

    def __init__(self, ends: Ends, shore: Shore, *, crow: Crow) -> None:
        self.ends, self.shore, self.crow = ends, shore, crow
        self.a, self._a_off = shore.ashore(ends.origin_xy)
        self.b, self._b_off = shore.ashore(ends.entrance_xy)

    def costs(self, origin: NDArray[np.int64], entrance: NDArray[np.int64]) -> Pairs:
        """The least cost of each pair of origin and asset among these, in minutes."""
        ends_xy = self.a[origin], self.b[entrance]
        off = self._a_off[origin] + self._b_off[entrance]
        length = np.hypot(*(ends_xy[0] - ends_xy[1]).T) + off
        wet = self._wet(origin, entrance, length)
        rows = np.flatnonzero(wet)
        if len(rows):
            both = np.column_stack((origin[rows], entrance[rows]))
            length[rows] = self.shore.round(*self._sights, pairs=both) + off[rows]
        dry = np.isfinite(length)
        to = self.ends.entrance_to[entrance[dry]]
        return least(Pairs(origin[dry].astype(np.int32), to, length[dry] / self.crow.m_min))

    @cached_property
    def _sights(self) -> tuple[csr_matrix, csr_matrix]:
        return self.shore.sight(self.a), self.shore.sight(self.b)

    def _wet(
        self, origin: NDArray[np.int64], entrance: NDArray[np.int64], length: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """True where a line is wet; a pair whose shortest line is dry asks no other."""
        wet = np.zeros(len(length), dtype=bool)
        if self.shore.dry or not len(length):
            return wet
        asset = self.ends.entrance_to[entrance]
        order = np.lexsort((length, asset, origin))
        new = np.ones(len(order), dtype=bool)
        new[1:] = (np.diff(origin[order]) != 0) | (np.diff(asset[order]) != 0)
        first = order[new]
        wet[first] = self.shore.wet(self.a[origin[first]], self.b[entrance[first]])
        others = order[~new & wet[first][np.cumsum(new) - 1]]
        wet[others] = self.shore.wet(self.a[origin[others]], self.b[entrance[others]])
        return wet


def _of_category(lines: _Lines, rows: NDArray[np.int64], *, keep: Keep, within_min: float) -> Pairs:
    """The kept pairs of one category, looked for in widening rings round the origins.

    No way is shorter than the straight line: once an origin has as many assets as are kept within
    the ring, none outside it can be nearer.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415 - a sixth of a second, only without streets

    tree = cKDTree(lines.b[rows])
    left = np.arange(len(lines.a))
    ring_min = _first_ring(lines, tree, keep=keep, within_min=within_min)
    parts = []
    while len(left):
        missed = [np.zeros(0, np.int64)]
        for at in range(0, len(left), ROWS):
            batch = left[at : at + ROWS]
            found = _in_ring(lines, tree, rows=rows, batch=batch, ring_min=ring_min[batch])
            kept = nearest_kept(found, keep=keep, within_min=within_min)
            inside = kept.from_code[kept.cost_min <= ring_min[kept.from_code]]
            done = np.bincount(inside, minlength=len(lines.a))[batch] >= keep.nearest
            done |= ring_min[batch] >= keep.cut_off_min
            parts.append(kept.at(np.isin(kept.from_code, batch[done])))
            missed.append(batch[~done])
        left = np.concatenate(missed)
        ring_min = np.minimum(2 * ring_min, keep.cut_off_min)
    return joined(parts)


def _first_ring(
    lines: _Lines, tree: cKDTree, *, keep: Keep, within_min: float
) -> NDArray[np.float64]:
    """How far is looked first round each origin, in minutes.

    Where there is no water, to as many entrances as assets are kept: some assets have several,
    and need a wider ring.
    """
    least = min(max(within_min, keep.cut_off_min / 8), keep.cut_off_min)
    ring_min = np.full(len(lines.a), least)
    if not lines.shore.dry or within_min or not tree.n:
        return ring_min
    metres, _ = tree.query(lines.a, k=[min(keep.nearest, tree.n)])
    far_min = np.ceil(metres[:, 0] / lines.crow.m_min / EXACT_MIN) * EXACT_MIN
    first: NDArray[np.float64] = np.clip(far_min, EXACT_MIN, keep.cut_off_min)
    return first


def _in_ring(
    lines: _Lines,
    tree: cKDTree,
    *,
    rows: NDArray[np.int64],
    batch: NDArray[np.int64],
    ring_min: NDArray[np.float64],
) -> Pairs:
    reach_m = ring_min * lines.crow.m_min + SLACK_M
    near = tree.query_ball_point(lines.a[batch], reach_m, return_sorted=True)
    counts = np.fromiter((len(found) for found in near), np.int64, len(near))
    entrance = rows[np.fromiter(chain.from_iterable(near), np.int64, int(counts.sum()))]
    return lines.costs(np.repeat(batch, counts), entrance)


def _cautions(ends: Ends, crow: Crow, shore: Shore) -> tuple[Caution, ...]:
    """That these are estimates for how many people, and which crossings cross nothing."""
    text = (
        f"No street map is loaded here: distances are straight lines times {crow.detour:g}, an "
        "estimate. A real walk may be longer."
    )
    count, people = len(ends.from_ids), float(ends.people.sum())
    told = [Caution(code="straight_line", about="route", text=text, count=count, people=people)]
    idle = shore.idle(crow.water)
    if idle:
        text = f"These crossings cross no water that was found: {', '.join(idle)}."
        told.append(Caution(code="crossing_idle", about="route", text=text, count=len(idle)))
    return tuple(told)
