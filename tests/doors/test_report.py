"""The papers, opened again: tagged, with a text for every figure, harmless, the same twice."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import docx
import pandas as pd
import pikepdf
import pypdf
import pytest
from tests.doors.edition_toy import IDS, facts, toy_edition
from tests.doors.hostile_strings import HOSTILE, SURROGATE
from tests.doors.page_reader import Read

from assetmap.errors import MethodError, MissingError, ReadError, WriteError
from assetmap.frames import table_of
from assetmap.frames.given import GEOGRAPHY
from assetmap.publish.edition import Contact
from assetmap.publish.report_blocks import Figure, Heading, Report, Table, Words
from assetmap.publish.report_content import report_of
from assetmap.publish.report_docx import write_docx
from assetmap.publish.report_html import write_html
from assetmap.publish.report_typst import write_pdf
from assetmap.publish.report_wards import briefing_of, plans_of
from assetmap.publish.scene import Scene
from assetmap.study.explain import explain
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for
from assetmap.study.study import open_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.study.run import Run

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_wards() -> Edition:
    """The toy in two wards: the first eight neighbourhoods, and the last four."""
    rows = {
        "area_id": IDS, "level": ["ward"] * 12, "fit": ["best fit"] * 12,
        "unit_id": ["W1"] * 8 + ["W2"] * 4, "unit_name": ["Mill"] * 8 + ["Park"] * 4,
    }  # fmt: skip
    return toy_edition(membership=table_of(GEOGRAPHY, rows))


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(Scene.of_paper(toy_edition()))


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report")
    write_pdf(report, made / "report.pdf")
    write_html(report, made / "report.html")
    write_docx(report, made / "report.docx")
    return made


def elements(kids: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of a tagged document's structure."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from elements(kid["/K"])


def text_of(path: Path) -> str:
    """What somebody who copies the text of a PDF gets."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


# ------------------------------------------------------------------------------ PDF


def test_the_pdf_is_tagged_and_every_figure_says_what_it_shows(folder: Path) -> None:
    with pikepdf.open(folder / "report.pdf") as held:
        assert held.Root.MarkInfo.Marked
        assert str(held.Root.Lang) == "en-GB"
        assert held.Root.ViewerPreferences.DisplayDocTitle
        with held.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "Who can reach what in Millbrook"
        tags = [(str(one["/S"]), one) for one in elements(held.Root.StructTreeRoot["/K"])]
        figures = [one for name, one in tags if name == "/Figure"]
        assert len(figures) == 3  # two maps and a chart
        assert all(len(str(one["/Alt"])) > 40 for one in figures)
        names = {name for name, _ in tags}
        assert {"/Title", "/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/LI", "/P"} <= names


def test_what_a_figure_shows_is_said_place_by_place(report: Report) -> None:
    results = next(one for one in report.blocks if isinstance(one, Figure))
    assert "Priority for support: Part of Mill ward, around Hope Street; and Quarry Bank." in (
        results.alternative.replace(" and ", "; and ").replace(";;", ";")
    )


