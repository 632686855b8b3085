"""Each candidate by itself: whom it would bring within the standard who is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.scenarios.locate.problem import covers

if TYPE_CHECKING:
    from assetmap.scenarios.locate.problem import Problem


def each_alone(problem: Problem, within: float) -> pd.DataFrame:
    """Every candidate as if it were the only new one, the best first.

    Columns ``to_id``, ``people`` (within the standard of it), ``newly`` (of them within no
    existing one's), ``newly_deprived`` (of these, in the most deprived fifth); of equals the
    first by id.
    """
    near = covers(problem, within)
    beyond = np.logical_not(near[:, problem.fixed].any(axis=1))
    free = np.flatnonzero(~problem.fixed)
    fresh = near[:, free] & np.asarray(beyond)[:, None]
    table = pd.DataFrame(
        {
            "to_id": [problem.to_ids[one] for one in free],
            "people": problem.people @ near[:, free],
            "newly": problem.people @ fresh,
            "newly_deprived": (problem.people * problem.deprived) @ fresh,
        }
    )
    ranked = table.sort_values(["newly", "to_id"], ascending=[False, True], ignore_index=True)
    return ranked.round(3)
