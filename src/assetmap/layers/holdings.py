"""How assets are held, from what the listings that made them say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assetmap.frames import hold
from assetmap.frames.holdings import HOLDINGS, NAMES

if TYPE_CHECKING:
    import pandas as pd

ACV_YEARS = 5
"""For which a place stays listed under the Localism Act 2011, section 87(3)."""


def make_holdings(raws: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """HOLDINGS: of each fact what the leading listing says, else the next that says it.

    A place listed under the Localism Act 2011 stays so for five years where no end is given.
    Assets of which nothing is known have no row.

    Parameters
    ----------
    raws
        RAW_HOLDINGS of every source.
    listed
        LISTED: which listings made which asset.
    """
    keys = ["source_id", "source_row"]
    rows = listed.merge(raws, how="inner", on=keys, validate="one_to_one")
    rows = rows.sort_values(["to_id", "place"])
    first = rows.groupby("to_id", sort=True)[list(NAMES)].first().reset_index()
    open_end = first["acv_until"].isna() & (first["acv_regime"] == "Localism Act 2011")
    ends = first["acv_from"].map(_years_later, na_action="ignore")
    first["acv_until"] = first["acv_until"].where(~open_end, ends)
    return hold(first, HOLDINGS)


def _years_later(day: str) -> str:
    """The day five years on; of 29 February the 28th."""
    begun = dt.date.fromisoformat(day)
    short = begun.replace(day=28) if (begun.month, begun.day) == (2, 29) else begun
    return short.replace(year=begun.year + ACV_YEARS).isoformat()
