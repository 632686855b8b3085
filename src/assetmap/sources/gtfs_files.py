"""The files of a GTFS feed: found in its zip, read as text, rows without all cells counted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from assetmap.errors import Fault, ReadError
from assetmap.sources.archives import MOST_BYTES, guard_zip, members, read_member
from assetmap.sources.texts import decode

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt")
CALENDARS = ("calendar.txt", "calendar_dates.txt")
FURTHER = ("frequencies.txt", "transfers.txt", "pathways.txt")
FEED = "a published GTFS feed: a zip with stops.txt, trips.txt and so on"


class FeedFiles(NamedTuple):
    """The tables of a feed by file name, every cell text, and how many rows were not whole."""

    where: str
    tables: dict[str, pd.DataFrame]
    ragged: int

    def column(self, file: str, name: str, *, otherwise: str = "") -> pd.Series:
        """A column of a file; where there is none, one cell for each row."""
        table = self.tables[file]
        if name in table:
            return table[name].fillna(otherwise)
        return pd.Series(otherwise, index=table.index, dtype="str")


def open_feed(path: Path, *, about: str, most_bytes: int = MOST_BYTES) -> FeedFiles:
    """The tables of the feed in a zip, at its top or in its only folder.

    Nothing is unpacked to the disk. Blanks around names and cells are taken away; a row with
    more or fewer cells than the header is left out and counted.

    Raises
    ------
    ReadError
        For a zip that is damaged, too large or climbs out of itself, a feed that lacks a file or
        a column that it must have, and one with two folders of tables.
    """
    where = f"source '{about}', {path.name}"
    guard_zip(path, most_bytes=most_bytes)
    found = _found(members(path), where)
    tables, ragged = {}, 0
    for name in (*NEEDED, *CALENDARS, *FURTHER):
        if name in found:
            content = read_member(path, suffixes=(), name=found[name], most_bytes=most_bytes)[1]
            text, _ = decode(content, about=about, where=f"{where}, {name}")
            tables[name], lost = _table(text, where=f"{where}, {name}")
            ragged += lost
    _refuse(_faults_of_columns(tables, where))
    return FeedFiles(where, tables, ragged)


def _found(names: tuple[str, ...], where: str) -> dict[str, str]:
    """File name to member, where the feed lies."""
    own = [name for name in names if not name.startswith("__MACOSX") and not name.endswith("/")]
    folders = sorted({_folder(name) for name in own if _last(name) == "stops.txt"})
    if len(folders) > 1:
        what = f"holds more than one feed: {', '.join(one or 'its top' for one in folders)}"
        raise ReadError(Fault(what=what, where=where, attempt="make each feed a zip of its own"))
    found = {_last(name): name for name in own if folders and _folder(name) == folders[0]}
    lacking = [name for name in NEEDED if name not in found]
    if not any(name in found for name in CALENDARS):
        lacking.append("calendar.txt or calendar_dates.txt")
    if lacking:
        inside = [name for name in own if name.casefold().endswith(".zip")]
        attempt = f"unpack {inside[0]} and name it as the source's file" if inside else ""
        what = f"no {', '.join(lacking)} in the feed"
        raise ReadError(Fault(what=what, where=where, attempt=attempt or FEED))
    return found


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _last(name: str) -> str:
    return name.rpartition("/")[2].casefold()


def _table(text: str, *, where: str) -> tuple[pd.DataFrame, int]:
    """The rows, every cell text without outer blanks, and how many rows were not whole."""
    content = text.strip("\ufeff\r\n \x1a").encode()
    if not content:
        return pd.DataFrame(), 0
    ragged = 0

    def skip(row: pa_csv.InvalidRow) -> str:
        nonlocal ragged
        ragged += bool((row.text or "").strip())
        return "skip"

    first, _, rest = content.partition(b"\n")
    header = [name.strip().strip('"').strip() for name in first.decode().split(",")]
    if len(set(header)) < len(header):
        raise ReadError(Fault(what="a column stands twice in the header", where=where))
    if not rest.strip():
        return pd.DataFrame(columns=header, dtype="str"), 0
    try:
        table = pa_csv.read_csv(
            io.BytesIO(content),
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=len(content) + 1, column_names=header, skip_rows=1
            ),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise ReadError(Fault(what=f"cannot be read as a table: {error}", where=where)) from error
    frame: pd.DataFrame = table.to_pandas()
    return frame.apply(lambda cells: cells.astype("str").str.strip()), ragged


COLUMNS = {
    "stops.txt": ("stop_id", "stop_lat", "stop_lon"),
    "routes.txt": ("route_id", "route_type"),
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"),
    "calendar.txt": (
        "service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "start_date", "end_date",
    ),
    "calendar_dates.txt": ("service_id", "date", "exception_type"),
    "frequencies.txt": ("trip_id", "start_time", "end_time", "headway_secs"),
    "transfers.txt": ("from_stop_id", "to_stop_id", "transfer_type"),
    "pathways.txt": ("pathway_id", "from_stop_id", "to_stop_id", "pathway_mode"),
}  # fmt: skip


def _faults_of_columns(tables: dict[str, pd.DataFrame], where: str) -> list[Fault]:
    faults = []
    for name, table in tables.items():
        if not len(table) and name in NEEDED:
            attempt = "download the feed again"
            faults.append(Fault(what=f"{name} is empty", where=where, attempt=attempt))
        elif len(table.columns):
            faults += [
                Fault(what=f"{name} has no column '{column}'", where=where)
                for column in COLUMNS[name]
                if column not in table
            ]
    return faults


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise ReadError(faults)
