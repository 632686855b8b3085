"""Green-space tiers area by area: the share of people who lack each, and who meet the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.access.area_rows import Told, area_rows
from assetmap.access.green import headline_met
from assetmap.access.homes import homes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.access.homes import Homes


def green_by_area(
    deficient: pd.DataFrame,
    measured: pd.DataFrame,
    origins: pd.DataFrame,
    *,
    name: str,
    headline: Sequence[Sequence[str]],
) -> pd.DataFrame:
    """AREA_ACCESS of one green-space profile, without its walking profile; every area, always.

    ``green_deficient`` of ``<name>.<tier>`` is the share of people in an area of deficiency,
    ``green_headline`` of ``<name>`` the share who meet the headline, where it has one. Both are
    of the people at origins that are on the streets. Empty where a tier is not measured for any
    of them: the rest alone would all be well served.

    Parameters
    ----------
    deficient
        Of :func:`assetmap.access.green.deficiency`, by ``from_id``.
    measured
        Origins by the same tiers: whether a source covers the tier's ground, and the origin is
        on the streets.
    origins
        ORIGINS.
    name
        The profile.
    headline
        Groups of tiers, as in the profile; none where it has no headline.
    """
    homes = homes_of(origins)
    known = deficient.where(measured.reindex(deficient.index, fill_value=False))
    here = homes.flags(measured.any(axis="columns"))
    tiers = [(f"{name}.{tier}", "green_deficient", known[tier]) for tier in known.columns]
    met = [(name, "green_headline", headline_met(known, headline))] if headline else []
    told = [
        _of(homes, homes.rows(values), here, said=(category, measure, "share"))
        for category, measure, values in (*tiers, *met)
    ]
    return area_rows(homes, told, profile="")


def _of(
    homes: Homes,
    values: NDArray[np.float64],
    here: NDArray[np.bool_],
    *,
    said: tuple[str, str, str],
) -> Told:
    """A share of an area's people; empty where it is not known of all of them."""
    untold = homes.sums((here & np.isnan(values)).astype(np.float64)) > 0
    spoken = here & ~untold[homes.area_code]
    return Told(*said, *homes.means_and_people(values, spoken))
