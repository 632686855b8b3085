"""The public words in another language: complete, or nothing is published in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.publish.phrasebook import Phrasebook, gaps_of
from assetmap.publish.plain import plain
from assetmap.publish.tongue import Tongue
from assetmap.publish.words import Words, braces, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.publish.words import Entry

NOT_ON_PAGES = frozenset({"assess", "equality", "file", "report", "working"})
"""Sections that only papers, files and officers meet."""
PAPERS = "report"
"""The section that a report, a briefing and a plan say beside those of the pages."""
SAID = "said"
"""The section of texts from tables and from the study, each under its English."""
_KEYS = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What somebody wrote for one language, as it stands in their file.

    Attributes
    ----------
    language
        Its tag, as ``cy``.
    sections
        Section to key to words; a table of forms where the English follows a number.
    where
        The file, for faults.
    """

    language: str
    sections: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    where: str = ""

    @property
    def tongue(self) -> Tongue:
        """How the language counts and writes numbers."""
        return Tongue(self.language)

    def given(self) -> dict[str, object]:
        """Every word by ``section.key``, without the phrases."""
        return {
            f"{section}.{key}": entry
            for section, inside in self.sections.items()
            if section != SAID
            for key, entry in inside.items()
        }

    def phrases(self) -> dict[str, str]:
        """English to the other language, where there is something."""
        said = self.sections.get(SAID, {})
        return {english: lines(text) for english, text in said.items() if lines(text)}


def words_in(translation: Translation, *, papers: bool = False) -> Words:
    """The public words in a language, of which none is missing; with ``papers`` theirs too.

    Raises
    ------
    StudyError
        With every key that is missing, empty or unknown, every form of number that a language
        needs and does not have, and all braces that are not those of the English.
    """
    faults = list(faults_of(translation, papers=papers))
    if faults:
        raise StudyError(faults)
    return words_so_far(translation)


def words_so_far(translation: Translation) -> Words:
    """The public words in a language, in English where they are missing: to find what is."""
    entries = dict(shipped()[0])
    given = translation.given()
    for key, english in wanted(papers=True).items():
        entries[key] = _read(given.get(key), english, translation.tongue)
    tongue = translation.tongue
    book = Phrasebook(translation.phrases(), number=tongue.number)
    return Words(entries, translation.language, tongue=tongue, book=book)


def wanted(*, papers: bool = False) -> dict[str, Entry]:
    """Every word that a page may say, or with ``papers`` they too, in English, by its key."""
    left = NOT_ON_PAGES - {PAPERS} if papers else NOT_ON_PAGES
    return {key: entry for key, entry in shipped()[0].items() if key.partition(".")[0] not in left}


def faults_of(translation: Translation, *, papers: bool = False) -> Iterator[Fault]:
    """Everything that is wrong with a translation, in the order of the English.

    What papers say may be missing unless they are asked for; what is there must fit.
    """
    yield from _faults_of_words(translation, papers=papers)
    for key in sorted(set(translation.given()) - set(wanted(papers=True))):
        hint = nearest_name(key, wanted(papers=True))
        yield Fault(
            what=f"no public words are called '{key}'", where=translation.where, attempt=hint
        )
    for phrase, said in translation.phrases().items():
        if gaps_of(phrase) != gaps_of(said):
            what = f"the gaps of '{phrase}' are not in '{said}'"
            yield Fault(what=what, where=translation.where)


def _faults_of_words(translation: Translation, *, papers: bool) -> Iterator[Fault]:
    """What is missing, and what has other gaps than the English."""
    where, given = translation.where, translation.given()
    command = f"assetmap words STUDY {translation.language}{' --report' if papers else ''}"
    needed = wanted(papers=papers)
    asked = wanted(papers=True).items()
    for key, entry in ((key, entry) for key, entry in asked if key in needed or key in given):
        for form, gaps in _forms(entry, translation.tongue).items():
            said = _form_of(given.get(key), form)
            name = f"'{key}' ({form})" if form else f"'{key}'"
            if not said:
                attempt = f"{command} adds what is missing"
                yield Fault(what=f"no words for {name}", where=where, attempt=attempt)
            elif not _fits(_gaps(said), gaps, form):
                told = ", ".join(sorted(gaps)) or "none"
                yield Fault(what=f"{name} must have these gaps: {told}", where=where)


def faults_of_phrases(words: Words, where: str) -> list[Fault]:
    """A fault for each text of tables and of the study that the words of a language lack."""
    unknown = words.book.unknown if words.book else {}
    attempt = f"assetmap words STUDY {words.language} adds it"
    return [
        Fault(what=f"no words for the text '{phrase}'", where=where, attempt=attempt)
        for phrase in unknown
    ]


def lines(text: object) -> str:
    """A text without what hides or reorders, its lines kept; '' for what is no text."""
    if not isinstance(text, str):
        return ""
    return "\n".join(plain(line) for line in text.strip().split("\n"))


def _gaps(text: str) -> set[str]:
    return {f"{{{name}}}" for name in braces(text)} | {f"[{name}]" for name in _KEYS.findall(text)}


def _fits(said: set[str], gaps: set[str], form: str) -> bool:
    """Whether the gaps are the same; a form of few may leave out how many, as *one place* does."""
    if form in {"", "other"}:
        return said == gaps
    return gaps - {"{n}"} <= said <= gaps


def _forms(entry: Entry, tongue: Tongue) -> dict[str, set[str]]:
    """The forms that are needed, each with its gaps; '' where there is but one."""
    if isinstance(entry, str):
        return {"": _gaps(entry)}
    gaps = _gaps(entry["other"])
    return dict.fromkeys(tongue.forms, gaps)


def _form_of(given: object, form: str) -> str:
    if form:
        return lines(given.get(form)) if isinstance(given, Mapping) else ""
    return lines(given)


def _read(given: object, english: Entry, tongue: Tongue) -> Entry:
    if isinstance(english, str):
        return lines(given) or english
    return {form: _form_of(given, form) or english["other"] for form in tongue.forms}
