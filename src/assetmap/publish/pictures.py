"""The picture that a message shows beside a link: the place among its neighbours, as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from assetmap.publish.style import LIGHT

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from matplotlib.axes import Axes

    from assetmap.publish.locator import Backdrop
    from assetmap.publish.subjects import Subject

WIDE, HIGH, DPI = 6.0, 3.15, 100
"""600 by 315 pixels, the shape that messages and networks expect."""
MARGIN = 0.15


def picture(backdrop: Backdrop, subject: Subject | None) -> bytes:
    """A PNG of one subject outlined among its neighbours, or of the whole place for None.

    The same edition gives the same bytes: nothing of the day or the machine is in the file.
    """
    own = backdrop.own if subject is None else backdrop.own[sorted(subject.area_ids)]
    figure = Figure(figsize=(WIDE, HIGH), dpi=DPI, facecolor=LIGHT["land"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    for code in sorted(set(backdrop.codes.values())):
        of_code = [area for area in backdrop.own.index if backdrop.codes[str(area)] == code]
        _draw(axes, backdrop.own[of_code], fill=LIGHT[f"r{code}"], line=LIGHT["line"], width=0.5)
    _draw(axes, backdrop.water, fill=LIGHT["water"], line="none", width=0)
    if subject is not None:
        _draw(axes, own, fill="none", line=LIGHT["ink"], width=2.5)
    _frame(axes, own.total_bounds)
    FigureCanvasAgg(figure)
    held = BytesIO()
    figure.savefig(held, format="png", dpi=DPI, metadata={"Software": None})
    return held.getvalue()


def _draw(axes: Axes, shapes: gpd.GeoSeries, *, fill: str, line: str, width: float) -> None:
    parts = shapely.get_parts(shapes.to_numpy())
    rings = [
        shapely.get_coordinates(part.exterior)
        for part in parts
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    axes.add_collection(PolyCollection(rings, facecolor=fill, edgecolor=line, linewidth=width))


def _frame(axes: Axes, bounds: np.ndarray) -> None:
    west, south, east, north = bounds
    high = (1 + 2 * MARGIN) * max(north - south, (east - west) * HIGH / WIDE)
    wide = high * WIDE / HIGH
    axes.set_xlim((west + east - wide) / 2, (west + east + wide) / 2)
    axes.set_ylim((south + north - high) / 2, (south + north + high) / 2)
