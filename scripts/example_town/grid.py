"""The net of streets: a bent grid, thinned by district, that stops at water, rails and parks."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from example_town.draws import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_town.plan import XY, Plan, Row

Knot = tuple[int, int]
Link = tuple[Knot, Knot]


@dataclass
class Grid:
    """Knots with their places, and the links kept between them: the road of each, or its kind."""

    knots: dict[Knot, XY]
    links: dict[Link, Row] = field(default_factory=dict)

    def line(self, link: Link) -> LineString:
        """The link as a line."""
        return LineString([self.knots[link[0]], self.knots[link[1]]])


def build_grid(plan: Plan) -> Grid:
    """Knots on open ground; main roads first, then a tree that joins all, then chosen links."""
    grid = Grid(dict(_knots(plan)))
    head = {knot: knot for knot in grid.knots}
    for link, road in _main_links(plan, grid):
        grid.links[link] = road
        head[_top(head, link[0])] = _top(head, link[1])
    for link in sorted(_side_links(plan, grid), key=lambda one: draw("order", one)):
        tops = _top(head, link[0]), _top(head, link[1])
        style = plan.given["style"][plan.area_near(grid.knots[link[0]])["style"]]
        if tops[0] != tops[1] or draw("street", link) < style["links"]:
            grid.links[link] = {"highway": "residential"}
        elif draw("path", link) < style["cut_throughs"]:
            grid.links[link] = {"highway": "footway"}
        head[tops[0]] = tops[1]
    return _largest_part(grid, head)


def _knots(plan: Plan) -> Iterator[tuple[Knot, XY]]:
    size = plan.given["grid"]
    for i in range(size["columns"]):
        for j in range(size["rows"]):
            x, y = i * size["column_m"] - 20, j * size["row_m"] - 20
            bent = (
                x + 46 * math.sin(y / 330 + 0.6) + 26 * (draw("x", i, j) - 0.5),
                y + 40 * math.sin(x / 390) + 24 * (draw("y", i, j) - 0.5),
            )
            place = round(bent[0], 1), round(bent[1], 1)
            point = Point(place)
            if plan.ground.contains(point) and not plan.closed_ground.intersects(point):
                yield (i, j), place


def _main_links(plan: Plan, grid: Grid) -> Iterator[tuple[Link, Row]]:
    size = plan.given["grid"]
    for road in plan.given["road"]:
        across = 1 if "row" in road else 0
        step = size["row_m"] if across else size["column_m"]
        at = round((road.get("row", road.get("column")) + 20) / step)
        first, last = road["span"]
        along = [
            knot
            for knot in sorted(grid.knots)
            if knot[across] == at and first <= grid.knots[knot][1 - across] <= last
        ]
        for link in itertools.pairwise(along):
            if _open(plan, grid.line(link), road.get("over", "nothing")):
                yield link, road


def _side_links(plan: Plan, grid: Grid) -> Iterator[Link]:
    for i, j in sorted(grid.knots):
        for other in ((i + 1, j), (i, j + 1)):
            link = ((i, j), other)
            if other in grid.knots and link not in grid.links and _open(plan, grid.line(link), ""):
                yield link


def _open(plan: Plan, line: LineString, over: str) -> bool:
    barriers = {"river": plan.water, "rail": plan.rail, "parks": plan.greens}
    return not any(line.intersects(shape) for name, shape in barriers.items() if name != over)


def _top(head: dict[Knot, Knot], knot: Knot) -> Knot:
    while head[knot] != knot:
        head[knot] = head[head[knot]]
        knot = head[knot]
    return knot


def _largest_part(grid: Grid, head: dict[Knot, Knot]) -> Grid:
    parts: dict[Knot, int] = {}
    for knot in grid.knots:
        parts[_top(head, knot)] = parts.get(_top(head, knot), 0) + 1
    main = max(sorted(parts), key=lambda top: parts[top])
    knots = {knot: xy for knot, xy in grid.knots.items() if _top(head, knot) == main}
    return Grid(knots, {link: road for link, road in grid.links.items() if link[0] in knots})
