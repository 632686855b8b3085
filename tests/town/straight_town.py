"""A toy town on two banks of a river, for straight lines that may not cross it."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from assetmap.network.water import Crossing, Water

CRS = "EPSG:27700"
# The river runs west to east, 100 m wide, from x = -5,000 to 5,000, between y = 0 and y = 100.
RIVER = box(-5000, 0, 5000, 100)
BRIDGE = Crossing("Bridge", LineString([(1000, -10), (1000, 110)]))


def origins_at(*points: tuple[float, float]) -> gpd.GeoDataFrame:
    """Origins o1, o2 ... of ten people each."""
    ids = [f"o{number}" for number in range(1, len(points) + 1)]
    shapes = [Point(point) for point in points]
    return gpd.GeoDataFrame({"from_id": ids, "people": 10.0}, geometry=shapes, crs=CRS)


def assets_at(
    *points: tuple[float, float], category: str = "library"
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Assets a1, a2 ... of one category, entered at their points: entrances, then assets."""
    ids = [f"a{number}" for number in range(1, len(points) + 1)]
    shapes = [Point(point) for point in points]
    gates = gpd.GeoDataFrame({"to_id": ids, "entrance": 1}, geometry=shapes, crs=CRS)
    return gates, pd.DataFrame({"to_id": ids, "category": category})


def river(*crossings: Crossing) -> Water:
    """The river, with the crossings it has."""
    return Water(shape=RIVER, crossings=crossings)


def minutes(costs: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Minutes by pair of ids."""
    return {(str(one.from_id), str(one.to_id)): float(one.cost_min) for one in costs.itertuples()}
