"""The outlines of a picture, drawn together, are those of each ring by itself."""

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from assetmap.publish.shapes import Frame

FRAME = Frame(west=0.0, north=100.0, scale=1.0, width=100, height=100)
HOLED = Polygon([(0, 0), (40, 0), (40, 40), (0, 40)], [[(10, 10), (20, 10), (20, 20), (10, 20)]])
SHAPES = (
    HOLED,
    MultiPolygon([box(50, 50, 60, 70), HOLED]),
    box(1.0, 1.0, 1.001, 1.001),  # a millimetre: nothing of it is seen
    Polygon(),
    shapely.Point(50, 50).buffer(33.3),
)


def _by_hand(shape, frame):
    """Each ring from its first corner, step by step; z draws the last side."""
    said = ""
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            xy = [
                (round((x - frame.west) * frame.scale * 10),
                 round((frame.north - y) * frame.scale * 10))
                for x, y in ring.coords
            ]  # fmt: skip
            steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(xy)]
            moves = [step for step in steps if step != (0, 0)][:-1]
            told = "".join(f"{dx} {dy} ".replace(" -", "-") for dx, dy in moves).strip()
            said += f"M{xy[0][0]} {xy[0][1]}l{told}z" if told else ""
    return said


def test_outlines_together_are_those_of_each_ring() -> None:
    assert FRAME.outlines(SHAPES) == [_by_hand(shape, FRAME) for shape in SHAPES]
    assert FRAME.outlines([]) == []


def test_an_outline_worked_by_hand() -> None:
    # 10 m square at the frame's lower left corner: y runs down from 1,000 tenths
    assert FRAME.path(box(0, 0, 10, 10)) == "M100 1000l0-100 -100 0 0 100z"
    assert FRAME.path(LineString([(0, 100), (5, 95), (5, 95), (5, 90)])) == "M0 0l50 50 0 50"


def test_a_layer_cut_to_nothing_has_no_outlines() -> None:
    cut = shapely.clip_by_rect(np.array(SHAPES), 500, 500, 600, 600)
    assert FRAME.outlines(cut) == [""] * len(SHAPES)
