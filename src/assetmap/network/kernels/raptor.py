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
    Flags = NDArray[np.bool_]

BEFORE, NOW, RODE, SINCE = 0, 1, 2, 3
"""Rows of a desk's marks."""


@inner
def mark(marks: I32, flags: Flags, sizes: I32, row: int, stop: Whole) -> None:
    """Note a stop once."""
    if not flags[row, stop]:
        flags[row, stop] = True
        marks[row, sizes[row]] = stop
        sizes[row] += 1


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
def run_after(departure: I32, base: Whole, calls: Whole, runs: Whole, time: Whole) -> Whole:
    """The first of a line's runs that leaves a call at the time or later.

    Departures from the call stand ``calls`` apart, the first at ``base``.
    """
    low: Whole = 0
    high = runs
    while low < high:
        middle = (low + high) // 2
        if departure[base + middle * calls] >= time:
            high = middle
        else:
            low = middle + 1
    return low


@inner
def catches(leave_ptr: I32, leave_s: I32, stop: Whole, early: Whole, late: Whole) -> bool:
    """Whether anything leaves the stop from the early time on and before the late one.

    Who is at a stop earlier than another time, and catches nothing more, gets nowhere new.
    """
    low, high = leave_ptr[stop], leave_ptr[stop + 1]
    end = high
    while low < high:
        middle = (low + high) // 2
        if leave_s[middle] >= early:
            high = middle
        else:
            low = middle + 1
    return bool(low < end and leave_s[low] < late)


@inner
def note_ridden(ridden: I32, run: Whole, last: Whole, k: int, call: Whole) -> None:
    """Note that the run is ridden from the call on: whoever rides it later gets nowhere new.

    So with the runs after it on the line, which are nowhere earlier, and with more rides.
    """
    for rides in range(k, ridden.shape[0]):
        for later in range(run, last):
            if ridden[rides, later] <= call:
                break
            ridden[rides, later] = call


@inner
def ride(lines: Lines, work: Desk, k: int, slack: int, limit: int) -> None:
    """Get on the next run of each line at the marked stops; ride to where it was ridden before.

    Who sets out earlier must arrive no later either, so what was ridden by those who set out
    later went at least as far. Stops reached earlier by vehicle are noted in ``RODE``.
    """
    at_ptr, at_line, at_call = lines.at_ptr, lines.at_line, lines.at_call
    call_ptr, run_ptr, time_ptr = lines.call_ptr, lines.run_ptr, lines.time_ptr
    arrival, departure, stops, alights = lines.arrival, lines.departure, lines.stop, lines.alights
    at, rode, known = work.at, work.rode, work.ridden
    marks, flags, sizes = work.marks, work.flags, work.sizes
    most = rode.shape[1] - 1
    for i in range(sizes[BEFORE]):
        here = marks[BEFORE, i]
        leaves = at[here, k - 1] + slack
        for row in range(at_ptr[here], at_ptr[here + 1]):
            line, call = at_line[row], at_call[row]
            start, first, last = call_ptr[line], run_ptr[line], run_ptr[line + 1]
            calls, base = call_ptr[line + 1] - start, time_ptr[line]
            run = run_after(departure, base + call, calls, last - first, leaves)
            if first + run == last or known[k, first + run] <= call:
                continue
            for on in range(call + 1, min(calls, known[k, first + run] + 1)):
                time, stop = arrival[base + run * calls + on], stops[start + on]
                if time > limit:
                    break
                if alights[start + on] and time < rode[stop, k]:
                    if time < rode[stop, most]:
                        mark(marks, flags, sizes, SINCE, stop)
                    lower(rode, k, stop, time)
                    mark(marks, flags, sizes, RODE, stop)
            note_ridden(known, first + run, last, k, call)


@inner
def walk_on(lines: Lines, foot: Links, work: Desk, k: int, slack: int, limit: int) -> None:
    """Carry the stops that were reached by vehicle to themselves and to those around them."""
    ptr, tos, walk_s = foot.ptr, foot.to, foot.walk_s
    leave_ptr, leave_s = lines.leave_ptr, lines.leave_s
    at, rode, marks, flags, sizes = work.at, work.rode, work.marks, work.flags, work.sizes
    for i in range(sizes[RODE]):
        stop = marks[RODE, i]
        for row in range(ptr[stop] - 1, ptr[stop + 1]):
            own = row < ptr[stop]
            time = rode[stop, k] + (0 if own else walk_s[row])
            to = stop if own else tos[row]
            before = at[to, k]
            if time <= limit and time < before:
                lower(at, k, to, time)
                if catches(leave_ptr, leave_s, to, time + slack, before + slack):
                    mark(marks, flags, sizes, NOW, to)
    unmark(work, RODE)


