"""Streets and paths of OpenStreetMap files, as far as the public may walk them."""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import osmium
import shapely
from pyproj import Transformer

from assetmap.errors import Fault, ReadError
from assetmap.frames.streets import BARS_WALKERS, OPEN, Streets, hold_streets
from assetmap.provenance import Told
from assetmap.sources.columns import where_of
from assetmap.sources.osm_scan import FORMATS
from assetmap.sources.osm_walking import CAN_BAR, Underfoot, bars, is_walkable, underfoot
from assetmap.sources.raw_assets import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from assetmap.provenance import Caution
    from assetmap.sources.osm_walking import Tags
    from assetmap.sources.read import Job

NODE, WAY, RELATION = osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION
READ = (
    (WAY, ("highway", "route")),
    (NODE, ("highway", "barrier", "kerb", "route")),
    (NODE, CAN_BAR),
)
"""Each object has one of the keys of every line of its kind; others never come to Python."""


def read_streets(job: Job) -> Told[Streets]:
    """The walkable streets and paths that touch ``job.within``, whole ways.

    Which ways may be walked says :func:`assetmap.sources.osm_walking.is_walkable`. Squares and
    other areas for walkers are walked along their outlines. Ferries are left out. A way of which
    nodes are missing, as at the edge of an extract, keeps the pieces that are there. What bars the
    way at a node (a wall, a private gate) is handed on in ``barrier``: the graph is cut there.

    Told: ``not_walkable`` (ways closed to walkers), ``ferries_left_out``, ``clipped_ways`` (ways
    with missing nodes), ``barred`` (nodes nobody passes).

    Raises
    ------
    ReadError
        Where a file is damaged, cut short or not OpenStreetMap data, or holds nothing walkable.

    References
    ----------
    STANDARDS 4.4; OpenStreetMap Wiki, "Key:access", "Key:barrier".
    """
    scan = _Scan()
    for path in job.paths:
        with refusing(job, path):
            scan.read(path)
    streets = _on_ground(job, scan.pieces(job))
    if not len(streets.u):
        attempt = "check that the file is of this place and holds streets"
        raise ReadError(
            Fault(what="nothing here can be walked", where=where_of(job), attempt=attempt)
        )
    return Told(hold_streets(streets), _said(job, scan, streets))


@contextmanager
def refusing(job: Job, path: Path) -> Iterator[None]:
    """A file that is no OpenStreetMap file is refused, whatever libosmium calls its fault."""
    if not path.name.casefold().endswith(FORMATS):
        what = f"'{path.name}' is no OpenStreetMap file: expected {', '.join(FORMATS)}"
        raise ReadError(Fault(what=what, where=where_of(job, path.name)))
    try:
        yield
    except (RuntimeError, ValueError, UnicodeDecodeError) as error:
        what = f"the file is damaged, cut short or not OpenStreetMap data ({error!s:.200})"
        attempt = "download it again and compare its size"
        raise ReadError(
            Fault(what=what, where=where_of(job, path.name), attempt=attempt)
        ) from error


class _Placed(NamedTuple):
    """Streets, and the number of the way of each segment."""

    streets: Streets
    way: NDArray[np.int64]


