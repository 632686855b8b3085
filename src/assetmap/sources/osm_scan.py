"""One pass over an OpenStreetMap file: points and areas that carry wanted keys."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import osmium
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.sources.columns import where_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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


def scan(
    job: Job,
    path: Path,
    *,
    node_keys: Sequence[str],
    area_keys: Sequence[str],
    beside: Sequence[str] = (),
) -> Found:
    """Nodes and areas that carry one of the keys, areas put together from ways and relations.

    A closed way is an area, and so is a relation of type multipolygon; open ways are not read.

    Parameters
    ----------
    job
        Names the source in errors.
    path
        One of ``job.paths``.
    node_keys, area_keys
        A node is wanted with one of the first, an area with one of the second.
    beside
        Keys that nobody asks for, such as those of an address. An area that has one wanted key
        and nothing but these comes with that one tag alone: to count keys is quicker than to read
        tags.

    Raises
    ------
    ReadError
        Where the file is damaged, cut short, or not OpenStreetMap data.
    """
    if not path.name.casefold().endswith(FORMATS):
        what = f"'{path.name}' is no OpenStreetMap file: expected {', '.join(FORMATS)}"
        raise ReadError(Fault(what=what, where=where_of(job, path.name)))
    scanner = _Scanner(node_keys, area_keys, beside)
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

    def __init__(
        self, node_keys: Sequence[str], area_keys: Sequence[str], beside: Sequence[str]
    ) -> None:
        self.node_keys = node_keys
        self.area_keys = area_keys
        self.beside = beside
        self.nodes: list[tuple[str, dict[str, str], float, float]] = []
        self.areas: list[tuple[str, dict[str, str], str]] = []
        self.relations: set[int] = set()
        self.assembled: set[int] = set()
        self.factory = osmium.geom.WKBFactory()

    def read(self, path: Path) -> None:
        wanted = osmium.filter.KeyFilter(*self.area_keys)
        file = osmium.FileProcessor(str(path)).with_areas(wanted)
        for one in self._filters():
            file.with_filter(one)
        for thing in file:
            if isinstance(thing, osmium.osm.Node):
                self._keep_node(thing)
            elif isinstance(thing, osmium.osm.Area):
                self._keep_area(thing)
            elif thing.tags.get("type") == "multipolygon":
                self.relations.add(thing.id)

    def _filters(self) -> Iterator[osmium.filter.KeyFilter | osmium.filter.EntityFilter]:
        """What is not wanted goes by without a word of Python."""
        areas = osmium.osm.AREA | osmium.osm.RELATION
        for kinds, keys in ((osmium.osm.NODE, self.node_keys), (areas, self.area_keys)):
            if keys:
                wanted = osmium.filter.KeyFilter(*keys)
                wanted.enable_for(kinds)
                yield wanted
        nodes = osmium.osm.NODE if self.node_keys else osmium.osm.NOTHING
        yield osmium.filter.EntityFilter(nodes | areas)

    def _keep_node(self, node: osmium.osm.Node) -> None:
        if node.location.valid():
            self.nodes.append((f"node/{node.id}", _all_of(node.tags), node.lon, node.lat))

    def _keep_area(self, area: osmium.osm.Area) -> None:
        number = area.orig_id()
        kind = "way" if area.from_way() else "relation"
        if kind == "relation":
            self.assembled.add(number)
        wkb = self.factory.create_multipolygon(area)
        self.areas.append((f"{kind}/{number}", self._tags(area), wkb))

    def _tags(self, area: osmium.osm.Area) -> dict[str, str]:
        tags = area.tags
        if len(tags) == 1 + sum(key in tags for key in self.beside):
            return next({key: tags[key]} for key in self.area_keys if key in tags)
        return _all_of(tags)

    def found(self) -> Found:
        points = shapely.points([lon for *_, lon, _ in self.nodes], [row[3] for row in self.nodes])
        areas = shapely.from_wkb([bytes.fromhex(wkb) for *_, wkb in self.areas])
        return Found(
            ids=[row[0] for row in self.nodes] + [row[0] for row in self.areas],
            tags=[row[1] for row in self.nodes] + [row[1] for row in self.areas],
            shapes=np.concatenate([points, areas]),
            broken=len(self.relations - self.assembled),
        )


def _all_of(tags: osmium.osm.TagList) -> dict[str, str]:
    """Every tag. Counted, since osmium throws at the end, which takes longer than the tags."""
    return dict(islice(tags, len(tags)))
