"""A day's public transport on the streets: lines, stops with their doors, and changes on foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.network.doors import CM_A_SECOND, Doors, doors_of
from assetmap.network.entries import Entries, arriving, direct, entries, leaving
from assetmap.network.impedance import CM_A_MINUTE
from assetmap.network.keep import least_rows
from assetmap.network.kernels import LIMIT_CM, Pairs, many_to_many
from assetmap.network.kernels.rides import Lines, Links
from assetmap.network.lines import lines_of
from assetmap.network.snap import TOO_FAR, snap
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.timetable import Timetable
    from assetmap.network.graph import WalkGraph
    from assetmap.network.snap import Ground

    I64 = NDArray[np.int64]


class Points(NamedTuple):
    """Places on the streets by code, with what it costs to get on and off the streets there."""

    on_streets: Entries
    code: I64
    size: int


class Transit(NamedTuple):
    """The public transport of a day.

    Attributes
    ----------
    lines
        What runs.
    stop_ids
        Stops by code: those at which any run calls.
    ground
        The streets on which people walk to stops, from stops and between them.
    foot
        Changes on foot from stop to stop.
    ways_in, ways_out
        The doors of stops, as one comes from the street and as one goes to it.
    """

    lines: Lines
    stop_ids: pd.Index
    ground: Ground
    foot: Links
    ways_in: Points
    ways_out: Points

    @property
    def graph(self) -> WalkGraph:
        """The graph of those streets."""
        return self.ground.graph


def build_transit(
    timetable: Timetable,
    runs: pd.DataFrame,
    ground: Ground,
    *,
    change_max_min: float,
    snap_max_m: float,
    step_free: bool = False,
) -> Told[Transit]:
    """The TRANSIT of RUNS on streets.

    One changes on foot between stops whose walk along streets takes at most ``change_max_min``;
    where the publisher times a change, that time stands instead, and changes that it rules out
    are none. With ``step_free``, vehicles, stops and pathways known to be barred to wheelchair
    users are left out; where nobody says, they count as usable, and that is told as
    ``step_free_unknown``. Told as well: ``stops_off_streets``, stops in among the streets but too
    far from any of them; stops beyond the streets are of other places.

    Raises
    ------
    MethodError
        For a change of negative length or no number.
    """
    if not np.isfinite(change_max_min) or change_max_min < 0:
        what = f"changes of {change_max_min} minutes"
        raise MethodError(Fault(what=what, where="transit", attempt="minutes of 0 or more"))
    told: tuple[Caution, ...] = ()
    if step_free:
        told = _unknown_told(timetable, runs)
        timetable, runs = _step_free(timetable, runs)
    called = timetable.stop_times["trip_id"].isin(runs["trip_id"])
    stop_ids = pd.Index(sorted(timetable.stop_times.loc[called, "stop_id"].unique()))
    lines = lines_of(timetable.stop_times, runs, stop_ids)
    doors = doors_of(timetable, stop_ids, step_free=step_free)
    graph = ground.graph
    snapped = snap(graph, doors.xy, snap_max_m=snap_max_m, ground=ground)
    far = np.unique(doors.stop[snapped.state == TOO_FAR])
    at = entries(graph, snapped)
    ways_in = _points(at, doors, doors.in_cm, len(stop_ids))
    ways_out = _points(at, doors, doors.out_cm, len(stop_ids))
    walked = walks(graph, ways_out, ways_in, cut_off_min=change_max_min)
    foot = _with_published(walked, timetable.transfers, stop_ids)
    return Told(
        Transit(lines, stop_ids, ground, foot, ways_in, ways_out), (*told, *_far_told(len(far)))
    )


def on_streets(
    ground: Ground,
    xy: NDArray[np.float64],
    *,
    snap_max_m: float,
    code: I64 | None = None,
    size: int | None = None,
) -> Points:
    """Points on the streets; those too far from any are on none.

    Each is its own code, or has the one given: of ``size`` codes, some may have several points.
    """
    at = entries(ground.graph, snap(ground.graph, xy, snap_max_m=snap_max_m, ground=ground))
    codes = at.point if code is None else code[at.point]
    return Points(at, codes, len(xy) if size is None else size)


def walks(graph: WalkGraph, starts: Points, stops: Points, *, cut_off_min: float) -> Pairs:
    """The least walk of every pair within the minutes, from any to any of a code's places."""
    cut_off_cm = min(round(cut_off_min * CM_A_MINUTE), LIMIT_CM)
    by_nodes = many_to_many(
        graph.graph,
        leaving(graph, starts.on_streets, starts.code, starts.size),
        arriving(graph, stops.on_streets, stops.code, stops.size),
        cut_off_cm=cut_off_cm,
    )
    along = direct(graph, starts.on_streets, stops.on_streets)
    near = along.cm <= cut_off_cm
    if not near.any():
        return by_nodes
    start = np.r_[by_nodes.from_code, starts.code[along.start[near]]]
    stop = np.r_[by_nodes.to_code, stops.code[along.stop[near]]]
    cm = np.r_[by_nodes.cost_cm, along.cm[near]]
    rows, least_cm = least_rows(start, stop, cm)
    return Pairs(*(column.astype(np.int32) for column in (start[rows], stop[rows], least_cm)))


