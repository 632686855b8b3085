"""The page as text: what it says, what it never says, and that nothing typed becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

import pytest
from tests.doors.edition_toy import IDS, facts, toy_edition
from tests.doors.page_reader import Read, page_of, pages_of

from assetmap.errors import StudyError
from assetmap.frames import table_of
from assetmap.frames.given import GEOGRAPHY
from assetmap.frames.results import LEVELS
from assetmap.publish.open_tables import OPEN_FILES
from assetmap.publish.reasons import Told, said_of
from assetmap.publish.sections import FILES, SECTIONS
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from pathlib import Path


NEVER = ("worst", "failing", "deprived people", "hotspot", "poor area", "at risk", "left behind",
         *LEVELS)  # fmt: skip
UNASKED = {
    "walkers", "open", "within", "green", "asked", "fair", "shared", "fairness", "sure",
    "sensitivity", "bus", "misses", "tour", "stops",
}  # fmt: skip
"""Sections of what the toy has nothing of: paces, hours, isochrones, measures, fairness, draws,
challenges."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_of(toy_edition(), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def page(site: dict[str, str]) -> str:
    return site["index.html"]


@pytest.fixture(scope="module")
def straight_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    edition = toy_edition(facts=facts(method="straight line", invented=False))
    return pages_of(edition, tmp_path_factory.mktemp("straight"))


@pytest.fixture(scope="module")
def straight(straight_site: dict[str, str]) -> str:
    return straight_site["index.html"]


