"""Names of streets, as OpenStreetMap has them, at points along each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd

from assetmap.sources.osm_streets import refusing

if TYPE_CHECKING:
    from assetmap.sources.read import Job

LONLAT = "EPSG:4326"


def read_street_names(job: Job) -> gpd.GeoDataFrame:
    """``name`` and ``geometry``: a point for each corner of each named street, in the study's CRS.

    A name is as it is written there; ways without one are left out, as are corners outside the
    study's ground.

    Raises
    ------
    ReadError
        Where the file is damaged, cut short, or not OpenStreetMap data.
    """
    names: list[str] = []
    at: list[tuple[float, float]] = []
    keys = osmium.filter.KeyFilter("highway")
    for path in job.paths:
        with refusing(job, path):
            way: Any
            for way in osmium.FileProcessor(str(path)).with_locations().with_filter(keys):
                name = way.tags.get("name", "").strip() if way.is_way() else ""
                if name:
                    known = [node.location for node in way.nodes if node.location.valid()]
                    at += [(spot.lon, spot.lat) for spot in known]
                    names += [name] * len(known)
    lon, lat = np.array(at, dtype=float).reshape(-1, 2).T
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat, crs=LONLAT)).to_crs(job.crs)
    table = gpd.GeoDataFrame(pd.DataFrame({"name": names}), geometry=points)
    if job.within is None:
        return table
    inside = table.geometry.intersects(job.within)
    return gpd.GeoDataFrame(table[inside].reset_index(drop=True))
