"""Buildings along the streets: long terraces, houses in pairs, blocks of flats."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from shapely import STRtree
from shapely.geometry import Polygon

from example_town.draws import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from shapely.geometry import Point

    from example_town.grid import Grid
    from example_town.osm import Drawer
    from example_town.plan import XY, Plan, Row

FROM_STREET_M = 13
CLEAR_M = 6


class Building(NamedTuple):
    """A building's outline, and whether people live in it."""

    outline: Polygon
    home: bool
    kind: str


def draw_buildings(plan: Plan, grid: Grid, drawer: Drawer) -> list[Building]:
    """Buildings on both sides of every street, clear of water, rails, parks and building sites."""
    lines = [grid.line(link) for link in grid.links]
    tree, built = STRtree(lines), []
    for link, road in grid.links.items():
        if road["highway"] == "footway":
            continue
        for building in _beside(plan, grid.knots[link[0]], grid.knots[link[1]]):
            ground = building.outline.buffer(CLEAR_M)
            taken = len(tree.query(ground, predicate="intersects")) > 0
            barred = plan.closed_ground.intersects(building.outline)
            if not taken and not barred and not plan.sites.intersects(building.outline):
                built.append(building)
    for building in built:
        corners = list(building.outline.exterior.coords)[:-1]
        drawer.ring(corners, {"building": building.kind})
    return built


def _beside(plan: Plan, start: XY, end: XY) -> Iterator[Building]:
    style = plan.given["style"][plan.area_near(start)["style"]]
    for side in (-1, 1):
        for number in range(style["per_side"]):
            share = (number + 1) / (style["per_side"] + 1)
            outline = _outline(start, end, side * FROM_STREET_M, share, style)
            home = draw("use", start, end, side, number) >= style["other_use"]
            yield Building(outline, home, style["building"] if home else "retail")


def _outline(start: XY, end: XY, off: float, share: float, style: Row) -> Polygon:
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    half, deep = min(style["length_m"], length / 2) / 2, style["depth_m"] / 2
    middle = (
        start[0] + share * (end[0] - start[0]) - off * along[1],
        start[1] + share * (end[1] - start[1]) + off * along[0],
    )
    corners = [(-half, -deep), (half, -deep), (half, deep), (-half, deep)]
    return Polygon(
        [
            (
                round(middle[0] + a * along[0] - b * along[1], 1),
                round(middle[1] + a * along[1] + b * along[0], 1),
            )
            for a, b in corners
        ]
    )


def homes_by_area(built: list[Building], shapes: gpd.GeoSeries) -> dict[str, list[Point]]:
    """The middles of the homes in each area."""
    homes = [building.outline.centroid for building in built if building.home]
    tree = STRtree(homes)
    found = {code: tree.query(shape, predicate="contains") for code, shape in shapes.items()}
    return {code: [homes[n] for n in sorted(inside)] for code, inside in found.items()}
