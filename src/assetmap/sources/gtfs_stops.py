"""Stops, routes, changes and ways inside stations of a feed, under ids of the study's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from assetmap.sources.gtfs_files import FeedFiles
    from assetmap.sources.gtfs_times import Counts

KINDS = {"": "stop", "0": "stop", "1": "station", "2": "entrance"}
FLAGS = {"1": "yes", "2": "no"}
BASIC = {
    0: "tram", 1: "metro", 2: "rail", 3: "bus", 4: "ferry", 5: "tram", 6: "other", 7: "other",
    11: "bus", 12: "metro",
}  # fmt: skip
EXTENDED = {
    1: "rail", 2: "coach", 3: "rail", 4: "metro", 5: "metro", 6: "metro", 7: "bus", 8: "bus",
    9: "tram", 10: "ferry", 12: "ferry",
}  # fmt: skip
"""Hundreds of the extended types; 1300 and up, and air (1100), are other."""
STAIRS = ("2", "4")
WALK_M_S = 80 / 60
BARRED = "3"
TIMED = "2"
DEGREES = "EPSG:4326"


def stops_of(feed: FeedFiles, counts: Counts, *, crs: str) -> gpd.GeoDataFrame:
    """The stops, stations and entrances that have a place, in ``crs``; ids as published.

    A platform without coordinates takes its station's; what has none at all is left out.
    """
    name = "stops.txt"
    table = _once(feed.tables[name], "stop_id", counts, "stops_twice")
    feed = feed._replace(tables=feed.tables | {name: table})
    kind = feed.column(name, "location_type").map(KINDS)
    parent = feed.column(name, "parent_station")
    lon, lat = (pd.to_numeric(table[axis], errors="coerce") for axis in ("stop_lon", "stop_lat"))
    nowhere = ~(lat.abs().le(90) & lon.abs().le(180)) | ((lat == 0) & (lon == 0))
    lon, lat = lon.mask(nowhere), lat.mask(nowhere)
    for axis in (lon, lat):
        of_parent = parent.map(pd.Series(axis.to_numpy(), index=table["stop_id"]))
        axis.fillna(of_parent, inplace=True)  # noqa: PD002 - both axes are our own
    placed = lon.notna() & lat.notna()
    counts["stops_without_place"] = int((~placed & (kind == "stop")).sum())
    kept = placed & kind.notna()
    points = gpd.GeoSeries(gpd.points_from_xy(lon[kept], lat[kept]), crs=DEGREES).to_crs(crs)
    ids = table["stop_id"][kept]
    named = feed.column(name, "stop_name")[kept]
    public = feed.column(name, "stop_code")[kept]
    return gpd.GeoDataFrame(
        {
            "stop_id": ids.to_numpy(),
            "code": ids.to_numpy(),
            "public_code": public.where(public != "", None).to_numpy(),
            "name": named.where(named != "", ids).to_numpy(),
            "kind": kind[kept].to_numpy(),
            "parent_id": parent[kept].where(parent[kept] != "", None).to_numpy(),
            "wheelchair": flagged(_own_or_parents(feed, table, parent))[kept].to_numpy(),
        },
        geometry=points.to_numpy(),
        crs=crs,
    )


def _own_or_parents(feed: FeedFiles, table: pd.DataFrame, parent: pd.Series) -> pd.Series:
    """The wheelchair flag; a platform without one has its station's, as GTFS says."""
    own = feed.column("stops.txt", "wheelchair_boarding").replace("0", "")
    stations = pd.Series(own.to_numpy(), index=table["stop_id"])
    return own.where(own != "", parent.map(stations).fillna(""))


def flagged(cells: pd.Series) -> pd.Series:
    """Yes, no or unknown: an empty flag is unknown and never no."""
    return cells.map(FLAGS).fillna("unknown")


def _once(table: pd.DataFrame, key: str, counts: Counts, code: str) -> pd.DataFrame:
    """One row an id, the first in the order of all cells, so that row order means nothing."""
    ordered = table.sort_values(list(table.columns), kind="stable")
    twice = ordered.duplicated(key) | (ordered[key] == "")
    counts[code] = int(twice.sum())
    return ordered[~twice].reset_index(drop=True)


