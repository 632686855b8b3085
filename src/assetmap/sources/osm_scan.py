"""One pass over an OpenStreetMap file: points and areas that carry wanted keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import osmium
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.sources.columns import where_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from assetmap.sources.read import Job

FORMATS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")


class Found(NamedTuple):
    """Objects of a file: ids such as ``way/123``, their tags, and shapes in EPSG:4326.

    ``broken`` counts multipolygons with a wanted key that no polygon could be made of, which in a
    clipped extract is usual.
    """

    ids: list[str]
    tags: list[dict[str, str]]
    shapes: NDArray[Any]
    broken: int


def scan(job: Job, path: Path, *, node_keys: Sequence[str], area_keys: Sequence[str]) -> Found:
    """Nodes and areas that carry one of the keys, areas put together from ways and relations.

    A closed way is an area, and so is a relation of type multipolygon; open ways are not read.

    Raises
    ------
    ReadError
        Where the file is damaged, cut short, or not OpenStreetMap data.
    """
    if not path.name.casefold().endswith(FORMATS):
        what = f"'{path.name}' is no OpenStreetMap file: expected {', '.join(FORMATS)}"
        raise ReadError(Fault(what=what, where=where_of(job, path.name)))
    scanner = _Scanner(frozenset(node_keys), frozenset(area_keys))
    try:
        scanner.read(path)
    except (RuntimeError, ValueError, UnicodeDecodeError) as error:
        what = f"the file is damaged, cut short or not OpenStreetMap data ({error!s:.200})"
        attempt = "download it again and compare its size"
        raise ReadError(
            Fault(what=what, where=where_of(job, path.name), attempt=attempt)
        ) from error
    return scanner.found()


class _Scanner:
    """Keeps what is wanted of a file as it goes by."""

    def __init__(self, node_keys: frozenset[str], area_keys: frozenset[str]) -> None:
        self.node_keys = node_keys
        self.area_keys = area_keys
        self.nodes: list[tuple[str, dict[str, str], float, float]] = []
        self.areas: list[tuple[str, dict[str, str], str]] = []
        self.relations: set[int] = set()
        self.assembled: set[int] = set()
        self.factory = osmium.geom.WKBFactory()

    def read(self, path: Path) -> None:
        keys = osmium.filter.KeyFilter(*sorted(self.node_keys | self.area_keys))
        wanted = osmium.filter.KeyFilter(*sorted(self.area_keys))
        kinds = osmium.filter.EntityFilter(osmium.osm.NODE | osmium.osm.AREA | osmium.osm.RELATION)
        file = osmium.FileProcessor(str(path)).with_areas(wanted)
        for thing in file.with_filter(kinds).with_filter(keys):
            if isinstance(thing, osmium.osm.Node):
                self._keep_node(thing)
            elif isinstance(thing, osmium.osm.Area):
                self._keep_area(thing)
            elif thing.tags.get("type") == "multipolygon":
                self.relations.add(thing.id)

    def _keep_node(self, node: osmium.osm.Node) -> None:
        tags = {tag.k: tag.v for tag in node.tags}
        if not self.node_keys.isdisjoint(tags) and node.location.valid():
            self.nodes.append((f"node/{node.id}", tags, node.lon, node.lat))

    def _keep_area(self, area: osmium.osm.Area) -> None:
        tags = {tag.k: tag.v for tag in area.tags}
        if self.area_keys.isdisjoint(tags):
            return
        kind = "way" if area.from_way() else "relation"
        if kind == "relation":
            self.assembled.add(area.orig_id())
        wkb = self.factory.create_multipolygon(area)
        self.areas.append((f"{kind}/{area.orig_id()}", tags, wkb))

    def found(self) -> Found:
        points = shapely.points([lon for *_, lon, _ in self.nodes], [row[3] for row in self.nodes])
        areas = shapely.from_wkb([bytes.fromhex(wkb) for *_, wkb in self.areas])
        return Found(
            ids=[row[0] for row in self.nodes] + [row[0] for row in self.areas],
            tags=[row[1] for row in self.nodes] + [row[1] for row in self.areas],
            shapes=np.concatenate([points, areas]),
            broken=len(self.relations - self.assembled),
        )
