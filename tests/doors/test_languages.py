"""Pages in two languages: nothing of the first is left, and a half-finished one is refused."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import said
from tests.doors.edition_toy import toy_edition
from tests.doors.page_reader import Read
from tests.doors.pseudo_language import TAG, Spoken, pseudo_translation, spoken_by_map

from assetmap.errors import StudyError
from assetmap.publish.blank import write_blank
from assetmap.publish.phrasebook import Phrasebook, apart
from assetmap.publish.postcodes import LETTERS, SIGNS
from assetmap.publish.rounding import people_read
from assetmap.publish.site import write_pages
from assetmap.publish.tongue import Tongue
from assetmap.publish.translation import SAID, words_in
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for
from assetmap.study.study import open_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.publish.edition import Edition
    from assetmap.study.run import Run

OURS = ("assetmap", "Leaflet", "English", "mailto", "subject", "body", "SHA-256", SIGNS, LETTERS)
"""Names that are the same in every language, and what a browser reads."""
WORD = re.compile(r"[A-Za-z]{2,}")
FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:html|csv|xlsx|gpkg|geojson|json|jsonld|txt)")
GAP = re.compile(r"\[\w+\]")
POINT = re.compile(r"(?<![\d.,-])\d+\.\d+(?![\d.,])")
"""A decimal point, but for versions and for positions, which a program reads."""


@pytest.fixture(scope="module")
def edition(example_run: Run) -> Edition:
    """The example, of which every section has something to say."""
    assert example_run.page.is_file()
    work = open_example().work()
    return edition_for(work, find_out(work))


@pytest.fixture(scope="module")
def pages(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages in English and in the pseudo-language."""
    folder = tmp_path_factory.mktemp("languages")
    write_pages(replace(edition, translations=(pseudo_translation(edition),)), folder)
    return folder


