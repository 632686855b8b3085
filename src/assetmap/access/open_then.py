"""Who is near a place that is open at the time asked, with and without those of unknown hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.area_rows import Told, area_rows
from assetmap.access.homes import homes_of
from assetmap.access.nearest import nearest_of_each
from assetmap.access.standard import wanted_by_standard, within_standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from assetmap.access.homes import Homes

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
    wanted = wanted_by_standard(assets, standards)
    counted = {
        (str(moment), bound): set(rows.loc[rows["open"].isin(states), "to_id"])
        for moment, rows in open_at.groupby("moment", sort=True)
        for bound, states in BOUNDS.items()
    }
    found = nearest_of_each(
        costs,
        {(*when, name): opened & set(ids)
         for when, opened in counted.items() for name, ids in wanted.items()},
    )  # fmt: skip
    return {
        when: found[[(*when, name) for name in wanted]].set_axis(list(wanted), axis="columns")
        for when in counted
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
    homes = homes_of(origins)
    told = [
        one
        for (moment, bound), found in sorted(minutes.items())
        for one in _told(found, homes, standards, measured, f"{bound}_{moment}")
    ]
    return area_rows(homes, told, profile=profile)


def _told(
    minutes: pd.DataFrame,
    homes: Homes,
    standards: pd.DataFrame,
    measured: pd.DataFrame,
    name: str,
) -> Iterator[Told]:
    """The nearest and the share within the standard, over the homes where it is measured."""
    within = homes.rows(within_standard(minutes, standards))
    near, here = homes.rows(minutes), homes.flags(measured[list(minutes.columns)])
    for place, standard_id in enumerate(map(str, minutes.columns)):
        counted = here[:, place]
        minutes_told = homes.means_and_people(near[:, place], counted)
        yield Told(standard_id, f"nearest_{name}", "min", *minutes_told)
        share_told = homes.means_and_people(within[:, place], counted)
        yield Told(standard_id, f"share_{name}", "share", *share_told)
