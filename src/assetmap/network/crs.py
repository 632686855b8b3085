"""From one CRS to another: settings give points in degrees, rasters lie in a CRS of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray


def from_degrees(crs: str) -> Callable[[float, float], tuple[float, float]]:
    """A function from longitude and latitude (EPSG:4326) to coordinates in ``crs``."""
    transformer = Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def placed(lon: float, lat: float) -> tuple[float, float]:
        x, y = transformer.transform(lon, lat)
        return float(x), float(y)

    return placed


def moved(
    x: NDArray[np.float64], y: NDArray[np.float64], *, crs: str, to_crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates of ``crs`` in ``to_crs``; infinite where they have none there."""
    transformer = Transformer.from_crs(crs, to_crs, always_xy=True)
    there: tuple[NDArray[np.float64], NDArray[np.float64]] = transformer.transform(x, y)
    return there