def links_of(pairs: Pairs, count: int) -> Links:
    """The pairs as walks in whole seconds; a part of a second counts as one."""
    ptr = np.searchsorted(pairs.from_code, np.arange(count + 1)).astype(np.int32)
    return Links(ptr, pairs.to_code.astype(np.int32), seconds_of(pairs.cost_cm))


def seconds_of(cost_cm: NDArray[np.int32]) -> NDArray[np.int32]:
    """Whole seconds of a walk, rounded up: nobody catches a bus in part of a second."""
    return np.asarray(-(-cost_cm.astype(np.int64) * 60 // CM_A_MINUTE), np.int32)


def _points(at: Entries, doors: Doors, extra_cm: I64, count: int) -> Points:
    """The doors that are on the streets and lead to (or from) their platform."""
    usable = np.flatnonzero(extra_cm[at.point] >= 0)
    chosen = at.rows(usable)
    dearer = chosen._replace(walk_cm=chosen.walk_cm + extra_cm[chosen.point])
    return Points(dearer, doors.stop[chosen.point], count)


def _with_published(walked: Pairs, transfers: pd.DataFrame, stop_ids: pd.Index) -> Links:
    """Changes on foot, with the publisher's word where there is one."""
    count = len(stop_ids)
    start, stop = (
        stop_ids.get_indexer(pd.Index(transfers[f"{end}_stop_id"])) for end in ("from", "to")
    )
    said = (start >= 0) & (stop >= 0) & (start != stop)
    key = walked.from_code.astype(np.int64) * count + walked.to_code
    kept = (walked.from_code != walked.to_code) & ~np.isin(key, start[said] * count + stop[said])
    timed = said & transfers["least_s"].notna().to_numpy()
    least_s = transfers["least_s"].to_numpy(dtype=np.float64, na_value=0.0)[timed]
    joined = Pairs(
        np.r_[walked.from_code[kept], start[timed]].astype(np.int32),
        np.r_[walked.to_code[kept], stop[timed]].astype(np.int32),
        np.r_[walked.cost_cm[kept], np.floor(least_s * CM_A_SECOND)].astype(np.int32),
    )
    order = np.lexsort((joined.to_code, joined.from_code))
    return links_of(Pairs(*(column[order] for column in joined)), count)


def _step_free(timetable: Timetable, runs: pd.DataFrame) -> tuple[Timetable, pd.DataFrame]:
    """Without the vehicles and stops that are known to be barred to wheelchair users."""
    barred = timetable.stops.loc[timetable.stops["wheelchair"] == "no", "stop_id"]
    shut = timetable.stop_times["stop_id"].isin(barred)
    calls = timetable.stop_times.assign(
        boards=timetable.stop_times["boards"] & ~shut,
        alights=timetable.stop_times["alights"] & ~shut,
    )
    return timetable._replace(stop_times=calls), runs[runs["wheelchair"] != "no"]


def _unknown_told(timetable: Timetable, runs: pd.DataFrame) -> tuple[Caution, ...]:
    called = timetable.stop_times.loc[
        timetable.stop_times["trip_id"].isin(runs["trip_id"]), "stop_id"
    ].unique()
    stops = timetable.stops[timetable.stops["stop_id"].isin(called)]
    silent = int((stops["wheelchair"] == "unknown").sum())
    vehicles = int((runs["wheelchair"] == "unknown").sum())
    if not silent + vehicles:
        return ()
    text = (
        f"Whether wheelchair users can board is not recorded for {silent:,} of {len(stops):,} "
        f"stops and {vehicles:,} of {len(runs):,} journeys of vehicles. They are counted as "
        "usable: 'not recorded' is not 'no'."
    )
    found = Caution(code="step_free_unknown", about="transit", text=text, count=silent + vehicles)
    return (found,)


def _far_told(count: int) -> tuple[Caution, ...]:
    text = "Stops too far from any street that can be walked: nobody gets on or off there."
    found = Caution(code="stops_off_streets", about="transit", text=text, count=count)
    return (found,) if count else ()
