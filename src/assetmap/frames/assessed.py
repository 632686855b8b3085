"""An assessment as it is handed to the door out: tables of one scenario, and what they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import geopandas as gpd

    from assetmap.frames.scenario import Scenario

TABLES = (
    "gains", "changes", "groups", "fairness", "curve", "drawn", "alternatives", "overlap", "near",
    "years", "money", "crowding", "hours",
    "mitigation", "holdings",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One scenario, assessed against today.

    Attributes
    ----------
    tables
        By the names of ``TABLES``, each a file.
    incidence
        Of people newly within and of minutes: the figure, or why there is none.
    sites
        What it adds, removes or moves: ``name``, ``what``, point.
    reached, lost
        Names of standards that people newly meet, and no longer meet, with how many people.
    notes
        What must be said beside it, in plain words.
    unknown
        Whether walks change, but nowhere where what is near today is known: then no gain or loss
        can be told, and none is shown as nothing.
    """

    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]
    incidence: Mapping[str, float | str]
    sites: gpd.GeoDataFrame
    totals: Mapping[str, float]
    reached: Mapping[str, float]
    lost: Mapping[str, float]
    notes: tuple[str, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every assessment of a study stands on.

    Attributes
    ----------
    areas
        AREAS with the names that residents use.
    comparison
        One row an option: today, do nothing, and every scenario with and without its new homes.
    ranking, pairs
        How often each option comes first under the draws of the flag, and before which; no rows
        where nothing is drawn.
    beliefs
        What would turn the order of the options round: assumption, and what it would take.
    vintages
        Title and date of each source.
    """

    study: str
    title: str
    place: str
    as_of: dt.date
    run: str
    version: str
    straight: bool
    invented: bool
    areas: gpd.GeoDataFrame
    labels: Mapping[str, str]
    comparison: pd.DataFrame
    beliefs: pd.DataFrame
    vintages: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    ranking: pd.DataFrame = field(default_factory=pd.DataFrame)
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame)
