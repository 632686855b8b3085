"""The papers of a study by name, and what they say that a language has no words for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from assetmap.errors import MethodError, StudyError
from assetmap.publish.report_content import report_of
from assetmap.publish.report_wards import briefing_of, plans_of
from assetmap.publish.translation import faults_of_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assetmap.publish.report_blocks import Report
    from assetmap.publish.scene import Scene

PAPERS = {"report": report_of, "briefing": briefing_of, "plans": plans_of}


def papers_of(scene: Scene, names: Iterable[str], *, where: str = "") -> dict[str, Report]:
    """The papers of these names, in the language of a scene; ``where`` is the file of its words.

    Raises
    ------
    MethodError
        Where a study has no wards for a briefing or a plan.
    StudyError
        With every text of the study and its tables that the language has no words for.
    """
    made = {name: PAPERS[name](scene) for name in names}
    faults = faults_of_phrases(scene.words, where)
    if faults:
        raise StudyError(faults)
    return made


def unsaid_in_papers(scene: Scene) -> tuple[str, ...]:
    """The texts that papers have no words for; a paper that the study cannot have says nothing."""
    for write in PAPERS.values():
        with suppress(MethodError):
            write(scene)
    return tuple(scene.words.book.unknown) if scene.words.book else ()
