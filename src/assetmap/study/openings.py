"""What a scenario changes at the times of day that a study asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.open_then import nearest_open, open_by_area
from assetmap.study.steps.hours import standards_asked
from assetmap.study.steps.measure import LEADING

if TYPE_CHECKING:
    from assetmap.study.state import State
    from assetmap.study.whatif import Warm

OPENINGS = ["moment", "standard_id", "counts", "people_before", "people_after", "change"]
BOUNDS = {"open": "known to be open", "maybe_open": "open or not known"}


def openings(warm: Warm, before: State, after: State) -> pd.DataFrame:
    """People of the study near a place that is open at each time asked for, before and after.

    Columns ``moment``, ``standard_id``, ``counts`` (known to be open; or also of unknown hours),
    ``people_before``, ``people_after``, ``change``. Only where it changes; empty where the study
    asks about no time.
    """
    both = [
        _people(warm, state, open_at)
        for state in (before, after)
        if (open_at := warm.open_after(state.edited)) is not None
    ]
    if not both:
        return pd.DataFrame(columns=OPENINGS)
    table = pd.concat(both, axis=1, keys=["people_before", "people_after"]).reset_index()
    table["change"] = table["people_after"] - table["people_before"]
    changed = table[table["change"].abs() > 1e-6]  # noqa: PLR2004 - sums of floats
    return changed[OPENINGS].round(3).reset_index(drop=True)


def _people(warm: Warm, state: State, open_at: pd.DataFrame) -> pd.Series:
    """People by time, standard and what counts as open."""
    town, found = state.edited.town, state.found
    standards = warm.steps["standards"].table("table")
    standards = standards[standards["standard_id"].isin(found.nearest_min.columns)]
    asked = standards_asked(warm.work, standards)
    minutes = nearest_open(state.costs, town.assets, asked, open_at)
    own = town.origins[town.origins["role"] == "study"]
    rows = open_by_area(minutes, found.measured, own, asked, profile=LEADING)
    rows = rows[rows["measure"].str.startswith("share_")]
    parts = rows["measure"].str.extract(r"^share_(?P<bound>maybe_open|open)_(?P<moment>.+)$")
    near = (rows["value"].astype("float64") * rows["people"]).fillna(0.0)
    keys = [parts["moment"], rows["category"].rename("standard_id"),
            parts["bound"].map(BOUNDS).rename("counts")]  # fmt: skip
    return near.groupby(keys, sort=True).sum()
