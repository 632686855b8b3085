"""Green space in the layers of OS Open Greenspace, and the same ground in OpenStreetMap."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import geopandas as gpd
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon, box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example_town.grid import Grid, Knot
    from example_town.osm import Drawer, Tags
    from example_town.plan import Plan, Row

CRS = "EPSG:27700"
OSM_TAGS: dict[str, Tags] = {
    "Public Park Or Garden": {"leisure": "park"},
    "Playing Field": {"landuse": "recreation_ground"},
    "Golf Course": {"leisure": "golf_course", "access": "members"},
    "Cemetery": {"landuse": "cemetery"},
    "Allotments Or Community Growing Spaces": {"landuse": "allotments"},
    "Play Space": {"leisure": "playground"},
}
FAR_M = 10_000
ON_EDGE_M = 1e-6


def greenspace_layers(plan: Plan) -> dict[str, gpd.GeoDataFrame]:
    """``greenspace_site`` and ``access_point``; one park is cut in two by a tile's edge."""
    sites, points = [], []
    for green in plan.given["green"]:
        for part, shape in enumerate(_parts(green)):
            site = _id("site", green["name"], part)
            names = {
                f"distinctive_name_{n}": green["name"] if n == 1 else None for n in range(1, 5)
            }
            shape_there = MultiPolygon([_moved(plan, shape)])
            sites.append({"id": site, "function": green["function"], **names, "g": shape_there})
            for number, gate in enumerate(_gates(green)):
                if shape.distance(gate) < ON_EDGE_M:
                    kind = _access(green, number)
                    place = _moved(plan, gate)
                    name = _id("gate", green["name"], number)
                    points.append(
                        {
                            "id": name,
                            "access_type": kind,
                            "ref_to_greenspace_site": site,
                            "g": place,
                        }
                    )
    return {
        "greenspace_site": gpd.GeoDataFrame(sites, geometry="g", crs=CRS),
        "access_point": gpd.GeoDataFrame(points, geometry="g", crs=CRS),
    }


def draw_greens(plan: Plan, grid: Grid, nodes: dict[Knot, int], drawer: Drawer) -> None:
    """Parks as ways (one with a pond, as a relation), and paths in through the gates."""
    for green in plan.given["green"]:
        tags = {**OSM_TAGS[green["function"]], "name": green["name"]}
        outer = drawer.ring(green["shape"], {} if "pond" in green else tags)
        if "pond" in green:
            inner = drawer.ring(green["pond"], {"natural": "water", "water": "pond"})
            members = [("w", outer, "outer"), ("w", inner, "inner")]
            drawer.relation(members, {"type": "multipolygon", **tags})
        middle = Polygon(green["shape"]).representative_point()
        heart = drawer.node((middle.x, middle.y))
        for gate in _gates(green):
            _path_in(grid, nodes, drawer, (gate, heart))


def _path_in(grid: Grid, nodes: dict[Knot, int], drawer: Drawer, ends: tuple[Point, int]) -> None:
    gate, heart = ends
    near = min(grid.knots, key=lambda knot: Point(grid.knots[knot]).distance(gate))
    door = drawer.node((gate.x, gate.y), barrier="gate", wheelchair="yes")
    drawer.way([nodes[near], door, heart], {"highway": "footway", "surface": "compacted"})


def _parts(green: Row) -> Iterator[Polygon]:
    whole, cut = Polygon(green["shape"]), green.get("split_at")
    if cut is None:
        yield whole
    else:
        yield whole.intersection(box(-FAR_M, -FAR_M, cut, FAR_M))
        yield whole.intersection(box(cut, -FAR_M, FAR_M, FAR_M))


def _gates(green: Row) -> list[Point]:
    edge = Polygon(green["shape"]).exterior
    return [edge.interpolate(edge.project(Point(gate))) for gate in green["gates"]]


def _access(green: Row, number: int) -> str:
    if green["function"] == "Cemetery":
        return "Motor Vehicle And Pedestrian"
    return "Motor Vehicle" if number == green.get("car_gate") else "Pedestrian"


def _moved(plan: Plan, shape: Polygon | Point) -> Polygon | Point:
    east, north = plan.given["origin"]
    return translate(shape, east, north)


def _id(*key: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, repr(key))).upper()
