"""Who is near a place that is open at the time asked, with and without those of unknown hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.nearest import nearest
from assetmap.access.standard import satisfying, within_standard
from assetmap.access.summarise import mean_by_area, share_by_area
from assetmap.frames import table_of
from assetmap.frames.results import AREA_ACCESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BOUNDS: Mapping[str, tuple[str, ...]] = {"open": ("yes",), "maybe_open": ("yes", "unknown")}
"""What counts as open: only what is known to be, or also what is not known to be closed."""


def nearest_open(
    costs: pd.DataFrame, assets: pd.DataFrame, standards: pd.DataFrame, open_at: pd.DataFrame
) -> dict[tuple[str, str], pd.DataFrame]:
    """Minutes to the nearest asset of each standard that is open: origins by standards.

    By moment and by what counts as open, of ``BOUNDS``. ``N_i = min_j c_ij over the j that are
    open``; empty (NaN) where none is within the cut-off. With places of unknown hours nobody is
    farther than without.
    """
    return {
        (str(moment), bound): pd.DataFrame(
            {
                str(standard["standard_id"]): nearest(
                    costs, sorted(set(satisfying(assets, standard)) & set(ids))
                )
                for standard in standards.to_dict("records")
            }
        )
        for moment, rows in open_at.groupby("moment", sort=True)
        for bound, states in BOUNDS.items()
        for ids in [rows.loc[rows["open"].isin(states), "to_id"]]
    }


def open_by_area(
    minutes: Mapping[tuple[str, str], pd.DataFrame],
    measured: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    *,
    profile: str,
) -> pd.DataFrame:
    """AREA_ACCESS of what is open: every area and standard, always.

    ``nearest_open_<moment>`` and ``share_open_<moment>`` count only places that are known to be
    open: the minutes are at most, and the share is at least, so much. ``nearest_maybe_open_…``
    and ``share_maybe_open_…`` also count places of unknown hours: at least, and at most. Whatever
    the unknown hours are, the share lies between the two (the mean of minutes need not: who
    reaches none is left out of it). Empty where not measured; ``people`` as in the share within
    a standard.

    Parameters
    ----------
    minutes
        Of :func:`nearest_open`.
    measured
        Origins by standards, boolean: whether the standard is measured there.
    origins, standards
        ORIGINS, and the STANDARDS that are asked about.

    References
    ----------
    Manski 2003, Partial Identification of Probability Distributions, on bounds without
    assumptions about what is missing.
    """
    tables = [
        _rows(found, measured, origins, standards, (moment, bound))
        for (moment, bound), found in sorted(minutes.items())
    ]
    empty = pd.DataFrame(columns=list(AREA_ACCESS.names))
    whole = pd.concat([part for each in tables for part in each] or [empty], ignore_index=True)
    whole = whole.assign(profile=profile)
    return table_of(AREA_ACCESS, {name: whole[name] for name in AREA_ACCESS.names})


def _rows(
    minutes: pd.DataFrame,
    measured: pd.DataFrame,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    about: tuple[str, str],
) -> Iterator[pd.DataFrame]:
    moment, bound = about
    within = within_standard(minutes, standards)
    areas = pd.Index(sorted(origins["area_id"].unique()), dtype="str")
    for standard_id in minutes.columns:
        counted = measured[standard_id].reindex(origins["from_id"], fill_value=False)
        here = origins[counted.to_numpy(dtype=bool)]
        reached = minutes[standard_id].reindex(here["from_id"]).notna().to_numpy()
        told = (
            ("nearest", "min", mean_by_area(minutes[standard_id], here), here[reached]),
            ("share", "share", share_by_area(within[standard_id], here), here),
        )
        for name, unit, values, people in told:
            spoken_of = people.groupby("area_id")["people"].sum()
            yield pd.DataFrame(
                {
                    "area_id": areas,
                    "category": standard_id,
                    "measure": f"{name}_{bound}_{moment}",
                    "value": values.reindex(areas).to_numpy(),
                    "unit": unit,
                    "people": spoken_of.reindex(areas, fill_value=0.0).to_numpy(),
                }
            )
