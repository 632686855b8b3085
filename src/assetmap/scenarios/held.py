"""Places whose lease or funding ends, and who would lose their last; which could be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.frames.holdings import PUBLIC_OWNERS
from assetmap.scenarios.places import near_standard

if TYPE_CHECKING:
    from collections.abc import Collection

ENDING = [
    "standard_id", "to_id", "name", "ends", "what", "people", "only", "only_deprived",
    "lost_by_then", "lost_by_then_deprived",
]  # fmt: skip
READY = [
    "to_id", "name", "category", "owner", "ready", "ready_from", "supply", "hours_free",
    "hire_cost", "listed", "acv_regime", "acv_from", "acv_until",
]  # fmt: skip


def ending(
    costs: pd.DataFrame,
    assets: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    holdings: pd.DataFrame,
    *,
    deprived: Collection[str],
) -> pd.DataFrame:
    """Places that are held or paid for until a day: who would lose their last one, and by when.

    Parameters
    ----------
    origins
        ORIGINS of the study.
    holdings
        HOLDINGS; a place without an end of lease or funding is taken to stay.
    deprived
        Areas in the most deprived fifth.

    Returns
    -------
    DataFrame
        A row a standard and place near anybody, the first to end first. ``ends`` is the earlier of
        the ends of lease and funding, ``what`` says which; ``only`` are the people within the
        standard of no other; ``lost_by_then`` those near one today and near none whose own end is
        later, if nothing that ends until then is renewed.
    """
    ends = _ends(holdings)
    homes, named = homes_of(origins), assets.set_index("to_id")
    poor = homes.people * np.asarray(homes.areas.isin(list(deprived)))[homes.area_code]
    rows = []
    for standard in standards.to_dict("records"):
        near = near_standard(costs, assets, homes.from_ids, standard)
        cells = near.to_numpy() > 0
        here = ends.reindex(near.columns)
        until = here["ends"].fillna("9999").to_numpy(dtype=str)
        alone = cells & (cells.sum(axis=1) == 1)[:, None]
        for column in np.flatnonzero(here["ends"].notna().to_numpy() & cells.any(axis=0)).tolist():
            lost = cells.any(axis=1) & ~cells[:, until > until[column]].any(axis=1)
            only = alone[:, column]
            rows.append({
                "standard_id": standard["standard_id"], "to_id": near.columns[column],
                "name": named["name"][near.columns[column]],
                **here.iloc[column].to_dict(),
                "people": homes.people @ cells[:, column],
                "only": homes.people @ only, "only_deprived": poor @ only,
                "lost_by_then": homes.people @ lost, "lost_by_then_deprived": poor @ lost,
            })  # fmt: skip
    found = pd.DataFrame(rows, columns=ENDING)
    return found.sort_values(["ends", "standard_id", "to_id"], ignore_index=True).round(3)


def _ends(holdings: pd.DataFrame) -> pd.DataFrame:
    """The first end of each place that has one, and of what; by ``to_id``."""
    dated = holdings.set_index("to_id")[["lease_end", "funding_end"]]
    dated = dated[dated.notna().any(axis=1)].astype(object)
    lease, funding = (dated[name].fillna("9999") for name in dated)
    what = np.select([lease < funding, lease > funding], ["lease", "funding"], "lease and funding")
    first = lease.where(lease < funding, funding)
    return pd.DataFrame({"ends": first, "what": what}, index=dated.index)


def ready(assets: pd.DataFrame, holdings: pd.DataFrame) -> pd.DataFrame:
    """Places of public bodies, by whether one could be handed over to those who run it.

    ``ready`` is ``now`` where a public body has the freehold and nobody a lease of it; ``when the
    lease ends`` where it is let until a day, ``ready_from`` that day; ``at any time`` where it is
    let without one; ``not known`` where the tenure is not. Places of other owners, and of
    owners that are not known, are no rows. Whether anybody wants it is not known here.
    """
    here = holdings[holdings["owner"].isin(PUBLIC_OWNERS)]
    rows = here.merge(assets[["to_id", "name", "category", "supply"]], how="inner", on="to_id",
                      validate="one_to_one")  # fmt: skip
    let = rows["tenure"].isin(["licence", "tenancy at will"]) & rows["lease_end"].isna()
    dated = rows["lease_end"].notna()
    states = [dated, rows["tenure"].eq("freehold"), let]
    words = ["when the lease ends", "now", "at any time"]
    rows["ready"] = np.select(states, words, "not known")
    rows["ready_from"] = rows["lease_end"]
    order = {"now": 0, "at any time": 1, "when the lease ends": 2, "not known": 3}
    rows["order"] = rows["ready"].map(order)
    return rows.sort_values(["order", "ready_from", "to_id"], ignore_index=True)[READY]
