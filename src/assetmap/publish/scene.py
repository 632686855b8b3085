"""What every section of every page may draw on, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.abroad import in_language
from assetmap.publish.places import places_of
from assetmap.publish.subjects import subjects_of
from assetmap.publish.summary import tallies
from assetmap.publish.translation import words_in
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.subjects import Subject
    from assetmap.publish.summary import Tally
    from assetmap.publish.translation import Translation
    from assetmap.publish.words import Words


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An edition, its public words, and its places in words, in the order of the page.

    ``alone`` is whether each page is one file that must do without the others. ``folder`` is
    where its pages are, below those of the first language; empty for those.
    """

    edition: Edition
    words: Words
    places: tuple[Place, ...]
    subjects: tuple[Subject, ...]
    alone: bool = False
    folder: str = ""

    @classmethod
    def of(cls, edition: Edition, *, alone: bool = False) -> Scene:
        """The scene of an edition; ``alone`` where no page may count on another beside it.

        Raises
        ------
        StudyError
            Where the study's public words are not complete.
        """
        return cls.told(edition, words_of(edition.words), alone=alone)

    @classmethod
    def abroad(cls, edition: Edition, translation: Translation, *, alone: bool = False) -> Scene:
        """The scene of an edition in a further language.

        Raises
        ------
        StudyError
            Where the words of the language are not complete.
        """
        words = words_in(translation)
        told = in_language(edition, words)
        return cls.told(told, words, alone=alone, folder=f"{translation.language}/")

    @classmethod
    def told(
        cls, edition: Edition, words: Words, *, alone: bool = False, folder: str = ""
    ) -> Scene:
        """The scene of an edition in these words."""
        places = places_of(edition, words)
        subjects = subjects_of(edition, places, words)
        return cls(
            edition=edition, words=words, places=places, subjects=subjects, alone=alone,
            folder=folder,
        )  # fmt: skip

    @property
    def linked(self) -> bool:
        """Whether each neighbourhood has a page that others can lead to."""
        return self.edition.facts.place_pages and not self.alone

    @property
    def beside(self) -> str:
        """The way from its first page to the files that all languages share."""
        return "../" if self.folder else ""

    @property
    def judged(self) -> bool:
        """Whether anybody was judged: a place without figures of need flags nobody."""
        return not self.edition.findings.empty

    @property
    def groups(self) -> list[tuple[Tally, list[Place]]]:
        """Each result with the places that have it; every result, those with none included."""
        return [
            (tally, [place for place in self.places if place.level == tally.level])
            for tally in tallies(self.places, self.words)
        ]
