"""Range RAPTOR, compiled: earliest arrivals for every minute of a window, latest minute first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.network.kernels.compiled import compiled, inner
from assetmap.network.kernels.rides import NEVER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assetmap.network.kernels.rides import Desk, Lines, Links, Window

    Whole = int | np.signedinteger[Any]
    I32 = NDArray[np.int32]

BEFORE, NOW, RODE, SINCE = 0, 1, 2, 3
"""Rows of a desk's marks."""


@inner
def mark(work: Desk, row: int, stop: int) -> None:
    """Note a stop once."""
    if not work.flags[row, stop]:
        work.flags[row, stop] = True
        work.marks[row, work.sizes[row]] = stop
        work.sizes[row] += 1


@inner
def unmark(work: Desk, row: int) -> None:
    """Forget the notes of a row."""
    for i in range(work.sizes[row]):
        work.flags[row, work.marks[row, i]] = False
    work.sizes[row] = 0


@inner
def lower(labels: I32, rides: int, stop: int, time: int) -> None:
    """An earlier time with so many rides is one with more rides too."""
    for k in range(rides, labels.shape[1]):
        if labels[stop, k] <= time:
            break
        labels[stop, k] = time


@inner
def run_after(lines: Lines, line: int, call: int, time: int, most: int) -> int:
    """The first of the line's first ``most`` runs that leaves the call at the time or later."""
    calls = lines.call_ptr[line + 1] - lines.call_ptr[line]
    base = lines.time_ptr[line] + call
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if lines.departure[base + middle * calls] >= time:
            high = middle
        else:
            low = middle + 1
    return low


