"""The drawing of the town: ``town.toml`` with its lines and shapes made."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyproj import Transformer
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union
from shapely.prepared import PreparedGeometry, prep

# Spelt out so that a machine with the OSTN15 grid makes the same degrees as one without.
TO_DEGREES = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000"
    " +y_0=-100000 +ellps=airy +step +proj=push +v_3 +step +proj=cart +ellps=airy"
    " +step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842"
    " +s=-20.489 +convention=position_vector +step +inv +proj=cart +ellps=WGS84"
    " +step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
Row = dict[str, Any]
XY = tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """The drawing, in metres east and north of ``origin``."""

    given: Row

    @cached_property
    def river(self) -> LineString:
        """The river's middle line."""
        return LineString(self.given["river"])

    @cached_property
    def water(self) -> Polygon:
        """The river's water."""
        return self.river.buffer(self.given["river_half_width_m"], cap_style="flat")

    @cached_property
    def rail(self) -> LineString:
        """The railway."""
        return LineString(self.given["rail"])

    @cached_property
    def greens(self) -> Polygon:
        """All green space together."""
        return unary_union([Polygon(green["shape"]) for green in self.given["green"]])

    @cached_property
    def closed_ground(self) -> PreparedGeometry:
        """Ground on which no street or building stands."""
        shapes = [self.water.buffer(12), self.rail.buffer(22), self.greens.buffer(8)]
        return prep(unary_union([*shapes, Polygon(self.given["fields"])]))

    @cached_property
    def sites(self) -> PreparedGeometry:
        """Ground of the schemes, cleared of buildings."""
        return prep(unary_union([Polygon(scheme["shape"]) for scheme in self.given["scheme"]]))

    @cached_property
    def ground(self) -> PreparedGeometry:
        """Where streets may be: the town and the strip of its neighbour, off their outer edge."""
        both = unary_union([Polygon(self.given["town"]), Polygon(self.given["edge"])])
        return prep(both.buffer(-32))

    @cached_property
    def areas(self) -> list[Row]:
        """The areas of the town, then those of the neighbour."""
        return [*self.given["area"], *self.given["neighbour"]]

    def area_near(self, xy: XY) -> Row:
        """The area whose middle is nearest: it sets the style of building."""
        return min(self.areas, key=lambda area: Point(area["at"]).distance(Point(xy)))

    def metres(self, xy: XY) -> XY:
        """EPSG:27700, to the decimetre."""
        east, north = self.given["origin"]
        return round(east + xy[0], 1), round(north + xy[1], 1)

    @cached_property
    def _degrees(self) -> Transformer:
        return Transformer.from_pipeline(TO_DEGREES)

    def degrees(self, xy: XY) -> XY:
        """Longitude and latitude, to the centimetre."""
        lon, lat = self._degrees.transform(*self.metres(xy))
        return round(lon, 7), round(lat, 7)


def read_plan() -> Plan:
    """The drawing beside this file."""
    text = Path(__file__).with_name("town.toml").read_text(encoding="utf-8")
    return Plan(tomllib.loads(text))
