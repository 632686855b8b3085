"""Every place where people live with what it has: what fairness is measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.measured import measured_at
from assetmap.access.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assetmap.access.measured import Place

COLUMNS = ("of", "area_id", "people", "value")


def minutes_of_everybody(
    access: pd.DataFrame, snaps: pd.DataFrame, place: Place, *, profile: str
) -> pd.DataFrame:
    """Minutes from each of the study's places to what satisfies each standard, where measured.

    Columns ``of`` (the standard), ``area_id``, ``people``, ``value``: infinite where none is
    within the cut-off; a place where the standard is not measured, or of nobody, has no row.

    Parameters
    ----------
    access
        ACCESS; the measure ``nearest`` is used.
    """
    rows = access[(access["measure"] == "nearest") & (access["profile"] == profile)]
    minutes = rows.pivot_table(
        index="from_id", columns="category", values="value", dropna=False, aggfunc="first"
    )
    lived = _lived_in(place.origins)
    measured = measured_at(lived, snaps, place.coverage)
    tables = []
    for standard_id in sorted(set(place.standards["standard_id"]) & set(measured.columns)):
        here = lived[measured[standard_id].to_numpy()]
        column = minutes.get(standard_id, pd.Series(dtype="float64"))
        value = column.reindex(here["from_id"]).fillna(np.inf)
        tables.append(_rows(here, value.to_numpy(np.float64), of=str(standard_id)))
    return _stacked(tables)


def without_free_space(
    costs: pd.DataFrame,
    snaps: pd.DataFrame,
    place: Place,
    *,
    free: Sequence[Sequence[str]],
    within_min: float,
) -> pd.DataFrame:
    """Whether each of the study's places has no free public space within some minutes.

    Columns as :func:`minutes_of_everybody`; ``value`` is 1 where there is none of any kind, 0
    where there is one. A place has a row only where every kind of space is measured there: a
    kind is where a standard that any of its categories satisfies is.

    Parameters
    ----------
    free
        Categories of each kind of space: indoor, green.
    within_min
        How near counts, the equal case included.
    """
    lived = _lived_in(place.origins)
    known = np.ones(len(lived), dtype=bool)
    measured = measured_at(lived, snaps, place.coverage)
    for categories in free:
        tested = [
            str(one["standard_id"])
            for one in place.standards.to_dict("records")
            if set(str(one["categories"]).split(";")) & set(categories)
        ]
        named = [one for one in tested if one in measured.columns]
        known &= measured[named].any(axis="columns").to_numpy() if named else False
    wanted = {category for categories in free for category in categories}
    targets = sorted(place.assets.loc[place.assets["category"].isin(wanted), "to_id"])
    minutes = nearest(costs, targets).reindex(lived["from_id"]).to_numpy(np.float64)
    none = ~(np.round(minutes, 4) <= within_min)
    return _stacked([_rows(lived[known], none[known].astype(np.float64), of="free space")])


def _lived_in(origins: pd.DataFrame) -> pd.DataFrame:
    """The study's places with people, in order of their ids, so that sums are the same."""
    lived: pd.DataFrame = origins[(origins["role"] == "study") & (origins["people"] > 0)]
    return lived.sort_values("from_id", ignore_index=True)


def _rows(here: pd.DataFrame, value: NDArray[np.float64], *, of: str) -> pd.DataFrame:
    return here[["area_id", "people"]].assign(of=of, value=value)


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    whole = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(COLUMNS))
    return whole[list(COLUMNS)].reset_index(drop=True)
