"""Three plain tables: areas with schemes and the rest, no free space near, supply beside need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.findings.equity.names import MEAN
from assetmap.findings.equity.subjects import FREE_SPACE, IN_SCHEMES, OUTSIDE
from assetmap.frames import table_of
from assetmap.frames.fairness import (
    COMPUTED,
    EVERYBODY,
    NO_FREE_SPACE,
    NOT_COMPUTED,
    SCHEME_AREAS,
    SUPPLY,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from assetmap.findings.equity.fairness import Subject


def scheme_areas(fairness: pd.DataFrame) -> pd.DataFrame:
    """SCHEME_AREAS: each subject's mean in areas that a scheme lies in, and in all others.

    Empty where no scheme lies in any area, or one in every area: there is nothing to compare.
    """
    rows = fairness[(fairness["by"] == "schemes") & (fairness["measure"] == MEAN)]
    table = pd.DataFrame(
        [
            {
                "of_what": name,
                "unit": some["unit"].iloc[0],
                **_side(some, IN_SCHEMES, "scheme_areas"),
                **_side(some, OUTSIDE, "rest"),
                "status": _joined_status(some),
            }
            for name, some in rows.groupby("of_what", sort=True)
        ],
        columns=list(SCHEME_AREAS.names),
    )
    return table_of(SCHEME_AREAS, {name: table[name] for name in SCHEME_AREAS.names})


def _side(some: pd.DataFrame, group: str, name: str) -> dict[str, float]:
    here = some[some["group"] == group]
    return {name: float(here["value"].sum(min_count=1)), f"people_{name}": here["people"].sum()}


def _joined_status(some: pd.DataFrame) -> str:
    said = sorted({str(one) for one in some["status"] if one != COMPUTED})
    return "; ".join(said) or COMPUTED


def no_free_space(
    fairness: pd.DataFrame, subjects: list[Subject], *, minutes: float
) -> pd.DataFrame:
    """NO_FREE_SPACE: everybody, and the groups of every kind that counts people.

    Parameters
    ----------
    subjects
        Those of :func:`assetmap.findings.equity.subjects.free_space`: none where not measured.
    """
    rows = [_everybody(subjects)]
    named = FREE_SPACE.format(minutes=minutes)
    here = fairness[(fairness["of_what"] == named) & (fairness["measure"] == MEAN)]
    for row in here.to_dict("records"):
        share, people = row["value"], row["people"]
        rows.append(
            {
                "by": row["by"], "group": row["group"], "people": people,
                "without": share * people, "share": share, "status": row["status"],
            }
        )  # fmt: skip
    table = pd.DataFrame(rows)
    return table_of(NO_FREE_SPACE, {name: table[name] for name in NO_FREE_SPACE.names})


def _everybody(subjects: list[Subject]) -> dict[str, object]:
    row: dict[str, object] = {"by": EVERYBODY, "group": EVERYBODY}
    if not subjects:
        why = "free indoor and green space are not both measured anywhere"
        return {**row, "people": 0.0, "without": np.nan, "share": np.nan,
                "status": f"{NOT_COMPUTED}{why}"}  # fmt: skip
    places = subjects[0].places
    people = float(places["people"].sum())
    without = float((places["people"] * places["value"]).sum())
    return {**row, "people": people, "without": without, "share": without / people,
            "status": COMPUTED}  # fmt: skip


def supply_beside_need(
    assets: pd.DataFrame, shares: pd.DataFrame, people: pd.Series, decile: pd.Series
) -> pd.DataFrame:
    """SUPPLY: places of each theme in the areas of each tenth of need, and who is beyond them.

    Only areas where the theme is measured count, with their people; places that not everybody may
    see do not. Where it is measured in none, the row says so.

    Parameters
    ----------
    assets
        ASSETS.
    shares
        THEME_SHARES.
    people
        By ``area_id``; the study's own areas.
    decile
        The tenth of the nation by ``area_id``.
    """
    seen = assets[assets["visibility"] == "public"]
    counts = seen.groupby(["area_id", "theme"]).size().rename("places")
    table = shares[shares["area_id"].isin(people.index)].join(counts, on=["area_id", "theme"])
    table = table.assign(
        tenth=table["area_id"].map(decile),
        people=table["area_id"].map(people),
        places=table["places"].fillna(0),
    ).dropna(subset=["tenth"])
    table = table.sort_values(["tenth", "theme", "area_id"], ignore_index=True)
    here = table["measured"] & (table["people"] > 0)
    known = here & table["share_failing"].notna()
    parts = table[["tenth", "theme"]].assign(
        areas=here.astype(np.int64),
        people=table["people"].where(here, 0.0),
        places=table["places"].where(here, 0),
        judged=table["people"].where(known, 0.0),
        beyond=(table["share_failing"] * table["people"]).where(known, 0.0),
    )
    sums = parts.groupby(["tenth", "theme"], sort=True, as_index=False).sum()
    rows = [_supply(row) for row in sums.to_dict("records")]
    whole = pd.DataFrame(rows, columns=list(SUPPLY.names))
    return table_of(SUPPLY, {name: whole[name] for name in SUPPLY.names})


def _supply(sums: Mapping[Hashable, Any]) -> dict[str, object]:
    """One row of SUPPLY from the sums over its areas."""
    people, judged = float(sums["people"]), float(sums["judged"])
    row = {"tenth": int(sums["tenth"]), "theme": str(sums["theme"]), "areas": int(sums["areas"])}
    if not people:
        return {**row, "people": 0.0, "places": None, "per_10000": np.nan, "beyond": np.nan,
                "status": f"{NOT_COMPUTED}not measured in any of its areas"}  # fmt: skip
    places = int(sums["places"])
    beyond = float(sums["beyond"]) / judged if judged else np.nan
    return {**row, "people": people, "places": places, "per_10000": 1e4 * places / people,
            "beyond": beyond, "status": COMPUTED}  # fmt: skip
