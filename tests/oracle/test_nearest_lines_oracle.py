"""The lines nearest to points, against GEOS asked for each point by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.network.nearest_lines import FAR_M, MANY, Lines, Near

if TYPE_CHECKING:
    from numpy.typing import NDArray


def asked_one_by_one(shapes: NDArray[np.object_], xy: NDArray[np.float64]) -> Near:
    (point, line), metres = shapely.STRtree(shapes).query_nearest(
        shapely.points(xy), return_distance=True
    )
    return Near(point, line, metres)


def rows(near: Near) -> set[tuple[int, int, float]]:
    return set(zip(near.point.tolist(), near.line.tolist(), near.metres.tolist(), strict=True))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([MANY - 1, MANY]), st.sampled_from([9, -1]))
def test_every_line_that_is_as_near_as_any_is_found(seed: int, many: int, decimals: int) -> None:
    draw = np.random.default_rng(seed)
    ends = draw.uniform(0, 400, (60, 2, 2))
    ends[:5, 1] = ends[:5, 0]  # lines without length
    ends[5:10] = ends[10:15]  # lines that lie on others
    xy = draw.uniform(-3 * FAR_M, 3 * FAR_M, (many, 2))
    xy[: many // 2] = draw.uniform(0, 400, (many // 2, 2))
    xy[:60] = ends[:, 0]  # points on streets
    ends, xy = np.round(ends, decimals), np.round(xy, decimals)  # tens: many are equally near
    shapes = np.asarray(shapely.linestrings(ends), dtype=object)
    found = Lines(shapes).nearest(xy)
    assert rows(found) == rows(asked_one_by_one(shapes, xy))
    assert set(found.point.tolist()) == set(range(many))
