"""Further languages of a study's pages: the words that somebody wrote for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError
from assetmap.publish.tongue import SHIPPED
from assetmap.publish.translation import Translation, faults_of
from assetmap.sources.translations import read_translations, translation_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assetmap.study.publishing import Publish


def translations_in(folder: Path, languages: Iterable[str]) -> tuple[Translation, ...]:
    """The words of these languages, as they stand in the study's folder.

    Raises
    ------
    MissingError, ReadError
        As :func:`assetmap.sources.translations.read_translations`.
    """
    read = read_translations(folder, languages)
    return tuple(
        Translation(language=one, sections=sections, where=translation_file(one))
        for one, sections in read.items()
    )


def named(publish: Publish, language: str | None) -> tuple[str, ...]:
    """The further language that is asked for, of those of the study; none where none is.

    Raises
    ------
    StudyError
        For a language that the study does not name.
    """
    if language is None or language == SHIPPED:
        return ()
    if language not in publish.further:
        attempt = f'[publish] languages = ["{SHIPPED}", "{language}"] in study.toml'
        raise StudyError(Fault(what=f"the study has no language '{language}'", attempt=attempt))
    return (language,)


def refuse_unfinished(folder: Path, languages: Iterable[str], *, papers: bool = False) -> None:
    """A refusal, before anything is measured, where the words of a language are not complete.

    With ``papers`` those that a report says are looked at too.

    Raises
    ------
    StudyError
        With everything that is missing or wrong in any of the files, at once.
    """
    faults = [
        fault
        for one in translations_in(folder, languages)
        for fault in faults_of(one, papers=papers)
    ]
    if faults:
        raise StudyError(faults)
