"""Who relies on which places, as it is handed to the door out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Relied:
    """What is known of a study's places together.

    Attributes
    ----------
    tables
        By file name: ``hubs``, ``hub_groups``, ``doubles``, ``hosts``, ``holdings``, ``ending``,
        ``ready``.
    labels
        Of the standards that were looked at.
    """

    place: str
    as_of: dt.date
    straight: bool
    invented: bool
    tables: Mapping[str, pd.DataFrame]
    labels: Mapping[str, str]
