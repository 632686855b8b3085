"""The moving map, drawn by folium: its script and its place, with nothing from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import folium
from branca.element import MacroElement

from assetmap.publish.shapes import feature, light_areas, light_backdrop, lonlat

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from assetmap.publish.ground import Ground
    from assetmap.publish.shapes import OnMap
    from assetmap.publish.views import View

_Element = TypeVar("_Element", bound=MacroElement)

MOST_POINTS = 14_000
CONTEXT_M = 10.0
POINT_RADIUS = 8


@dataclass(frozen=True)
class Moving:
    """The map's element, and the body of the function that draws into it."""

    html: str
    script: str
    bounds: str


def moving_map(
    ground: Ground, places: Sequence[OnMap], views: Sequence[View], *, within: gpd.GeoSeries
) -> Moving:
    """The map by folium: areas with their classes by view, schemes, water and neighbours.

    ``within`` are shapes of ground within a walk, drawn only when a reader asks.


    Features hold keys made for the page and digits only; every word is read from the page's own
    lists. Names inside the script are fixed, so that the same run makes the same bytes.
    """
    own = lonlat(light_areas(ground.own, most_points=MOST_POINTS))
    west, south, east, north = own.total_bounds
    drawn = _named(
        folium.Map(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=12,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            scroll_wheel_zoom=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            fade_animation=False,
        ),
        "page",
    )
    drawn.default_js, drawn.default_css = [], []
    for name, height in (("behind", 410), ("schemes", 420)):
        pane = folium.map.CustomPane(name, z_index=height, pointer_events=name == "schemes")
        _named(pane, f"pane_{name}").add_to(drawn)
    _add_context(drawn, ground.edge, "edge", pane="overlayPane")
    areas = [
        feature(own[place.area_id], k=place.key, c="".join(str(view.steps[n]) for view in views))
        for n, place in enumerate(places)
    ]
    _add(drawn, areas, "areas")
    for name in ("green", "water", "stream", "road"):
        _add_context(drawn, getattr(ground, name), name, pane="behind")
    schemes = lonlat(ground.schemes) if len(ground.schemes) else ground.schemes
    shapes = [feature(shape, k=f"s{number}") for number, shape in enumerate(schemes)]
    _add(drawn, shapes, "schemes", pane="schemes")
    reach = lonlat(within) if len(within) else within
    grounds = [feature(shape, k=f"w{number}") for number, shape in enumerate(reach)]
    _add(drawn, grounds, "within", interactive=False, pane="schemes")
    figure: Any = drawn.get_root()
    figure.render()
    names = ", ".join(f"{name}: geo_json_{name}" for name in ("areas", "schemes", "within"))
    names = f"map: map_page, {names}"
    script = f"{figure.script.render()}\nreturn {{{names}}};"
    return Moving(figure.html.render(), script, f"{south},{west},{north},{east}")


def _add_context(drawn: folium.Map, shapes: gpd.GeoSeries, name: str, *, pane: str) -> None:
    light = light_backdrop(shapes, least_m=CONTEXT_M) if len(shapes) else shapes
    turned = lonlat(light) if len(light) else light
    _add(drawn, [feature(shape) for shape in turned], name, interactive=False, pane=pane)


def _add(
    drawn: folium.Map,
    features: list[dict[str, object]],
    name: str,
    *,
    interactive: bool = True,
    pane: str = "overlayPane",
) -> None:
    point = folium.CircleMarker(radius=POINT_RADIUS)
    point.options["pane"] = pane  # which folium does not take as an option of a marker
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=_named(point, f"{name}_point"),
        smooth_factor=0.8,
        control=False,
        class_name=name,
        interactive=interactive,
        pane=pane,
    )
    _named(layer, name).add_to(drawn)


def _named(element: _Element, name: str) -> _Element:
    """The element under a fixed name; folium's own are random."""
    element._id = name  # noqa: SLF001 - the only way to a name that is the same twice
    return element
