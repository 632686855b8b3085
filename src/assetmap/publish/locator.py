"""A small picture of where a place is: itself, its neighbours and their results, as plain SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from markupsafe import Markup

from assetmap.publish.ground import Ground
from assetmap.publish.shapes import Frame, light_areas, light_context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.subjects import Subject

WIDTH, VIEW_WIDTH = 420, 640
VIEW_M, MARK_M = 600.0, 45.0
"""How far to each side a view reaches at least, and how wide the ring around a place is."""
LETTER = 10.5
"""How wide a letter of a name is on a view, about."""
MOST_POINTS, FAR_POINTS = 7_000, 2_000
"""Corners of the borders of a whole study, and of those seen together in one small picture."""
MANY = 40
MARGIN = 0.35
CONTEXT_M = 12.0
POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, kw_only=True)
class Backdrop:
    """What every small picture is cut from; shapes made light once, borders kept shared."""

    own: gpd.GeoSeries
    water: gpd.GeoSeries
    schemes: gpd.GeoSeries
    codes: Mapping[str, int]
    names: Mapping[str, str]

    @classmethod
    def of(cls, edition: Edition, places: tuple[Place, ...]) -> Backdrop:
        """The backdrop of an edition."""
        ground = Ground.of(edition)
        water = ground.water
        own = ground.own.set_axis(ground.own.index.astype(object))  # read for each picture
        return cls(
            own=light_areas(own, most_points=MOST_POINTS),
            water=light_context(water, tolerance_m=CONTEXT_M) if len(water) else water,
            schemes=edition.schemes.sort_values("scheme_id").geometry,
            codes={place.area_id: place.code for place in places},
            names={place.area_id: place.place for place in places},
        )


def locator(backdrop: Backdrop, subject: Subject) -> Markup:
    """The picture of one subject; it is decoration, since the words beside it say the same."""
    drawn = backdrop.own
    if len(subject.area_ids) > MANY:
        drawn = light_areas(drawn, most_points=FAR_POINTS)
    own = drawn.to_numpy()[drawn.index.isin(subject.area_ids)]
    frame = Frame.around(shapely.total_bounds(own), width=WIDTH, margin=MARGIN)
    body = _ground(backdrop, drawn, frame) + _line(frame, shapely.union_all(own))
    return Markup(
        '<svg class="locator still" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(_box_of(frame), body)


def view(backdrop: Backdrop, shape: BaseGeometry, *, label: str, outlined: bool = True) -> Markup:
    """A picture of the ground around a shape, with the schemes there; ``label`` tells of it."""
    frame = Frame.around(_wide(shape), width=VIEW_WIDTH, margin=0)
    body = _ground(backdrop, backdrop.own, frame)
    body += _layer(backdrop.schemes, frame, ["scheme"] * len(backdrop.schemes))
    if outlined:
        body += _line(frame, shape.buffer(MARK_M) if shape.geom_type == "Point" else shape)
    body += _names(backdrop, frame)
    return Markup(
        '<svg class="view still" viewBox="{}" role="img" aria-label="{}">{}</svg>'
    ).format(_box_of(frame), label, body)


def _wide(shape: BaseGeometry) -> tuple[float, float, float, float]:
    """The bounds of a view around a shape: with room, never too near, four wide by three high."""
    west, south, east, north = shape.bounds
    half = max((1 + MARGIN) * (east - west) / 2, (1 + MARGIN) * (north - south) / 2 * 4 / 3, VIEW_M)
    middle, centre = (west + east) / 2, (south + north) / 2
    return middle - half, centre - half * 3 / 4, middle + half, centre + half * 3 / 4


def _names(backdrop: Backdrop, frame: Frame) -> Markup:
    """The name of each neighbourhood of which enough is seen to hold it."""
    body = Markup()
    for key, shape in backdrop.own.clip_by_rect(*_seen(frame)).items():
        name = backdrop.names[str(key)]
        west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
        wide, high = (east - west) * frame.scale, (north - south) * frame.scale
        if wide < LETTER * (len(name) + 1) or high < 3 * LETTER:
            continue
        x, y = frame.point(shape.representative_point())
        inside = min(max(x, LETTER * len(name) / 2), frame.width - LETTER * len(name) / 2)
        body += Markup('<text class="name" x="{:.0f}" y="{:.0f}">{}</text>').format(
            10 * inside, 10 * y, name
        )
    return body


def _ground(backdrop: Backdrop, areas: gpd.GeoSeries, frame: Frame) -> Markup:
    """Areas in the colours of their results, and water over them."""
    classes = [f"area v-r{backdrop.codes[str(key)]}" for key in areas.index]
    water = backdrop.water
    return _layer(areas, frame, classes) + _layer(water, frame, ["water"] * len(water))


def _seen(frame: Frame) -> tuple[float, float, float, float]:
    """The ground that the frame shows."""
    high, wide = frame.height / frame.scale, frame.width / frame.scale
    return frame.west, frame.north - high, frame.west + wide, frame.north


def _box_of(frame: Frame) -> str:
    return f"0 0 {frame.width * 10} {frame.height * 10}"


def _line(frame: Frame, shape: BaseGeometry) -> Markup:
    """The outline of what is spoken of."""
    path = frame.path(shape)
    return Markup('<path class="here-under" d="{0}"/><path class="here" d="{0}"/>').format(path)


def _layer(shapes: gpd.GeoSeries, frame: Frame, css: Sequence[str]) -> Markup:
    """Paths of what is seen of the shapes, each in its class."""
    cut = shapely.clip_by_rect(shapes.to_numpy(), *_seen(frame))
    seen = np.flatnonzero(np.isin(shapely.get_type_id(cut), POLYGONS) & ~shapely.is_empty(cut))
    return Markup().join(
        Markup('<path class="{}" d="{}"/>').format(css[at], path)
        for at, path in zip(seen.tolist(), frame.outlines(cut[seen]), strict=True)
        if path
    )
