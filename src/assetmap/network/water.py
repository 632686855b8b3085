"""Water that nobody walks across: found between clipped boundaries, and the ways over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import shapely
from shapely import LineString, MultiPolygon

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EDGE_SHARE = 0.4
"""A gap with more of its outline than this on the ground's edge is not between land."""
TOUCH_M = 1.0


class Crossing(NamedTuple):
    """A bridge or tunnel that walkers use: its name, and its line from bank to bank."""

    name: str
    line: LineString


@dataclass(frozen=True, kw_only=True)
class Water:
    """Water in the way of a straight line, and where it may be crossed.

    Attributes
    ----------
    shape
        Polygons, in the study's CRS; empty where there is no water to heed.
    open_ends
        Lines where the loaded ground ends and the water goes on: nobody walks round them.
    crossings
        Bridges and tunnels for walkers.
    """

    shape: BaseGeometry = field(default_factory=MultiPolygon)
    open_ends: BaseGeometry = field(default_factory=LineString)
    crossings: tuple[Crossing, ...] = ()


def water_between(
    land: BaseGeometry,
    *,
    ground: BaseGeometry,
    crossings: tuple[Crossing, ...] = (),
    widest_m: float = 1200,
    narrowest_m: float = 30,
) -> Water:
    """The water between the land of boundaries that are clipped to the coast.

    Ground that no area covers, nearer than half of ``widest_m`` to land on both sides and wider
    than ``narrowest_m``. Left out: open sea beyond that, gaps smaller than a square of ten times
    ``narrowest_m``, and gaps that lie mostly along the edge of the ground, where nothing was
    loaded to be between. Ground without gaps has no water.

    Parameters
    ----------
    land
        The union of all loaded areas, the study's and those around it.
    ground
        Where areas were loaded without a hole: the study's areas and the edge around them.
    crossings
        Handed on with the water.
    widest_m, narrowest_m
        The widths of water that are looked for, in metres.
    """
    half = widest_m / 2
    between = land.buffer(half, quad_segs=4).buffer(-half, quad_segs=4)
    gaps = ground.intersection(between).difference(land)
    thin = narrowest_m / 2
    opened = gaps.buffer(-thin, quad_segs=4).buffer(thin, quad_segs=4)
    edge = ground.boundary.buffer(TOUCH_M)
    parts = [
        part
        for part in shapely.get_parts(opened)
        if part.area >= (10 * narrowest_m) ** 2
        and part.boundary.intersection(edge).length <= EDGE_SHARE * part.length
    ]
    shape = shapely.union_all(parts) if parts else MultiPolygon()
    banks = land.boundary.buffer(narrowest_m)
    return Water(
        shape=shape, open_ends=shape.boundary.difference(banks), crossings=tuple(crossings)
    )
