"""Tidal water as a barrier: the gap between clipped boundaries, and the way around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from assetmap.network.kernels.crossing import crossed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WIDEST_M = 800.0
NARROWEST_M = 30.0
SMALLEST_M2 = 20_000.0
MOST_OF_EDGE = 0.25
CORNER_M = 40.0
STANDOFF_M = 6.0
WADED_M = 12.0


class Crossing(NamedTuple):
    """A bridge or tunnel: its two ends in the study's CRS, and what it is called."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]


class Water(NamedTuple):
    """Water that lines may not cross, and the points by which they go round it.

    ``shape`` is the water, ``barrier`` the same less a few metres along its banks; ``between_m``
    the shortest ways over land and crossings between ``corners``, infinite where there is none.
    """

    shape: BaseGeometry
    barrier: BaseGeometry
    corners: NDArray[np.float64]
    between_m: NDArray[np.float64]


def water_between(land: BaseGeometry) -> BaseGeometry:
    """The water between the banks of clipped boundaries: rivers and docks, not the open sea.

    The gaps that close when the land is widened by half of 800 m, wider than 30 m and larger than
    two hectares. A notch in the outer edge of the land is no river: a gap more than a quarter of
    whose edge faces outward is left out.
    """
    closed = land.buffer(WIDEST_M / 2, quad_segs=4).buffer(-WIDEST_M / 2, quad_segs=4)
    gaps = closed.difference(land).buffer(-NARROWEST_M / 2).buffer(NARROWEST_M / 2)
    outside = closed.boundary.buffer(NARROWEST_M)
    kept = [
        part
        for part in shapely.get_parts(gaps)
        if part.area >= SMALLEST_M2
        and part.boundary.intersection(outside).length <= MOST_OF_EDGE * part.length
    ]
    return shapely.union_all(kept)


def build_water(water: BaseGeometry, crossings: Sequence[Crossing]) -> Water:
    """The barrier and the shortest ways around and across it.

    Between two corners in sight of each other the way is straight; a crossing joins its two ends
    by its own length. Corners are those of the water, simplified to 40 m, a little inland.
    """
    simple = shapely.simplify(water, CORNER_M)
    barrier = simple.buffer(-WADED_M)
    bank = simple.buffer(STANDOFF_M, join_style="mitre", mitre_limit=2)
    ends = np.array([end for one in crossings for end in (one.start, one.end)]).reshape(-1, 2)
    corners = np.vstack([ends, np.unique(shapely.get_coordinates(bank).round(1), axis=0)])
    first, second = np.triu_indices(len(corners), k=1)
    joined = _pairs_of_ends(len(crossings), len(corners), first, second)
    clear = ~blocked(corners[first], corners[second], barrier) | joined
    length = np.hypot(*(corners[first[clear]] - corners[second[clear]]).T)
    graph = coo_array(
        (length + 1e-9, (first[clear], second[clear])), shape=(len(corners), len(corners))
    )
    between: NDArray[np.float64] = dijkstra(graph.tocsr(), directed=False)
    return Water(simple, barrier, corners, between)


def blocked(
    start: NDArray[np.float64], end: NDArray[np.float64], barrier: BaseGeometry
) -> NDArray[np.bool_]:
    """Whether each straight line from a start to an end meets the edge of the barrier."""
    return crossed(start, end, _walls(barrier))


def ashore(points: NDArray[np.float64], water: Water) -> NDArray[np.float64]:
    """The points, those that stand in the water (on a bridge, a pier) moved to the nearest bank."""
    places = shapely.points(points)
    wet = np.flatnonzero(shapely.intersects(places, water.shape))
    moved = points.copy()
    if len(wet):
        banks = shapely.shortest_line(places[wet], water.shape.boundary)
        moved[wet] = shapely.get_coordinates(shapely.get_point(banks, 1))
    return moved


def _walls(barrier: BaseGeometry) -> NDArray[np.float64]:
    """Every straight piece of the barrier's edge, as x, y, x, y."""
    rings = shapely.get_parts(shapely.boundary(shapely.get_parts(barrier)))
    lines = shapely.get_parts(rings)
    xy, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    walls: NDArray[np.float64] = np.hstack([xy[:-1][same], xy[1:][same]])
    return walls


def _pairs_of_ends(
    crossings: int, corners: int, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which pairs of corners are the two ends of one crossing."""
    del corners
    whole: NDArray[np.bool_] = (first % 2 == 0) & (second == first + 1) & (second < 2 * crossings)
    return whole
