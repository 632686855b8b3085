"""Papers in a second language: nothing of the first is left, and a half-finished one is refused."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from tests.doors.cli_words import said
from tests.doors.edition_toy import toy_edition
from tests.doors.page_reader import Read
from tests.doors.pseudo_language import TAG, pseudo_translation
from tests.doors.test_languages import GAP, POINT, WORD, data_of

from assetmap.errors import StudyError
from assetmap.publish.blank import write_blank
from assetmap.publish.report_blocks import Bullets, Figure, Heading, Report, Table, Words
from assetmap.publish.report_docx import write_docx
from assetmap.publish.report_html import write_html
from assetmap.publish.report_papers import papers_of
from assetmap.publish.scene import Scene
from assetmap.publish.translation import SAID
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for
from assetmap.study.study import open_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.translation import Translation
    from assetmap.study.run import Run

PAPERS = ("report", "briefing", "plans")
REFERENCE = re.compile(r"(?:all|[\w-]+):[\w.]+|[0-9a-f]{12}")
"""What is typed after ``assetmap explain``, and fingerprints: the same in every language."""


@pytest.fixture(scope="module")
def edition(example_run: Run) -> Edition:
    """The example, of which a report has most to say."""
    assert example_run.page.is_file()
    work = open_example().work()
    return edition_for(work, find_out(work))


@pytest.fixture(scope="module")
def whole(edition: Edition) -> Translation:
    return pseudo_translation(edition, papers=True)


@pytest.fixture(scope="module")
def papers(edition: Edition, whole: Translation) -> dict[str, Report]:
    return papers_of(Scene.of_paper(edition, whole), PAPERS)


@pytest.fixture(scope="module")
def english(edition: Edition) -> dict[str, Report]:
    return papers_of(Scene.of_paper(edition), PAPERS)


def spoken(report: Report) -> Iterator[str]:
    """Every text of a report that somebody reads or hears."""
    yield from (report.title, *report.lines)
    for block in report.blocks:
        if isinstance(block, Heading | Words):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Figure):
            yield from (block.caption, block.alternative)
        elif isinstance(block, Table):
            yield from (block.caption, block.note, *block.head)
            yield from (cell for row in block.rows for cell in row)


@pytest.mark.parametrize("name", PAPERS)
def test_no_english_is_left_in_a_paper(
    edition: Edition,
    papers: dict[str, Report],
    name: str,
) -> None:
    data = data_of(edition)
    told = [text for text in spoken(papers[name]) if not REFERENCE.fullmatch(text)]
    assert len(told) > 30
    left = [text for text in told if WORD.search(data.sub("", GAP.sub("", text)))]
    assert left == []


def test_the_search_for_english_finds_it(edition: Edition, english: dict[str, Report]) -> None:
    data = data_of(edition)
    left = [t for one in english.values() for t in spoken(one) if WORD.search(data.sub("", t))]
    assert len(left) > 500


def test_numbers_are_the_languages_own_and_references_stay(
    edition: Edition, papers: dict[str, Report], english: dict[str, Report]
) -> None:
    """Polish: 1 700 people, 0,41; no decimal point but in references, names and versions."""
    data = data_of(edition)
    cells = [
        cell
        for block in papers["report"].blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]
    assert [cell for cell in cells if POINT.fullmatch(data.sub("", cell))] == []
    assert "1\u00a0700" in cells
    both = (
        {text for text in spoken(one) if REFERENCE.fullmatch(text)}
        for one in (papers["report"], english["report"])
    )
    assert len(set(map(frozenset, both))) == 1


def test_the_files_say_their_language(papers: dict[str, Report], tmp_path: Path) -> None:
    write_html(papers["report"], tmp_path / "report.html")
    read = Read((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert ("html", "lang", TAG) in read.attributes
    assert ("html", "dir", "rtl") not in read.attributes
    write_docx(papers["briefing"], tmp_path / "briefing.docx")
    assert docx.Document(str(tmp_path / "briefing.docx")).core_properties.language == TAG


def test_a_language_from_the_right_says_so(tmp_path: Path) -> None:
    edition = toy_edition()
    right = pseudo_translation(edition, "ar", papers=True)
    write_html(
        papers_of(Scene.of_paper(edition, right), ("report",))["report"], tmp_path / "a.html"
    )
    read = Read((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert ("html", "dir", "rtl") in read.attributes


def test_pages_need_no_words_of_papers_and_papers_do() -> None:
    """Whoever publishes pages alone translates the pages alone; what is there must fit."""
    edition = toy_edition()
    pages = pseudo_translation(edition)
    assert Scene.abroad(edition, pages)
    with pytest.raises(StudyError) as refused:
        Scene.of_paper(edition, pages)
    assert {fault.what for fault in refused.value.faults} >= {"no words for 'report.summary'"}
    assert "--report" in str(refused.value.faults[0].attempt)
    odd = replace(pages, sections={**pages.sections, "report": {"run": "{version}"}})
    with pytest.raises(StudyError, match="these gaps"):
        Scene.abroad(edition, odd)


def test_a_text_of_the_tables_without_words_refuses_the_paper() -> None:
    edition = toy_edition()
    made = pseudo_translation(edition, papers=True)
    phrases = {text: it for text, it in made.sections[SAID].items() if text != "a library"}
    lacking = replace(made, sections={**made.sections, SAID: phrases})
    with pytest.raises(StudyError, match="no words for the text 'a library'"):
        papers_of(Scene.of_paper(edition, lacking), ("report",), where="words/pl.toml")


def test_a_council_writes_its_report_in_its_second_language(
    edition: Edition,
    whole: Translation,
    repo: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "osierford"
    shutil.copytree(repo / "layers" / "example", folder)
    out = ("--out", tmp_path / "out", "-q")
    unknown = said("report", folder, "--language", TAG, *out)
    assert unknown.code == StudyError.exit_code
    assert f"the study has no language '{TAG}'" in unknown.err
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    named = text.replace("[publish]\n", f'[publish]\nlanguages = ["en", "{TAG}"]\n')
    study.write_text(named, encoding="utf-8")
    path = folder / "words" / f"{TAG}.toml"
    assert write_blank(edition, pseudo_translation(edition), path) == (0, 0)
    refused = said("report", folder, "--language", TAG, *out)
    assert refused.code == StudyError.exit_code
    assert "no words for 'report.summary'" in refused.err
    assert write_blank(edition, whole, path, papers=True) == (0, 0)
    done = said("report", folder, "--language", TAG, "--docx", *out)
    assert done.code == 0, done.err
    written = [line for line in done.out.splitlines() if line]
    assert [one.rsplit("/", 2)[-2:] for one in written] == [
        [TAG, "report.pdf"], [TAG, "report.html"], [TAG, "report.docx"],
    ]  # fmt: skip
