"""A file of words to fill in for another language: every key, with the English beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assetmap.publish.abroad import in_language
from assetmap.publish.atomic import whole_file
from assetmap.publish.report_papers import unsaid_in_papers
from assetmap.publish.scene import Scene
from assetmap.publish.site import unsaid_in
from assetmap.publish.translation import PAPERS, SAID, wanted, words_so_far

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.translation import Translation
    from assetmap.publish.words import Entry

HEAD = """\
# The public words in the language {language}. The English stands above each as a comment.
# Names in {{braces}} and [brackets] are filled in: each must stand in the translation as well.
# What follows a number has a line for each form that the language has.
# A line that is left empty is missing: nothing is published while there is one.
schema_version = 1
"""
SAID_HEAD = """
# What this study and its tables say, each under its English. {{1}}, {{2}} are numbers.
[{said}]
"""


def write_blank(
    edition: Edition, translation: Translation, path: Path, *, papers: bool = False
) -> tuple[int, int]:
    """The file of a language with all that it has so far, and a line for all that it lacks.

    What papers say is in it with ``papers``, and where some of it is written already.

    How many words are still to be written, and how many lines of the old file were left out
    because nothing says them any more.

    Raises
    ------
    WriteError
        Where the file cannot be written.
    """
    given, kept = translation.given(), translation.phrases()
    papers = papers or any(key.startswith(f"{PAPERS}.") for key in given)
    unsaid = texts_of(edition, translation, papers=papers)
    lines = [HEAD.format(language=translation.language)]
    lines += _sections(given, translation, wanted(papers=papers))
    lines.append(SAID_HEAD.format(said=SAID))
    lines += [_line(phrase, kept.get(phrase, "")) for phrase in sorted({*kept, *unsaid})]
    text = "\n".join(lines)
    with whole_file(path) as draft:
        draft.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    left_out = len(set(given) - set(wanted(papers=papers)))
    return sum(line.endswith('= ""') for line in text.split("\n")), left_out


def texts_of(
    edition: Edition, translation: Translation, *, papers: bool = False
) -> tuple[str, ...]:
    """The texts of tables and of the study that a language has no words for yet."""
    words = words_so_far(translation)
    scene = Scene.told(in_language(edition, words), words)
    unsaid = unsaid_in(scene)
    return unsaid_in_papers(scene) if papers else unsaid


def _sections(
    given: Mapping[str, object], translation: Translation, english: Mapping[str, Entry]
) -> Iterator[str]:
    """Each key under its section, the English above it."""
    section = ""
    for name, entry in english.items():
        part, _, key = name.partition(".")
        if part != section:
            section = part
            yield f"\n[{section}]"
        yield from _entry(key, entry, given.get(name), translation.tongue.forms)


def _entry(key: str, english: Entry, given: object, forms: tuple[str, ...]) -> Iterator[str]:
    if isinstance(english, str):
        yield f"# {json.dumps(english, ensure_ascii=False)}"
        yield _line(key, given if isinstance(given, str) else "")
        return
    for form, text in english.items():
        yield f"# {form}: {json.dumps(text, ensure_ascii=False)}"
    has = given if isinstance(given, dict) else {}
    yield from (_line(f"{key}.{form}", str(has.get(form, "")), bare=True) for form in forms)


def _line(key: str, text: str, *, bare: bool = False) -> str:
    """A key and its words as TOML; JSON's strings are TOML's, but for one character."""
    name = key if bare or key.isidentifier() else _string(key)
    return f"{name} = {_string(text)}"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