@inner
def board(
    lines: Lines, access: Links, origin: int, work: Desk, slack: int, leaves: int, limit: int
) -> None:
    """Walk to the stops around an origin."""
    tos, walk_s, leave_ptr, leave_s = access.to, access.walk_s, lines.leave_ptr, lines.leave_s
    at, marks, flags, sizes = work.at, work.marks, work.flags, work.sizes
    for row in range(access.ptr[origin], access.ptr[origin + 1]):
        time, stop = leaves + walk_s[row], tos[row]
        before = at[stop, 0]
        if time <= limit and time < before:
            lower(at, 0, stop, time)
            if catches(leave_ptr, leave_s, stop, time + slack, before + slack):
                mark(marks, flags, sizes, BEFORE, stop)


@inner
def set_out(
    lines: Lines, foot: Links, access: Links, origin: int, work: Desk, window: Window, leaves: int
) -> None:
    """Search from an origin at one time; what later departures found is still true."""
    limit = leaves + window.cut_off_s
    board(lines, access, origin, work, window.slack_s, leaves, limit)
    for k in range(1, window.rides + 1):
        if work.sizes[BEFORE] == 0:
            break
        ride(lines, work, k, window.slack_s, limit)
        walk_on(lines, foot, work, k, window.slack_s, limit)
        unmark(work, BEFORE)
        for i in range(work.sizes[NOW]):
            mark(work.marks, work.flags, work.sizes, BEFORE, work.marks[NOW, i])
        unmark(work, NOW)
    unmark(work, BEFORE)


@inner
def walk_home(egress: Links, work: Desk, number: int, limit: int) -> None:
    """Carry the stops that got better to the destinations around them."""
    ptr, tos, walk_s, rode, marks = egress.ptr, egress.to, egress.walk_s, work.rode, work.marks
    best, since, arrived, pieces = work.best, work.since, work.arrived, work.pieces
    last = rode.shape[1] - 1
    for i in range(work.sizes[SINCE]):
        stop = marks[SINCE, i]
        for row in range(ptr[stop], ptr[stop + 1]):
            time, to = rode[stop, last] + walk_s[row], tos[row]
            if time <= limit and time < best[to]:
                best[to] = time
                piece = pieces[to]
                if piece == 0 or since[to, piece - 1] != number:
                    pieces[to] = piece + 1
                else:
                    piece -= 1
                since[to, piece] = number
                arrived[to, piece] = time
    unmark(work, SINCE)


@inner
def durations(since: I32, arrived: I32, pieces: Whole, window: Window, lasts: I32) -> Whole:
    """How many departures arrive within the cut-off; their seconds in order, in ``lasts``."""
    count = 0
    for piece in range(pieces):
        stop = since[piece + 1] if piece + 1 < pieces else window.times
        for number in range(since[piece], stop):
            seconds = arrived[piece] - window.last_s + number * window.step_s
            if seconds > window.cut_off_s:
                break
            place = count
            while place > 0 and lasts[place - 1] > seconds:
                lasts[place] = lasts[place - 1]
                place -= 1
            lasts[place] = seconds
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
    since, arrived, pieces, lasts = work.since, work.arrived, work.pieces, work.lasts
    for i in range(found.shape[0]):
        work.at[:] = NEVER
        work.rode[:] = NEVER
        work.ridden[:] = NEVER
        work.best[:] = NEVER
        work.pieces[:] = 0
        for number in range(window.times):
            leaves = window.last_s - number * window.step_s
            set_out(lines, foot, access, start + i, work, window, leaves)
            walk_home(egress, work, number, leaves + window.cut_off_s)
        for to in range(len(pieces)):
            arrive = durations(since[to], arrived[to], pieces[to], window, lasts)
            chances[i, to, 0] = arrive
            chances[i, to, 1] = pieces[to]
            chances[i, to, 2] = since[to, 0] if pieces[to] > 0 else -1
            for q in range(len(ranks)):
                found[i, to, q] = lasts[ranks[q] - 1] if ranks[q] <= arrive else NEVER
