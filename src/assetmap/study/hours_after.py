"""What is open after edits, at the times of day that a study asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.study.steps.hours import open_of, standards_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.scenarios.edits import Edited
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def open_after(work: Work, steps: Mapping[str, Kept], edited: Edited) -> pd.DataFrame | None:
    """OPEN_AT: of what the edits touch made anew, of the rest as it was; None where none is."""
    if "opening" not in steps:
        return None
    today, assets = steps["opening"].table("table"), edited.town.assets
    rest = today[~today["to_id"].isin(edited.touched)]
    standards = standards_asked(work, steps["standards"].table("table"))
    listed = set(";".join(standards["categories"]).split(";"))
    here = assets["to_id"].isin(edited.touched) & assets["category"].isin(listed)
    if not here.any():
        return rest
    made = open_of(work, gpd.GeoDataFrame(assets[here]), standards).parts["table"]
    return pd.concat([rest, pd.DataFrame(made)], ignore_index=True)
