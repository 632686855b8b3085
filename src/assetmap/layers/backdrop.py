"""What a map is drawn on: green space, water and main roads around the study's own areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from assetmap.frames import hold
from assetmap.frames.backdrop import BACKDROP, KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

AROUND_M = 800.0
LEAST_GREEN_M2 = 5_000.0
"""Smaller green space cannot be seen on the map of a whole study."""
LINE, FLAT = 1, 2


def make_backdrop(
    areas: gpd.GeoDataFrame, green: gpd.GeoSeries, drawn: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """The BACKDROP within 800 m of the study's own areas; a kind that is not there has no row.

    Parameters
    ----------
    areas
        AREAS.
    green
        Green space as its sources list it; what is known by its outline is drawn, from half a
        hectare on, and points are not.
    drawn
        ``kind`` and ``geometry`` of roads, streams and water.
    """
    own = areas[areas["role"] == "study"].geometry.union_all()
    box = shapely.box(*own.buffer(AROUND_M).bounds)
    large = green[(green.area >= LEAST_GREEN_M2).to_numpy()]
    given = {"green": large} | {
        kind: drawn.geometry[(drawn["kind"] == kind).to_numpy()]
        for kind in KINDS
        if kind != "green"
    }
    found = {kind: _joined(shapes.to_numpy(), box) for kind, shapes in given.items()}
    kinds = [kind for kind in KINDS if not found[kind].is_empty]
    shapes = gpd.GeoSeries([found[kind] for kind in kinds], crs=areas.crs)
    table = gpd.GeoDataFrame({"kind": kinds}, geometry=shapes)
    return gpd.GeoDataFrame(hold(table, BACKDROP))


def _joined(shapes: NDArray[shapely.Geometry], box: shapely.Polygon) -> shapely.Geometry:
    """One shape of all that is within the box: polygons melt into one, lines stay lines."""
    cut = shapely.get_parts(shapely.intersection(shapes[shapely.intersects(shapes, box)], box))
    flat = shapely.union_all(cut[shapely.get_dimensions(cut) == FLAT])
    if not flat.is_empty:
        return shapely.multipolygons(_in_order(flat))
    lines = shapely.line_merge(shapely.union_all(cut[shapely.get_dimensions(cut) == LINE]))
    return shapely.multilinestrings(_in_order(lines))


def _in_order(shape: shapely.Geometry) -> NDArray[shapely.Geometry]:
    """The parts of a shape in an order that does not depend on how they came."""
    parts: NDArray[shapely.Geometry] = shapely.get_parts(shapely.normalize(shape))
    return parts
