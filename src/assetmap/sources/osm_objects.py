"""Objects of a source's OpenStreetMap files, each once, in the study's CRS and on its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from assetmap.sources.osm_scan import Found, scan
from assetmap.sources.raw_assets import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assetmap.provenance import Caution
    from assetmap.sources.read import Job

WGS84 = "EPSG:4326"


class Objects(NamedTuple):
    """Ids such as ``way/123``, tags, and valid shapes: points and multipolygons."""

    ids: list[str]
    tags: list[dict[str, str]]
    shapes: NDArray[Any]
    cautions: tuple[Caution, ...]


def read_objects(
    job: Job, *, node_keys: Sequence[str], area_keys: Sequence[str], beside: Sequence[str] = ()
) -> Objects:
    """Nodes and areas with one of the keys that meet ``job.within``, of all of the files.

    An object that is in several files is read once and told as ``files_overlap``; multipolygons
    that reach out of an extract, of which no polygon can be made, are told as ``broken_areas``.
    ``beside`` names keys that may be left unread, as :func:`assetmap.sources.osm_scan.scan` says.

    Raises
    ------
    ReadError
        As :func:`assetmap.sources.osm_scan.scan`.
    """
    wanted = {"node_keys": node_keys, "area_keys": area_keys, "beside": beside}
    parts = [scan(job, path, **wanted) for path in job.paths]
    first: dict[str, tuple[dict[str, str], Any]] = {}
    for part in parts:
        for name, said, shape in zip(part.ids, part.tags, part.shapes, strict=True):
            first.setdefault(name, (said, shape))
    names, tags = list(first), [said for said, _ in first.values()]
    given = gpd.GeoSeries([shape for _, shape in first.values()], crs=WGS84).to_crs(job.crs)
    shapes = np.asarray(given, dtype=object)
    near = _near(job, shapes)
    return Objects(
        ids=[names[number] for number in near],
        tags=[tags[number] for number in near],
        shapes=_valid(shapes[near]),
        cautions=_said(job, parts, twice=sum(len(part.ids) for part in parts) - len(first)),
    )


def _near(job: Job, shapes: NDArray[Any]) -> NDArray[np.intp]:
    """Positions of the shapes on the study's ground."""
    if job.within is None:
        return np.arange(len(shapes))
    shapely.prepare(job.within)
    return np.flatnonzero(shapely.intersects(job.within, shapes))


def _valid(shapes: NDArray[Any]) -> NDArray[Any]:
    """Polygons stay polygons: moving to another CRS can make a hair-thin ring cross itself."""
    broken = ~shapely.is_valid(shapes)
    shapes = shapes.copy()
    shapes[broken] = shapely.buffer(shapes[broken], 0)
    return shapes


def _said(job: Job, parts: Sequence[Found], *, twice: int) -> tuple[Caution, ...]:
    broken = sum(part.broken for part in parts)
    return (
        *counted(
            job, "broken_areas", broken,
            "Areas reach out of the extract, so that no polygon could be made of them: left out.",
        ),
        *counted(job, "files_overlap", twice, "Objects in several files were read once."),
    )  # fmt: skip
