"""Papers of a study: its report, briefings for members, plans to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError
from assetmap.publish.report_content import report_of
from assetmap.publish.report_docx import write_docx
from assetmap.publish.report_html import write_html
from assetmap.publish.report_typst import write_pdf
from assetmap.publish.report_wards import briefing_of, plans_of
from assetmap.study.run import edition_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

PAPERS = {"report": report_of, "briefing": briefing_of, "plans": plans_of}
REPORTS = "reports"


def write_papers(
    work: Work,
    steps: Mapping[str, Kept],
    *,
    papers: Sequence[str],
    out: Path,
    word: bool = False,
    template: Path | None = None,
) -> tuple[Path, ...]:
    """The papers as PDF and HTML, and as Word where asked, under ``out/<study>/reports/<run>/``.

    Beside the runs and not within one, so that a run made again leaves them alone.

    Raises
    ------
    StudyError
        For a paper that is not known.
    MissingError, ReadError, MethodError, WriteError
        As the writers of :mod:`assetmap.publish`.
    """
    unknown = [Fault(what=f"no paper '{name}'") for name in papers if name not in PAPERS]
    if unknown:
        raise StudyError(unknown)
    edition = edition_for(work, steps)
    folder = out / work.settings.study.id / REPORTS / edition.facts.run
    written = []
    for name in papers:
        report = PAPERS[name](edition)
        write_pdf(report, folder / f"{name}.pdf")
        write_html(report, folder / f"{name}.html")
        written += [folder / f"{name}.pdf", folder / f"{name}.html"]
        if word or template is not None:
            write_docx(report, folder / f"{name}.docx", template=template)
            written.append(folder / f"{name}.docx")
    return tuple(written)
