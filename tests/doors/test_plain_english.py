"""Every page speaks plainly: the measures themselves, the words as shipped, the example's pages."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.doors.plain_english import (
    MOST_WORDS,
    faults_in,
    faults_of,
    jargon,
    reading_age,
    sentences,
)

if TYPE_CHECKING:
    from assetmap.study.run import Run

TECHNICAL = {"methods", "sensitivity", "fairness", "shared", "asked", "file", "report", "assess"}
"""Sections that only whoever checks, or a committee, meets."""


def test_a_reading_age_worked_by_hand() -> None:
    """Two sentences, 9 words, 20 and 18 letters: 4.71 x 38 / 9 + 0.5 x 9 / 2 - 21.43 + 5."""
    said = ["We looked at three parks.", "Most people live near."]
    assert reading_age(said) == pytest.approx(5.707, abs=0.001)
    # longer words and longer sentences need an older reader
    assert reading_age(["Accessibility considerations necessitate prioritisation."]) > 20


def test_sentences_are_those_of_prose_and_not_of_tables_lists_of_places_or_scripts() -> None:
    page = (
        "<h1>A heading is no sentence</h1><p>It is here. Is it? “Yes.”</p><script>Not it.</script>"
        "<table><tr><td>Nor this one.</td></tr></table><ul class='assets'><li>Nor a hall. Far.</li>"
        "</ul><ul><li>But a point is.</li><li>no stop</li></ul><p>It is 1.5 km <b>off</b>.</p>"
    )
    assert sentences(page) == ["It is here.", "Is it?", "But a point is.", "It is 1.5 km off."]


def test_what_is_not_plain_is_found_wherever_it_stands() -> None:
    long = " ".join(["word"] * MOST_WORDS)
    page = f"<h2>The worst decile</h2><td>left behind</td><p>A {long}.</p>"
    found = faults_of("index.html", page)
    assert next(fault.split(": ", 1)[1] for fault in found).startswith("26 words: A word word")
    assert jargon(page) == ["worst", "left behind", "decile"]
    assert not jargon("<p>The tenth with most need; a robustly built hall</p>")
    assert faults_of("annex.html", page) == []


def test_no_sentence_of_the_words_is_too_long_before_its_gaps_are_filled() -> None:
    text = files("assetmap").joinpath("_data", "words.toml").read_text(encoding="utf-8")
    for section, inside in tomllib.loads(text).items():
        if not isinstance(inside, dict) or section in TECHNICAL:
            continue
        for key, entry in inside.items():
            for form in entry.values() if isinstance(entry, dict) else (entry,):
                longest = max(len(one.split()) for one in form.replace("\n", ". ").split(". "))
                assert longest <= MOST_WORDS, f"{section}.{key}: {form}"


def test_every_page_of_the_example_is_plain(example_run: Run) -> None:
    assert faults_in(example_run.page.parent) == []
