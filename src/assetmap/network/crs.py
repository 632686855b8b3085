"""Degrees to the study's CRS, for the few points that settings give in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Callable


def from_degrees(crs: str) -> Callable[[float, float], tuple[float, float]]:
    """A function from longitude and latitude (EPSG:4326) to coordinates in ``crs``."""
    transformer = Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def placed(lon: float, lat: float) -> tuple[float, float]:
        x, y = transformer.transform(lon, lat)
        return float(x), float(y)

    return placed
