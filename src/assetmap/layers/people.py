"""POPULATION of several sources as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames import hold
from assetmap.frames.given import POPULATION

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_whole_population(populations: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The POPULATION of all sources; where two count one kind in an area, the first leads.

    The kind is taken whole: ages in bands from one source and by single year from another would
    count everybody twice.
    """
    empty = pd.DataFrame(columns=list(POPULATION.names))
    tables = [table.assign(source=place) for place, table in enumerate(populations)]
    whole = pd.concat(tables or [empty.assign(source=0)], ignore_index=True)
    leading = whole.groupby(["area_id", "kind"])["source"].transform("min")
    return hold(whole[whole["source"] == leading].drop(columns="source"), POPULATION)
