"""What an assessment is made of, the same for the screen and for paper."""

from __future__ import annotations

from typing import NamedTuple


class Grid(NamedTuple):
    """A table: its columns, its rows, the first cell of each being its heading.

    On paper the column ``wide`` takes the room that the others leave.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0


class Part(NamedTuple):
    """One part: a heading, a picture where it has one, sentences, tables."""

    key: str
    heading: str
    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    drawing: str = ""
    alt: str = ""