def test_the_same_report_is_the_same_bytes(report: Report, folder: Path, tmp_path: Path) -> None:
    again = report_of(Scene.of_paper(toy_edition()))
    assert [type(one) for one in again.blocks] == [type(one) for one in report.blocks]
    write_pdf(again, tmp_path / "report.pdf")
    write_html(again, tmp_path / "report.html")
    write_docx(again, tmp_path / "report.docx")
    for name in ("report.pdf", "report.html", "report.docx"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_figure_without_words_is_refused_by_every_writer(report: Report, tmp_path: Path) -> None:
    silent = [replace(one, alternative=" ") if isinstance(one, Figure) else one
              for one in report.blocks]  # fmt: skip
    for write in (write_pdf, write_html, write_docx):
        with pytest.raises(WriteError, match="has no alternative text"):
            write(replace(report, blocks=tuple(silent)), tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


def test_a_table_that_does_not_fit_its_head_is_refused(report: Report, tmp_path: Path) -> None:
    crooked = replace(report, blocks=(Table("T", ("a", "b"), (("1",),), (1, 1)),))
    with pytest.raises(WriteError, match="do not fit its head"):
        write_html(crooked, tmp_path / "a.html")


def test_typst_itself_refuses_what_its_standard_forbids(report: Report, tmp_path: Path) -> None:
    """PDF/UA wants headings to follow each other: a third level after a first is refused."""
    skipped = replace(report, blocks=(Heading("One"), Heading("Three", 3)))
    with pytest.raises(WriteError, match="typst refuses"):
        write_pdf(skipped, tmp_path / "a.pdf")


def test_without_typst_one_is_told_what_to_install(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(MissingError, match=r"assetmap\[report\]"):
        write_pdf(report, tmp_path / "a.pdf")


# ------------------------------------------------------------------------------ references


def references(report: Report) -> set[str]:
    found = set()
    for block in report.blocks:
        if isinstance(block, Table) and "Reference" in block.head:
            column = block.head.index("Reference")
            found |= {row[column] for row in block.rows}
    return found


@pytest.mark.usefixtures("example_run")
def test_explain_takes_every_reference_of_every_paper() -> None:
    """Of the example: each kind of figure once for an area, and once for every area."""
    work = open_example().work()
    steps = find_out(work)
    edition = edition_for(work, steps)
    found = references(report_of(Scene.of_paper(edition))) | references(
        briefing_of(Scene.of_paper(edition))
    )
    assert len(found) > 50
    by_name = {one[:3] + one.split(":")[1].split(".")[0]: one for one in sorted(found)}
    assert any(not name.startswith(("E01", "all")) for name in by_name), "none of a ward"
    held = edition.membership
    assert held is not None
    for one in by_name.values():
        told = explain(work, steps, one)
        within = set(held.loc[held["unit_id"] == one.split(":")[0], "area_id"])
        if within:
            assert {number.where.split(".")[0] for number in told.numbers} <= within
        assert told.numbers, one
        assert told.sources, one


def test_every_figure_of_the_report_has_a_reference(report: Report) -> None:
    """A table with a column of figures has one of references, but for what explains itself."""
    bare = {one.caption for one in report.blocks
            if isinstance(one, Table) and "Reference" not in one.head}  # fmt: skip
    assert bare == {"Distances that we took as near enough", "Formulas and settings",
                    "Files that were read"}  # fmt: skip


# ------------------------------------------------------------------------------ HTML and Word


def test_the_html_stands_alone_with_one_first_heading(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    read = Read(text)
    assert read.tags["script"] == 0
    assert read.tags["h1"] == 1
    assert read.tags["img"] == 3
    assert len([1 for tag, name, value in read.attributes
                if tag == "img" and name == "alt" and len(value) > 40]) == 3  # fmt: skip
    assert not re.search(r"(?:src|href)=\"(?!data:)", text)
    assert any(one.startswith("default-src 'none'") for _, _, one in read.attributes)


def test_word_has_real_headings_captions_and_texts(folder: Path, report: Report) -> None:
    held = docx.Document(str(folder / "report.docx"))
    styles = [one.style.name for one in held.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 7
    tables = [one for one in report.blocks if isinstance(one, Table)]
    assert styles.count("Caption") == len(tables) + 3
    assert len(held.tables) == len(tables)
    for table in held.tables:
        assert table.rows[0]._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None
    for drawn in held.inline_shapes:
        assert len(drawn._inline.docPr.get("descr")) > 40
    assert len(held.inline_shapes) == 3
    assert held.core_properties.title == "Who can reach what in Millbrook"
    assert held.core_properties.language == "en-GB"


def test_a_council_s_template_gives_its_styles(report: Report, tmp_path: Path) -> None:
    council = docx.Document()
    council.sections[0].header.paragraphs[0].text = "Millbrook Borough Council"
    council.styles["Normal"].font.name = "Georgia"
    council.save(str(tmp_path / "council.docx"))
    write_docx(report, tmp_path / "a.docx", template=tmp_path / "council.docx")
    held = docx.Document(str(tmp_path / "a.docx"))
    assert held.sections[0].header.paragraphs[0].text == "Millbrook Borough Council"
    assert held.styles["Normal"].font.name == "Georgia"


def test_what_is_no_template_is_refused(report: Report, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("not Word", encoding="utf-8")
    with pytest.raises(ReadError, match="no Word document"):
        write_docx(report, tmp_path / "b.docx", template=tmp_path / "a.docx")
    bare = docx.Document()
    style = bare.styles["Caption"].element
    style.getparent().remove(style)
    bare.save(str(tmp_path / "c.docx"))
    with pytest.raises(ReadError, match="no style 'Caption'"):
        write_docx(report, tmp_path / "b.docx", template=tmp_path / "c.docx")


# ------------------------------------------------------------------------------ wards


def test_each_ward_is_one_page_strengths_first(tmp_path: Path) -> None:
    briefing = briefing_of(Scene.of_paper(with_wards()))
    write_pdf(briefing, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as held:
        assert len(held.pages) == 1 + 2
    said = [one.text for one in briefing.blocks if isinstance(one, Words)]
    # Mill: 1,000 to 1,700 people in A01 to A08, 10,800 in all, in plain words 11,000
    assert "Mill has 8 neighbourhoods, home to about 11,000 people." in said
    near = next(n for n, text in enumerate(said) if text.startswith("Most people here live near"))
    far = next(n for n, text in enumerate(said) if text.startswith("Fewer than half"))
    assert near < far


def test_a_plan_has_rows_to_fill_in() -> None:
    plans = plans_of(Scene.of_paper(with_wards()))
    empty = [one for one in plans.blocks if isinstance(one, Table) and one.head[0] == "Action"]
    assert [one.caption for one in empty] == ["What we will do: Mill", "What we will do: Park"]
    assert all(not any(row) for one in empty for row in one.rows)


def test_without_wards_no_briefing_is_made() -> None:
    with pytest.raises(MethodError, match="names no wards"):
        briefing_of(Scene.of_paper(toy_edition()))


# ------------------------------------------------------------------------------ how sure, how fair


def test_robustness_is_a_word_and_a_count_never_a_bare_percentage() -> None:
    shaken = pd.DataFrame({"area_id": IDS[:4], "robustness": [0.93, 0.6, 0.3, 0.0], "draws": 100})
    edition = toy_edition(more={"robustness": (None, shaken)})
    sheets = report_of(Scene.of_paper(replace(edition)))
    tables = [one for one in sheets.blocks if isinstance(one, Table)]
    table = next(one for one in tables if one.caption == "How often each flag stands")
    assert [row[1:3] for row in table.rows] == [
        ("Clear", "flagged in 93 of 100 reruns"),
        ("Borderline", "flagged in 60 of 100 reruns"),
        ("Could go either way", "flagged in 30 of 100 reruns"),
    ]


# ------------------------------------------------------------------------------ hostile text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    contact = Contact(team=HOSTILE[0], email=HOSTILE[3], telephone=HOSTILE[40], post=SURROGATE,
                      reply_days=1)  # fmt: skip
    about = facts(title=HOSTILE[5], place=HOSTILE[9], contact=contact)
    report = report_of(Scene.of_paper(toy_edition(names=HOSTILE, facts=about)))
    every = replace(report, blocks=(*report.blocks, *(Words(text) for text in shown())))
    write_pdf(every, made / "a.pdf")
    write_html(every, made / "a.html")
    write_docx(every, made / "a.docx")
    return made


def shown() -> list[str]:
    """The corpus as the report's own texts pass on what strangers typed."""
    from assetmap.publish.plain import shown as plainly  # noqa: PLC0415 - the name is taken here

    return [plainly(text) for text in HOSTILE]


def test_hostile_text_is_text_in_a_pdf(hostile: Path) -> None:
    """Nothing is read as typst: what would stop it, hide text or open a file is there to read."""
    text = " ".join(text_of(hostile / "a.pdf").split())
    for said in ('#panic("x")', "#set text(fill: white)", "$ sum_(k=0)^n k $", "`raw` *bold* _it_",
                 '#read("/etc/passwd")', "<script>alert(1)</script>"):  # fmt: skip
        assert said in text, said
    with pikepdf.open(hostile / "a.pdf") as held:
        raw = b"".join(bytes(one.unparse()) for one in held.objects if one is not None
                       and not isinstance(one, pikepdf.Stream))  # fmt: skip
    assert not re.search(rb"/(?:JavaScript|JS|Launch|URI|OpenAction|AA|EmbeddedFile)\b", raw)


def test_hostile_text_is_text_in_html(hostile: Path) -> None:
    read = Read((hostile / "a.html").read_text(encoding="utf-8"))
    assert not read.tags["script"]
    assert set(read.tags) <= {
        "html", "head", "meta", "title", "link", "style", "body", "main", "h1", "h2", "h3", "p",
        "ul", "li", "figure", "img", "figcaption", "div", "table", "caption", "thead", "tbody",
        "tr", "th", "td",
    }  # fmt: skip
    assert not [one for one in read.attributes if one[1].startswith("on")]


def test_hostile_text_is_text_in_word(hostile: Path) -> None:
    with zipfile.ZipFile(hostile / "a.docx") as held:
        for name in held.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(held.read(name))  # noqa: S314 - our own file
        body = held.read("word/document.xml")
        links = held.read("word/_rels/document.xml.rels").decode("utf-8")
    tags = {one.tag.removeprefix(WORD) for one in ET.fromstring(body).iter()}  # noqa: S314 - as above
    assert not tags & {"instrText", "hyperlink", "fldSimple", "object", "altChunk"}
    assert "TargetMode" not in links
    texts = {
        one.text for one in docx.Document(io.BytesIO((hostile / "a.docx").read_bytes())).paragraphs
    }
    assert "<w:p><w:r><w:t>x</w:t></w:r></w:p>" in texts


# ------------------------------------------------------------------------------ the command


def test_json_of_a_report_names_every_file(tmp_path: Path, example_run: Run) -> None:
    from tests.doors.cli_words import said  # noqa: PLC0415 - one test needs it

    asked = ("--briefing", "--plans", "--docx", "--json", "--out", tmp_path)
    told = said("report", open_example().folder, *asked)
    assert told.code == 0, told.err
    files = json.loads(told.out)["files"]
    assert [one.rsplit("/", 1)[1] for one in files] == [
        f"{name}.{kind}"
        for name in ("report", "briefing", "plans")
        for kind in ("pdf", "html", "docx")
    ]
    assert all(example_run.id in one for one in files)
