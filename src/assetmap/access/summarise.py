"""From origins to areas, weighted by people, with the spread inside each area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.access.homes import Homes

LEAST_ORIGINS_FOR_SPREAD = 5


def mean_by_area(values: pd.Series, origins: pd.DataFrame) -> pd.Series:
    """The mean of a measure over an area's people, ``Σ P_o y_o / Σ P_o``.

    Origins without a value (nothing within the cut-off) are left out of the mean: a mean over
    them would need an invented number. An area without any value comes back empty (NaN), as does
    one whose people with a value are none.
    """
    homes = homes_of(origins)
    means = homes.means(homes.rows(values), np.ones(len(homes.from_ids), dtype=np.bool_))
    return pd.Series(means, index=homes.areas, name="mean")


def share_by_area(holds: pd.Series, origins: pd.DataFrame) -> pd.Series:
    """The share of an area's people for whom something holds; of all its people.

    ``holds`` is a boolean by ``from_id``. An area without people comes back empty (NaN).
    """
    return mean_by_area(holds.astype("float64"), origins).rename("share")


def quantile_by_area(values: pd.Series, origins: pd.DataFrame, *, q: float) -> pd.Series:
    """The value that a share q of an area's people do not exceed; unreached people count as last.

    The smallest value at which the cumulated people reach ``q Σ P``. Empty (NaN) where that
    person is out of reach, and where the area has fewer than five origins: a spread over so few
    places would say more about the places than about the people.
    """
    homes = homes_of(origins)
    everybody = np.ones(len(homes.from_ids), dtype=np.bool_)
    (found,) = spread(homes, homes.rows(values), everybody, qs=(q,))
    return pd.Series(found, index=homes.areas, name=f"p{round(100 * q)}")


def spread(
    homes: Homes, values: NDArray[np.float64], here: NDArray[np.bool_], *, qs: tuple[float, ...]
) -> list[NDArray[np.float64]]:
    """As :func:`quantile_by_area` for several q, over these origins alone."""
    return homes.quantiles(values, here, qs=qs, least=LEAST_ORIGINS_FOR_SPREAD)
