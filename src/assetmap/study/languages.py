"""Further languages of a study's pages: the words that somebody wrote for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import StudyError
from assetmap.publish.translation import Translation, faults_of
from assetmap.sources.translations import read_translations, translation_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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


def refuse_unfinished(folder: Path, languages: Iterable[str]) -> None:
    """A refusal, before anything is measured, where the words of a language are not complete.

    Raises
    ------
    StudyError
        With everything that is missing or wrong in any of the files, at once.
    """
    faults = [fault for one in translations_in(folder, languages) for fault in faults_of(one)]
    if faults:
        raise StudyError(faults)
