"""What a report is made of, whatever it is written as: headings, sentences, tables, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.errors import Fault, WriteError

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Heading:
    """A heading; levels follow each other without a gap."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Words:
    """A paragraph; ``strong`` for what must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first column heads its row. ``widths`` are shares of the page."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing as SVG and as PNG, with what it shows in words for whoever does not see it."""

    caption: str
    alternative: str
    svg: bytes
    png: bytes


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Words | Bullets | Table | Figure | PageBreak


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report: its title page and its blocks.

    Attributes
    ----------
    lines
        Under the title: the place, the day, who answers.
    direction
        ``rtl`` for a language that is written from the right.
    """

    title: str
    lines: tuple[str, ...]
    language: str
    team: str
    day: dt.date
    blocks: tuple[Block, ...]
    direction: str = "ltr"


def refuse_unsaid(report: Report) -> None:
    """Nothing, where every figure says in words what it shows.

    Raises
    ------
    WriteError
        With every figure that does not, and every table whose rows do not fit its head.
    """
    faults = [
        Fault(what=f"figure '{one.caption}' has no alternative text", where=report.title)
        for one in report.blocks
        if isinstance(one, Figure) and not one.alternative.strip()
    ]
    faults += [
        Fault(what=f"table '{one.caption}' has rows that do not fit its head", where=report.title)
        for one in report.blocks
        if isinstance(one, Table)
        and any(len(row) != len(one.head) for row in (*one.rows, one.widths))
    ]
    if faults:
        raise WriteError(faults)
