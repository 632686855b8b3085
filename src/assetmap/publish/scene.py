"""What every section of every page may draw on, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assetmap.publish.abroad import in_language
from assetmap.publish.authorities import AUTHORITIES, authorities_of
from assetmap.publish.listing import listed, near_assets
from assetmap.publish.parting import Country, is_split
from assetmap.publish.places import in_order, places_of
from assetmap.publish.subjects import subjects_of
from assetmap.publish.summary import tallies
from assetmap.publish.translation import words_in
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from assetmap.publish.authorities import Authority
    from assetmap.publish.edition import Edition
    from assetmap.publish.listing import Listed
    from assetmap.publish.places import Place
    from assetmap.publish.subjects import Subject
    from assetmap.publish.summary import Tally
    from assetmap.publish.translation import Translation
    from assetmap.publish.words import Words

FRONT, PICTURE, MAP = "index.html", "picture.png", "map.js"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An edition, its public words, and its places in words, in the order of the page.

    ``alone`` is whether each page is one file that must do without the others. ``folder`` is
    where its pages are, below those of the first language; empty for those. A country has its
    ``authorities``; the scene of one of them has its file's name in ``part``, and in ``whole``
    the edition that it was cut from.
    """

    edition: Edition
    words: Words
    places: tuple[Place, ...]
    subjects: tuple[Subject, ...]
    alone: bool = False
    folder: str = ""
    country: Country | None = None
    authorities: tuple[Authority, ...] = ()
    part: str = ""
    whole: Edition | None = None

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
    def of_paper(cls, edition: Edition, translation: Translation | None = None) -> Scene:
        """The scene of a paper, in the first language or in a further one.

        Raises
        ------
        StudyError
            Where the words of the language are not complete, those of papers among them.
        """
        if translation is None:
            return cls.of(edition)
        words = words_in(translation, papers=True)
        return cls.told(in_language(edition, words), words)

    @classmethod
    def told(
        cls, edition: Edition, words: Words, *, alone: bool = False, folder: str = ""
    ) -> Scene:
        """The scene of an edition in these words."""
        if is_split(edition):
            country = Country.of(edition, words)
            found = authorities_of(country, words)
            every = tuple(in_order(place for one in found for place in one.members))
            return cls(
                edition=edition, words=words, places=every, subjects=(), alone=alone,
                folder=folder, country=country, authorities=found,
            )  # fmt: skip
        places = places_of(edition, words)
        subjects = subjects_of(edition, places, words)
        return cls(
            edition=edition, words=words, places=places, subjects=subjects, alone=alone,
            folder=folder,
        )  # fmt: skip

    def parts(self) -> Iterator[Scene]:
        """The scene of each authority of a country, cut out as it is asked for."""
        if self.country is None:
            return
        for one in self.authorities:
            yield replace(
                self, edition=self.country.part(one.area_id), places=one.members, country=None,
                authorities=(), part=one.slug, whole=self.edition,
            )  # fmt: skip

    @cached_property
    def near(self) -> gpd.GeoDataFrame:
        """The assets that its pages tell of: public ones in the study or just outside."""
        return near_assets(self.edition)

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """Each of these assets in words, in their order."""
        return listed(self.edition, self.words, self.near)

    @property
    def linked(self) -> bool:
        """Whether each neighbourhood has a page that others can lead to."""
        return self.edition.facts.place_pages and not self.entered

    @property
    def entered(self) -> bool:
        """Whether the first page itself tells of each neighbourhood in its sentences."""
        return self.alone or bool(self.part)

    @property
    def file(self) -> str:
        """Its first page."""
        return f"{AUTHORITIES}/{self.part}.html" if self.part else FRONT

    @property
    def picture(self) -> str:
        """What a message shows that links to its first page."""
        return f"{AUTHORITIES}/{self.part}.png" if self.part else PICTURE

    @property
    def map_scripts(self) -> str:
        """What its first page loads to draw the map, in order: a country's parts share the last."""
        return f"{self.part}-{MAP} {MAP}" if self.part else MAP

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
