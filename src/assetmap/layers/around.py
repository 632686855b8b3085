"""The people of an area and the ground around them that a standard asks about."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class People:
    """The people of an area: its shape, where they live, and the ground that matters to them."""

    def __init__(
        self, shape: BaseGeometry, points: BaseGeometry, land: BaseGeometry | None
    ) -> None:
        self.hull = points.convex_hull
        self._points = points
        self._land = land
        self._shape = shape
        self._around: dict[float, BaseGeometry] = {}

    @cached_property
    def ground(self) -> BaseGeometry:
        """The land of the area; a source that covers everything never asks for it."""
        return self._on_land(self._shape)

    def around(self, reach_m: float) -> BaseGeometry:
        """The land within reach of their homes, drawn once for each reach.

        Homes are taken at points of a grid of a tenth of the reach, so that a street of houses
        is one circle.
        """
        if reach_m not in self._around:
            step_m = max(reach_m, 1) / 10
            cells = np.round(shapely.get_coordinates(self._points) / step_m)
            once = np.unique(cells[:, 0] + 1j * cells[:, 1])  # rows as one number sort far quicker
            homes = shapely.points(once.real * step_m, once.imag * step_m)
            ground = shapely.union_all(shapely.buffer(homes, reach_m, quad_segs=4))
            self._around[reach_m] = self._on_land(ground)
        return self._around[reach_m]

    def _on_land(self, ground: BaseGeometry) -> BaseGeometry:
        return ground if self._land is None else ground.intersection(self._land)
