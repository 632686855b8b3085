"""Door to door by public transport in Newport: 1,000 homes, 100 places, 60 departures."""

from __future__ import annotations

import datetime as dt
import json
import resource
import time
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.streets import newport_file

from assetmap.layers.service_day import make_service_day
from assetmap.network.graph import build_graph
from assetmap.network.journeys import Trip, journeys
from assetmap.network.snap import Ground
from assetmap.network.transit import build_transit, on_streets
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.read import Job
from assetmap.sources.spec import SourceSpec
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    from pathlib import Path

CRS = "EPSG:27700"
DAY = dt.date(2023, 6, 13)
HOMES, PLACES, SNAP_MAX_M = 1000, 100, 250
TRIP = Trip(start_s=8 * 3600, end_s=9 * 3600, cut_off_min=90, slack_s=0, percentiles=(10, 50, 90))


def job(kind: str, layout: str, path: Path) -> Job:
    """A source of the published files, as a study would name it."""
    said = dict.fromkeys(
        ("publisher", "title", "address", "licence", "attribution", "vintage", "format"), "-"
    )
    spec = SourceSpec(id=kind, kind=kind, layout=layout, file=path.name, **said)
    return Job(spec=spec, paths=(path,), crs=CRS, lookups={})


def main() -> None:
    """Print the CPU seconds of the journeys and the most memory, as one line of JSON."""
    extract = newport_file()
    feed = extract.with_name("newport-20230613_gtfs.zip")
    timetable = read_timetable(job("timetable", "gtfs", feed)).table
    graph = build_graph(read_streets(job("streets", "osm", extract)).table, profile="standard")
    runs = make_service_day(timetable, day=DAY).table.runs
    streets = Ground(graph.table)
    transit = build_transit(
        timetable, runs, streets, change_max_min=10, snap_max_m=SNAP_MAX_M
    ).table
    order = np.random.default_rng(1).permutation(len(graph.table.x))
    xy = np.c_[graph.table.x, graph.table.y][order[: HOMES + PLACES]]
    homes, places = (
        on_streets(streets, part, snap_max_m=SNAP_MAX_M) for part in np.split(xy, [HOMES])
    )
    few = on_streets(streets, xy[:5], snap_max_m=SNAP_MAX_M)
    list(journeys(transit, few, places, trip=TRIP))
    start = time.process_time()
    found = list(journeys(transit, homes, places, trip=TRIP))
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reached = sum(int(np.isfinite(block.minutes[:, :, 1]).sum()) for block in found)
    print(json.dumps({"cpu_s": seconds, "memory_mb": most, "pairs": reached}))


if __name__ == "__main__":
    main()
