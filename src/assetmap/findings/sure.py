"""Findings with how often each flag stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.frames import table_of
from assetmap.frames.results import FINDINGS

if TYPE_CHECKING:
    import pandas as pd

JOINED = ("robustness", "rank_p5", "rank_p95")


def with_robustness(findings: pd.DataFrame, robustness: pd.DataFrame) -> pd.DataFrame:
    """FINDINGS with the columns of ROBUSTNESS that stand beside every level.

    An area that ROBUSTNESS does not name keeps them empty; nothing else changes.
    """
    known = robustness[["area_id", *JOINED]]
    joined = findings.drop(columns=list(JOINED)).merge(
        known, on="area_id", how="left", validate="1:1"
    )
    return table_of(FINDINGS, {name: joined[name] for name in FINDINGS.names})
