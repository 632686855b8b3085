"""Runs of a day made lines: the same stops in the same order, and nobody overtakes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.network.kernels.rides import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I64 = NDArray[np.int64]
    Row = tuple[NDArray[np.int32], NDArray[np.int32]]


def lines_of(stop_times: pd.DataFrame, runs: pd.DataFrame, stop_ids: pd.Index) -> Lines:
    """The LINES of RUNS: STOP_TIMES counted from the chosen day's midnight, stops as codes.

    Runs of one sequence of stops that overtake each other become lines of their own, so that on
    each line a run that leaves later is nowhere earlier.
    """
    wanted = runs[["run_id", "trip_id", "shift_s"]]
    calls = stop_times.merge(wanted, how="inner", on="trip_id")
    calls = calls.sort_values(["run_id", "position"], kind="stable")
    code = stop_ids.get_indexer(pd.Index(calls["stop_id"])).astype(np.int32)
    shift = calls["shift_s"].to_numpy()
    arrival = (calls["arrival_s"].to_numpy() + shift).astype(np.int32)
    departure = (calls["departure_s"].to_numpy() + shift).astype(np.int32)
    boards, alights = calls["boards"].to_numpy(bool), calls["alights"].to_numpy(bool)
    number = pd.factorize(calls["run_id"])[0]
    ends = np.flatnonzero(np.diff(number, append=-1, prepend=-1))
    families: dict[bytes, list[slice]] = {}
    for start, stop in pairwise(ends):
        at = slice(int(start), int(stop))
        key = code[at].tobytes() + boards[at].tobytes() + alights[at].tobytes()
        families.setdefault(key, []).append(at)
    lines = [
        line
        for key in sorted(families)
        for line in _without_overtaking(families[key], arrival, departure)
    ]
    return _packed(lines, (code, boards, alights, arrival, departure), len(stop_ids))


def _without_overtaking(
    family: list[slice], arrival: NDArray[np.int32], departure: NDArray[np.int32]
) -> list[list[slice]]:
    """Runs of one sequence of stops, shared out to lines in which later is later everywhere."""
    order = sorted(family, key=lambda at: (departure[at].tolist(), arrival[at].tolist()))
    lines: list[list[slice]] = []
    for at in order:
        for line in lines:
            last = line[-1]
            if (arrival[at] >= arrival[last]).all() and (departure[at] >= departure[last]).all():
                line.append(at)
                break
        else:
            lines.append([at])
    return lines


def _packed(
    lines: list[list[slice]],
    columns: tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.bool_],
                   NDArray[np.int32], NDArray[np.int32]],
    stops: int,
) -> Lines:  # fmt: skip
    """The lines in flat arrays, and the calls by stop."""
    code, boards, alights, arrival, departure = columns
    first = [line[0] for line in lines]
    sizes = np.array([at.stop - at.start for at in first], np.int64)
    runs = np.array([len(line) for line in lines], np.int64)
    call_ptr, run_ptr, time_ptr = _starts(sizes), _starts(runs), _starts(sizes * runs)
    calls = _rows(first)
    times = _rows([at for line in lines for at in line])
    line = np.repeat(np.arange(len(lines)), sizes)
    place = np.arange(len(line)) - np.repeat(call_ptr[:-1], sizes)
    can_board = np.flatnonzero(boards[calls] & (place + 1 < sizes[line]))
    stop = code[calls]
    order = can_board[np.lexsort((place[can_board], line[can_board], stop[can_board]))]
    return Lines(
        call_ptr=call_ptr.astype(np.int32),
        stop=stop,
        boards=boards[calls],
        alights=alights[calls],
        run_ptr=run_ptr.astype(np.int32),
        time_ptr=time_ptr,
        arrival=arrival[times],
        departure=departure[times],
        at_ptr=_starts(np.bincount(stop[order], minlength=stops)).astype(np.int32),
        at_line=line[order].astype(np.int32),
        at_call=place[order].astype(np.int32),
        **_departures(lines, (code, boards, departure), stops),
    )


def _departures(
    lines: list[list[slice]],
    columns: tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.int32]],
    stops: int,
) -> dict[str, NDArray[np.int32]]:
    """All departures by stop, but for those of last stops and where nobody gets on."""
    code, boards, departure = columns
    rows = _rows([slice(at.start, at.stop - 1) for line in lines for at in line])
    rows = rows[boards[rows]]
    rows = rows[np.lexsort((departure[rows], code[rows]))]
    counts = np.bincount(code[rows], minlength=stops)
    return {"leave_ptr": _starts(counts).astype(np.int32), "leave_s": departure[rows]}


def _starts(sizes: I64) -> I64:
    """Where each of so many begins, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def _rows(slices: list[slice]) -> I64:
    """The rows of all slices, one after the other."""
    parts = [np.arange(at.start, at.stop) for at in slices]
    return np.concatenate([np.zeros(0, np.int64), *parts])
