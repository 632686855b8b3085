"""A whole study drawn on one line: two square neighbourhoods, straight walks at 80 m a minute.

Metres east of 440000, all on one northing; A is the first kilometre and B the second:

    a1 (60 people) at 100   a2 (40) at 900   b1 (100) at 1100   the library at 2500

Minutes to the library: a1 2400/80 = 30, a2 1600/80 = 20, b1 1400/80 = 17.5; the mean of A is
0.6 x 30 + 0.4 x 20 = 26. To a place at 500: a1 5, a2 5, b1 7.5; the mean of A is 5.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from pyproj import Transformer
from shapely.geometry import box, mapping

from assetmap.sources.store import open_store
from assetmap.study.config import read_settings
from assetmap.study.ledger import Ledger
from assetmap.study.work import Work

if TYPE_CHECKING:
    from pathlib import Path

EAST, NORTH = 440_000, 400_000
TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
WORDS = """publisher = "Nobody"
title = "A table"
address = "https://example.org"
licence = "MIT"
attribution = "Invented"
vintage = "2021"
format = "CSV"
"""
HEAD = """schema_version = 1
[study]
id = "line"
title = "Line"
place = "Line"
nation = "England"
as_of = 2026-01-01
edge_buffer_m = 4000
[contact]
team = "T"
email = "t@example.org"
telephone = "0"
post = "P"
reply_days = 1
[publish]
review_by = 2027-01-01
[areas]
boundaries = ["areas"]
population = ["people"]
geography = {geography}
[origins]
places = ["homes"]
[travel]
mode = "straight"
detour = 1.0
nearest_kept = {nearest_kept}
[standards]
use = {use}
[green]
profiles = {profiles}
"""
SOURCES = {
    "areas": 'kind = "boundaries"\nfile = "areas.gpkg"\n'
    'columns = { area_id = "area_id", area_name = "area_name" }\n',
    "people": 'kind = "population"\nlayout = "long"\nfile = "people.csv"\ngroup = "all"\n',
    "homes": 'kind = "places"\nlayout = "points"\nfile = "homes.csv"\ncrs = "EPSG:27700"\n'
    'columns = { place_id = "place_id", area_id = "area_id", people = "people", x = "x", '
    'y = "y" }\n',
    "register": 'kind = "assets"\nfile = "register.gpkg"\ncovers = COVERS\n'
    'columns = { name = "name", category = "category" }\ncategories = { library = "library", '
    'community_centre = "community_centre", park = "park" }\n',
    "schemes": 'kind = "schemes"\nfile = "schemes.geojson"\n',
    "localities": 'kind = "geography"\nlayout = "polygons"\nfile = "localities.gpkg"\n'
    'level = "locality"\ncolumns = { unit_id = "code", unit_name = "name" }\n',
}  # fmt: skip
EVERYWHERE = "{ everywhere = true }"


def at(metres: float, up: float = 0.0) -> str:
    """A place on the line in degrees, as a scheme names it."""
    lon, lat = TO_DEGREES.transform(EAST + metres, NORTH + 500 + up)
    return f"{lon:.8f}/{lat:.8f}"


def scheme(scheme_id: str, stage: str, delivers: str | None, **more: Any) -> dict[str, Any]:
    """A scheme between 400 and 600 m, as GeoJSON has it."""
    shape = gpd.GeoSeries([box(EAST + 400, NORTH + 400, EAST + 600, NORTH + 600)], crs=27700)
    said = {"scheme_id": scheme_id, "name": scheme_id, "stage": stage, "delivers": delivers, **more}
    return {
        "type": "Feature",
        "properties": said,
        "geometry": mapping(shape.to_crs(4326).iloc[0]),
    }


def line_town(
    folder: Path,
    *,
    schemes: list[dict[str, Any]] | None = None,
    assets: list[tuple[str, float, float, float]] | None = None,
    covers: str = EVERYWHERE,
    use: tuple[str, ...] = ("library",),
    profiles: tuple[str, ...] = (),
    nearest_kept: int = 8,
    localities: list[tuple[str, float, float]] | None = None,
) -> Work:
    """The study at work. ``assets`` are category, metres along, half a side of a square, and up.

    ``localities`` are drawn by name, from and to so many metres along; a name may come twice.
    """
    shapes = [box(EAST, NORTH, EAST + 1000, NORTH + 1000),
              box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000)]  # fmt: skip
    areas = {"area_id": ["A", "B"], "area_name": ["A", "B"]}
    gpd.GeoDataFrame(areas, geometry=shapes, crs=27700).to_file(folder / "areas.gpkg")
    (folder / "people.csv").write_text("area_id,people\nA,100\nB,100\n")
    homes = "".join(
        f"{name},{area},{people},{EAST + x},{NORTH + 500}\n"
        for name, area, people, x in (("a1", "A", 60, 100), ("a2", "A", 40, 900),
                                      ("b1", "B", 100, 1100))
    )  # fmt: skip
    (folder / "homes.csv").write_text("place_id,area_id,people,x,y\n" + homes)
    _register(folder, [("library", 2500, 0, 0), *(assets or [])])
    left_out = {"schemes"} if schemes is None else set()
    left_out |= {"localities"} if localities is None else set()
    used = [name for name in SOURCES if name not in left_out]
    if schemes is not None:
        text = json.dumps({"type": "FeatureCollection", "features": schemes})
        (folder / "schemes.geojson").write_text(text)
    if localities is not None:
        _localities(folder, localities)
    said = "".join(
        f'[[source]]\nid = "{name}"\n{WORDS}{SOURCES[name].replace("COVERS", covers)}'
        for name in used
    )
    head = HEAD.format(
        nearest_kept=nearest_kept, use=list(use), profiles=list(profiles),
        geography=["localities"] if localities is not None else [],
    )  # fmt: skip
    (folder / "study.toml").write_text(head + said)
    return Work(read_settings(folder), (folder,), Ledger(open_store()))


def _localities(folder: Path, localities: list[tuple[str, float, float]]) -> None:
    drawn = [box(EAST + low, NORTH, EAST + high, NORTH + 1000) for _, low, high in localities]
    said = {"code": [name[:1] for name, *_ in localities], "name": [one[0] for one in localities]}
    gpd.GeoDataFrame(said, geometry=drawn, crs=27700).to_file(folder / "localities.gpkg")


def _register(folder: Path, assets: list[tuple[str, float, float, float]]) -> None:
    """Places, as points, or as squares where they have a size."""
    centres = [(EAST + x, NORTH + 500 + up) for _, x, _, up in assets]
    shapes = [
        box(x - max(half, 0.05), y - max(half, 0.05), x + max(half, 0.05), y + max(half, 0.05))
        for (x, y), (_, _, half, _) in zip(centres, assets, strict=True)
    ]
    said = {
        "name": [f"{category} {number}" for number, (category, *_) in enumerate(assets)],
        "category": [category for category, *_ in assets],
    }
    gpd.GeoDataFrame(said, geometry=shapes, crs=27700).to_file(folder / "register.gpkg")
