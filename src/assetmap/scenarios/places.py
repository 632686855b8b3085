"""What a scenario means for places: whose people it draws, what it doubles, where losers go."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.access.pairs import pairs_to
from assetmap.access.standard import satisfying
from assetmap.frames.costs import COST_DECIMALS
from assetmap.layers.hours import hours_in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from assetmap.scenarios.gain import Change

    Numbers = NDArray[np.float64]

NEAR_MIN = (5.0, 10.0, 15.0)
NEAREST = ["standard_id", "to_id", "name", "people_before", "people_after", "drawn"]
ALTERNATIVES = [
    "standard_id", "to_id", "name", "people", "minutes", "within_standard", "opening_hours",
    "hours_read", "supply", "wheelchair",
]  # fmt: skip
OVERLAPS = [
    "standard_id", "to_id", "name", "other_id", "other", "people", "shared", "overlap",
]  # fmt: skip


class Goes(NamedTuple):
    """Where the people of each origin go: the nearest asset (None where none), and its minutes."""

    to_id: NDArray[np.object_]
    minutes: Numbers


def nearest_place(costs: pd.DataFrame, wanted: Collection[str], from_ids: pd.Index) -> Goes:
    """The nearest of these assets for each origin; of equals the first by id."""
    pairs = pairs_to(costs, wanted)
    order = np.lexsort((pairs.to_code, pairs.cost_min, pairs.from_code))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(pairs.from_code[order]) != 0
    rows = order[first]
    to_id = np.full(len(from_ids), None, dtype=object)
    minutes = np.full(len(from_ids), np.inf)
    at = from_ids.get_indexer(pairs.origins[pairs.from_code[rows]])
    held = at >= 0
    to_id[at[held]] = pairs.opportunities.to_numpy(dtype=object)[pairs.to_code[rows][held]]
    minutes[at[held]] = pairs.cost_min[rows][held]
    return Goes(to_id, minutes)


def drawn(
    before: tuple[pd.DataFrame, pd.DataFrame],
    after: tuple[pd.DataFrame, pd.DataFrame],
    origins: pd.DataFrame,
    standards: pd.DataFrame,
) -> pd.DataFrame:
    """Whose nearest each place is, before and after; only places where that changes.

    ``before`` and ``after`` are COSTS and ASSETS. ``drawn`` is after less before: below 0, people
    for whom another place is now nearer. Nearest is not used: nobody knows who goes where.
    """
    homes = homes_of(origins)
    names = pd.concat([before[1], after[1]]).drop_duplicates("to_id").set_index("to_id")["name"]
    tables = []
    for standard in standards.to_dict("records"):
        counts = [
            pd.Series(homes.people).groupby(
                nearest_place(costs, satisfying(assets, standard), homes.from_ids).to_id
            ).sum()
            for costs, assets in (before, after)
        ]  # fmt: skip
        both = pd.DataFrame({"people_before": counts[0], "people_after": counts[1]}).fillna(0.0)
        both = both.rename_axis("to_id").reset_index()
        tables.append(both.assign(standard_id=standard["standard_id"]))
    whole = pd.concat(tables or [pd.DataFrame(columns=NEAREST)], ignore_index=True)
    whole["drawn"] = whole["people_after"] - whole["people_before"]
    whole["name"] = whole["to_id"].map(names)
    moved = whole[whole["drawn"].abs() > 1e-9]  # noqa: PLR2004 - sums of floats
    return moved[NEAREST].sort_values(["standard_id", "to_id"], ignore_index=True).round(6)


def alternatives(
    changed: Change, costs: pd.DataFrame, assets: pd.DataFrame, standards: pd.DataFrame
) -> pd.DataFrame:
    """Where those who lose a standard would go next: minutes, hours, capacity, step-free state.

    ``within_standard`` is always none of them, but for those who still have another near; people
    whom nothing is left within the cut-off have a row without an asset. ``hours_read`` are the
    hours where they can be read, and empty where they cannot.
    """
    rows = []
    named = assets.set_index("to_id")
    for column, name in enumerate(changed.standards):
        losers = changed.no_longer[:, column]
        farther = changed.known[:, column] & (changed.after[:, column] > changed.before[:, column])
        if not (losers | farther).any():
            continue
        standard = standards[standards["standard_id"] == name].to_dict("records")[0]
        goes = nearest_place(costs, satisfying(assets, standard), changed.from_ids)
        there = pd.DataFrame({
            "to_id": goes.to_id, "minutes": goes.minutes, "people": changed.people,
            "still": changed.within_after[:, column],
        })[losers | farther]  # fmt: skip
        for to_id, group in there.groupby("to_id", sort=True, dropna=False):
            rows.append(_alternative(name, to_id, group, named))
    table = pd.DataFrame(rows, columns=ALTERNATIVES)
    return table.sort_values(["standard_id", "people"], ascending=[True, False], ignore_index=True)


def _alternative(
    name: str, to_id: object, group: pd.DataFrame, assets: pd.DataFrame
) -> dict[str, object]:
    people = float(group["people"].sum())
    reached = group[np.isfinite(group["minutes"])]
    mean = (reached["minutes"] * reached["people"]).sum() / max(reached["people"].sum(), 1e-9)
    place = assets.loc[str(to_id)].to_dict() if to_id in assets.index else {}
    return {
        "standard_id": name,
        "to_id": to_id if place else None,
        "name": place.get("name", "Nothing within the cut-off"),
        "people": round(people, 3),
        "minutes": round(float(mean), 4) if len(reached) else None,
        "within_standard": round(float(group.loc[group["still"], "people"].sum()), 3),
        "opening_hours": place.get("opening_hours"),
        "hours_read": hours_in_order(place.get("opening_hours")),
        "supply": place.get("supply"),
        "wheelchair": place.get("wheelchair", "unknown"),
    }


def overlaps(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    *,
    of: Collection[str] | None = None,
    least: float = 0.0,
) -> pd.DataFrame:
    """How much of a place's catchment others of its standard have too.

    ``overlap`` is the share of the people within the standard of ``to_id`` who are within it of
    ``other_id`` as well. Only places ``of`` (all, where None), and overlaps above ``least``.
    """
    homes = homes_of(origins)
    names = assets.set_index("to_id")["name"]
    rows = []
    for standard in standards.to_dict("records"):
        near = near_standard(costs, assets, homes.from_ids, standard)
        cells = near.to_numpy()
        shared = (cells * homes.people[:, None]).T @ cells
        ids, people = list(near.columns), np.diag(shared)
        for one, other in product(range(len(ids)), repeat=2):
            wanted = one != other and (of is None or ids[one] in of)
            if wanted and people[one] > 0 and shared[one, other] / people[one] > least:
                both = float(shared[one, other])
                rows.append((standard["standard_id"], ids[one], names[ids[one]], ids[other],
                             names[ids[other]], float(people[one]), both,
                             both / float(people[one])))  # fmt: skip
    table = pd.DataFrame(rows, columns=OVERLAPS)
    keys = ["standard_id", "to_id", "overlap", "other_id"]
    ascending = [True, True, False, True]
    return table.sort_values(keys, ascending=ascending, ignore_index=True).round(6)


def near_standard(
    costs: pd.DataFrame, assets: pd.DataFrame, from_ids: pd.Index, standard: Mapping[Any, Any]
) -> pd.DataFrame:
    """Origins by assets: whether the asset is within the standard."""
    pairs = pairs_to(costs, satisfying(assets, standard))
    limit = round(float(standard["threshold_min"]), COST_DECIMALS)
    held = pairs.cost_min <= limit
    at = from_ids.get_indexer(pairs.origins[pairs.from_code[held]])
    near = np.zeros((len(from_ids), len(pairs.opportunities)))
    near[at[at >= 0], pairs.to_code[held][at >= 0]] = 1.0
    return pd.DataFrame(near, index=from_ids, columns=pairs.opportunities)


def people_near(
    costs: pd.DataFrame, ids: Collection[str], origins: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    """Who lives within 5, 10 and 15 minutes of any of these places, in all and by group.

    Columns ``minutes``, ``by``, ``group``, ``people``. Groups are shared out by where the people
    of each area live: differences inside areas are not seen.
    """
    homes = homes_of(origins)
    goes = nearest_place(costs, ids, homes.from_ids)
    whole = homes.people_of(np.ones(len(homes.people), dtype=bool))
    groups = population[~population["kind"].isin(["tenure", "cars"])]
    tables = []
    for limit in NEAR_MIN:
        people = homes.people_of(goes.minutes <= limit)
        share = pd.Series(np.divide(people, whole, out=np.zeros_like(people), where=whole > 0),
                          index=homes.areas)  # fmt: skip
        inside = groups["people"] * groups["area_id"].map(share).fillna(0.0)
        by = inside.groupby([groups["kind"], groups["group"]], sort=True).sum()
        table = by.rename("people").rename_axis(["by", "group"]).reset_index()
        table = table[table["by"] != "all"]
        everybody = pd.DataFrame({"by": ["all"], "group": ["all"], "people": [people.sum()]})
        tables.append(pd.concat([everybody, table]).assign(minutes=limit))
    found = pd.concat(tables, ignore_index=True)
    return found[["minutes", "by", "group", "people"]].round(3)