@inner
def catches(lines: Lines, stop: int, early: Whole, late: Whole) -> bool:
    """Whether anything leaves the stop from the early time on and before the late one.

    Who is at a stop earlier than another time, and catches nothing more, gets nowhere new.
    """
    low, high = lines.leave_ptr[stop], lines.leave_ptr[stop + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if lines.leave_s[middle] >= early:
            high = middle
        else:
            low = middle + 1
    return bool(low < end and lines.leave_s[low] < late)


@inner
def ride_along(lines: Lines, work: Desk, line: int, k: int, slack: int, limit: int) -> None:
    """Ride the line from the first marked call on, on the earliest run that can be had."""
    start, calls = lines.call_ptr[line], lines.call_ptr[line + 1] - lines.call_ptr[line]
    run, base = lines.runs[line], lines.time_ptr[line]
    on_board, last = False, work.rode.shape[1] - 1
    for call in range(work.first[line], calls):
        stop = lines.stop[start + call]
        if on_board:
            time = lines.arrival[base + run * calls + call]
            on_board = time <= limit
            if on_board and lines.alights[start + call] and time < work.rode[stop, k]:
                if time < work.rode[stop, last]:
                    mark(work, SINCE, stop)
                lower(work.rode, k, stop, time)
                mark(work, RODE, stop)
                before = work.at[stop, k]
                if time < before:
                    lower(work.at, k, stop, time)
                    if catches(lines, stop, time + slack, before + slack):
                        mark(work, NOW, stop)
        if work.flags[BEFORE, stop] and lines.boards[start + call] and call + 1 < calls:
            earlier = run_after(lines, line, call, work.at[stop, k - 1] + slack, run)
            if earlier < run:
                run, on_board = earlier, True


@inner
def search_round(lines: Lines, foot: Links, work: Desk, k: int, slack: int, limit: int) -> None:
    """One ride more: from the stops marked before to those that get better now."""
    count = 0
    for i in range(work.sizes[BEFORE]):
        stop = work.marks[BEFORE, i]
        for row in range(lines.at_ptr[stop], lines.at_ptr[stop + 1]):
            line = lines.at_line[row]
            if work.first[line] == NEVER:
                work.waiting[count] = line
                count += 1
            work.first[line] = min(work.first[line], lines.at_call[row])
    for i in range(count):
        ride_along(lines, work, work.waiting[i], k, slack, limit)
        work.first[work.waiting[i]] = NEVER
    for i in range(work.sizes[RODE]):
        stop = work.marks[RODE, i]
        for row in range(foot.ptr[stop], foot.ptr[stop + 1]):
            time, to = work.rode[stop, k] + foot.walk_s[row], foot.to[row]
            before = work.at[to, k]
            if time <= limit and time < before:
                lower(work.at, k, to, time)
                if catches(lines, to, time + slack, before + slack):
                    mark(work, NOW, to)
    unmark(work, RODE)


@inner
def set_out(
    lines: Lines, foot: Links, access: Links, origin: int, work: Desk, window: Window, leaves: int
) -> None:
    """Search from an origin at one time; what later departures found is still true."""
    limit = leaves + window.cut_off_s
    for row in range(access.ptr[origin], access.ptr[origin + 1]):
        time, stop = leaves + access.walk_s[row], access.to[row]
        before = work.at[stop, 0]
        if time <= limit and time < before:
            lower(work.at, 0, stop, time)
            if catches(lines, stop, time + window.slack_s, before + window.slack_s):
                mark(work, BEFORE, stop)
    for k in range(1, window.rides + 1):
        if work.sizes[BEFORE] == 0:
            break
        search_round(lines, foot, work, k, window.slack_s, limit)
        unmark(work, BEFORE)
        for i in range(work.sizes[NOW]):
            mark(work, BEFORE, work.marks[NOW, i])
        unmark(work, NOW)
    unmark(work, BEFORE)


@inner
def walk_home(egress: Links, work: Desk, number: int, limit: int) -> None:
    """Carry the stops that got better to the destinations around them."""
    last = work.rode.shape[1] - 1
    for i in range(work.sizes[SINCE]):
        stop = work.marks[SINCE, i]
        for row in range(egress.ptr[stop], egress.ptr[stop + 1]):
            time, to = work.rode[stop, last] + egress.walk_s[row], egress.to[row]
            if time <= limit and time < work.best[to]:
                work.best[to] = time
                piece = work.pieces[to]
                if piece == 0 or work.since[to, piece - 1] != number:
                    work.pieces[to] = piece + 1
                else:
                    piece -= 1
                work.since[to, piece] = number
                work.arrived[to, piece] = time
    unmark(work, SINCE)


@inner
def durations(work: Desk, to: int, window: Window) -> Whole:
    """How many departures arrive within the cut-off; their seconds in order, in ``work.lasts``."""
    count, pieces = 0, work.pieces[to]
    for piece in range(pieces):
        stop = work.since[to, piece + 1] if piece + 1 < pieces else window.times
        for number in range(work.since[to, piece], stop):
            seconds = work.arrived[to, piece] - window.last_s + number * window.step_s
            if seconds > window.cut_off_s:
                break
            place = count
            while place > 0 and work.lasts[place - 1] > seconds:
                work.lasts[place] = work.lasts[place - 1]
                place -= 1
            work.lasts[place] = seconds
            count += 1
    return count


@compiled
def ride_window(
    lines: Lines,
    foot: Links,
    access: Links,
    egress: Links,
    start: int,
    window: Window,
    ranks: I32,
    work: Desk,
    found: I32,
    chances: I32,
) -> None:
    """Seconds by vehicle from some origins to all destinations, by rank among the departures.

    ``found[i, j, q]`` is the ``ranks[q]``-th shortest journey of origin ``start + i`` to
    destination ``j`` (NEVER where fewer departures arrive within the cut-off); ``chances[i, j]``
    how many do arrive, at how many different times, and the number of the latest that does (-1
    where none does).
    """
    for i in range(found.shape[0]):
        work.at[:] = NEVER
        work.rode[:] = NEVER
        work.best[:] = NEVER
        work.pieces[:] = 0
        for number in range(window.times):
            leaves = window.last_s - number * window.step_s
            set_out(lines, foot, access, start + i, work, window, leaves)
            walk_home(egress, work, number, leaves + window.cut_off_s)
        for to in range(len(work.best)):
            arrive = durations(work, to, window)
            chances[i, to, 0] = arrive
            chances[i, to, 1] = work.pieces[to]
            chances[i, to, 2] = work.since[to, 0] if work.pieces[to] > 0 else -1
            for q in range(len(ranks)):
                found[i, to, q] = work.lasts[ranks[q] - 1] if ranks[q] <= arrive else NEVER


@compiled
def ride_once(
    lines: Lines, foot: Links, access: Links, origin: int, window: Window, work: Desk
) -> None:
    """The earliest times at all stops for one departure, left in ``work.rode``."""
    work.at[:] = NEVER
    work.rode[:] = NEVER
    set_out(lines, foot, access, origin, work, window, window.last_s)
    unmark(work, SINCE)
