"""POPULATION of several sources as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames import hold
from assetmap.frames.given import POPULATION

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_whole_population(populations: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The POPULATION of all sources; where two count the same group, the first leads."""
    whole = pd.concat(list(populations), ignore_index=True)
    return hold(whole.drop_duplicates(["area_id", "kind", "group"]), POPULATION)
