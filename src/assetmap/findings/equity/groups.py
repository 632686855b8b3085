"""Access of groups of people: by tenth of deprivation, age, disability, tenure or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames import table_of
from assetmap.frames.fairness import GROUP_MEANS
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

ADDS_UP_WITHIN = 0.02


def group_means(values: pd.Series, population: pd.DataFrame, *, by: str) -> Told[pd.DataFrame]:
    """GROUP_MEANS: for each group, the mean of the areas its people live in, Σ P_g y / Σ P_g.

    Everybody in an area gets the area's value, so differences *inside* areas are not seen.
    Areas without a value are left out and counted. A group of nobody has no mean.

    Parameters
    ----------
    values
        A measure by ``area_id``.
    population
        POPULATION; rows of the kind ``by``. Where rows of the kind ``all`` are there too, the
        groups are checked to add up to within 2 % of them.

    Raises
    ------
    MethodError
        Where the table holds no such grouping.
    """
    rows = population[population["kind"] == by]
    if rows.empty:
        known = ", ".join(sorted(population["kind"].unique()))
        raise MethodError(Fault(what=f"no people by '{by}'", attempt=f"one of: {known}"))
    joined = rows.join(values.rename("value"), on="area_id", how="left")
    held = joined[joined["value"].notna()].sort_values(["group", "area_id"])
    sums = held.assign(weighted=held["value"] * held["people"]).groupby("group")
    table = sums[["people", "weighted"]].sum()
    table["mean"] = table["weighted"] / table["people"].where(table["people"] > 0)
    table = table.reindex(sorted(rows["group"].unique())).fillna({"people": 0.0}).reset_index()
    table["by"] = by
    cautions = (*_left_out(joined, by), *_not_adding_up(population, by))
    return Told(table_of(GROUP_MEANS, {name: table[name] for name in GROUP_MEANS.names}), cautions)


def deciles_as_groups(decile: pd.Series, people: pd.Series) -> pd.DataFrame:
    """POPULATION of the kind ``deprivation``: every area's people in the group of its tenth.

    Groups are named ``01 most deprived tenth`` to ``10 least deprived tenth``.
    """
    named = {1: "01 most deprived tenth", 10: "10 least deprived tenth"}
    group = decile.map(lambda one: named.get(int(one), f"{int(one):02d}"))
    ids: NDArray[object] = decile.index.to_numpy()  # type: ignore[type-var]
    return pd.DataFrame(
        {
            "area_id": ids,
            "kind": "deprivation",
            "group": group.to_numpy(),
            "people": people.reindex(decile.index).fillna(0.0).to_numpy(),
            "crosswalk_status": "published",
        }
    )


def _left_out(joined: pd.DataFrame, by: str) -> tuple[Caution, ...]:
    gone = joined[joined["value"].isna()]
    if gone.empty:
        return ()
    count = int(gone["area_id"].nunique())
    text = f"{count} areas have no value and are left out of the means by {by}."
    people = float(gone["people"].sum())
    return (
        Caution(code="group_left_out", about=f"by {by}", text=text, count=count, people=people),
    )


def _not_adding_up(population: pd.DataFrame, by: str) -> tuple[Caution, ...]:
    whole = population[population["kind"] == "all"].groupby("area_id")["people"].sum()
    parts = population[population["kind"] == by].groupby("area_id")["people"].sum()
    if whole.empty or by == "tenure":  # tenure counts households
        return ()
    together = pd.DataFrame({"whole": whole, "parts": parts}).dropna()
    apart = (together["whole"] - together["parts"]).abs() > ADDS_UP_WITHIN * together["whole"]
    if not apart.any():
        return ()
    text = (
        f"In {int(apart.sum())} areas the groups by {by} do not add up to everybody (more than "
        "2 % apart): another year, or a table of something else."
    )
    return (
        Caution(code="group_not_adding_up", about=f"by {by}", text=text, count=int(apart.sum())),
    )
