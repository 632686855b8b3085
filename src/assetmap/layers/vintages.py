"""The exact-fit lookup between two vintages of areas, read in the direction that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames.among import among

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray


class Direction(NamedTuple):
    """Columns of CROSSWALK: where the numbers are, and where they go."""

    from_column: str
    to_column: str


FORWARD = Direction("from_area_id", "to_area_id")
BACKWARD = Direction("to_area_id", "from_area_id")


def direction_of(
    crosswalk: pd.DataFrame, *, known: Collection[str], wanted: Collection[str]
) -> Direction:
    """The direction in which more codes fit: known ones to wanted ones. A tie goes forward."""

    def fit(direction: Direction) -> int:
        ends = zip((known, wanted), direction, strict=True)
        return sum(int(among(crosswalk[name], ids).sum()) for ids, name in ends)

    return max((FORWARD, BACKWARD), key=fit)


def links_of(
    crosswalk: pd.DataFrame, direction: Direction, *, wanted: Collection[str]
) -> pd.DataFrame:
    """The links ``source, area_id, status``: how each area's number comes from its sources.

    Status is decided by the whole group of areas that hang together: 1:1 *unchanged*, n:1
    *summed*, 1:n *shared out*, else, or where the lookup itself says X, *irregular*. Of a nation's
    lookup only the groups of ``wanted`` areas are there, and those whole.
    """
    links = pd.DataFrame(
        {
            "source": crosswalk[direction.from_column],
            "area_id": crosswalk[direction.to_column],
            "marked": crosswalk["change"] == "X",
        }
    )
    group = _groups(links)
    ours = np.isin(group, group[among(links["area_id"], wanted)])
    links = links.assign(group=group)[ours].sort_values(["source", "area_id"], ignore_index=True)
    of_group = links.groupby("group")
    sources = of_group["source"].transform("nunique")
    areas = of_group["area_id"].transform("nunique")
    marked = of_group["marked"].transform("any")
    status = np.select(
        [marked, (sources == 1) & (areas == 1), areas == 1, sources == 1],
        ["irregular", "unchanged", "summed", "shared out"],
        default="irregular",
    )
    return links.drop(columns=["marked", "group"]).assign(status=status)


def _groups(links: pd.DataFrame) -> NDArray[np.int32]:
    """The number of the group of sources and areas that each link hangs together with."""
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - a third of a second, only between years
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    source, sources = pd.factorize(links["source"])
    area, areas = pd.factorize(links["area_id"])
    size = len(sources) + len(areas)
    joined = coo_matrix((np.ones(len(links)), (source, area + len(sources))), shape=(size, size))
    _, label = connected_components(joined, directed=False)
    group: NDArray[np.int32] = label[source]
    return group
