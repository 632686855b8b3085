"""What stands on which page, in order; one line here makes a section and its entry in contents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from assetmap.publish import (
    challenge,
    contexts,
    corrections,
    country,
    fairness,
    profiles,
    since,
    stops_alone,
    sure,
    tour,
)
from assetmap.publish.scene import FRONT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assetmap.publish.profiles import Desk
    from assetmap.publish.scene import Scene
    from assetmap.publish.subjects import Subject

PageName = Literal[
    "front", "tour", "services", "method", "annex", "sources", "corrections", "statement"
]  # fmt: skip

FILES: dict[PageName, str] = {
    "front": FRONT,
    "tour": "tour.html",
    "services": "services.html",
    "method": "method.html",
    "annex": "annex.html",
    "sources": "sources.html",
    "corrections": "corrections.html",
    "statement": "accessibility.html",
}
"""Each page's file. ``annex`` holds technical figures, for whoever checks; front and method
speak plainly to everybody. A page without a section is not written."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a page under a heading of its own.

    Attributes
    ----------
    key
        Its anchor; its heading is the public words ``<key>.heading``, unless ``context`` gives
        another under the name ``heading``.
    template
        What stands under the heading: a file in ``templates/``. It has ``say``, ``count``,
        ``date``, ``facts``, ``judged`` and what ``context`` gives; nothing else.
    context
        The names that the template needs, or None where there is nothing to say: the section and
        its entry in the contents are then left out.
    css
        A class of the section.
    listed
        Whether the page's contents name it.
    """

    key: str
    page: PageName
    template: str
    context: Callable[[Scene], Mapping[str, object] | None]
    css: str = ""
    listed: bool = True


@dataclass(frozen=True, kw_only=True)
class ProfileSection:
    """A part of the page of each place; fields as of :class:`Section`.

    ``context`` is given the desk, which holds what all profiles share, and the subject: one
    neighbourhood (its ``place``), or the members of a ward or an authority.
    """

    key: str
    template: str
    context: Callable[[Desk, Subject], Mapping[str, object] | None]
    css: str = ""


SECTIONS = (
    Section(key="summary", page="front", template="answer.html.j2", context=contexts.answer,
            css="found", listed=False),
    Section(key="search", page="front", template="search.html.j2", context=contexts.search,
            css="ask-first"),
    Section(key="results", page="front", template="results.html.j2", context=contexts.results,
            css="results"),
    Section(key="table", page="front", template="table.html.j2", context=contexts.table),
    Section(key="map", page="front", template="map.html.j2", context=contexts.drawn_map),
    Section(key="near", page="front", template="near.html.j2", context=contexts.near),
    Section(key="fair", page="front", template="fair.html.j2", context=fairness.fair),
    Section(key="walkers", page="front", template="walkers.html.j2", context=contexts.walkers),
    Section(key="green", page="front", template="green.html.j2", context=contexts.green),
    Section(key="bus", page="front", template="bus.html.j2", context=contexts.by_bus),
    Section(key="stops", page="front", template="stops.html.j2", context=stops_alone.stops),
    Section(key="within", page="front", template="within.html.j2", context=contexts.within),
    Section(key="open", page="front", template="open.html.j2", context=contexts.open_then),
    Section(key="places", page="front", template="places.html.j2", context=contexts.places),
    Section(key="sure", page="front", template="sure.html.j2", context=contexts.sure),
    Section(key="misses", page="front", template="misses.html.j2", context=challenge.misses),
    Section(key="about", page="front", template="about.html.j2", context=contexts.about),
    Section(key="tour", page="tour", template="tour.html.j2", context=tour.tour),
    Section(key="assets", page="services", template="assets.html.j2", context=contexts.assets),
    Section(key="schemes", page="services", template="schemes.html.j2", context=contexts.schemes),
    Section(key="cautions", page="front", template="cautions.html.j2", context=contexts.cautions),
    Section(key="method", page="method", template="method.html.j2", context=contexts.method),
    Section(key="shared", page="annex", template="shared.html.j2", context=fairness.plainly),
    Section(key="fairness", page="annex", template="fairness.html.j2",
            context=fairness.technical),
    Section(key="methods", page="annex", template="methods.html.j2", context=contexts.methods),
    Section(key="asked", page="annex", template="asked.html.j2", context=contexts.asked),
    Section(key="sensitivity", page="annex", template="sensitivity.html.j2",
            context=contexts.sensitivity),
    Section(key="checks", page="annex", template="checks.html.j2", context=contexts.checks),
    Section(key="sources", page="sources", template="sources.html.j2", context=contexts.sources),
    Section(key="downloads", page="sources", template="downloads.html.j2",
            context=contexts.downloads),
    Section(key="corrections", page="corrections", template="corrections.html.j2",
            context=corrections.listed),
    Section(key="statement", page="statement", template="statement.html.j2",
            context=contexts.statement),
)  # fmt: skip
"""Every section of the pages of a whole study, in order."""

PROFILE = (
    ProfileSection(key="here", template="here.html.j2", context=profiles.here, css="found"),
    ProfileSection(key="minutes", template="minutes.html.j2", context=profiles.minutes),
    ProfileSection(key="lacks", template="lacks.html.j2", context=profiles.lacks),
    ProfileSection(key="why", template="why.html.j2", context=profiles.why),
    ProfileSection(key="sure", template="sure_here.html.j2", context=sure.sure_here),
    ProfileSection(key="changes", template="changes.html.j2", context=challenge.changes_here),
    ProfileSection(key="compare", template="compare.html.j2", context=profiles.compare),
    ProfileSection(key="people", template="people.html.j2", context=profiles.people),
    ProfileSection(key="since", template="since.html.j2", context=since.since),
    ProfileSection(key="nearby", template="nearby.html.j2", context=profiles.schemes),
)  # fmt: skip
"""Every section of the page of one place, in order: strengths first."""

_COUNTRY_FRONT = (
    Section(key="summary", page="front", template="country_answer.html.j2",
            context=country.answer, css="found", listed=False),
    Section(key="search", page="front", template="search.html.j2", context=country.search,
            css="ask-first"),
    Section(key="results", page="front", template="results.html.j2", context=contexts.results,
            css="results"),
    Section(key="table", page="front", template="country_table.html.j2", context=country.table),
    Section(key="map", page="front", template="map.html.j2", context=country.drawn_map),
)  # fmt: skip
_OF_EACH = frozenset({"places", "sure", "misses", "tour", "assets", "schemes"})
"""What names single neighbourhoods or services: a country's page leaves it to its authorities."""
COUNTRY = (
    *_COUNTRY_FRONT,
    *(
        one
        for one in SECTIONS
        if one.key not in _OF_EACH | {section.key for section in _COUNTRY_FRONT}
    ),
)
"""Every section of the pages of a country, in order."""

_OF_ALL = frozenset({"fair", "bus", "stops", "within"})
"""What is worked out over a whole country; its authorities do not repeat it."""
PART = tuple(
    replace(one, page="front")
    for one in SECTIONS
    if one.page in {"front", "services"} and one.key not in _OF_ALL
)
"""Every section of the page of one authority of a country, in order."""
