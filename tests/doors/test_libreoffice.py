"""The workbook and the Word report, opened by LibreOffice as an officer without Excel would."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pypdf
import pytest
from tests.doors.edition_toy import toy_edition

from assetmap.publish.report_content import report_of
from assetmap.publish.report_docx import write_docx
from assetmap.publish.scene import Scene
from assetmap.publish.tables import write_tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def converted(libreoffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both files as PDF, by one LibreOffice with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    edition = toy_edition()
    write_tables(edition, folder)
    write_docx(report_of(Scene.of_paper(edition)), folder / "report.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder),
         str(folder / "tables.xlsx"), str(folder / "report.docx")],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return folder


def text_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_the_workbook_opens_and_converts(converted: Path) -> None:
    text = text_of(converted / "tables.pdf")
    for said in ("Who can reach what in Millbrook", "E01000012", "Station Road"):
        assert said in text


def test_the_word_report_opens_and_converts(converted: Path) -> None:
    text = text_of(converted / "report.pdf")
    for said in ("Who can reach what in Millbrook", "Summary", "How many people are near each",
                 "Formulas and settings"):  # fmt: skip
        assert said in text
