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


def minutes_of_everybody(minutes: pd.DataFrame, snaps: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Minutes from each of the study's places to what satisfies each standard, where measured.

    Columns ``of`` (the standard), ``area_id``, ``people``, ``value``: infinite where none is
    within the cut-off; a place where the standard is not measured, or of nobody, has no row.

    Parameters
    ----------
    minutes
        Of each origin by standard: :func:`assetmap.access.measured.minutes_table`.
    """
    lived = _lived_in(place.origins)
    measured = measured_at(lived, snaps, place.coverage)
    names = pd.Index(sorted(set(place.standards["standard_id"]) & set(measured.columns)))
    by_home = minutes.set_index("from_id").reindex(index=lived["from_id"], columns=names)
    column, home = np.nonzero(measured[names].to_numpy().T)
    value = by_home.to_numpy(np.float64)[home, column]
    return _rows(lived, home, np.where(np.isnan(value), np.inf, value), of=names[column])


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
    here = np.flatnonzero(known)
    return _rows(lived, here, none[here].astype(np.float64), of="free space")


def _lived_in(origins: pd.DataFrame) -> pd.DataFrame:
    """The study's places with people, in order of their ids, so that sums are the same."""
    lived = (origins["role"] == "study") & (origins["people"] > 0)
    plain = pd.DataFrame(origins[["from_id", "area_id", "people"]])[lived]
    return plain.sort_values("from_id", ignore_index=True)


def _rows(
    lived: pd.DataFrame, home: NDArray[np.int64], value: NDArray[np.float64], *, of: str | pd.Index
) -> pd.DataFrame:
    """Rows of these homes, each with a value."""
    here = lived[["area_id", "people"]].take(home).reset_index(drop=True)
    return here.assign(of=of, value=value)[list(COLUMNS)]
