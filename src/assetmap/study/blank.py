"""``words``: a file to fill in for another language of a study's pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assetmap.errors import Fault, StudyError
from assetmap.publish.blank import write_blank
from assetmap.publish.tongue import SHIPPED, is_known
from assetmap.publish.translation import Translation
from assetmap.sources.translations import translation_file
from assetmap.study.languages import translations_in
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assetmap.study.study import Study


@dataclass(frozen=True)
class Blank:
    """A file of words: where, how many are still to be written, how many nobody says any more."""

    path: Path
    missing: int
    left_out: int


def write_words(
    study: Study,
    language: str,
    *,
    papers: bool = False,
    tell: Callable[[str, bool], None] = lambda _name, _reused: None,
) -> Blank:
    """The file of a language beside the study: what was written stays, what is missing is blank.

    The study is run up to its pages, since these say what its tables say. With ``papers`` the
    file has what reports, briefings and plans say as well.

    Raises
    ------
    StudyError
        For a language that is not known, or that needs no file.
    MissingError, ReadError, WriteError
        For files of the study that are missing, a file of words that is no TOML, and one that
        cannot be written.
    """
    if language == SHIPPED or not is_known(language):
        attempt = "give a tag such as 'cy' or 'pt-BR'"
        raise StudyError(Fault(what=f"no words can be written for '{language}'", attempt=attempt))
    path = study.folder / translation_file(language)
    now = Translation(language=language)
    if path.is_file():
        (now,) = translations_in(study.folder, [language])
    publish = study.settings.publish.model_copy(update={"languages": (SHIPPED,)})
    settings = study.settings.model_copy(update={"publish": publish})
    work = replace(study, settings=settings).work(tell)
    edition = edition_for(work, find_out(work))
    missing, left_out = write_blank(edition, now, path, papers=papers)
    return Blank(path, missing, left_out)
