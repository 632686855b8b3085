"""The nearest misses: areas that are not flagged and are nearest to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.findings.clusters import FLAGGED
from assetmap.frames import table_of
from assetmap.frames.challenge import MISSES

if TYPE_CHECKING:
    from assetmap.findings.rules import Rules

AT_LEAST = 5
"""How many are told where nobody is flagged."""
POINTS, TENS_OF_MINUTES = 100.0, 10.0


def nearest_misses(
    findings: pd.DataFrame, challenges: pd.DataFrame, places: pd.Series, *, rules: Rules
) -> pd.DataFrame:
    """MISSES: as many as are flagged, or five where nobody is.

    Areas that a single change would flag come first, the smallest change before; then the others
    by how far they are from the line on the leg that is farthest. What cannot be spoken of is no
    miss. Ties go by code.

    Parameters
    ----------
    findings
        FINDINGS.
    challenges
        CHALLENGE.
    places
        Place name by ``area_id``.
    """
    flagged = findings["level"].isin(FLAGGED)
    open_to = findings[~flagged & findings["level"].ne("insufficient_data")]
    joins = challenges[challenges["becomes"].isin(FLAGGED)].sort_values(["area_id", "order"])
    first = joins.drop_duplicates("area_id").set_index("area_id")
    legs = _shortfalls(open_to, rules)
    table = pd.DataFrame(
        {
            "area_id": open_to["area_id"],
            "place": open_to["area_id"].map(places),
            "level": open_to["level"],
            "people": open_to["people"],
            "lacks": ["; ".join(legs.columns[row]) for row in legs.to_numpy() > 0],
            "shortfall": legs.max(axis="columns"),
            "change": open_to["area_id"].map(first["change"]),
            "would_join": open_to["area_id"].map(first["says"]),
        }
    )
    ordered = table.sort_values(["change", "shortfall", "area_id"], na_position="last")
    most = int(flagged.sum()) or AT_LEAST
    kept = ordered.head(most).assign(order=np.arange(1, len(ordered.head(most)) + 1))
    return table_of(MISSES, {name: kept[name] for name in MISSES.names})


def _shortfalls(findings: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """How far each leg is from being met; 0 where it is. A margin that is not known is far."""
    need = (-findings["need_margin"] / POINTS).clip(lower=0).fillna(1.0)
    access = (-findings["access_margin"]).clip(lower=0).fillna(1.0)
    benefit = ((findings["benefit_min"] - rules.benefit_min) / TENS_OF_MINUTES).clip(lower=0)
    return pd.DataFrame(
        {
            "need": need.where(~findings["need"], 0.0),
            "access": access.where(~findings["poor_access"], 0.0),
            "no benefit": benefit.where(findings["benefit"].eq("yes"), 0.0).fillna(0.0),
        }
    )
