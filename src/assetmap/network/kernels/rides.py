"""What a search through a timetable runs over, and what it works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I32 = NDArray[np.int32]

NEVER = np.int32(2**30)
"""Later than any time of day, and longer than any journey."""


class Lines(NamedTuple):
    """Runs by line: all runs of a line call at the same stops, and none overtakes another.

    Attributes
    ----------
    call_ptr, stop, boards, alights
        The calls of line ``l`` are ``call_ptr[l]:call_ptr[l + 1]``; may one get on, or off.
    run_ptr
        The runs of line ``l``, earliest first, are ``run_ptr[l]:run_ptr[l + 1]``.
    time_ptr, arrival, departure
        Seconds of the line's run ``r`` at call ``c``: ``time_ptr[l] + r * calls + c``.
    at_ptr, at_line, at_call
        By stop: the calls at which one can get on there.
    leave_ptr, leave_s
        By stop: all departures on which one can get on there, in order.
    """

    call_ptr: I32
    stop: I32
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]
    run_ptr: I32
    time_ptr: NDArray[np.int64]
    arrival: I32
    departure: I32
    at_ptr: I32
    at_line: I32
    at_call: I32
    leave_ptr: I32
    leave_s: I32


class Links(NamedTuple):
    """Walks by where they start: those of ``i`` are ``ptr[i]:ptr[i + 1]``; whole seconds."""

    ptr: I32
    to: I32
    walk_s: I32


class Window(NamedTuple):
    """When people set out, and what they put up with.

    Attributes
    ----------
    last_s, step_s, times
        They set out at ``last_s``, ``last_s - step_s`` and so on, so many times.
    slack_s
        Least seconds at a stop before getting on.
    rides
        At most so many vehicles: changes and one.
    cut_off_s
        Longer journeys are none.
    """

    last_s: int
    step_s: int
    times: int
    slack_s: int
    rides: int
    cut_off_s: int


class Desk(NamedTuple):
    """What one thread works with.

    Attributes
    ----------
    at
        Stops by rides: earliest time at the stop with at most so many rides, walks included.
    rode
        The same, by vehicle: only from there can one walk on.
    marks, flags, sizes
        Stops that got better in the last round (row 0), in this round (1), by vehicle in this
        round (2), by vehicle with any number of rides since setting out (3).
    ridden
        Rides by runs: the first call from which the run, or one before it, was ridden with at
        most so many rides.
    best
        By destination: earliest arrival by vehicle.
    since, arrived, pieces
        By destination: from which departure on it is reached at which time.
    lasts
        Seconds that journeys to one destination take.
    """

    at: I32
    rode: I32
    marks: I32
    flags: NDArray[np.bool_]
    sizes: I32
    ridden: I32
    best: I32
    since: I32
    arrived: I32
    pieces: I32
    lasts: I32


def desk(stops: int, runs: int, destinations: int, window: Window) -> Desk:
    """An empty desk."""
    return Desk(
        at=np.empty((stops, window.rides + 1), np.int32),
        rode=np.empty((stops, window.rides + 1), np.int32),
        marks=np.empty((4, stops), np.int32),
        flags=np.zeros((4, stops), np.bool_),
        sizes=np.zeros(4, np.int32),
        ridden=np.empty((window.rides + 1, runs), np.int32),
        best=np.empty(destinations, np.int32),
        since=np.empty((destinations, window.times), np.int32),
        arrived=np.empty((destinations, window.times), np.int32),
        pieces=np.empty(destinations, np.int32),
        lasts=np.empty(window.times, np.int32),
    )
