"""Origins put on streets with links: looked for again only where the streets near them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.network.kernels import reverse
from assetmap.network.snap import Ground
from assetmap.network.snap_again import same_streets, snap_again

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.graph import WalkGraph
    from assetmap.network.router import Start

    I64 = NDArray[np.int64]


def start_again(before: Start, graph: WalkGraph, kept: I64) -> Start:
    """The start of ``before`` on the graph after edits, equal to one that is made anew.

    Parameters
    ----------
    kept
        Rows of the streets of before that stayed: the first streets of after, in this order.
    """
    ground = Ground(graph)
    stays = graph.segments.street < len(kept)
    old = np.full(len(stays), -1, np.int64)
    old[stays] = same_streets(kept[graph.segments.street[stays]], before.graph.segments.street)
    homes = snap_again(
        ground,
        shapely.get_coordinates(before.origins.geometry),
        before=(before.graph, before.homes),
        old=old,
        snap_max_m=before.snap_max_m,
    )
    return before._replace(graph=graph, back=reverse(graph.graph), ground=ground, homes=homes)
