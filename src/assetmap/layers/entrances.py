"""Where an asset is entered: its gates, not its middle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

STEP_M = 50.0


def entrances_of(
    shape: BaseGeometry,
    published: Sequence[BaseGeometry],
    paths: NDArray[np.object_] | None = None,
) -> tuple[str, list[BaseGeometry]]:
    """The basis of an asset's entrances and the points, in order of their coordinates.

    ``published`` where there are any; else, for ground, where paths cross the edge (*path
    crossing*); else points every 50 m at most along the outer edge (*boundary*). A place without
    ground is entered at itself (*point*). The middle of a green space is never an entrance.
    Points within the same metre count once.
    """
    if published:
        return "published", _distinct(published)
    if shape.area <= 0:
        return "point", [shape.representative_point()]
    crossings = [] if paths is None else _distinct(_crossings(shape, paths))
    if crossings:
        return "path crossing", crossings
    return "boundary", _distinct(_along(shape))


def _crossings(shape: BaseGeometry, paths: NDArray[np.object_]) -> Iterable[BaseGeometry]:
    """Where paths meet the outer edge; a path that runs along it counts at its middle."""
    edge = shapely.union_all([part.exterior for part in _polygons(shape)])
    for met in shapely.get_parts(shapely.intersection(edge, paths)):
        for part in shapely.get_parts(met):
            if not part.is_empty:
                yield part if part.geom_type == "Point" else part.interpolate(0.5, normalized=True)


def _along(shape: BaseGeometry) -> Iterable[BaseGeometry]:
    for part in _polygons(shape):
        ring = part.exterior
        count = max(1, math.ceil(ring.length / STEP_M))
        yield from (ring.interpolate(number / count, normalized=True) for number in range(count))


def _polygons(shape: BaseGeometry) -> Iterable[Any]:
    return (part for part in shapely.get_parts(shape) if part.geom_type == "Polygon")


def _distinct(points: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Points in order of their coordinates, one for each metre."""
    ordered = sorted(points, key=lambda point: (point.x, point.y))
    seen = {(round(point.x), round(point.y)): point for point in reversed(ordered)}
    return sorted(seen.values(), key=lambda point: (point.x, point.y))
