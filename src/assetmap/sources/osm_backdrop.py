"""Main roads and water of OpenStreetMap files, to draw behind a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import osmium
import pandas as pd
import shapely

from assetmap.sources.osm_objects import WGS84, read_objects
from assetmap.sources.osm_streets import refusing

if TYPE_CHECKING:
    from assetmap.sources.read import Job

MAIN_ROADS = ("motorway", "trunk", "primary", "secondary", "tertiary")
STREAMS = ("river", "canal")
WATER = {"natural": ("water", "bay"), "waterway": ("riverbank", "dock")}


def read_osm_backdrop(job: Job) -> gpd.GeoDataFrame:
    """``kind`` and ``geometry`` of each main road, stream (river or canal) and water.

    Roads and streams are lines, water is polygons, in the study's CRS; what touches
    ``job.within`` is there whole. A line of which nodes are missing keeps those that are there.

    Raises
    ------
    ReadError
        Where a file is damaged, cut short or not OpenStreetMap data.
    """
    drawn = pd.concat([_lines(job), _lakes(job)], ignore_index=True)
    table = gpd.GeoDataFrame(drawn, geometry="geometry", crs=job.crs)
    if job.within is None:
        return table
    return gpd.GeoDataFrame(table[table.geometry.intersects(job.within)].reset_index(drop=True))


def _lines(job: Job) -> gpd.GeoDataFrame:
    wanted = [("highway", kind) for kind in MAIN_ROADS] + [("waterway", one) for one in STREAMS]
    found: dict[int, tuple[str, Any]] = {}
    for path in job.paths:
        with refusing(job, path):
            file = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY)
            ways = file.with_locations().with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
            way: Any
            for way in ways.with_filter(osmium.filter.TagFilter(*wanted)):
                spots = [(it.lon, it.lat) for node in way.nodes if (it := node.location).valid()]
                if len(spots) > 1:
                    kind = "road" if way.tags.get("highway") in MAIN_ROADS else "stream"
                    found[way.id] = (kind, shapely.linestrings(spots))
    kinds, shapes = [kind for kind, _ in found.values()], [shape for _, shape in found.values()]
    return gpd.GeoDataFrame({"kind": kinds}, geometry=shapes, crs=WGS84).to_crs(job.crs)


def _lakes(job: Job) -> gpd.GeoDataFrame:
    found = read_objects(job, node_keys=(), area_keys=tuple(WATER))
    wet = [any(tags.get(key) in kinds for key, kinds in WATER.items()) for tags in found.tags]
    shapes = found.shapes[wet]
    return gpd.GeoDataFrame({"kind": ["water"] * len(shapes)}, geometry=shapes, crs=job.crs)
