"""Service by area and time of the week, and door-to-door times to places that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.access.service_level import bands
from assetmap.frames.hold import hold
from assetmap.frames.service import DOOR_TO_DOOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    class There(Protocol):
        """Minutes and chances an hour, starts by places."""

        @property
        def minutes(self) -> NDArray[np.float64]:
            """Door to door; NaN where out of reach."""

        @property
        def an_hour(self) -> NDArray[np.float64]:
            """Different arrivals an hour."""

        @property
        def on_foot(self) -> NDArray[np.bool_]:
            """Walking all the way takes no longer."""


DAY_PROFILE, EVENING, SUNDAY = "transit", "transit_evening", "transit_sunday"


def by_area(
    levels: pd.DataFrame, offer: pd.DataFrame, origins: pd.DataFrame, *, time: str
) -> pd.DataFrame:
    """The rows of SERVICE of one time: means over the people of each area.

    ``levels`` and ``offer`` are of the same origins; an area with nobody among them has no row.
    """
    homes = homes_of(origins)
    values = offer.assign(index=levels.set_index("from_id")["index"])
    everybody = np.ones(len(homes.from_ids), dtype=np.bool_)
    means = pd.DataFrame(
        {name: homes.means(homes.rows(values[name]), everybody) for name in values}, homes.areas
    ).dropna()
    index = means["index"].round(4).to_numpy()
    return pd.DataFrame(
        {
            "area_id": means.index,
            "time": time,
            "index": index,
            "band": bands(index),
            **{name: means[name].to_numpy() for name in ("routes", "departures_an_hour")},
        }
    )


def door_to_door(
    area_ids: Sequence[str] | pd.Series,
    places: Sequence[str],
    found: Mapping[str, There],
    last_home_s: NDArray[np.int32] | None,
) -> pd.DataFrame:
    """DOOR_TO_DOOR from what was found by profile, areas by places.

    Profiles that are not in ``found`` leave their columns empty.
    """
    count = len(places)
    main = found[DAY_PROFILE]
    empty = np.full(main.minutes.size, np.nan)
    evening, sunday = (
        found[name].minutes.ravel() if name in found else empty for name in (EVENING, SUNDAY)
    )
    last = np.full(main.minutes.size, -1) if last_home_s is None else last_home_s.ravel()
    return hold(
        pd.DataFrame(
            {
                "area_id": np.repeat(np.asarray(area_ids, dtype=object), count),
                "place": list(places) * len(area_ids),
                "minutes": main.minutes.ravel(),
                "an_hour": main.an_hour.ravel(),
                "on_foot": main.on_foot.ravel(),
                "evening_minutes": evening,
                "sunday_minutes": sunday,
                "last_home": [_clock(int(one)) for one in last],
                "sunday_measured": SUNDAY in found,
            }
        ),
        DOOR_TO_DOOR,
    )


def _clock(seconds: int) -> str | None:
    return None if seconds < 0 else f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
