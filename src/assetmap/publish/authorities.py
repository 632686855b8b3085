"""The authorities of a country: each with its neighbourhoods, its results and what is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.places import Members, places_of
from assetmap.publish.summary import nearness, tallies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.parting import Country
    from assetmap.publish.places import Place
    from assetmap.publish.summary import Tally
    from assetmap.publish.words import Words

AUTHORITIES = "authority"
"""The folder of their pages."""


@dataclass(frozen=True, kw_only=True)
class Authority(Members):
    """One authority as the page of a country tells it.

    ``key`` is a name made for the page; ``area_id`` its published code, ``place`` what it is
    called. ``with_result`` holds the share of its people by result, as the level's number;
    ``near`` the share of the measured people near each standard.
    """

    key: str
    area_id: str
    place: str
    slug: str
    tallies: tuple[Tally, ...]
    with_result: Mapping[int, float]
    near: Mapping[str, float]
    code: int = 0
    short: str = ""

    @property
    def link(self) -> str:
        """The way to its page from that of the country."""
        return f"{AUTHORITIES}/{self.slug}.html"

    def with_code(self, code: int) -> list[Place]:
        """Its neighbourhoods that have a result."""
        return [place for place in self.members if place.code == code]


def authorities_of(country: Country, words: Words) -> tuple[Authority, ...]:
    """Every authority of a country, in the order of their names."""
    return tuple(
        _authority(country, words, number=number, code=str(code))
        for number, code in enumerate(country.shapes.index)
    )


def _authority(country: Country, words: Words, *, number: int, code: str) -> Authority:
    part = country.part(code)
    members = places_of(part, words)
    people = sum(place.people for place in members)
    held: dict[int, float] = {}
    for place in members:
        held[place.code] = held.get(place.code, 0) + place.people
    return Authority(
        key=f"a{number}",
        area_id=code,
        place=country.names[code],
        slug=country.slugs[code],
        members=members,
        tallies=tallies(members, words),
        with_result={key: its / people for key, its in held.items()} if people else {},
        near={
            row.standard_id: row.share
            for row in nearness(part, members)
            if row.share is not None
        },
    )  # fmt: skip
