"""Streets, bridges, steps and paths, as ways that share their nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from example_town.draws import draw, pick
from example_town.relief import height_m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_town.grid import Grid, Knot, Link
    from example_town.osm import Drawer, Tags
    from example_town.plan import XY, Plan, Row

ENDINGS = {
    "centre": ["Street", "Row", "Lane"],
    "terraces": ["Street", "Road", "Terrace"],
    "suburb": ["Avenue", "Drive", "Close"],
    "estate": ["Walk", "Way", "Court"],
}
LONGEST = 5
STEEP = 0.03


def draw_streets(plan: Plan, grid: Grid, drawer: Drawer) -> dict[Knot, int]:
    """All ways for walking, the river and the railway; back come the street nodes."""
    nodes = {knot: drawer.node(xy, **_crossing(grid, knot)) for knot, xy in grid.knots.items()}
    for chain in _chains(grid):
        drawer.way([nodes[knot] for knot in chain], _tags(plan, grid, chain))
    _footbridge(plan, grid, nodes, drawer)
    water = {"natural": "water", "water": "river", "name": "River Sallow"}
    drawer.ring(list(plan.water.exterior.coords)[:-1], water)
    _line(drawer, plan.given["river"], {"waterway": "river", "name": "River Sallow"})
    _line(drawer, plan.given["rail"], {"railway": "rail", "name": "Sallow Vale Line"})
    for line in plan.given["line"]:
        _line(drawer, line["points"], line["tags"])
    return nodes


def _line(drawer: Drawer, points: list[XY], tags: Tags) -> None:
    drawer.way([drawer.node(xy) for xy in points], tags)


def _chains(grid: Grid) -> Iterator[list[Knot]]:
    """Links end to end along a row or column, while they are of one kind, a few at a time."""
    for across in (0, 1):
        run: list[Knot] = []
        kind: Row = {}
        links = [link for link in grid.links if link[0][across] == link[1][across]]
        for link in sorted(links, key=lambda one: (one[0][across], one[0][1 - across])):
            road = grid.links[link]
            joined = bool(run) and run[-1] == link[0] and kind == road and "over" not in road
            if not joined or len(run) > LONGEST:
                if run:
                    yield run
                run = [link[0]]
            run.append(link[1])
            kind = road
        if run:
            yield run


def _tags(plan: Plan, grid: Grid, chain: list[Knot]) -> Tags:
    link: Link = (chain[0], chain[1])
    road, line = grid.links[link], grid.line(link)
    style = plan.area_near(grid.knots[chain[0]])["style"]
    tags = {"highway": road["highway"], **_slope(plan, grid, chain)}
    if "name" in road:
        tags |= {"name": road["name"], "sidewalk": "both", "surface": "asphalt", "lit": "yes"}
    elif road["highway"] == "residential":
        stem = pick(plan.given["street_stems"], "stem", style, chain[0][0] // 6, chain[0])
        tags |= {"name": f"{stem} {pick(ENDINGS[style], 'ending', chain[0])}", "surface": "asphalt"}
    else:
        tags |= _path(tags, chain)
    if line.crosses(plan.water) or line.crosses(plan.rail):
        tags |= {"bridge": "yes", "layer": "1"}
    if line.crosses(plan.water):
        tags["bridge:name"] = {"High Street": "Old Bridge"}.get(tags["name"], "Mill Bridge")
    return tags


def _path(tags: Tags, chain: list[Knot]) -> Tags:
    surface = pick(["paving_stones", "asphalt", "gravel", "dirt"], "surface", chain)
    if "incline" in tags:
        return {"highway": "steps", "step_count": "18", "surface": "concrete", "handrail": "yes"}
    known = {"wheelchair": pick(["yes", "limited", "no"], "wheelchair", chain)}
    return {"surface": surface, **(known if draw("told", chain) < 1 / 2 else {})}


def _slope(plan: Plan, grid: Grid, chain: list[Knot]) -> Tags:
    line = LineString([grid.knots[knot] for knot in chain])
    low, high = (float(height_m(plan, *grid.knots[knot])) for knot in (chain[0], chain[-1]))
    slope = (high - low) / line.length
    return {"incline": f"{round(100 * slope)}%"} if abs(slope) >= STEEP else {}


def _crossing(grid: Grid, knot: Knot) -> Tags:
    busy = any(road["highway"] == "secondary" for link, road in grid.links.items() if knot in link)
    if not busy or draw("crossing", knot) < 1 / 2:
        return {}
    kerb = pick(["lowered", "lowered", "flush", "raised"], "kerb", knot)
    return {"highway": "crossing", "crossing": "uncontrolled", "kerb": kerb}


def _footbridge(plan: Plan, grid: Grid, nodes: dict[Knot, int], drawer: Drawer) -> None:
    """The only way over the railway into the estate: up steps, across and down again."""
    x, y = plan.given["footbridge"]
    ends = []
    for side in (-1, 1):
        sides = [knot for knot in grid.knots if (grid.knots[knot][0] - x) * side > 0]
        near = min(sides, key=lambda knot: Point(grid.knots[knot]).distance(Point(x, y)))
        top, foot = (drawer.node((x + side * off, y)) for off in (9, 24))
        drawer.way([nodes[near], foot], {"highway": "footway", "surface": "asphalt"})
        steps = {"highway": "steps", "step_count": "31", "wheelchair": "no", "handrail": "yes"}
        drawer.way([foot, top], {**steps, "incline": "up"})
        ends.append(top)
    name = {"name": "Millbrook Footbridge", "bridge": "yes", "layer": "1", "wheelchair": "no"}
    drawer.way(ends, {"highway": "footway", **name})
