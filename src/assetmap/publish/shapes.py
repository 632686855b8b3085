"""Shapes made light for a page: fewer corners, shared borders kept shared, few decimals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DECIMALS = 5
"""Of a degree: about a metre, finer than a page can draw."""

TOLERANCES_M = (
    5.0, 10.0, 20.0, 30.0, 50.0, 80.0, 120.0, 200.0, 400.0, 800.0, 1_200.0, 1_600.0, 2_400.0,
)  # fmt: skip
LONLAT = "EPSG:4326"
MOST_BACKDROP = 6_000
"""Corners of one kind of background, as many as a page can carry."""


class OnMap(Protocol):
    """What a map draws in one of its classes: a neighbourhood, or an authority of a country."""

    @property
    def key(self) -> str:
        """A name made for the page."""

    @property
    def area_id(self) -> str:
        """Its published code."""

    @property
    def place(self) -> str:
        """What it is called."""

    @property
    def code(self) -> int:
        """The number of its result, if it has one of its own."""

    @property
    def short(self) -> str:
        """The words of its result, if it has one of its own."""


def light_areas(shapes: gpd.GeoSeries, *, most_points: int) -> gpd.GeoSeries:
    """The shapes with at most so many corners, without gaps between neighbours.

    The first tolerance that fits is used (Visvalingam and Whyatt 1993, on the coverage as a
    whole); the coarsest where none does. A shape that would vanish is kept as it is.
    """
    whole = shapely.force_2d(shapes.to_numpy())
    found = whole
    for tolerance in TOLERANCES_M:
        found = shapely.coverage_simplify(whole, tolerance)
        if shapely.get_num_coordinates(found).sum() <= most_points:
            break
    kept = np.where(shapely.is_empty(found), whole, found)
    return gpd.GeoSeries(kept, index=shapes.index, crs=shapes.crs)


def light_context(shapes: gpd.GeoSeries, *, tolerance_m: float) -> gpd.GeoSeries:
    """Background shapes, simplified one by one; what becomes empty is left out."""
    simple = shapes.simplify(tolerance_m, preserve_topology=True)
    return simple[~(simple.is_empty | simple.isna())]


def light_backdrop(
    shapes: gpd.GeoSeries, *, least_m: float, most_points: int = MOST_BACKDROP
) -> gpd.GeoSeries:
    """Background of at most so many corners; parts that would be smaller than a dot are left out.

    The first tolerance from ``least_m`` on that fits is used, the coarsest where none does.
    """
    parts = shapes.explode(index_parts=False)
    for tolerance in (least_m, *(step for step in TOLERANCES_M if step > least_m)):
        seen = parts[((parts.length > 2 * tolerance) & (parts.geom_type != "Point")).to_numpy()]
        found = light_context(seen, tolerance_m=tolerance)
        if shapely.get_num_coordinates(found.to_numpy()).sum() <= most_points:
            break
    return found


def lonlat(shapes: gpd.GeoSeries, *, decimals: int = DECIMALS) -> gpd.GeoSeries:
    """The shapes in degrees, rounded; one conversion, at this door."""
    turned = shapes.to_crs(LONLAT)
    rounded = shapely.transform(turned.to_numpy(), lambda xy: np.round(xy, decimals))
    return gpd.GeoSeries(rounded, index=shapes.index, crs=LONLAT)


def feature(shape: Any, **properties: object) -> dict[str, object]:  # noqa: ANN401 - shapely's
    """A GeoJSON feature (RFC 7946: outer rings run anticlockwise)."""
    wound = shapely.orient_polygons(shape) if shape.geom_type.endswith("Polygon") else shape
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(wound),
    }


@dataclass(frozen=True)
class Frame:
    """How a place fits a drawing so wide: metres to the drawing's own units, north up."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, bounds: Iterable[float], *, width: int, margin: float = 0.03) -> Frame:
        """The frame around bounds (west, south, east, north) with a margin."""
        west, south, east, north = bounds
        wide, high = max(east - west, 1.0), max(north - south, 1.0)
        pad = margin * max(wide, high)
        scale = width / (wide + 2 * pad)
        height = round((high + 2 * pad) * scale)
        return cls(west - pad, north + pad, scale, width, height)

    def path(self, shape: Any) -> str:  # noqa: ANN401 - shapely's
        """The shape as SVG path data, in tenths of the drawing's units."""
        if shape.geom_type.endswith("Polygon"):
            return self.outlines([shape])[0]
        return "".join(self._lines(shapely.get_parts(shape), close=False))

    def outlines(self, polygons: Sequence[Any]) -> list[str]:
        """Each of these polygons, of one part or several, as SVG path data, all at once."""
        parts, polygon = shapely.get_parts(polygons, return_index=True)
        rings, part = shapely.get_rings(parts, return_index=True)
        found = [""] * len(polygons)
        for at, line in zip(polygon[part].tolist(), self._lines(rings, close=True), strict=True):
            found[at] += line
        return found

    def point(self, shape: Any) -> tuple[float, float]:  # noqa: ANN401 - shapely's
        """Where a point falls in the drawing."""
        return round((shape.x - self.west) * self.scale, 1), round(
            (self.north - shape.y) * self.scale, 1
        )

    def _lines(self, lines: Any, *, close: bool) -> list[str]:  # noqa: ANN401 - shapely's
        """The moves along each line; nothing of one that is too small to be seen."""
        metres, of = shapely.get_coordinates(lines, return_index=True)
        tenths = np.empty(metres.shape, dtype=int)
        tenths[:, 0] = np.round((metres[:, 0] - self.west) * self.scale * 10)
        tenths[:, 1] = np.round((self.north - metres[:, 1]) * self.scale * 10)
        moves = np.diff(tenths, axis=0)
        seen = (moves != 0).any(axis=1) & (of[1:] == of[:-1])
        steps = [f"{dx}{dy} " if dy < 0 else f"{dx} {dy} " for dx, dy in moves[seen].tolist()]
        ends = np.cumsum(np.bincount(of[1:][seen], minlength=len(lines))).tolist()
        drawn = []
        for line, (begin, end) in enumerate(pairwise([0, *ends])):
            last = max(end - 1, begin) if close else end  # z draws the last side
            moved = "".join(steps[begin:last]).rstrip()
            x, y = tenths[np.searchsorted(of, line)] if moved else (0, 0)
            drawn.append(f"M{x} {y}l{moved}{'z' if close else ''}" if moved else "")
        return drawn
