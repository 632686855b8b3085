"""What is measured of a town, before an edit or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
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


def categories_of(standards: pd.DataFrame) -> frozenset[str]:
    """The categories that satisfy any of these STANDARDS."""
    return frozenset(
        category for listed in standards["categories"] for category in str(listed).split(";")
    )


def with_rest(rows: pd.DataFrame, before: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows measured now, and those of before that speak of something else."""
    rest = before[~before[by].isin(rows[by])]
    both = pd.concat([rest, rows], ignore_index=True)
    return both.sort_values(list(both.columns[:2]), ignore_index=True)
