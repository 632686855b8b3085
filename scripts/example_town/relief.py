"""The lie of the land: a steep hill in the north-west, a low one in the north-east, a valley."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from example_town.plan import Plan


def height_m(plan: Plan, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Metres above the sea at places of the drawing."""
    east, north = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    line = np.array(plan.given["river"], dtype=float)[::-1]
    from_river = np.abs(east - np.interp(north, line[:, 1], line[:, 0]))
    beacon = 68 * np.exp(-((east - 430) ** 2 + (north - 2420) ** 2) / (2 * 430**2))
    rise = 16 * np.exp(-((east - 2700) ** 2 + (north - 2300) ** 2) / (2 * 600**2))
    bank = 7 * (1 - np.exp(-((from_river / 180) ** 2)))
    return np.asarray(52 + 0.0015 * north + beacon + rise + bank)
