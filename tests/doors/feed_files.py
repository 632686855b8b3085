"""Small GTFS feeds for tests: a sound one, and ways to spoil it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SOUND = {
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n"
        "A,Market,51.58,-3.00,1\nB,Bridge,51.58,-2.99,2\nC,Hospital,51.58,-2.97,0\n"
    ),
    "routes.txt": "route_id,route_short_name,route_type\nR,1,3\n",
    "trips.txt": "route_id,service_id,trip_id,direction_id\nR,W,T1,0\nR,W,T2,0\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "T1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:11:00,B,2\nT1,08:30:00,08:30:00,C,3\n"
        "T2,24:10:00,24:10:00,A,1\nT2,24:40:00,24:40:00,C,2\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "W,1,1,1,1,1,0,0,20230605,20230616\n"
    ),
}
"""Two trips on the ten working days from Monday 5 to Friday 16 June 2023."""


def feed_zip(
    folder: Path, *, name: str = "feed.zip", inside: str = "", **changed: str | None
) -> Path:
    """The sound feed with some files changed (``stops="..."``), added, or left out (None)."""
    files = SOUND | {f"{key}.txt": text for key, text in changed.items()}
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            if text is not None:
                archive.writestr(inside + file, text)
    return path
