"""Streets with a link added or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from assetmap.errors import Fault, StudyError
from assetmap.frames.streets import HIGHWAYS, WHEELCHAIR, Streets, hold_streets
from assetmap.scenarios.edits import place_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

JOIN_M = 100.0
"""An end of a new link joins the nearest node of the streets, at most as far away as this."""


class Linked(NamedTuple):
    """Streets after edits.

    Attributes
    ----------
    streets
        With the links, without what was closed.
    ends
        int64, rows of two: the nodes of each segment that was added or closed. The numbers are
        those of the streets of before.
    kept
        int64: the segments of before that stayed; they come first, in their order.
    """

    streets: Streets
    ends: NDArray[np.int64]
    kept: NDArray[np.int64]


def with_links(streets: Streets, edits: pd.DataFrame) -> Linked:
    """The streets with links added and closed.

    A link is walked both ways, straight between the streets' nodes nearest to its ends; its
    points between are not joined to what they cross. To close is to take away every segment that
    the line crosses.

    Raises
    ------
    StudyError
        For ends farther than 100 m from any street, links from a node to itself, and lines to
        close that cross no street.
    """
    faults: list[Fault] = []
    shut = np.zeros(len(streets.u), dtype=bool)
    added: list[tuple[int, int, float, str]] = []
    for edit in edits.to_dict("records"):
        line = place_of(edit["place"])
        if edit["kind"] == "close":
            crossed = _crossed(streets, line)
            shut |= crossed
            if not crossed.any():
                faults.append(_fault(edit, "a line to close that crosses no street"))
        else:
            ends = [_node(streets, *line.coords[place]) for place in (0, -1)]
            if None in ends or ends[0] == ends[1]:
                what = f"a link whose ends are not within {JOIN_M:g} m of two places on streets"
                faults.append(_fault(edit, what))
                continue
            added.append((int(ends[0] or 0), int(ends[1] or 0), line.length, _step_free(edit)))
    if faults:
        raise StudyError(faults)
    closed = np.flatnonzero(shut)
    ends_of = [(int(streets.u[one]), int(streets.v[one])) for one in closed]
    ends_of += [(u, v) for u, v, _, _ in added]
    built = _built(streets, ~shut, added)
    return Linked(built, np.array(ends_of, np.int64).reshape(-1, 2), np.flatnonzero(~shut))


def _crossed(streets: Streets, line: Any) -> NDArray[np.bool_]:  # noqa: ANN401 - a line
    ends = np.column_stack([streets.x[streets.u], streets.y[streets.u],
                            streets.x[streets.v], streets.y[streets.v]])  # fmt: skip
    segments = shapely.linestrings(ends.reshape(-1, 2, 2))
    crossed = np.zeros(len(streets.u), dtype=bool)
    crossed[shapely.STRtree(segments).query(line, predicate="intersects")] = True
    return crossed


def _node(streets: Streets, x: float, y: float) -> int | None:
    """The nearest node that a street ends at, of equals the first; None where it is too far."""
    used = np.unique(np.r_[streets.u, streets.v])
    far = np.hypot(streets.x[used] - x, streets.y[used] - y)
    return int(used[far.argmin()]) if len(used) and far.min() <= JOIN_M else None


def _step_free(edit: dict[Any, Any]) -> str:
    said = edit["wheelchair"]
    return said if isinstance(said, str) else "unknown"


def _fault(edit: dict[Any, Any], what: str) -> Fault:
    attempt = "longitude before latitude; draw the line a little longer"
    return Fault(what=what, where=f"edit {edit['edit']}", attempt=attempt)


def _built(
    streets: Streets, stays: NDArray[np.bool_], added: list[tuple[int, int, float, str]]
) -> Streets:
    count = len(added)
    columns: dict[str, list[Any]] = {
        "u": [one[0] for one in added],
        "v": [one[1] for one in added],
        "length_m": [_length(streets, one) for one in added],
        "highway": [HIGHWAYS.index("footway")] * count,
        "steps": [False] * count,
        "wheelchair": [WHEELCHAIR.index(one[3]) for one in added],
        "kerb_raised": [False] * count,
        "incline_percent": [np.nan] * count,
        "surface": [0] * count,
        "oneway": [0] * count,
    }
    joined = {
        name: np.concatenate([getattr(streets, name)[stays], np.array(more)])
        for name, more in columns.items()
    }
    return hold_streets(streets._replace(**joined))


def _length(streets: Streets, link: tuple[int, int, float, str]) -> float:
    """The length drawn, and never less than straight between the nodes that are joined."""
    u, v, length, _ = link
    straight = float(np.hypot(streets.x[u] - streets.x[v], streets.y[u] - streets.y[v]))
    return max(length, straight)
