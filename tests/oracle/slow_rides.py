"""The slow obvious way by public transport: every run, every call, round after round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Call(NamedTuple):
    """A run's call: stop, seconds of arrival and departure, whether one gets on and off."""

    stop: int
    arrival: int
    departure: int
    boards: bool = True
    alights: bool = True


Walks = dict[int, dict[int, int]]
"""From, to, seconds."""


def slow_arrivals(
    runs: Sequence[Sequence[Call]],
    foot: Walks,
    access: Mapping[int, int],
    *,
    leaves: int,
    slack: int,
    rides: int,
) -> dict[int, int]:
    """The earliest arrival by vehicle at each stop, having set out on foot at ``leaves``.

    Nothing is sorted, pruned or kept from another departure: in each round every run is ridden
    from every call that one can be at in time to every later call.
    """
    at = {stop: leaves + seconds for stop, seconds in access.items()}
    best: dict[int, int] = {}
    for _ in range(rides):
        rode: dict[int, int] = {}
        for stop, time in _rides(runs, at, slack):
            rode[stop] = min(rode.get(stop, time), time)
        at = dict(rode)
        for stop, time in rode.items():
            best[stop] = min(best.get(stop, time), time)
            for other, seconds in foot.get(stop, {}).items():
                at[other] = min(at.get(other, time + seconds), time + seconds)
    return best


def _rides(
    runs: Sequence[Sequence[Call]], at: Mapping[int, int], slack: int
) -> Iterator[tuple[int, int]]:
    """Where and when one can get off, having been at stops at these times."""
    for run in runs:
        for i, on in enumerate(run):
            if on.boards and on.stop in at and at[on.stop] + slack <= on.departure:
                yield from ((off.stop, off.arrival) for off in run[i + 1 :] if off.alights)


def slow_journeys(
    runs: Sequence[Sequence[Call]],
    walks: tuple[Walks, Mapping[int, int], Walks],
    *,
    departures: Sequence[int],
    slack: int,
    rides: int,
    cut_off: int,
) -> dict[int, list[int]]:
    """By destination, the sorted seconds of the departures that arrive within the cut-off.

    ``walks`` are those between stops, from the origin to stops, from stops to destinations.
    """
    foot, access, egress = walks
    found: dict[int, list[int]] = {}
    for leaves in departures:
        rode = slow_arrivals(runs, foot, access, leaves=leaves, slack=slack, rides=rides)
        home: dict[int, int] = {}
        for stop, time in rode.items():
            for to, seconds in egress.get(stop, {}).items():
                home[to] = min(home.get(to, time + seconds), time + seconds)
        for to, time in home.items():
            if time - leaves <= cut_off:
                found.setdefault(to, []).append(time - leaves)
    return {to: sorted(seconds) for to, seconds in found.items()}
