"""Small areas made of street blocks, as the census makes them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from shapely import MultiPoint, set_precision, voronoi_polygons
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.ops import polygonize, unary_union

if TYPE_CHECKING:
    from example_town.grid import Grid
    from example_town.plan import Plan

TOWN_AUTHORITY, EDGE_AUTHORITY = "E07099001", "E07099002"
LETTERS = "ABCD"
LARGEST_BLOCK_M2 = 30_000


def area_table(plan: Plan) -> pd.DataFrame:
    """Codes and names of the areas that are on the map, in the order of the drawing."""
    rows = []
    for role, start, code in (("area", 1, TOWN_AUTHORITY), ("neighbour", 101, EDGE_AUTHORITY)):
        town = next(one["name"] for one in plan.given["authority"] if one["code"] == code)
        for number, area in enumerate(plan.given[role]):
            msoa = f"{number // len(LETTERS) + 1:03d}"
            rows.append(
                {
                    "LSOA21CD": f"E010{99000 + start + number}",
                    "LSOA21NM": f"{town} {msoa}{LETTERS[number % len(LETTERS)]}",
                    **{key: area[key] for key in ("place", "ward", "people", "need", "style")},
                    "x": area["at"][0],
                    "y": area["at"][1],
                    "lad": code,
                }
            )
    return pd.DataFrame(rows)


def make_boundaries(plan: Plan, grid: Grid, areas: pd.DataFrame) -> gpd.GeoSeries:
    """Polygons by area code, in the drawing's metres."""
    outlines = [Polygon(plan.given["town"]), Polygon(plan.given["edge"])]
    cuts = [plan.river, plan.rail, *[outline.exterior for outline in outlines]]
    pieces = list(polygonize(unary_union(cuts)))
    streets = [grid.line(link) for link, kind in grid.links.items() if kind["highway"] != "footway"]
    middles = {row.LSOA21CD: Point(row.x, row.y) for row in areas.itertuples()}
    cells = voronoi_polygons(MultiPoint(list(middles.values())), extend_to=unary_union(outlines))
    blocks = [
        part
        for block in polygonize(unary_union([*cuts, *streets]))
        for part in _split(block, list(cells.geoms))
    ]
    shared: dict[str, list[Polygon]] = {code: [] for code in middles}
    for piece in pieces:
        codes = [code for code, middle in middles.items() if piece.contains(middle)]
        for block in blocks:
            inside = block.representative_point()
            if codes and piece.contains(inside):
                shared[min(codes, key=lambda code: middles[code].distance(inside))].append(block)
    _gather(shared)
    return gpd.GeoSeries({code: unary_union(parts) for code, parts in shared.items()})


def _split(block: Polygon, cells: list[Polygon]) -> list[Polygon]:
    """A block as it is; open ground at the town's edge cut midway between the areas."""
    if block.area <= LARGEST_BLOCK_M2:
        return [block]
    cut = unary_union([block.boundary, *[cell.boundary for cell in cells]])
    return [part for part in polygonize(cut) if block.contains(part.representative_point())]


def _gather(shared: dict[str, list[Polygon]]) -> None:
    """Give each part that lies apart from its area to the area it touches longest."""
    for code, blocks in list(shared.items()):
        whole = unary_union(blocks)
        if whole.geom_type == "Polygon":
            continue
        main = max(whole.geoms, key=lambda part: part.area)
        apart = [block for block in blocks if not main.covers(block.representative_point())]
        shared[code] = [block for block in blocks if block not in apart]
        for block in apart:
            touch = {
                other: unary_union(parts).intersection(block.boundary).length
                for other, parts in shared.items()
                if other != code
            }
            shared[max(sorted(touch), key=lambda other: touch[other])].append(block)


def boundary_layer(plan: Plan, areas: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """The layer in the columns of ``LSOA_2021_EW_BGC_V5``."""
    east, north = plan.given["origin"]
    moved = [
        MultiPolygon([translate(set_precision(shapes[code], 0.1), east, north)])
        for code in areas["LSOA21CD"]
    ]
    middles = [plan.metres((shape.x, shape.y)) for shape in areas[["x", "y"]].itertuples()]
    degrees = [plan.degrees((shape.x, shape.y)) for shape in areas[["x", "y"]].itertuples()]
    table = pd.DataFrame(
        {
            "FID": range(1, len(areas) + 1),
            "LSOA21CD": areas["LSOA21CD"],
            "LSOA21NM": areas["LSOA21NM"],
            "LSOA21NMW": "",
            "BNG_E": [int(middle[0]) for middle in middles],
            "BNG_N": [int(middle[1]) for middle in middles],
            "LAT": [place[1] for place in degrees],
            "LONG": [place[0] for place in degrees],
            "GlobalID": [_global_id(code) for code in areas["LSOA21CD"]],
        }
    )
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(moved, crs="EPSG:27700"))


def _global_id(code: str) -> str:
    raw = hashlib.blake2b(code.encode(), digest_size=16).hexdigest()
    return "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]))
