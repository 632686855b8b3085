"""Fetch: the file of one source, from its address or by Overpass, to where the study looks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.layers.grounds import make_box
from assetmap.sources.fetch import fetch_file, is_direct
from assetmap.sources.osm_tags import read_tag_table
from assetmap.study.first_steps import find_ground
from assetmap.study.steps.given import shape_of

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from assetmap.sources.spec import SourceSpec
    from assetmap.study.work import Work

OSM = (".osm", ".osm.pbf")
KEYS = {"streets": ("highway",), "buildings": ("building",)}


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file that is here now: which, how large, and where it came from."""

    source: str
    file: Path
    bytes: int
    came_from: str
    licence: str

    def told(self) -> dict[str, object]:
        """The same, plain enough for JSON."""
        return {**asdict(self), "file": str(self.file)}


def fetch_source(work: Work, source_id: str, *, again: bool = False) -> Fetched:
    """The file of a source, downloaded into the last of the study's folders.

    From the source's address where that is a file's; else, for OpenStreetMap, by Overpass: all
    that the sources of this file are asked for, on the ground that the source says it covers, or
    else on the study's ground with its edge.

    Raises
    ------
    StudyError
        For an unknown source, one of several files, one that is here already (unless ``again``),
        and one whose address is a page for people.
    FetchError
        As :func:`assetmap.sources.fetch.fetch_file` and
        :func:`assetmap.sources.overpass.fetch_overpass`.
    """
    spec = _spec(work, source_id)
    name = spec.files[0]
    path = work.folders[-1] / name
    if path.exists() and not again:
        attempt = "add --again to fetch it anew"
        raise StudyError(Fault(what="the file is here already", where=str(path), attempt=attempt))
    if is_direct(spec.address, name):
        size, where = fetch_file(spec.address, path), spec.address
    elif spec.layout == "osm" and name.endswith(OSM):
        size, where = _overpass(work, spec, path)
    else:
        what = f"the address of source '{source_id}' is a page for people, not a file"
        attempt = f"open {spec.address} and save the file as {path}"
        raise StudyError(Fault(what=what, where="study.toml", attempt=attempt))
    return Fetched(source=source_id, file=path, bytes=size, came_from=where, licence=spec.licence)


def _spec(work: Work, source_id: str) -> SourceSpec:
    known = {source.id: source for source in work.settings.source}
    if source_id not in known:
        hint = nearest_name(source_id, known) or f"one of: {', '.join(known)}"
        what = f"the study has no source '{source_id}'"
        raise StudyError(Fault(what=what, where="study.toml", attempt=hint))
    spec = known[source_id]
    if len(spec.files) > 1:
        what = f"source '{source_id}' has {len(spec.files)} files"
        attempt = f"get them from {spec.address}"
        raise StudyError(Fault(what=what, where="study.toml", attempt=attempt))
    return spec


def _overpass(work: Work, spec: SourceSpec, path: Path) -> tuple[int, str]:
    """The bytes fetched, and from which server."""
    from assetmap.sources.overpass import (  # noqa: PLC0415 - a second and a half of import
        fetch_overpass,
        overpass_server,
    )

    server = overpass_server()
    crs = work.settings.study.crs
    keys: set[str] = set()
    for one in work.settings.source:
        if one.file == spec.file and one.layout == "osm":
            keys |= set(KEYS.get(one.kind, ()))
            keys |= _asset_keys() if one.kind == "assets" else set()
    ground = _ground(work, spec)
    size = fetch_overpass(ground, path, crs=crs, keys=sorted(keys), server=server)
    return size, server.url


def _asset_keys() -> set[str]:
    table = read_tag_table()
    grounds = {key for wanted in table.grounds.values() for key, _ in wanted.keys}
    return {*table.keys, *table.area_keys, *grounds}


def _ground(work: Work, spec: SourceSpec) -> BaseGeometry:
    if spec.covers is not None and spec.covers.bbox is not None:
        return make_box(spec.covers.bbox, crs=work.settings.study.crs)
    ground = shape_of(find_ground(work)["areas"])
    if ground is None:
        message = "the areas' step keeps an outline"
        raise TypeError(message)
    return ground