def routes_of(feed: FeedFiles, counts: Counts) -> pd.DataFrame:
    """The routes with their kinds of vehicle; ids as published."""
    name = "routes.txt"
    table = _once(feed.tables[name], "route_id", counts, "routes_twice")
    feed = feed._replace(tables=feed.tables | {name: table})
    short, long = (feed.column(name, f"route_{size}_name") for size in ("short", "long"))
    number = pd.to_numeric(table["route_type"], errors="coerce").fillna(-1).astype("int64")
    return pd.DataFrame(
        {
            "route_id": table["route_id"],
            "name": short.where(short != "", long).where((short + long) != "", table["route_id"]),
            "mode": number.map(mode_of),
            "route_type": number,
        }
    )


def mode_of(route_type: int) -> str:
    """The kind of vehicle of a basic or extended route type."""
    if route_type in BASIC:
        return BASIC[route_type]
    return EXTENDED.get(route_type // 100, "other")


def trips_of(feed: FeedFiles, routes: set[str], counts: Counts) -> pd.DataFrame:
    """The trips of known routes; ids as published."""
    name = "trips.txt"
    table = _once(feed.tables[name], "trip_id", counts, "trips_twice")
    known = table["route_id"].isin(routes)
    counts["trips_of_no_route"] = int((~known).sum())
    table = table[known].reset_index(drop=True)
    feed = feed._replace(tables=feed.tables | {name: table})
    direction = feed.column(name, "direction_id")
    headsign = feed.column(name, "trip_headsign")
    return pd.DataFrame(
        {
            "trip_id": table["trip_id"],
            "route_id": table["route_id"],
            "service_id": table["service_id"],
            "direction": direction.map({"0": 0, "1": 1}).astype("Int64"),
            "headsign": headsign.where(headsign != "", None),
            "wheelchair": flagged(feed.column(name, "wheelchair_accessible")),
        }
    )


def transfers_of(feed: FeedFiles, stops: set[str]) -> pd.DataFrame:
    """Changes that are timed or ruled out between known stops; the stricter where one is twice."""
    columns = ["from_stop_id", "to_stop_id", "least_s"]
    table = feed.tables.get("transfers.txt")
    if table is None or not len(table):
        return pd.DataFrame({name: [] for name in columns})
    least = pd.to_numeric(feed.column("transfers.txt", "min_transfer_time"), errors="coerce")
    kind = table["transfer_type"]
    rows = table[["from_stop_id", "to_stop_id"]].assign(
        least_s=np.where(kind == BARRED, np.inf, least)
    )
    said = (kind == BARRED) | ((kind == TIMED) & least.ge(0))
    known = rows["from_stop_id"].isin(stops) & rows["to_stop_id"].isin(stops)
    rows = rows[said & known].groupby(["from_stop_id", "to_stop_id"], as_index=False).max()
    rows["least_s"] = rows["least_s"].replace(np.inf, np.nan).round().astype("Int64")
    return rows[columns]


def pathways_of(feed: FeedFiles) -> pd.DataFrame:
    """Ways inside stations, one row a direction; without a time or length they take a minute."""
    columns = ["pathway_id", "from_id", "to_id", "walk_s", "step_free"]
    table = feed.tables.get("pathways.txt")
    if table is None or not len(table):
        return pd.DataFrame({name: [] for name in columns})
    name = "pathways.txt"
    length = pd.to_numeric(feed.column(name, "length"), errors="coerce") / WALK_M_S
    seconds = pd.to_numeric(feed.column(name, "traversal_time"), errors="coerce")
    rows = pd.DataFrame(
        {
            "pathway_id": table["pathway_id"] + ">",
            "from_id": table["from_stop_id"],
            "to_id": table["to_stop_id"],
            "walk_s": seconds.fillna(length).fillna(60).clip(lower=0).round().astype("int64"),
            "step_free": ~table["pathway_mode"].isin(STAIRS),
        }
    ).drop_duplicates("pathway_id")
    both = rows[(feed.column(name, "is_bidirectional") == "1").reindex(rows.index)]
    back = both.rename(columns={"from_id": "to_id", "to_id": "from_id"})
    back["pathway_id"] = both["pathway_id"].str.removesuffix(">") + "<"
    return pd.concat([rows, back[columns]], ignore_index=True)
