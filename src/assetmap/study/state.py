"""What is measured of a town, before an edit or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.measured import Measured
    from assetmap.scenarios.edits import Edited


class State(NamedTuple):
    """What is measured of a town.

    Attributes
    ----------
    found
        Measured of the leading profile, for the standards that were touched.
    area_access
        AREA_ACCESS of every profile: nearest, standards, themes, measures asked for.
    scores, findings
        SCORES, and FINDINGS (None where the study has no index of deprivation).
    costs
        COSTS of the leading profile to what may satisfy those standards.
    edited
        The town, and what edits touch in it.
    """

    found: Measured
    area_access: pd.DataFrame
    theme_shares: pd.DataFrame
    scores: pd.DataFrame
    findings: pd.DataFrame | None
    costs: pd.DataFrame
    edited: Edited
