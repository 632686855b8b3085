"""Of what there is a profile: each neighbourhood, and each ward, committee and authority above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.places import Members
from assetmap.publish.plain import shown
from assetmap.publish.slugs import slugs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

NOT_TOLD = frozenset({"nation", "region", "msoa"})
"""Levels of which a study holds a part only, or that nobody calls by name."""
FOLDER = "places"


@dataclass(frozen=True, kw_only=True)
class Subject(Members):
    """One neighbourhood, or several that make a ward or an authority.

    ``place`` is None unless it is one neighbourhood; ``above`` names what it is part of, as
    (name, slug); ``vintage`` is when its boundary was so, where that is known.
    """

    slug: str
    name: str
    kind: str
    place: Place | None = None
    above: tuple[tuple[str, str], ...] = ()
    vintage: str = ""

    @property
    def area_ids(self) -> frozenset[str]:
        """Codes of its neighbourhoods."""
        return frozenset(place.area_id for place in self.members)


def subjects_of(edition: Edition, places: tuple[Place, ...], words: Words) -> tuple[Subject, ...]:
    """Every subject: neighbourhoods in the order of the page, then what lies above them.

    Neighbourhoods are none where the study writes no page of each.
    """
    above = _units(edition, places, words)
    holds: dict[str, list[tuple[str, str]]] = {}
    for unit in above:
        for place in unit.members:
            holds.setdefault(place.key, []).append((unit.name, unit.slug))
    own = [
        Subject(
            slug=place.slug, name=place.place, kind=words.say("profile.kind_area"),
            members=(place,), place=place, above=tuple(holds.get(place.key, ())),
        )
        for place in places
        if edition.facts.place_pages
    ]  # fmt: skip
    return (*own, *above)


def _units(edition: Edition, places: tuple[Place, ...], words: Words) -> tuple[Subject, ...]:
    """Wards and the like, smallest kinds first, in the order of their names.

    A unit whose name is its code is one that nobody could look for: it has no page.
    """
    if edition.membership is None:
        return ()
    by_id = {place.area_id: place for place in places}
    members: dict[tuple[str, str], list[Place]] = {}
    names: dict[tuple[str, str], str] = {}
    for row in edition.of_own(edition.membership).to_dict("records"):
        key = (str(row["level"]), str(row["unit_id"]))
        if key[0] not in NOT_TOLD and row["unit_name"] != row["unit_id"]:
            members.setdefault(key, []).append(by_id[str(row["area_id"])])
            names[key] = shown(row["unit_name"])
    called = {key: _called(key[0], name, words) for key, name in names.items()}
    taken = {place.slug for place in places}
    slugs = _slugs({key: _named(key[0], name, words) for key, name in names.items()}, taken)
    sizes = _sizes(members)
    keys = {key: {place.key for place in its} for key, its in members.items()}
    return tuple(
        Subject(
            slug=slugs[key], name=called[key], kind=_kind(key[0], words),
            members=tuple(place for place in places if place.key in keys[key]),
            vintage=shown(edition.vintages.get(key[0], "")),
        )
        for key in sorted(members, key=lambda it: (sizes[it[0]], called[it].casefold(), it))
    )  # fmt: skip


def _slugs(called: Mapping[tuple[str, str], str], taken: set[str]) -> dict[tuple[str, str], str]:
    """Slugs of units, none of them one that a neighbourhood has."""
    made = slugs_of((" ".join(key), name) for key, name in called.items())
    return {
        key: slug if slug not in taken else f"{slug}-whole"
        for key in called
        for slug in (made[" ".join(key)],)
    }


def _sizes(members: Mapping[tuple[str, str], list[Place]]) -> dict[str, float]:
    """How many neighbourhoods the largest unit of each level has: wards before boroughs."""
    sizes: dict[str, float] = {}
    for (level, _), its in members.items():
        sizes[level] = max(sizes.get(level, 0), len(its))
    return sizes


def _called(level: str, name: str, words: Words) -> str:
    """A ward is called a ward, since its name is often that of a neighbourhood too."""
    return (
        words.say(f"profile.called_{level}", name=name)
        if _to_tell_apart(level, name, words)
        else name
    )


def _named(level: str, name: str, words: Words) -> str:
    """What the file of its page is named after: the same in every language."""
    return f"{name} {level}" if _to_tell_apart(level, name, words) else name


def _to_tell_apart(level: str, name: str, words: Words) -> bool:
    ends = name.casefold().endswith(level.casefold())
    return words.has(f"profile.called_{level}") and not ends


def _kind(level: str, words: Words) -> str:
    key = f"profile.kind_{level}"
    return words.say(key) if words.has(key) else words.told(shown(level.replace("_", " ")))
