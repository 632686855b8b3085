"""Several options side by side, and what would turn their order round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.scenarios.gain import FLAGGED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.scenarios.gain import Change

DEPRIVED = 2
"""Tenths that make the most deprived fifth."""
NEAR_MIN = 10
"""Minutes within which people are counted as living near what changes."""
COMPARISON = [
    "option", "variant", "newly_within", "newly_within_deprived", "newly_within_flagged",
    "newly_within_outside", "no_longer_within", "minutes_saved", "flags_fall", "flags_stay",
    "crowded", "near", "capital", "yearly",
]  # fmt: skip

OF_REACH = (
    "newly_within", "newly_within_deprived", "newly_within_flagged", "newly_within_outside",
    "no_longer_within", "no_longer_within_deprived", "no_longer_within_outside", "minutes_saved",
    "flags_fall",
)  # fmt: skip
"""Totals of which nothing is known where today's reach is not measured: empty, never 0."""


def totals(gained: pd.DataFrame, roles: pd.Series, crowding: pd.DataFrame) -> dict[str, float]:
    """The sums of a scenario, of the study's own residents; what lies around it told apart."""
    inside = gained[gained["area_id"].map(roles) == "study"]
    outside = gained[gained["area_id"].map(roles) != "study"]
    flagged = inside[inside["level_before"].isin(FLAGGED)]
    deprived = inside[inside["decile"].notna() & (inside["decile"] <= DEPRIVED)]
    stays = inside["level_after"].isin(FLAGGED)
    return {
        "people": float(inside["people"].sum()),
        "people_deprived": float(deprived["people"].sum()),
        "newly_within": float(inside["newly_within"].sum()),
        "newly_within_deprived": float(deprived["newly_within"].sum()),
        "newly_within_flagged": float(flagged["newly_within"].sum()),
        "newly_within_outside": float(outside["newly_within"].sum()),
        "no_longer_within": float(inside["no_longer_within"].sum()),
        "no_longer_within_deprived": float(deprived["no_longer_within"].sum()),
        "no_longer_within_outside": float(outside["no_longer_within"].sum()),
        "minutes_saved": float(inside["minutes_saved"].sum()),
        "flags_fall": float(inside["flag_falls"].sum()),
        "flags_stay": float(stays.sum()),
        "crowded": float(crowding.loc[crowding["change"] < 0, "people"].max()
                         if (crowding["change"] < 0).any() else 0.0),
    }  # fmt: skip


def crowding(before: pd.DataFrame, after: pd.DataFrame, *, areas: pd.Index) -> pd.DataFrame:
    """Where capacity shared among people changes: by standard, who has more and who has less.

    Columns ``standard_id``, ``measure``, ``change`` (-1 less, 1 more), ``areas``, ``people``; of
    the measures of the catchment family that the study asks for.
    """
    keys = ["area_id", "category", "measure", "profile"]
    family = ["two_step", "three_step", "modified", "huff", "balanced"]
    columns = ["standard_id", "measure", "change", "areas", "people"]
    tables = [
        table[table["measure"].isin(family) & (table["profile"] == "standard")
              & table["area_id"].isin(areas)].set_index(keys)
        for table in (before, after)
    ]  # fmt: skip
    if not len(tables[0]):
        return pd.DataFrame(columns=columns)
    apart = (tables[1]["value"] - tables[0]["value"].reindex(tables[1].index)).round(6)
    moved = tables[1].assign(change=np.sign(apart))[apart.fillna(0.0) != 0].reset_index()
    grouped = moved.groupby(["category", "measure", "change"], sort=True)
    table = grouped.agg(areas=("area_id", "size"), people=("people", "sum")).reset_index()
    return table.rename(columns={"category": "standard_id"})[columns]


def by_standard(changed: Change, roles: pd.Series, column: str) -> dict[str, float]:
    """People newly within, or no longer within, each standard; only those that are not none."""
    own = roles.reindex(changed.from_ids).eq("study").to_numpy()
    flags = changed.newly if column == "newly" else changed.no_longer
    people = {name: float(changed.people[flags[:, place] & own].sum())
              for place, name in enumerate(changed.standards)}  # fmt: skip
    return {name: count for name, count in people.items() if count > 0}


def beliefs(comparison: pd.DataFrame) -> pd.DataFrame:
    """What would we need to believe for the second option to come first? Three assumptions.

    Columns ``assumption``, ``first``, ``second``, ``needed``: by how much each would have to be
    otherwise. Empty where fewer than two options bring anybody within reach.
    """
    columns = ["assumption", "first", "second", "needed"]
    options = comparison[~comparison["variant"].isin(["today", "do nothing"])]
    options = options[(options["variant"] != "with new homes") & options["newly_within"].notna()]
    ranked = options.sort_values(["newly_within", "option"], ascending=[False, True])
    ranked = ranked[ranked["newly_within"] > 0]  # what brings nobody near is no rival
    if len(ranked) < 2:  # noqa: PLR2004 - a first and a second
        return pd.DataFrame(columns=columns)
    first, second = ranked.head(2).to_dict("records")
    rows = [_of_people(first, second), _of_need(first, second), _of_time(first, second)]
    rows += [_of_money(first, second)] if _priced(first, second) else []
    names: dict[str, str] = {"first": first["option"], "second": second["option"]}
    return pd.DataFrame([{**names, **row} for row in rows])[columns].head(3)


def _of_people(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[str, str]:
    apart = 1 - second["newly_within"] / first["newly_within"]
    return {
        "assumption": "How many people the first option reaches",
        "needed": f"It reaches {apart:.0%} fewer than we count",
    }


def _of_need(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[str, str]:
    """The weight λ of the most deprived at which w (1 + λ need) puts the second first."""
    short = first["newly_within"] - second["newly_within"]
    ahead = second["newly_within_deprived"] - first["newly_within_deprived"]
    needed = "No weight changes the order, as the first option reaches at least as many of them"
    if ahead > 0:
        needed = f"One of them counts as {1 + short / ahead:.1f} others"
    return {"assumption": "How much people in the most deprived fifth count", "needed": needed}


def _of_time(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[str, str]:
    sooner = second["minutes_saved"] > first["minutes_saved"]
    needed = "Minutes of walking saved would not change the order"
    if sooner:
        needed = "Minutes saved matter, and not who is within the standard"
    return {"assumption": "What counts as a gain", "needed": needed}


def _of_money(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[str, str]:
    each = [one["capital"] / max(one["newly_within"], 1e-9) for one in (first, second)]
    needed = "Cost for each person already puts the second option first"
    if each[0] < each[1]:
        share = 1 - each[0] / each[1]
        needed = f"The second option costs {share:.0%} less than its file says"
    return {"assumption": "What the options cost", "needed": needed}


def _priced(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> bool:
    return all(pd.notna(one["capital"]) and one["newly_within"] > 0 for one in (first, second))


def comparison_of(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The options side by side, in the order given."""
    return pd.DataFrame(list(rows)).reindex(columns=COMPARISON)
