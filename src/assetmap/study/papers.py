"""Papers of a study: its report, briefings for members, plans to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError
from assetmap.publish.report_docx import write_docx
from assetmap.publish.report_html import write_html
from assetmap.publish.report_papers import PAPERS, papers_of
from assetmap.publish.report_typst import write_pdf
from assetmap.publish.scene import Scene
from assetmap.study.languages import named
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.study.work import Work

REPORTS = "reports"


def write_papers(
    work: Work,
    *,
    papers: Sequence[str],
    out: Path,
    word: bool = False,
    template: Path | None = None,
    language: str | None = None,
) -> tuple[Path, ...]:
    """The papers as PDF and HTML, and as Word where asked, under ``out/<study>/reports/<run>/``.

    Beside the runs and not within one, so that a run made again leaves them alone. In a further
    language of the study, where one is named, they are in a folder of its tag.

    Raises
    ------
    StudyError
        For a paper or a language that is not known, and a language that lacks some of the words.
    MissingError, ReadError, MethodError, WriteError
        As the writers of :mod:`assetmap.publish`.
    """
    unknown = [Fault(what=f"no paper '{name}'") for name in papers if name not in PAPERS]
    if unknown:
        raise StudyError(unknown)
    edition = edition_for(work, find_out(work))
    folder = out / work.settings.study.id / REPORTS / edition.facts.run
    further = named(work.settings.publish, language)
    chosen = next((one for one in edition.translations if one.language in further), None)
    if chosen:
        folder /= chosen.language
    made = papers_of(Scene.of_paper(edition, chosen), papers, where=chosen.where if chosen else "")
    written = []
    for name, report in made.items():
        write_pdf(report, folder / f"{name}.pdf")
        write_html(report, folder / f"{name}.html")
        written += [folder / f"{name}.pdf", folder / f"{name}.html"]
        if word or template is not None:
            write_docx(report, folder / f"{name}.docx", template=template)
            written.append(folder / f"{name}.docx")
    return tuple(written)
