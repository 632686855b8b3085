"""Door to door by public transport, for every minute of a window: percentiles and shares."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.kernels.raptor import ride_window
from assetmap.network.kernels.rides import NEVER, Desk, Links, Window, desk
from assetmap.network.kernels.threads import in_threads, threads_of
from assetmap.network.transit import links_of, seconds_of, walks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assetmap.network.kernels import Pairs
    from assetmap.network.transit import Points, Transit

    I32 = NDArray[np.int32]

STEP_S = 60
BLOCK_VALUES = 2_000_000
"""Numbers that one block of origins may fill: some 8 MB."""
BLOCKS_A_THREAD = 4
"""At least so many, so that no thread is left waiting for long."""
MOST_RIDES = 8


@dataclass(frozen=True, kw_only=True)
class Trip:
    """When people set out and what they put up with.

    Attributes
    ----------
    start_s, end_s
        Seconds after midnight: they set out at every minute from the start to before the end.
    cut_off_min
        A longer journey is none.
    walk_max_min
        The longest walk to the first stop, and from the last.
    slack_s
        Least seconds at a stop before getting on, at the first stop and at every change.
    changes
        At most so many changes of vehicle.
    percentiles
        Of the departures: 50 is the time within which half of them arrive.
    """

    start_s: int
    end_s: int
    cut_off_min: float
    walk_max_min: float = 20.0
    slack_s: int = 60
    changes: int = 2
    percentiles: tuple[int, ...] = (50,)

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing.

        Raises
        ------
        MethodError
            For a window without a minute, negative numbers, percentiles outside 1 to 100.
        """
        sound = (
            0 <= self.start_s < self.end_s
            and 0 <= self.changes < MOST_RIDES
            and self.slack_s >= 0
            and all(0 < one <= 100 for one in self.percentiles)  # noqa: PLR2004 - per cent
            and all(np.isfinite(one) and one >= 0 for one in (self.cut_off_min, self.walk_max_min))
        )
        if not sound:
            attempt = f"a start before the end, 0 to {MOST_RIDES - 1} changes, 1 to 100 per cent"
            raise MethodError(Fault(what=f"{self}", where="timetable", attempt=attempt))

    @property
    def window(self) -> Window:
        """The departures, latest first, as the search takes them."""
        count = -(-(self.end_s - self.start_s) // STEP_S)
        return Window(
            last_s=self.start_s + (count - 1) * STEP_S,
            step_s=STEP_S,
            times=count,
            slack_s=self.slack_s,
            rides=self.changes + 1,
            cut_off_s=int(self.cut_off_min * 60),
        )

    @property
    def ranks(self) -> I32:
        """Which of the departures, shortest first, each percentile is: the least that suffices."""
        count = self.window.times
        return np.array([-(-one * count // 100) for one in self.percentiles], np.int32)


class Journeys(NamedTuple):
    """Door-to-door times of some origins, one after the other, to all destinations.

    Attributes
    ----------
    first
        The code of the first origin.
    minutes
        float64, origins by destinations by percentiles; NaN where fewer departures arrive within
        the cut-off.
    share
        float64, origins by destinations: departures that arrive within the cut-off.
    chances
        int32, the same shape: at how many different times one arrives by vehicle.
    latest_s
        int32, the same shape: when the latest departure sets out that arrives by vehicle within
        the cut-off, in seconds after midnight; -1 where none does.
    """

    first: int
    minutes: NDArray[np.float64]
    share: NDArray[np.float64]
    chances: NDArray[np.int32]
    latest_s: NDArray[np.int32]


def journeys(
    transit: Transit,
    origins: Points,
    destinations: Points,
    *,
    trip: Trip,
    on_foot: Pairs | None = None,
    threads: int | None = None,
) -> Iterator[Journeys]:
    """The JOURNEYS from all origins to all destinations, a block of origins at a time.

    For each minute of the window the earliest arrival by at most ``changes + 1`` vehicles, by
    range RAPTOR, or walking all the way where that is as quick; waiting at the start counts. The
    pth percentile is the least time within which p per cent of the departures arrive. Walks take
    whole seconds, rounded up, but for a walk all the way, whose minutes are exact.

    Parameters
    ----------
    on_foot
        The walks all the way, sorted; searched for within the cut-off where not given.

    References
    ----------
    Delling, Pajor & Werneck 2015, "Round-based public transit routing", Transportation Science
    49:591; Conway, Byrd & van der Linden 2017, Transp Res Rec 2653:45, on windows of departures.
    """
    if on_foot is None:
        on_foot = walks(transit.graph, origins, destinations, cut_off_min=trip.cut_off_min)
    reach = min(trip.walk_max_min, trip.cut_off_min)
    near = walks(transit.graph, origins, transit.ways_in, cut_off_min=reach)
    home = walks(transit.graph, transit.ways_out, destinations, cut_off_min=reach)
    search = _Search(
        transit,
        links_of(near, origins.size),
        links_of(home, len(transit.stop_ids)),
        on_foot,
        destinations.size,
        trip,
    )
    ranks = len(trip.percentiles)
    most = max(1, BLOCK_VALUES // max(1, destinations.size * (ranks + 1)))
    count = max(-(-origins.size // most), min(BLOCKS_A_THREAD * threads_of(threads), origins.size))
    ends = [origins.size * at // max(count, 1) for at in range(count + 1)]
    for batch in _batches(list(pairwise(ends)), threads_of(threads)):
        yield from in_threads(search.block, batch, threads=threads)


def _batches(blocks: list[tuple[int, int]], threads: int) -> Iterator[list[tuple[int, int]]]:
    """A few blocks a thread at a time, so that not all results are held at once."""
    step = BLOCKS_A_THREAD * threads
    for at in range(0, len(blocks), step):
        yield blocks[at : at + step]


class _Search:
    """A search between all origins and destinations; desks are handed from block to block."""

    def __init__(
        self, transit: Transit, access: Links, egress: Links, on_foot: Pairs, count: int, trip: Trip
    ) -> None:
        self.transit, self.access, self.egress = transit, access, egress
        self.on_foot, self.count, self.trip = on_foot, count, trip
        self.spare: list[Desk] = []

    def block(self, ends: tuple[int, int]) -> Journeys:
        """The journeys of the origins from the first to before the last."""
        start, stop = ends
        lines, window, ranks = self.transit.lines, self.trip.window, self.trip.ranks
        found = np.empty((stop - start, self.count, len(ranks)), np.int32)
        chances = np.empty((stop - start, self.count, 3), np.int32)
        work = (
            self.spare.pop()
            if self.spare
            else desk(len(self.transit.stop_ids), int(lines.run_ptr[-1]), self.count, window)
        )
        ride_window(
            lines, self.transit.foot, self.access, self.egress, start, window, ranks, work, found,
            chances,
        )  # fmt: skip
        self.spare.append(work)
        minutes = np.where(found == NEVER, np.nan, found / 60.0)
        arrives = chances[..., 0] / window.times
        rows = slice(*np.searchsorted(self.on_foot.from_code, ends))
        origin = self.on_foot.from_code[rows] - start
        to, cm = self.on_foot.to_code[rows], self.on_foot.cost_cm[rows]
        by_ride, ride_s = minutes[origin, to], found[origin, to]
        quicker = seconds_of(cm)[:, np.newaxis] <= ride_s
        minutes[origin, to] = np.where(quicker, (cm / CM_A_MINUTE)[:, np.newaxis], by_ride)
        arrives[origin, to] = np.where(cm <= self.trip.cut_off_min * CM_A_MINUTE, 1.0,
                                       arrives[origin, to])  # fmt: skip
        number = chances[..., 2]
        latest = np.where(number < 0, -1, window.last_s - number * window.step_s)
        return Journeys(start, minutes, arrives, chances[..., 1], latest.astype(np.int32))
