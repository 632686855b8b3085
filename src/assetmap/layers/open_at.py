"""What is open at the times that a study asks for, and what is not known of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames import table_of
from assetmap.frames.hours import DAY_MIN, MOMENTS, OPEN_AT
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LETTERS = {"yes": "y", "no": "n", "unknown": "u"}


def make_moments(asked: Iterable[tuple[str, str, dt.time]], *, first: dt.date) -> pd.DataFrame:
    """MOMENTS: each named time on its day (``Mon`` to ``Sun``) of the week from ``first``.

    A week of seven days has each day once, whichever it starts with.
    """
    rows = []
    for name, day, time in asked:
        ahead = (DAYS.index(day) - first.weekday()) % len(DAYS)
        rows.append(
            {
                "moment": name,
                "day": (first + dt.timedelta(days=ahead)).isoformat(),
                "clock": f"{time:%H:%M}",
                "at_min": ahead * DAY_MIN + time.hour * 60 + time.minute,
            }
        )
    table = pd.DataFrame(rows, columns=list(MOMENTS.names))
    return table_of(MOMENTS, {name: table[name] for name in MOMENTS.names})


def make_open_at(
    assets: pd.DataFrame, open_week: pd.DataFrame, moments: pd.DataFrame
) -> Told[pd.DataFrame]:
    """OPEN_AT: whether each of ASSETS is open at each of MOMENTS; ``opens ≤ t < closes``.

    A place that closes at the minute asked for is closed. Told: ``hours_unknown``, the places
    of which it is not known at one of the times at least, and their share.
    """
    rows = pd.DataFrame({"to_id": sorted(assets["to_id"])}).merge(moments, how="cross")
    pairs = rows.merge(open_week, on="to_id", how="left", validate="m:m")
    during = (pairs["opens_min"] <= pairs["at_min"]) & (pairs["at_min"] < pairs["closes_min"])
    found = pairs[during].set_index(["to_id", "moment"])[["state", "why"]]
    told = rows[["to_id", "moment"]].join(found, on=["to_id", "moment"], how="left", validate="1:1")
    table = table_of(
        OPEN_AT,
        {
            "to_id": told["to_id"],
            "moment": told["moment"],
            "open": told["state"].map({"open": "yes", "unknown": "unknown"}).fillna("no"),
            "why": told["why"],
        },
    )
    return Told(table, _unknown(table))


def apart_by_opening(bands: pd.Series, assets: pd.DataFrame, open_at: pd.DataFrame) -> pd.Series:
    """Each asset's band, apart by when it is open: the nearest of each kind are kept by itself.

    Of the nearest few of a band none need be open in the evening. An asset that OPEN_AT does not
    name, since a scheme would bring it, is of unknown hours.
    """
    letters = open_at["open"].map(LETTERS)
    signs = letters.groupby(open_at["to_id"], sort=True).agg("".join)
    width = open_at["moment"].nunique()
    mine = assets["to_id"].map(signs).fillna(LETTERS["unknown"] * width)
    return (bands + ", open " + mine.to_numpy()).astype("str")


def _unknown(open_at: pd.DataFrame) -> tuple[Caution, ...]:
    places = open_at["to_id"].nunique()
    unknown = open_at.loc[open_at["open"] == "unknown", "to_id"].nunique()
    if not unknown:
        return ()
    text = (
        f"We do not know whether {unknown:,} of {places:,} places ({unknown / places:.0%}) are "
        "open at the times asked for. Figures are given without them and with them."
    )
    found = Caution(code="hours_unknown", about="opening hours", text=text, count=unknown)
    return (found,)
