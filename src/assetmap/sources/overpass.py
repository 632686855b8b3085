"""OpenStreetMap of a place, by Overpass, into a local file that the readers read."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import osmium
import osmnx
import requests
from osmium.osm import mutable
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from assetmap.errors import Fault, FetchError
from assetmap.sources.arrive import arriving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

KINDS = ("node", "way", "relation")
EAST_MOST, NORTH_MOST = 180, 90
LARGEST_M2 = 2.5e9
"""Asked for in one go: a square of 50 km, the most that osmnx asks for."""


@dataclass(frozen=True, kw_only=True)
class Overpass:
    """A server that answers Overpass queries.

    Attributes
    ----------
    url
        Up to, and without, ``/interpreter``.
    polite
        Whether to ask the server first how long to wait, as public ones want.
    tries, wait_s
        How often a failed request is made again, and the wait before the second time, which
        doubles each time.
    """

    url: str = "https://overpass-api.de/api"
    polite: bool = True
    timeout_s: int = 180
    tries: int = 3
    wait_s: float = 2.0


def overpass_server() -> Overpass:
    """The server that ``ASSETMAP_OVERPASS_URL`` names, else the public one."""
    named = os.environ.get("ASSETMAP_OVERPASS_URL")
    return Overpass(url=named.rstrip("/"), polite=False) if named else Overpass()


def fetch_overpass(
    area: BaseGeometry, path: Path, *, crs: str, keys: Sequence[str], server: Overpass
) -> int:
    """The bytes of an OpenStreetMap file of everything in an area that has one of these keys.

    All tags come with it, all nodes of the ways and all members of relations. The file is
    ``.osm`` or ``.osm.pbf``, as its name says, in order of kind and id; it takes its place only
    once it is whole. Proxies are those of the environment. Nothing but the server is asked.

    Parameters
    ----------
    area
        A polygon in ``crs``.
    path
        Where to; an earlier file gives way.
    keys
        OpenStreetMap keys, as ``highway``.

    Raises
    ------
    FetchError
        Where the area is too large, the server does not answer, refuses, breaks off or says that
        it gave up, or has nothing there; and where the file cannot be written.

    References
    ----------
    Boeing 2025, "Modeling and Analyzing Urban Networks and Amenities with OSMnx", Geographical
    Analysis.
    """
    if area.area > LARGEST_M2:
        attempt = "download an extract instead, for example from https://download.geofabrik.de/"
        what = f"{area.area / 1e6:,.0f} km2 are too much for an Overpass server"
        raise FetchError(Fault(what=what, where=server.url, attempt=attempt))
    ground = gpd.GeoSeries([area], crs=crs).convex_hull.to_crs("EPSG:4326").iloc[0]
    with tempfile.TemporaryDirectory(prefix="assetmap-") as folder:
        _ask(ground, keys, server, Path(folder))
        elements = _elements(Path(folder), server)
    return arriving(path, lambda fresh: _write(elements, fresh, server))


def _ask(ground: BaseGeometry, keys: Sequence[str], server: Overpass, folder: Path) -> None:
    """The server's answer, kept in the folder as it came; asked again where it fails."""
    retry = Retry(total=server.tries - 1, backoff_factor=server.wait_s / 2)
    tags: dict[str, bool | str | list[str]] = dict.fromkeys(sorted(keys), True)
    while True:
        try:
            with _osmnx(server, folder):
                osmnx.features_from_polygon(ground, tags)
        except InterruptedError:  # osmnx has kept the answer and was asked for no more
            return
        except (requests.RequestException, OSError, ValueError) as error:
            try:
                retry = retry.increment("POST", server.url, error=error)
            except MaxRetryError:
                raise FetchError(_fault(error, server)) from error
            retry.sleep()


@contextmanager
def _osmnx(server: Overpass, folder: Path) -> Iterator[None]:
    """Its settings for one request: raw answers into the folder, and nobody else is asked.

    Left alone, it would ask a third party for addresses, and pin them for the whole program.
    """
    ours = {
        "cache_folder": folder,
        "cache_only_mode": True,
        "doh_url_template": None,
        "max_query_area_size": 2 * LARGEST_M2,
        "overpass_rate_limit": server.polite,
        "overpass_url": server.url,
        "requests_timeout": server.timeout_s,
        "use_cache": True,
    }
    theirs = {name: getattr(osmnx.settings, name) for name in ours}
    looked_up = socket.getaddrinfo
    try:
        for name, value in ours.items():
            setattr(osmnx.settings, name, value)
        yield
    finally:
        for name, value in theirs.items():
            setattr(osmnx.settings, name, value)
        socket.getaddrinfo = looked_up


def _elements(folder: Path, server: Overpass) -> list[dict[str, Any]]:
    """What the answer holds, each thing once, in order of kind and id."""
    kept = sorted(folder.glob("*.json"))
    if not kept:  # osmnx keeps no answer in which the server remarks that it gave up
        raise FetchError(_fault("it gave up before the end", server))
    found: dict[tuple[int, int], dict[str, Any]] = {}
    try:
        for path in kept:
            for one in json.loads(path.read_text(encoding="utf-8"))["elements"]:
                found[KINDS.index(one["type"]), int(one["id"])] = one
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(_fault(f"no OpenStreetMap answer ({error!r})", server)) from error
    if not found:
        what = "nothing of the kind is on the map there"
        attempt = "check the study's ground, or the source's covers"
        raise FetchError(Fault(what=what, where=server.url, attempt=attempt))
    return [found[key] for key in sorted(found)]


def _write(elements: Sequence[Mapping[str, Any]], path: Path, server: Overpass) -> None:
    try:
        with osmium.SimpleWriter(str(path)) as writer:
            for one in elements:
                _add(writer, one)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise FetchError(_fault(f"no OpenStreetMap answer ({error!r})", server)) from error


def _add(writer: osmium.SimpleWriter, one: Mapping[str, Any]) -> None:
    tags = {str(key): str(value) for key, value in one.get("tags", {}).items()}
    if one["type"] == "node":
        at = (float(one["lon"]), float(one["lat"]))
        if not (abs(at[0]) <= EAST_MOST and abs(at[1]) <= NORTH_MOST):
            message = f"a node at {at}"
            raise ValueError(message)
        writer.add_node(mutable.Node(id=one["id"], location=at, tags=tags, version=1))
    elif one["type"] == "way":
        nodes = [int(node) for node in one["nodes"]]
        writer.add_way(mutable.Way(id=one["id"], nodes=nodes, tags=tags, version=1))
    else:
        members = [
            (member["type"][0], int(member["ref"]), str(member["role"]))
            for member in one["members"]
        ]
        writer.add_relation(mutable.Relation(id=one["id"], members=members, tags=tags, version=1))


def _fault(said: object, server: Overpass) -> Fault:
    text = " ".join(str(said).split())[:200]
    return Fault(
        what=f"the Overpass server did not give the map: {text}",
        where=server.url,
        attempt="try later, another server with ASSETMAP_OVERPASS_URL, or a smaller area; "
        "behind a proxy, set HTTPS_PROXY",
    )
