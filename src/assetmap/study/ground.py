"""Whether a study's CRS, boxes and crossings speak of the same ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyproj

from assetmap.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assetmap.study.settings import Settings

    Box = tuple[float, float, float, float]

BRITISH_GRID = 27700
WIDEST, HIGHEST = 180.0, 90.0
TRY_CRS = (
    "a projected CRS in metres: EPSG:27700 in Great Britain; elsewhere the country's own, or the "
    "UTM zone (EPSG:326 and the zone in the north, EPSG:327 and the zone in the south)"
)


def faults_of_ground(settings: Settings, path: Path) -> Iterator[Fault]:
    """What is wrong with the CRS, or with a place in degrees that lies outside the CRS's ground."""
    place = settings.study
    crs, what = _projected(place.crs)
    if crs is None:
        yield Fault(what=f"study.crs '{place.crs}' {what}", where=str(path), attempt=TRY_CRS)
        return
    if place.nation == "elsewhere" and crs.to_epsg() == BRITISH_GRID:
        what = "study.crs is the British National Grid, and the study is outside Great Britain"
        yield Fault(what=what, where=str(path), attempt=TRY_CRS)
        return
    for where, box in _boxes(settings):
        what, attempt = _wrong(box, crs)
        if what:
            yield Fault(what=f"{where} {what}", where=str(path), attempt=attempt)


def _projected(name: str) -> tuple[pyproj.CRS | None, str]:
    """The CRS where it is projected and in metres, else None and what it is instead."""
    try:
        crs = pyproj.CRS.from_user_input(name)
    except pyproj.exceptions.CRSError:
        return None, "is not known"
    if not crs.is_projected:
        return None, "is not projected: its units are degrees"
    if any(axis.unit_name != "metre" for axis in crs.axis_info):
        return None, "is not in metres"
    return crs, ""


def _boxes(settings: Settings) -> Iterator[tuple[str, Box]]:
    """Every place that the study gives in degrees, as a box, and what it is called."""
    for source in settings.source:
        if source.covers and source.covers.bbox:
            yield f"source {source.id}: covers.bbox", source.covers.bbox
    for one in settings.travel.crossings:
        (west, south), (east, north) = one.start, one.end
        box = (min(west, east), min(south, north), max(west, east), max(south, north))
        yield f"crossing '{one.name}'", box


def _wrong(box: Box, crs: pyproj.CRS) -> tuple[str, str]:
    """What is wrong with a box and what to try; empty texts where nothing is."""
    order = "degrees in this order: west, south, east, north (longitude before latitude)"
    west, south, east, north = box
    if west > east or south > north or max(-west, east) > WIDEST or max(-south, north) > HIGHEST:
        return f"{list(box)} is no box in degrees", order
    if _meet(box, crs):
        return "", ""
    if _meet((south, west, north, east), crs):
        return f"{list(box)} has longitude and latitude swapped", order
    return f"{list(box)} lies outside the ground of {crs.to_string()} ({crs.name})", TRY_CRS


def _meet(box: Box, crs: pyproj.CRS) -> bool:
    ground = crs.area_of_use
    if ground is None:
        return True
    return (
        box[0] <= ground.east
        and box[2] >= ground.west
        and box[1] <= ground.north
        and box[3] >= ground.south
    )
