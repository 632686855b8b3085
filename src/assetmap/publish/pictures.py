"""The picture that a message shows beside a link: the place among its neighbours, as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from PIL import Image

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
FLAT = ("land", "water", "ink", "line", "r1", "r2", "r3", "r4", "r5", "r6")
"""Every colour that is laid down; six between a fill and a line make it sixteen."""


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
    return _as_png(figure)


def _as_png(figure: Figure) -> bytes:
    """The figure in sixteen colours: a quarter of the bytes, since nothing in it is shaded."""
    FigureCanvasAgg(figure)
    drawn, held = BytesIO(), BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI)
    flat = Image.new("P", (1, 1))
    flat.putpalette([level for colour in _sixteen() for level in colour])
    sixteen = Image.open(drawn).convert("RGB").quantize(palette=flat, dither=Image.Dither.NONE)
    sixteen.save(held, "png", optimize=True, bits=4)
    return held.getvalue()


def _sixteen() -> list[tuple[int, ...]]:
    laid = [tuple(bytes.fromhex(LIGHT[name].removeprefix("#"))) for name in FLAT]
    line = laid[FLAT.index("line")]
    fills = [laid[FLAT.index(name)] for name in ("land", "r1", "r2", "r3", "r4", "r5")]
    return laid + [tuple((a + b) // 2 for a, b in zip(one, line, strict=True)) for one in fills]


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
