"""From neighbourhoods to named places by public transport: how long, how often, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.journeys import journeys
from assetmap.network.transit import walks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.journeys import Trip
    from assetmap.network.transit import Points, Transit


class There(NamedTuple):
    """From each start to each place.

    Attributes
    ----------
    minutes
        float64: the percentile of the trip, on foot where that is quicker; NaN where it is out of
        reach.
    an_hour
        float64: different times at which one arrives by vehicle, an hour of the window.
    on_foot
        bool: walking all the way takes no longer than those minutes.
    """

    minutes: NDArray[np.float64]
    an_hour: NDArray[np.float64]
    on_foot: NDArray[np.bool_]


def ride_there(transit: Transit, starts: Points, places: Points, *, trip: Trip) -> There:
    """How long it takes from each start to each place in a window, and how often one can go."""
    walked = walks(transit.graph, starts, places, cut_off_min=trip.cut_off_min)
    on_foot = np.full((starts.size, places.size), np.inf)
    on_foot[walked.from_code, walked.to_code] = walked.cost_cm / CM_A_MINUTE
    blocks = list(journeys(transit, starts, places, trip=trip, on_foot=walked))
    minutes = np.concatenate([block.minutes[:, :, 0] for block in blocks])
    hours = (trip.end_s - trip.start_s) / 3600
    chances = np.concatenate([block.chances for block in blocks]) / hours
    return There(minutes, chances, on_foot <= minutes)


def last_ride_home(
    transit: Transit, starts: Points, places: Points, *, trip: Trip
) -> NDArray[np.int32]:
    """When the last journey by vehicle leaves each place for each start; starts by places.

    Seconds after midnight, -1 where none of the window's departures gets there within the
    cut-off.
    """
    blocks = list(journeys(transit, places, starts, trip=trip))
    return np.concatenate([block.latest_s for block in blocks]).T
