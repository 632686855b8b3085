"""Who relies on each place, which places double each other, and which could host a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.access.standard import satisfying
from assetmap.scenarios.places import near_standard

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from assetmap.access.homes import Homes

    Numbers = NDArray[np.float64]

HUBS = [
    "standard_id", "to_id", "name", "people", "only", "only_deprived", "supply", "people_a_unit",
    "opening_hours", "wheelchair",
]  # fmt: skip
GROUPS = ["standard_id", "to_id", "by", "group", "people"]
DOUBLES = ["theme", "to_id", "name", "other_id", "other", "people", "shared", "overlap", "spare"]
HOSTS = ["standard_id", "to_id", "name", "category", "people", "beyond", "beyond_deprived"]
OVERLAP = 0.7
"""Catchments that share more of their people than this double each other."""
UNKNOWN_SUPPLY = 1.0
"""Supply that nobody gave."""


def hubs(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    *,
    deprived: Collection[str],
) -> pd.DataFrame:
    """Who relies on each place: people within the standard of it, and for whom it is the last.

    Parameters
    ----------
    origins
        ORIGINS of the study.
    deprived
        Areas in the most deprived fifth.

    Returns
    -------
    DataFrame
        A row a standard and place, the most relied on first: ``people`` within the standard of
        it; ``only``, of them without another; ``only_deprived``, of these in ``deprived``;
        ``supply`` and ``people_a_unit``, empty where nobody gave the capacity.
    """
    homes, named = homes_of(origins), assets.set_index("to_id")
    poor = homes.people * np.asarray(homes.areas.isin(list(deprived)))[homes.area_code]
    tables = []
    for standard in standards.to_dict("records"):
        near = near_standard(costs, assets, homes.from_ids, standard)
        cells = near.to_numpy()
        last = cells * (cells.sum(axis=1) == 1)[:, None]
        there = named.reindex(near.columns)
        supply = there["supply"].where(there["supply"] != UNKNOWN_SUPPLY).to_numpy(float)
        people = homes.people @ cells
        tables.append(pd.DataFrame({
            "standard_id": standard["standard_id"], "to_id": near.columns,
            "name": there["name"].to_numpy(), "people": people, "only": homes.people @ last,
            "only_deprived": poor @ last, "supply": supply, "people_a_unit": people / supply,
            "opening_hours": there["opening_hours"].to_numpy(),
            "wheelchair": there["wheelchair"].to_numpy(),
        }))  # fmt: skip
    whole = pd.concat(tables or [pd.DataFrame(columns=HUBS)], ignore_index=True)[HUBS]
    order = ["standard_id", "only", "people", "to_id"]
    return whole[whole["people"] > 0].sort_values(
        order, ascending=[True, False, False, True], ignore_index=True
    ).round(3)  # fmt: skip


def hub_groups(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    population: pd.DataFrame,
) -> pd.DataFrame:
    """Who they are that have no other: by group, shared out by who lives in each area.

    Differences inside areas are not seen. Households are left out.
    """
    homes = homes_of(origins)
    whole = homes.people_of(np.ones(len(homes.people), dtype=bool))
    groups = population[~population["kind"].isin(["tenure", "cars", "all"])]
    tables = []
    for standard in standards.to_dict("records"):
        near = near_standard(costs, assets, homes.from_ids, standard)
        cells = near.to_numpy()
        last = cells * (cells.sum(axis=1) == 1)[:, None]
        for column in np.flatnonzero(last.any(axis=0)).tolist():
            share = _share(homes, last[:, column] > 0, whole)
            people = groups["people"] * groups["area_id"].map(share).fillna(0.0)
            by = people.groupby([groups["kind"], groups["group"]], sort=True).sum()
            table = by.rename("people").rename_axis(["by", "group"]).reset_index()
            tables.append(table.assign(standard_id=standard["standard_id"],
                                       to_id=near.columns[column]))  # fmt: skip
    found = pd.concat(tables or [pd.DataFrame(columns=GROUPS)], ignore_index=True)
    return found[GROUPS].round(3)


def _share(homes: Homes, here: NDArray[np.bool_], whole: Numbers) -> pd.Series:
    people = homes.people_of(here)
    each = np.divide(people, whole, out=np.zeros_like(people), where=whole > 0)
    return pd.Series(each, index=homes.areas)


def doubles(
    costs: pd.DataFrame, assets: pd.DataFrame, origins: pd.DataFrame, standards: pd.DataFrame
) -> pd.DataFrame:
    """Places of one theme whose catchments share more than 70 in 100 of the smaller one's people.

    A catchment is whom the place is within its standard of. ``overlap`` is the share of
    ``to_id``'s people who are near ``other_id`` too. ``spare`` is ``yes`` where ``other_id`` has
    more capacity a person near it than the places of the theme have in sum, ``no`` where less,
    ``not known`` where one of the two has none given. Two places on one spot double each other
    twice, once each way.
    """
    homes, named = homes_of(origins), assets.set_index("to_id")
    tables = []
    for theme, rows in standards.groupby("theme", sort=True):
        parts = [near_standard(costs, assets, homes.from_ids, one)
                 for one in rows.to_dict("records")]  # fmt: skip
        near = pd.concat(parts, axis=1)
        near = near.loc[:, ~near.columns.duplicated()].sort_index(axis=1)
        cells = near.to_numpy()
        shared = (cells * homes.people[:, None]).T @ cells
        people = np.diag(shared).copy()
        overlap = np.divide(shared, people[:, None], out=np.zeros_like(shared),
                            where=people[:, None] > 0)  # fmt: skip
        np.fill_diagonal(overlap, 0.0)
        one, other = np.nonzero(overlap > OVERLAP)
        ids = near.columns.to_numpy(dtype=object)
        spare = _spare(named["supply"].reindex(ids).to_numpy(float), people)
        tables.append(pd.DataFrame({
            "theme": theme, "to_id": ids[one], "name": named["name"].reindex(ids[one]).to_numpy(),
            "other_id": ids[other], "other": named["name"].reindex(ids[other]).to_numpy(),
            "people": people[one], "shared": shared[one, other], "overlap": overlap[one, other],
            "spare": np.where(spare[one] == "not known", "not known", spare[other]),
        }))  # fmt: skip
    whole = pd.concat(tables or [pd.DataFrame(columns=DOUBLES)], ignore_index=True)[DOUBLES]
    keys = ["theme", "overlap", "to_id", "other_id"]
    return whole.sort_values(keys, ascending=[True, False, True, True], ignore_index=True).round(4)


def _spare(supply: Numbers, people: Numbers) -> NDArray[np.object_]:
    """Whether each place has more capacity a person than all of its theme with a known one."""
    known = (supply != UNKNOWN_SUPPLY) & (people > 0) & np.isfinite(supply)
    if not known.any():
        return np.full(len(supply), "not known", dtype=object)
    mean = supply[known].sum() / people[known].sum()
    each = np.divide(supply, people, out=np.zeros_like(supply), where=people > 0)
    return np.where(known, np.where(each > mean, "yes", "no"), "not known").astype(object)


def hosts(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    origins: pd.DataFrame,
    standard: Mapping[Any, Any],
    of: pd.DataFrame,
    *,
    deprived: Collection[str],
) -> pd.DataFrame:
    """Rooms near need: places of other kinds, by how many people near them lack the service.

    Parameters
    ----------
    costs
        COSTS to what satisfies the standard and to ``of``.
    of
        ASSETS that might host it.
    deprived
        Areas in the most deprived fifth.

    Returns
    -------
    DataFrame
        A row a place, the most ``beyond`` first: ``people`` within the standard's minutes of it;
        ``beyond``, of them within the standard of none that is there; ``beyond_deprived``.
    """
    homes = homes_of(origins)
    there = near_standard(costs, assets, homes.from_ids, standard).to_numpy()
    rooms = of.assign(size_m2=np.nan)
    as_if = {**standard, "categories": ";".join(sorted(set(rooms["category"]))),
             "min_size_m2": None}  # fmt: skip
    near = near_standard(costs, rooms, homes.from_ids, as_if)
    beyond = homes.people * ~there.any(axis=1)
    poor = beyond * np.asarray(homes.areas.isin(list(deprived)))[homes.area_code]
    cells, named = near.to_numpy(), rooms.set_index("to_id").reindex(near.columns)
    table = pd.DataFrame({
        "standard_id": standard["standard_id"], "to_id": near.columns,
        "name": named["name"].to_numpy(), "category": named["category"].to_numpy(),
        "people": homes.people @ cells, "beyond": beyond @ cells, "beyond_deprived": poor @ cells,
    })  # fmt: skip
    table = table[table["beyond"] > 0][HOSTS]
    return table.sort_values(
        ["beyond", "to_id"], ascending=[False, True], ignore_index=True
    ).round(3)  # fmt: skip


def able_to_host(
    assets: pd.DataFrame, standard: Mapping[Any, Any], categories: Collection[str]
) -> pd.DataFrame:
    """ASSETS of kinds that have rooms, and that are not already what the standard asks for."""
    already = set(satisfying(assets, standard))
    return assets[assets["category"].isin(list(categories)) & ~assets["to_id"].isin(already)]
