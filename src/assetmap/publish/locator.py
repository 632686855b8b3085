"""A small picture of where a place is: itself, its neighbours and their results, as plain SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish.ground import Ground
from assetmap.publish.shapes import Frame, light_areas, light_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.subjects import Subject

WIDTH = 420
MOST_POINTS, FAR_POINTS = 7_000, 2_000
"""Corners of the borders of a whole study, and of those seen together in one small picture."""
MANY = 40
MARGIN = 0.35
CONTEXT_M = 12.0


@dataclass(frozen=True, kw_only=True)
class Backdrop:
    """What every small picture is cut from; shapes made light once, borders kept shared."""

    own: gpd.GeoSeries
    water: gpd.GeoSeries
    codes: Mapping[str, int]

    @classmethod
    def of(cls, edition: Edition, places: tuple[Place, ...]) -> Backdrop:
        """The backdrop of an edition."""
        ground = Ground.of(edition)
        water = ground.water
        return cls(
            own=light_areas(ground.own, most_points=MOST_POINTS),
            water=light_context(water, tolerance_m=CONTEXT_M) if len(water) else water,
            codes={place.area_id: place.code for place in places},
        )


def locator(backdrop: Backdrop, subject: Subject) -> Markup:
    """The picture of one subject; it is decoration, since the words beside it say the same."""
    drawn = backdrop.own
    if len(subject.area_ids) > MANY:
        drawn = light_areas(drawn, most_points=FAR_POINTS)
    own = drawn[sorted(subject.area_ids)]
    frame = Frame.around(own.total_bounds, width=WIDTH, margin=MARGIN)
    high, wide = frame.height / frame.scale, frame.width / frame.scale
    box = (frame.west, frame.north - high, frame.west + wide, frame.north)
    body = _layer(drawn.clip_by_rect(*box), frame, backdrop.codes)
    body += _layer(backdrop.water.clip_by_rect(*box), frame, None)
    line = frame.path(own.union_all())
    body += Markup('<path class="here-under" d="{0}"/><path class="here" d="{0}"/>').format(line)
    view = f"0 0 {frame.width * 10} {frame.height * 10}"
    return Markup(
        '<svg class="locator still" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(view, body)


def _layer(shapes: gpd.GeoSeries, frame: Frame, codes: Mapping[str, int] | None) -> Markup:
    """Paths of what is seen of the shapes, in the colours of their results or as water."""
    body = Markup()
    seen = shapes[~shapes.is_empty]
    for key, shape in seen.items():
        css = "water" if codes is None else f"area v-r{codes[str(key)]}"
        path = frame.path(shape) if shape.geom_type.endswith("Polygon") else ""
        body += Markup('<path class="{}" d="{}"/>').format(css, path) if path else Markup()
    return body