class _Scan:
    """Keeps the walkable ways of files as they go by, each way once."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.rows: list[Underfoot] = []
        self.barriers: dict[int, int] = {}
        self.node = array("q")
        self.lon = array("d")
        self.lat = array("d")
        self.way = array("q")
        self.piece = array("q")
        self.closed = self.ferries = self.clipped = self.last_piece = 0

    def read(self, path: Path) -> None:
        """All that is wanted of one file: first the areas, whose outlines carry no tags."""
        outlines = self._outlines(path)
        file = osmium.FileProcessor(str(path), NODE | WAY).with_locations()
        for kind, keys in READ:
            wanted = osmium.filter.KeyFilter(*keys)
            wanted.enable_for(kind)
            file.with_filter(wanted)
        thing: Any
        for thing in file:
            if thing.is_way():
                self._meet(thing, thing.tags, outlines)
            elif (found := bars(thing.tags)) != OPEN:
                self.barriers[thing.id] = found
        if outlines:
            places = cast("osmium.index.LocationTable", file.node_location_storage)
            located = osmium.NodeLocationsForWays(places)
            located.ignore_errors()
            way: Any
            ways = osmium.FileProcessor(str(path), WAY)
            ways.with_filter(osmium.filter.IdFilter(sorted(outlines))).with_filter(located)
            for way in ways:
                self._keep(way, outlines[way.id])

    def _outlines(self, path: Path) -> dict[int, dict[str, str]]:
        """Ways that bound areas for walkers, with the areas' tags."""
        found: dict[int, dict[str, str]] = {}
        relation: Any
        relations = osmium.FileProcessor(str(path), RELATION)
        for relation in relations.with_filter(osmium.filter.KeyFilter("highway")):
            tags = {tag.k: tag.v for tag in relation.tags}
            if tags.get("type") == "multipolygon" and is_walkable(tags):
                found |= {member.ref: tags for member in relation.members if member.type == "w"}
        return found

    def _meet(self, way: osmium.osm.Way, tags: Tags, outlines: Mapping[int, Tags]) -> None:
        if is_walkable(tags):
            self._keep(way, tags)
        elif "highway" in tags and way.id not in outlines:
            self.closed += way.id not in self.seen
            self.seen.add(way.id)
        elif tags.get("route") == "ferry":
            self.ferries += 1

    def _keep(self, way: osmium.osm.Way, tags: Tags) -> None:
        if way.id in self.seen:
            return
        self.seen.add(way.id)
        number, whole = len(self.rows), True
        self.rows.append(underfoot(tags))
        self.last_piece += 1
        for node in way.nodes:
            place = node.location
            if not place.valid():
                whole = False
                self.last_piece += 1
                continue
            self.node.append(node.ref)
            self.lon.append(place.lon)
            self.lat.append(place.lat)
            self.way.append(number)
            self.piece.append(self.last_piece)
        self.clipped += not whole

    def pieces(self, job: Job) -> _Placed:
        """The segments between each two neighbours on a way, in the study's CRS."""
        ids, first, number = np.unique(
            np.asarray(self.node, np.int64), return_index=True, return_inverse=True
        )
        placed = Transformer.from_crs("EPSG:4326", job.crs, always_xy=True)
        x, y = placed.transform(np.asarray(self.lon)[first], np.asarray(self.lat)[first])
        piece = np.asarray(self.piece, np.int64)
        u, v = number[:-1], number[1:]
        known = np.isfinite(x) & np.isfinite(y)
        joined = (piece[1:] == piece[:-1]) & (u != v) & known[u] & known[v]
        u, v = u[joined], v[joined]
        way = np.asarray(self.way, np.int64)[:-1][joined]
        barrier = np.array([self.barriers.get(one, OPEN) for one in ids.tolist()], np.uint8)
        codes = [np.array([row[i] for row in self.rows]) for i in range(len(Underfoot._fields))]
        of_ways = dict(zip(Underfoot._fields, codes, strict=True))
        of_segments = {name: column[way] for name, column in of_ways.items()}
        length_m = np.hypot(x[u] - x[v], y[u] - y[v])
        ends = {"u": u.astype(np.int32), "v": v.astype(np.int32)}
        streets = Streets(x=x, y=y, barrier=barrier, length_m=length_m, **ends, **of_segments)
        return _Placed(streets, way)


def _on_ground(job: Job, placed: _Placed) -> Streets:
    """Whole ways of which a part meets the study's ground, and their nodes only."""
    streets, way = placed
    kept = np.ones(len(way), dtype=bool)
    if job.within is not None and len(way):
        shapely.prepare(job.within)
        xy = np.column_stack([streets.x, streets.y])
        lines = shapely.linestrings(np.stack([xy[streets.u], xy[streets.v]], axis=1))
        meets = shapely.intersects(job.within, lines)
        kept = np.bincount(way[meets], minlength=way.max() + 1)[way] > 0
    used, ends = np.unique(np.r_[streets.u[kept], streets.v[kept]], return_inverse=True)
    u, v = np.split(ends, 2)
    nodes = {name: getattr(streets, name)[used] for name in ("x", "y", "barrier")}
    rest = {
        name: column[kept]
        for name, column in streets._asdict().items()
        if name not in {"x", "y", "barrier", "u", "v"}
    }
    return Streets(**nodes, u=u.astype(np.int32), v=v.astype(np.int32), **rest)


def _said(job: Job, scan: _Scan, streets: Streets) -> tuple[Caution, ...]:
    barred = int((streets.barrier == BARS_WALKERS).sum())
    return (
        *counted(job, "not_walkable", scan.closed,
                 "Streets on which the public may not walk (motorways, private roads) left out."),
        *counted(job, "ferries_left_out", scan.ferries, "Ferries were left out of the streets."),
        *counted(job, "clipped_ways", scan.clipped,
                 "Streets reach out of the extract: only the pieces inside it are used."),
        *counted(job, "barred", barred,
                 "Walls, fences and private gates across a street: nobody is led through them."),
    )  # fmt: skip
