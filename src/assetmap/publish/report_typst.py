"""A report as tagged PDF (PDF/UA-1) by typst. Texts travel as data: none is ever read as markup."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.errors import Fault, MissingError, WriteError
from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import END, ISOLATE
from assetmap.publish.report_blocks import (
    Bullets,
    Figure,
    Heading,
    PageBreak,
    Report,
    Table,
    Words,
    refuse_unsaid,
)

if TYPE_CHECKING:
    from assetmap.publish.report_blocks import Block

STANDARD = "ua-1"
NOT_SHOWN = "\u25a1"
"""Stands for a character that the font has no shape for: the standard forbids a blank."""


def write_pdf(report: Report, path: Path) -> None:
    """The report as PDF with tags, language, title and a text for every figure.

    The same report gives the same bytes.

    Raises
    ------
    MissingError
        Where typst is not installed: it comes with the extra ``report``.
    WriteError
        For a figure without an alternative text, and where typst refuses the document.
    """
    refuse_unsaid(report)
    typst = typst_here()
    fonts = _fonts()
    letters = _letters(fonts)
    with tempfile.TemporaryDirectory() as name, whole_file(path) as draft:
        folder = Path(name)
        blocks = [_told(block, number, folder) for number, block in enumerate(report.blocks)]
        told = {
            "title": report.title, "lines": list(report.lines), "language": report.language[:2],
            "region": report.language[3:] or None, "team": report.team,
            "day": [report.day.year, report.day.month, report.day.day], "blocks": blocks,
        }  # fmt: skip
        text = _shown(json.dumps(told, ensure_ascii=False), letters)
        (folder / "report.json").write_text(text, encoding="utf-8")
        drawn = files("assetmap").joinpath("publish", "templates", "report.typ").read_bytes()
        (folder / "report.typ").write_bytes(drawn)
        try:
            typst.compile(
                folder / "report.typ", output=draft, root=folder, font_paths=[fonts],
                ignore_system_fonts=True, format="pdf", pdf_standards=[STANDARD],
                timestamp=_noon(report.day),
            )  # fmt: skip
        except typst.TypstError as error:
            what = f"typst refuses the report: {error}"
            raise WriteError(Fault(what=what, where=str(path))) from error


def _told(block: Block, number: int, folder: Path) -> dict[str, object]:
    """A block as the template reads it; a figure's drawing goes into a file beside."""
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Words):
        return {"kind": "words", "text": block.text, "strong": block.strong}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    if isinstance(block, Table):
        return {"kind": "table", "caption": block.caption, "head": list(block.head),
                "rows": [list(row) for row in block.rows], "widths": list(block.widths),
                "note": block.note}  # fmt: skip
    if isinstance(block, Figure):
        file = f"figure-{number}.svg"
        (folder / file).write_bytes(block.svg)
        return {"kind": "figure", "caption": block.caption, "alternative": block.alternative,
                "file": file}  # fmt: skip
    assert isinstance(block, PageBreak)  # noqa: S101 - the last kind there is
    return {"kind": "break"}


def typst_here() -> Any:  # noqa: ANN401 - typst has no types to give
    """The module typst.

    Raises
    ------
    MissingError
        Where it is not installed: it comes with the extra ``report``.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError as error:
        attempt = "pip install 'assetmap[report]'"
        fault = Fault(what="a PDF needs typst, which is not installed", attempt=attempt)
        raise MissingError(fault) from error
    return typst


def _fonts() -> Path:
    """The folder of the fonts that come with matplotlib: the same on every machine."""
    import matplotlib as mpl  # noqa: PLC0415 - only where a PDF is asked for

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def _letters(fonts: Path) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - as above

    plain, bold = (FT2Font(str(fonts / f"DejaVuSans{kind}.ttf")) for kind in ("", "-Bold"))
    return frozenset(plain.get_charmap()) & frozenset(bold.get_charmap())


def _shown(text: str, letters: frozenset[int]) -> str:
    told = (c for c in text if c not in (ISOLATE, END))
    return "".join(c if ord(c) in letters or c == "\n" else NOT_SHOWN for c in told)


def _noon(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp())
