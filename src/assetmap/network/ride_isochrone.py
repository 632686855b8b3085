"""Isochrones by public transport: the ground from which one gets to a place within the minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from assetmap.frames.hold import hold
from assetmap.frames.isochrones import ISOCHRONES
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.isochrone import MINUTE_DECIMALS, ground_along
from assetmap.network.journeys import journeys
from assetmap.network.stretches import stretches
from assetmap.network.transit import on_streets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.journeys import Trip
    from assetmap.network.transit import Points, Transit


def build_ride_isochrone(
    transit: Transit,
    gates: gpd.GeoDataFrame,
    *,
    trip: Trip,
    minutes: float,
    snap_max_m: float,
    width_m: float = 25,
) -> gpd.GeoDataFrame:
    """ISOCHRONES to the nearest of some entrances of one ``to_id``, by public transport or on foot.

    The earliest arrival is searched for from every node of the streets and for every departure of
    ``trip``; a node belongs to the ground where the percentile of its journeys is within the
    minutes, and streets that end there as far as what is left of them can be walked. Drawn as
    :func:`~assetmap.network.isochrone.build_isochrones` draws. No row where no entrance is on the
    streets. For the map: people are counted from COSTS.
    """
    trip = replace(trip, cut_off_min=min(minutes, trip.cut_off_min))
    xy = shapely.get_coordinates(gates.geometry)
    one = np.zeros(len(gates), np.int64)
    there = on_streets(transit.ground, xy, snap_max_m=snap_max_m, code=one, size=1)
    cut_off_cm = int(trip.cut_off_min * CM_A_MINUTE)
    near = there.on_streets.rows(np.flatnonzero(there.on_streets.walk_cm <= cut_off_cm))
    shapes = []
    if len(near.point):
        node_cm = _node_cm(transit, there, trip=trip)
        found = stretches(
            transit.graph.segments, near, node_cm, cut_off_cm=cut_off_cm, arriving=True
        )
        doors = shapely.points(xy[near.point])
        shapes = [ground_along(transit.graph.segments, found, doors, width_m=width_m)]
    rows = {
        "point_id": list(gates["to_id"].iloc[: len(shapes)]),
        "minutes": [round(float(minutes), MINUTE_DECIMALS)] * len(shapes),
    }
    table = gpd.GeoDataFrame(rows, geometry=shapes, crs=gates.crs)
    return gpd.GeoDataFrame(hold(table, ISOCHRONES))


def _node_cm(transit: Transit, there: Points, *, trip: Trip) -> NDArray[np.float64]:
    """The journey from each node of the streets, in what could be walked meanwhile."""
    graph = transit.graph
    nodes = on_streets(transit.ground, np.c_[graph.x, graph.y], snap_max_m=0.01)
    found = np.full(len(graph.x), np.inf)
    for block in journeys(transit, nodes, there, trip=trip):
        minutes = block.minutes[:, 0, 0]
        found[block.first : block.first + len(minutes)] = minutes * CM_A_MINUTE
    return np.where(np.isnan(found), np.inf, found)
