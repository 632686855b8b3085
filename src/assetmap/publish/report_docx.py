"""A report as Word: real headings, captions, alternative texts, head rows that repeat."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from assetmap.errors import Fault, MissingError, ReadError
from assetmap.publish.atomic import whole_file
from assetmap.publish.packed import packed, unpacked
from assetmap.publish.report_blocks import (
    Bullets,
    Figure,
    Heading,
    Report,
    Table,
    Words,
    refuse_unsaid,
)

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.report_blocks import Block

WIDE_CM = 16.0
NEEDED = ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "Table Grid")


def write_docx(report: Report, path: Path, *, template: Path | None = None) -> None:
    """The report as a Word document, in the styles of a council's own template where one is given.

    What the template holds stays in front of the report: its letterhead, not its styles' names,
    which must be Word's own. The same report gives the same bytes.

    Raises
    ------
    MissingError
        Where python-docx is not installed: it comes with the extra ``report``.
    ReadError
        For a template that is no Word document, or lacks a style that the report needs.
    WriteError
        For a figure without an alternative text.
    """
    refuse_unsaid(report)
    document = _opened(template)
    _properties(document, report)
    document.add_paragraph(report.title, style="Title")
    for line in report.lines:
        document.add_paragraph(line)
    for block in report.blocks:
        _add(document, block)
    held = io.BytesIO()
    document.save(held)
    with whole_file(path) as draft:
        draft.write_bytes(packed(unpacked(held.getvalue()), day=report.day))


def _opened(template: Path | None) -> Any:  # noqa: ANN401 - python-docx has few types
    try:
        import docx  # noqa: PLC0415 - an extra
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    except ImportError as error:
        attempt = "pip install 'assetmap[report]'"
        fault = Fault(what="Word needs python-docx, which is not installed", attempt=attempt)
        raise MissingError(fault) from error
    try:
        document = docx.Document(str(template) if template else None)
    except (PackageNotFoundError, ValueError, KeyError) as error:
        fault = Fault(what="no Word document (.docx)", where=str(template))
        raise ReadError(fault) from error
    if template is None:
        _plain_paper(document)
    there = {style.name for style in document.styles}
    missing = [Fault(what=f"the template has no style '{name}'", where=str(template))
               for name in NEEDED if name not in there]  # fmt: skip
    if missing:
        raise ReadError(missing)
    return document


def _plain_paper(document: Any) -> None:  # noqa: ANN401 - as above
    """A4 and a plain typeface, where no template says otherwise."""
    from docx.shared import Cm, Pt  # noqa: PLC0415 - as above

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - WIDE_CM) / 2)
    page.top_margin = page.bottom_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)


def _properties(document: Any, report: Report) -> None:  # noqa: ANN401 - as above
    """Title, author, language and one fixed time."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    core = document.core_properties
    stamp = dt.datetime(report.day.year, report.day.month, report.day.day, tzinfo=dt.UTC)
    core.title, core.author, core.language = report.title[:255], report.team[:255], report.language
    core.created = core.modified = core.last_printed = stamp
    core.last_modified_by, core.comments, core.revision = report.team[:255], "", 1
    normal = document.styles["Normal"].element.get_or_add_rPr()
    language = normal.find(qn("w:lang"))
    if language is None:
        language = normal.makeelement(qn("w:lang"), {})
        normal.append(language)
    language.set(qn("w:val"), report.language)


def _add(document: Any, block: Block) -> None:  # noqa: ANN401 - as above
    if isinstance(block, Heading):
        document.add_heading(block.text, level=block.level)
    elif isinstance(block, Words):
        document.add_paragraph().add_run(block.text).bold = block.strong or None
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Figure):
        _picture(document, block)
    elif isinstance(block, Table):
        _table(document, block)
    else:
        document.add_page_break()


def _picture(document: Any, block: Figure) -> None:  # noqa: ANN401 - as above
    from docx.shared import Cm  # noqa: PLC0415 - as above

    drawn = document.add_picture(io.BytesIO(block.png), width=Cm(WIDE_CM))
    named = drawn._inline.docPr  # noqa: SLF001 - the library has no other way to a description
    named.set("descr", block.alternative)
    named.set("title", block.caption)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(block.caption, style="Caption")


def _table(document: Any, block: Table) -> None:  # noqa: ANN401 - as above
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    repeats = OxmlElement("w:tblHeader")
    repeats.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)  # noqa: SLF001 - as above
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for row in block.rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(said or "\n")  # a row to fill in is two lines high
    whole = sum(block.widths)
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(WIDE_CM * width / whole)
        for cell in column.cells:
            cell.width = Cm(WIDE_CM * width / whole)
    _small(table)
    document.add_paragraph(block.note)


def _small(table: Any) -> None:  # noqa: ANN401 - as above
    from docx.shared import Pt  # noqa: PLC0415 - as above

    for row in table.rows:
        for cell in row.cells:
            spacing = cell.paragraphs[0].paragraph_format
            spacing.space_before = spacing.space_after = Pt(2)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8.5)