def data_of(edition: Edition) -> re.Pattern[str]:
    """Every text that is data: names as their owners wrote them, and codes; each as a whole."""
    contact = edition.facts.contact
    assert contact is not None
    tables = (
        (edition.own, ("area_id", "name", "place")),
        (edition.public_assets, ("name", "address", "opening_hours", "as_listed")),
        (edition.schemes, ("name",)),
        (edition.street_names, ("street",)),
        (edition.membership, ("unit_name",)),
    )
    texts = {
        " ".join(str(text).split())
        for table, columns in tables
        if table is not None
        for column in columns
        for text in table[column].dropna().unique()
    }
    texts |= {str(value) for source in edition.sources for value in vars(source).values() if value}
    texts |= {contact.team, contact.email, contact.post, edition.facts.run, edition.facts.version}
    ordered = sorted({*texts, *OURS}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def spoken(folder: Path) -> Iterator[tuple[str, str]]:
    """Each page of a folder by its name with each text that it gives a reader."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".js"}:
            text = path.read_text(encoding="utf-8")
            parts = spoken_by_map(text) if path.suffix == ".js" else Spoken(text).found
            yield from ((path.name, " ".join(part.split())) for part in parts)


def test_no_english_is_left_on_any_page_of_another_language(edition: Edition, pages: Path) -> None:
    data = data_of(edition)
    left = {
        part: name
        for name, part in spoken(pages / TAG)
        if not FILE.fullmatch(part) and WORD.search(data.sub("", GAP.sub("", part)))
    }
    assert left == {}


def test_the_search_for_english_finds_it(edition: Edition, pages: Path) -> None:
    """The same look at the English pages finds thousands of texts, on every page."""
    data = data_of(edition)
    left = [name for name, part in spoken(pages) if WORD.search(data.sub("", GAP.sub("", part)))]
    assert len(left) > 5_000


def test_numbers_are_written_as_the_language_writes_them(edition: Edition, pages: Path) -> None:
    """Polish: 1 700 people and 0,5; nobody's number of people with a comma, no decimal point."""
    data = data_of(edition)
    texts = [data.sub("", part) for _, part in spoken(pages / TAG) if not FILE.fullmatch(part)]
    assert [text for text in texts if POINT.search(text)] == []
    people = {people_read(number) for number in edition.own["people"]}
    assert {"1,700", "1,600"} <= people
    assert [text for text in texts if people & set(re.findall(r"\d,\d{3}\b", text))] == []
    front = (pages / TAG / "index.html").read_text(encoding="utf-8")
    assert "36\u00a0000" in front


def test_every_page_says_its_language_and_leads_to_the_same_page_in_the_other(pages: Path) -> None:
    names = [path.relative_to(pages) for path in sorted(pages.rglob("*.html"))]
    first = {name.as_posix() for name in names if name.parts[0] != TAG}
    assert {name.relative_to(TAG).as_posix() for name in names if name.parts[0] == TAG} == first
    for name in first:
        english, other = pages / name, pages / TAG / name
        for page, language in ((english, "en-GB"), (other, TAG)):
            read = Read(page.read_text(encoding="utf-8"))
            assert ("html", "lang", language) in read.attributes
            links = switch_of(page.read_text(encoding="utf-8"))
            assert [tag for tag, _, _ in links] == ["en-GB", TAG]
            assert [tag for tag, _, here in links if here] == [language]
            targets = [(page.parent / href).resolve() for _, href, _ in links]
            assert targets == [english.resolve(), other.resolve()]


def test_every_link_of_the_second_language_leads_somewhere(pages: Path) -> None:
    """Pages and their anchors; the files beside the pages lie in one place for all languages."""
    for page in sorted((pages / TAG).rglob("*.html")):
        read = Read(page.read_text(encoding="utf-8"))
        for _, name, href in read.attributes:
            if name != "href" or href.startswith(("#", "mailto:", "data:", "https:")):
                continue
            target = (page.parent / href.partition("#")[0]).resolve()
            is_file = target.suffix != ".html"
            assert target.is_relative_to(pages.resolve())
            assert target.parts[len(pages.resolve().parts)] != TAG if is_file else target.is_file()


def test_one_language_has_no_switch_and_stays_as_it_was(edition: Edition, tmp_path: Path) -> None:
    (front, *_) = write_pages(edition, tmp_path)
    assert switch_of(front.read_text(encoding="utf-8")) == []


def switch_of(page: str) -> list[tuple[str, str, bool]]:
    """Each language on the switch: its tag, its link, whether it is this page's."""
    found = re.search(r'<nav class="tongues".*?</nav>', page, re.DOTALL)
    return [
        (tag, href, bool(here))
        for tag, href, here in re.findall(
            r'<a lang="([^"]*)" hreflang="[^"]*" href="([^"]*)"( aria-current="true")?>',
            found[0] if found else "",
        )
    ]


# ---------------------------------------------------------------------------- not half-right


def test_a_half_finished_language_is_refused_with_all_that_is_wrong() -> None:
    edition = toy_edition()
    whole = pseudo_translation(edition)
    sections = {name: dict(part) for name, part in whole.sections.items()}
    del sections["summary"]["heading"]
    sections["search"]["go"] = "  "
    sections["search"]["in"] = "jest tu."
    sections["places"]["people"] = "{people.__class__} i {people:>99999999}"
    sections["summary"]["flagged"] = {"one": "jedna, {people}", "other": "{n}, {people}"}
    sections["search"]["gone"] = "Idź"
    with pytest.raises(StudyError) as refused:
        words_in(replace(whole, sections=sections))
    told = [fault.what for fault in refused.value.faults]
    assert told == [
        "no words for 'summary.heading'",
        "no words for 'summary.flagged' (few)",
        "no words for 'summary.flagged' (many)",
        "no words for 'search.go'",
        "'search.in' must have these gaps: [place]",
        "'places.people' must have these gaps: {people}",
        "no public words are called 'search.gone'",
    ]


def test_a_text_of_the_tables_without_words_is_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    edition = toy_edition()
    whole = pseudo_translation(edition)
    phrases = dict(whole.sections[SAID])
    for phrase in ("The list of libraries ends in {1}.", "a library"):
        del phrases[phrase]
    lacking = replace(whole, sections={**whole.sections, SAID: phrases})
    with pytest.raises(StudyError) as refused:
        write_pages(replace(edition, translations=(lacking,)), tmp_path / "out")
    told = {fault.what for fault in refused.value.faults}
    assert told == {
        "no words for the text 'The list of libraries ends in {1}.'",
        "no words for the text 'a library'",
    }
    assert not (tmp_path / "out").exists()


def test_markup_in_a_translation_is_text(tmp_path: Path) -> None:
    edition = toy_edition()
    whole = pseudo_translation(edition)
    sections = {name: dict(part) for name, part in whole.sections.items()}
    sections["summary"]["heading"] = "<img src=x onerror=alert(1)>"
    sections["search"]["none"] = '" onfocus="alert(1) {place} [asked]'
    sections[SAID]["a library"] = "</script><script>alert(1)</script>"
    hostile = replace(whole, sections=sections)
    plain = write_pages(replace(edition, translations=(whole,)), tmp_path / "plain")
    odd = write_pages(replace(edition, translations=(hostile,)), tmp_path / "odd")
    for one, other in zip(plain, odd, strict=True):
        if one.suffix == ".html":
            tags = [Read(path.read_text(encoding="utf-8")).tags for path in (one, other)]
            assert tags[0] == tags[1]


# ---------------------------------------------------------------------------- numbers and forms


@pytest.mark.parametrize(
    ("tag", "number", "told"),
    [
        ("en", "1,234.50", "1,234.50"),
        ("cy", "1,234.50", "1,234.50"),
        ("de", "1,234.50", "1.234,50"),
        ("pl", "36,000", "36\u00a0000"),
        ("pt-BR", "-0.5", "-0,5"),
        ("de", "2026", "2026"),  # a year is no quantity
        ("de", "1.9.3", "1.9.3"),  # a version is no number
        ("de", "about 1,234", "about 1,234"),
    ],
)
def test_a_number_is_written_by_its_language(tag: str, number: str, told: str) -> None:
    assert Tongue(tag).number(number) == told


def test_forms_of_number_are_those_of_the_language() -> None:
    """CLDR: Welsh has six, 3 is few and 6 is many; Polish 2 to 4 are few, 5 is many."""
    welsh, polish = Tongue("cy"), Tongue("pl")
    assert set(welsh.forms) == {"zero", "one", "two", "few", "many", "other"}
    assert [welsh.form(n) for n in (0, 1, 2, 3, 6, 7)] == [
        "zero", "one", "two", "few", "many", "other",
    ]  # fmt: skip
    assert [polish.form(n) for n in (1, 3, 5, 22)] == ["one", "few", "many", "few"]


def test_a_phrase_keeps_its_numbers_in_any_order() -> None:
    book = Phrasebook({"{1} of {2} areas are left_behind.": "x"}, number=Tongue("de").number)
    assert apart("3 of 1,200 areas.") == ("{1} of {2} areas.", ["3", "1,200"])
    book = Phrasebook({"{1} of {2} areas.": "Von {2} Gebieten {1}."}, number=Tongue("de").number)
    assert book.told("3 of 1,200 areas.") == "Von 1.200 Gebieten 3."
    assert book.told("1.5") == "1,5"
    assert book.told("3 of 1,200 wards.") == "3 of 1,200 wards."
    assert list(book.unknown) == ["{1} of {2} wards."]


# ---------------------------------------------------------------------------- a study's own file


def test_a_council_fills_in_the_file_that_is_written_for_it(
    edition: Edition, repo: Path, tmp_path: Path
) -> None:
    """Written blank, filled in, published; what is there already stays when it is written anew."""
    folder = tmp_path / "osierford"
    shutil.copytree(repo / "layers" / "example", folder)
    path = folder / "words" / f"{TAG}.toml"
    made = said("words", folder, TAG)
    assert (made.code, made.out.strip()) == (0, str(path))
    assert '# "Find your place"\nheading = ""' in path.read_text(encoding="utf-8")
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    named = text.replace("[publish]\n", f'[publish]\nlanguages = ["en", "{TAG}"]\n')
    study.write_text(named, encoding="utf-8")
    refused = said("run", folder, "--out", tmp_path / "out", "-q")
    assert refused.code == StudyError.exit_code
    assert refused.err.count("no words for") > 500
    whole = pseudo_translation(edition)
    assert write_blank(edition, whole, path) == (0, 0)
    done = said("run", folder, "--out", tmp_path / "out", "-q")
    assert done.code == 0, done.err
    front = Path(done.out.strip())
    assert front.parent.parent.name != edition.facts.run
    assert f'lang="{TAG}"' in (front.parent / TAG / "index.html").read_text(encoding="utf-8")


def test_what_is_written_stays_and_what_nobody_says_is_left_out(tmp_path: Path) -> None:
    """Half of a file, written anew: the half stays, the rest is blank, an unknown key goes."""
    edition, path = toy_edition(), tmp_path / "words" / f"{TAG}.toml"
    whole = pseudo_translation(edition)
    sections = {name: dict(part) for name, part in whole.sections.items()}
    del sections["summary"]
    sections["search"]["gone"] = "Idź"
    missing, left_out = write_blank(edition, replace(whole, sections=sections), path)
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    lacking = [entry for entry in written["summary"].values() if entry == ""]
    forms = [entry for entry in written["summary"].values() if isinstance(entry, dict)]
    assert all(set(entry.values()) == {""} for entry in forms)
    assert missing == len(lacking) + len(forms) * len(Tongue(TAG).forms)
    assert left_out == 1
    assert written[SAID] == sections[SAID]
    assert written["search"] == {k: v for k, v in sections["search"].items() if k != "gone"}