def opening(page: str) -> str:
    found = re.search(r'<p class="opening">(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1]


# ------------------------------------------------------------------------------ what it says


def test_first_paragraph_has_the_numbers_and_names_what_was_not_measured(page: str) -> None:
    # 12 areas; people 1,000 + 1,100 + ... + 2,100 = 18,600, read as 19,000
    first = opening(page)
    assert "12 neighbourhoods in Millbrook, an invented place with about 19,000 people" in first
    assert "We could not measure sport and leisure anywhere." in first
    assert "In some neighbourhoods we could not measure health services." in first


def test_answer_says_how_many_people_and_where(page: str) -> None:
    # left_behind: 1,000 + 1,100 = 2,100; at_risk: 1,200 + 1,300 = 2,500
    assert "2 neighbourhoods are a priority for support, home to about 2,100 people." in page
    assert "2 more are a possible priority, home to about 2,500 people." in page
    answer = page[page.index('class="part"') : page.index('class="glance"')]
    assert answer.index("Quarry Bank") < answer.index("Part of Mill ward, around Hope Street")


def test_every_result_has_its_row_even_with_nobody_in_it(tmp_path: Path) -> None:
    edition = toy_edition()
    page = page_of(
        replace(edition, findings=edition.findings.assign(level="not_flagged")), tmp_path
    )
    words = Read(page).words
    for level in LEVELS:
        assert words_of({}).level(level) in words
    assert "No neighbourhood meets all three tests." in words


def test_without_deprivation_figures_nothing_is_prioritised(tmp_path: Path) -> None:
    edition = toy_edition()
    bare = replace(
        edition, findings=edition.findings[:0], need=edition.need[:0],
        deprivation=edition.deprivation[:0],
    )  # fmt: skip
    page = page_of(bare, tmp_path)
    assert "There are no deprivation figures for this place." in page
    # Nobody was judged: no table of results, no result in the map, the lists or the table.
    assert 'class="glance"' not in page
    assert "v-r" not in page[page.index("<main") : page.index("</main>")]
    assert "Every neighbourhood in words" in page
    assert "We do not know enough to say" not in page
    assert "three things hold together" not in page
    assert page.count('<option value="0">People near') == 1


def test_what_is_near_is_weighted_by_the_people_where_it_was_measured(page: str) -> None:
    # green: shares .4 .3 .45 .2 .8 .9 .2 .1 1 .95 .85 of people 1,000 ... 2,000 (not A12):
    # 400+330+540+260+1120+1350+320+170+1800+1805+1700 = 9,795 of 16,500 = 0.594
    row = page[page.index("Green space of two hectares<span") :]
    assert "59 in 100" in row[:700]
    assert "of the 17,000 people where we could measure it" in row[:700]


def test_strengths_come_before_what_is_missing(site: dict[str, str]) -> None:
    profile = site["places/quarry-bank.html"]
    near = profile.index("Most people here live near a bus stop.")
    assert near < profile.index("Most people here are not near a library")


def test_the_sentences_that_are_always_there(page: str) -> None:
    words = Read(page).words
    assert (
        "Being near a place does not mean it is open, affordable, welcoming or has room." in words
    )
    assert "This describes places and services, not the people who live there." in words
    assert "This place is invented." in words
    assert "Correct to 1 November 2026" in words
    assert "To be reviewed by 1 November 2027" in words
    assert "seed 7" in words


def test_officers_words_and_verdicts_on_people_never_occur(
    site: dict[str, str], straight_site: dict[str, str]
) -> None:
    for text in (*site.values(), *straight_site.values()):
        found = [word for word in NEVER if word in text.casefold()]
        assert not found


def test_officers_names_of_levels_are_told_in_public_words(site: dict[str, str]) -> None:
    page = site["annex.html"]
    assert "no level above “Possible priority” rests on them" in page
    assert "“Priority for support” where “Possible priority” is not" in page


def test_cautions_that_touch_people_lead_and_checks_are_for_who_checks(
    site: dict[str, str],
) -> None:
    # 12,000 is fewer than the 18,600 people of the toy, so it is said
    lead = "The list of libraries ends in 2017. This touches about 12,000 people."
    assert lead in site["index.html"]
    assert lead not in site["annex.html"]
    assert "Two rows could not be placed" in site["annex.html"]
    assert "Two rows could not be placed" not in site["index.html"]


def test_many_things_are_told_a_few_at_a_time() -> None:
    words = words_of({})
    labels = [f"a thing number {n}, small or large" for n in range(9)]
    told = replace(
        Told.of(toy_edition(), words), standards={label: label for label in labels}, straight=True
    )
    here = " ".join(said_of({}, 1_000, shares=dict.fromkeys(labels, 1.0), told=told).here)
    assert all(label in here for label in labels)
    # each thing has 6 words; two of them with "We estimate that most people here live near" and
    # "and" are 8 + 6 + 1 + 6 = 21, three would be 27 or more
    assert max(len(part.split()) for part in here.split(". ")) <= 25
    assert "a thing number 0, small or large and a thing number 1, small or large." in here


def test_themes_that_were_not_measured_are_all_named() -> None:
    words = words_of({})
    keys = ("summary.not_measured", "summary.not_measured_also")
    said = words.in_turn(keys, [f"a kind of service with number {n}" for n in range(7)])
    assert said[0].startswith("We could not measure a kind of service with number 0 and a kind")
    assert said[-1].startswith("Nor could we measure")
    assert all(len(sentence.split()) <= 25 for sentence in said)
    assert words.in_turn(keys, []) == []
    assert len(words.in_turn(keys, ["word " * 40])) == 1  # one long thing is not cut


def test_many_schemes_are_drawn_only_when_asked_for(tmp_path: Path) -> None:
    edition = toy_edition()
    many = edition.schemes.iloc[[1] * 13].assign(scheme_id=[f"S{n:02d}" for n in range(13)])
    page = page_of(replace(edition, schemes=many), tmp_path)
    assert 'id="show-schemes">' in page
    still = page[page.index('<svg class="still"') :]
    assert 'class="scheme"' not in still[: still.index("</svg>")]
    # S2 delivers nothing that is known: the column goes, and a sentence says so
    services = (tmp_path / "services.html").read_text(encoding="utf-8")
    assert "No scheme here says which public places it brings." in services


def test_a_straight_line_is_an_estimate_and_has_no_minutes(
    straight: str, straight_site: dict[str, str]
) -> None:
    words = Read(straight).words
    assert "All distances are estimates." in opening(straight)
    assert "We estimate that most people live near" in opening(straight)
    assert "a straight line times 1.3" in words
    assert "about 1,600 metres (estimate)" in words
    assert "about 53 in 100" in words
    assert "minutes" not in words.replace("20 minutes there and back", "")
    assert "minutes" not in Read(straight_site["places/quarry-bank.html"]).words
    assert "invented" not in words


def test_relative_tests_carry_their_sentence(page: str, tmp_path: Path) -> None:
    sentence = "This test always picks the lowest fifth of places in Millbrook, however good"
    assert sentence not in page
    edition = toy_edition()
    test = ["relative", *edition.findings["access_test"][1:]]
    relative = replace(edition, findings=edition.findings.assign(access_test=test))
    assert sentence in page_of(relative, tmp_path)


def test_only_public_assets_and_own_areas_are_told(site: dict[str, str]) -> None:
    for page in site.values():
        assert "nobody may see" not in page
        assert "Secret Lane" not in page
        assert "Over the Hill" not in page
    assert site["index.html"].count('<li class="place"') == len(IDS)
    assert len([name for name in site if name.startswith("places/")]) == len(IDS)


def test_sources_name_licence_date_and_hash(site: dict[str, str]) -> None:
    page = site["sources.html"]
    words = Read(page).words
    for part in ("Millbrook Council", "Open Government Licence v3.0", "2026-05", "ab" * 32):
        assert part in words
    assert 'href="https://example.org/register"' in page


def test_a_study_may_change_words_but_not_lose_them(tmp_path: Path) -> None:
    own = {"level.left_behind": "Areas to prioritise for support: services are far"}
    assert "Areas to prioritise for support" in page_of(toy_edition(words=own), tmp_path)
    with pytest.raises(StudyError, match=r"level\.at_rsk.*did you mean 'level\.at_risk'"):
        words_of({"level.at_rsk": "x"})
    with pytest.raises(StudyError, match="are empty"):
        words_of({"level.at_risk": "\u200b "})
    with pytest.raises(StudyError, match="nothing fills"):
        words_of({"summary.estimate": "All {distance} are estimates."})


def test_sentences_have_25_words_or_fewer(
    site: dict[str, str], straight_site: dict[str, str]
) -> None:
    entries = tomllib.loads(
        files("assetmap").joinpath("_data", "words.toml").read_text(encoding="utf-8")
    )
    texts = []
    said = [entry for section in entries.values() if isinstance(section, dict)
            for entry in section.values()]  # fmt: skip
    for entry in said:
        texts += list(entry.values()) if isinstance(entry, dict) else [entry]
    paragraphs = [
        p
        for t in (*site.values(), *straight_site.values())
        for p in re.findall(r"<p(?: [^>]*)?>(.*?)</p>", t, re.DOTALL)
    ]
    for text in [*texts, *paragraphs]:
        for sentence in re.split(r"(?<=[.?!:])\s", re.sub(r"<[^>]+>", " ", text)):
            assert len(sentence.split()) <= 25, sentence


# ------------------------------------------------------------------------------ how it is made


@pytest.mark.parametrize("name", ["index.html", "method.html", "annex.html", "sources.html"])
def test_structure_for_readers_and_machines(site: dict[str, str], name: str) -> None:
    page = site[name]
    read = Read(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert read.tags["h1"] == read.tags["main"] == 1
    assert page[: page.index("<body")].count("<title>") == 1  # shapes have titles too
    assert ("a", "href", "#main") in read.attributes
    scopes = [value for tag, name, value in read.attributes if tag == "th" and name == "scope"]
    assert len(scopes) == read.tags["th"]
    assert read.tags["caption"] == read.tags["table"]
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {
        value[1:] for _, name, value in read.attributes if name == "href" and value[:1] == "#"
    }
    assert targets <= set(ids)
    files = {
        value for tag, key, value in read.attributes if (tag, key) == ("a", "href")
        and not re.match(r"#|https?:|mailto:", value)
    }  # fmt: skip
    folder = PurePosixPath(name).parent
    reached = {normpath(folder / file) for file in files}
    assert reached <= {*site, *(file for file, _ in OPEN_FILES)}


def test_every_section_has_its_heading_and_its_words(site: dict[str, str]) -> None:
    """A section is one line in the registry: its page holds its anchor and its contents entry."""
    for section in SECTIONS:
        page = site.get(FILES[section.page], "")  # a page without a section is not written
        if section.key in UNASKED:
            assert f'<h2 id="{section.key}">' not in page
            continue
        assert f'<h2 id="{section.key}">' in page
        listed = [other.key for other in SECTIONS if other.page == section.page and other.listed]
        if section.key in listed and len(listed) > 1:
            assert f'<a href="#{section.key}">' in page


@pytest.mark.parametrize("name", ["index.html", "method.html", "annex.html", "sources.html"])
def test_nothing_comes_from_anywhere_and_only_listed_scripts_run(
    site: dict[str, str], name: str
) -> None:
    read = Read(site[name])
    assert not [a for a in read.attributes if a[1] in {"src", "srcset", "style", "action"}]
    assert not [a for a in read.attributes if a[1].startswith("on")]
    links = {value for tag, name, value in read.attributes if tag == "link" and name == "href"}
    assert links == {"data:,"}
    assert "url(" not in re.sub(r"url\((#|data:)", "", "".join(read.raw["style"]))
    policy = next(
        value for _, name, value in read.attributes if name == "content" and "default" in value
    )
    assert policy.startswith("default-src 'none'; ")
    assert "http" not in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        for text in read.raw[kind]:
            if text.startswith("{"):  # data, which does not run
                continue
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_a_still_map_and_the_whole_table_are_there_without_a_script(page: str) -> None:
    still = page[page.index('<svg class="still"') :]
    still = still[: still.index("</svg>")]
    assert still.count('<path class="area') == len(IDS)
    assert 'role="img"' in still
    assert "<title>Quarry Bank: Priority for support</title>" in still
    body = page[page.index('<table class="sortable"') :]
    assert body[: body.index("</table>")].count("<tr>") == len(IDS) + 1


def test_the_same_edition_gives_the_same_bytes_in_any_row_order(
    site: dict[str, str], tmp_path: Path
) -> None:
    edition = toy_edition()
    tables = ("areas", "deprivation", "assets", "schemes", "area_access", "need", "findings",
              "scores", "coverage", "standards", "methods", "cautions")  # fmt: skip
    shuffled = {
        name: getattr(edition, name).sample(frac=1, random_state=3).reset_index(drop=True)
        for name in tables
    }
    assert pages_of(replace(edition, **shuffled), tmp_path) == site


def test_a_ward_says_of_which_year_it_is(tmp_path: Path) -> None:
    """On its own page and on the page of the method; a neighbourhood's page has no such line."""
    edition = toy_edition()
    rows = {
        "area_id": IDS, "level": ["ward"] * 12, "unit_id": ["W1"] * 12, "unit_name": ["Mill"] * 12,
        "fit": ["best fit"] * 12,
    }  # fmt: skip
    wards = replace(edition, membership=table_of(GEOGRAPHY, rows), vintages={"ward": "May <2024>"})
    site = pages_of(wards, tmp_path)
    assert "A ward of Millbrook. Boundary: May <2024>" in Read(site["places/mill-ward.html"]).words
    assert "Wards are those of May <2024>." in Read(site["method.html"]).words
    assert "Boundary" not in site["places/quarry-bank.html"]
    assert "Wards are those" not in pages_of(edition, tmp_path / "plain")["method.html"]


def test_the_four_rules_are_said_where_the_method_is_told(site: dict[str, str]) -> None:
    words = Read(site["method.html"]).words
    for rule in (
        "What we could not measure never counts against a place.",
        "With exactly two, the highest is “Possible priority”.",
        "A ranking alone never decides. Need is judged against the whole country or region.",
        "Where a place stands within Millbrook is only shown beside it.",
        "Being inside the boundary of a scheme is not a benefit.",
        "Only public places that are open, or funded with a date, count.",
        "A straight line on a map never decides alone.",
    ):
        assert rule in words


def test_a_study_whose_own_set_leads_says_so(tmp_path: Path) -> None:
    edition = toy_edition()
    local = edition.findings.assign(need_reference="authority")
    words = Read(pages_of(replace(edition, findings=local), tmp_path)["method.html"]).words
    assert "This study counts need within its own area too" in words
    assert "is only shown beside it" not in words


def test_the_first_paragraph_names_what_is_missing_where_nobody_is_judged_too(
    site: dict[str, str], tmp_path: Path
) -> None:
    """The toy measures no green space in A12; without findings its coverage says the same."""
    assert "We could not measure sport and leisure anywhere." in Read(site["index.html"]).words
    edition = toy_edition()
    bare = replace(edition, findings=edition.findings[:0], need=edition.need[:0])
    words = Read(page_of(bare, tmp_path)).words
    assert "In some neighbourhoods we could not measure parks and green space." in words


def test_the_answer_says_what_holds_possible_priorities_back(site: dict[str, str]) -> None:
    """A03: the benefit is unknown; A04: too few themes, and a benefit that is only expected."""
    words = Read(site["index.html"]).words
    assert "What holds a result back: we do not know what schemes bring" in words
    assert "too few kinds of service were measured" in words.split("Find your place")[0]
