"""What an assessment is made of, the same for the screen and for paper."""

from __future__ import annotations

from typing import NamedTuple


class Grid(NamedTuple):
    """A table: its columns, its rows, the first cell of each being its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Part(NamedTuple):
    """One of the ten parts: a heading, sentences, tables."""

    key: str
    heading: str
    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
