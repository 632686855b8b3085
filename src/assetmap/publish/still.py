"""The still map: plain SVG, the same areas and patterns, for print and for no JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from assetmap.publish.ground import FEW_SCHEMES
from assetmap.publish.shapes import Frame, light_areas, light_backdrop
from assetmap.publish.views import RESULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd

    from assetmap.publish.ground import Ground
    from assetmap.publish.shapes import OnMap
    from assetmap.publish.views import View

WIDTH = 900
MOST_POINTS = 7_000
MOST_BACKDROP = 2_500


def still_map(ground: Ground, places: Sequence[OnMap], *, view: View, label: str) -> Markup:
    """The map as one SVG picture, named by ``label`` and drawn by the first view of the page.

    Places with a flag are drawn last. Each area carries its name, and its result where the view
    shows results, as a title which a pointer shows.
    """
    frame = Frame.around(ground.own.total_bounds, width=WIDTH)
    shapes = light_areas(ground.own, most_points=MOST_POINTS)
    body = Markup()
    body += _paths(_lightened(ground.edge, frame), frame, "edge")
    steps = {place.area_id: step for place, step in zip(places, view.steps, strict=True)}
    for place in sorted(places, key=lambda it: (-it.code, it.area_id)):
        title = f"{place.place}: {place.short}" if view.kind == RESULT else place.place
        path = frame.path(shapes[place.area_id])
        body += Markup('<path class="area v-{}{}" d="{}"><title>{}</title></path>').format(
            view.kind, steps[place.area_id], path, title
        )
    for css in ("green", "water", "stream", "road"):
        body += _paths(_lightened(getattr(ground, css), frame), frame, css)
    if len(ground.schemes) <= FEW_SCHEMES:
        body += _schemes(ground.schemes, frame)
    box = f"0 0 {frame.width * 10} {frame.height * 10}"
    return Markup('<svg class="still" viewBox="{}" role="img" aria-label="{}">{}</svg>').format(
        box, escape(label), body
    )


def _lightened(shapes: gpd.GeoSeries, frame: Frame) -> Iterable[object]:
    """Background cut to the drawing, since it reaches far beyond."""
    if shapes.empty:
        return []
    high, wide = frame.height / frame.scale, frame.width / frame.scale
    cut = shapes.clip_by_rect(frame.west, frame.north - high, frame.west + wide, frame.north)
    return list(light_backdrop(cut, least_m=1.5 / frame.scale, most_points=MOST_BACKDROP))


def _paths(shapes: Iterable[object], frame: Frame, css: str) -> Markup:
    drawn = [frame.path(shape) for shape in shapes]
    return Markup("").join(Markup('<path class="{}" d="{}"/>').format(css, d) for d in drawn if d)


def _schemes(schemes: gpd.GeoSeries, frame: Frame) -> Markup:
    body = Markup()
    for shape in schemes:
        if "Point" in shape.geom_type:
            x, y = frame.point(shape.centroid)
            body += Markup('<circle class="scheme" cx="{}" cy="{}" r="110"/>').format(
                round(x * 10), round(y * 10)
            )
        else:
            body += Markup('<path class="scheme" d="{}"/>').format(frame.path(shape))
    return body
