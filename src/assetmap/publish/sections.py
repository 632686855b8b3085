"""What stands on which page, in order; one line here makes a section and its entry in contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assetmap.publish import contexts, corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assetmap.publish.scene import Scene

PageName = Literal["front", "method", "annex", "sources", "corrections"]

FILES: dict[PageName, str] = {
    "front": "index.html",
    "method": "method.html",
    "annex": "annex.html",
    "sources": "sources.html",
    "corrections": "corrections.html",
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


SECTIONS = (
    Section(key="summary", page="front", template="answer.html.j2", context=contexts.answer,
            css="found", listed=False),
    Section(key="table", page="front", template="table.html.j2", context=contexts.table),
    Section(key="map", page="front", template="map.html.j2", context=contexts.drawn_map),
    Section(key="near", page="front", template="near.html.j2", context=contexts.near),
    Section(key="walkers", page="front", template="walkers.html.j2", context=contexts.walkers),
    Section(key="green", page="front", template="green.html.j2", context=contexts.green),
    Section(key="within", page="front", template="within.html.j2", context=contexts.within),
    Section(key="open", page="front", template="open.html.j2", context=contexts.open_then),
    Section(key="places", page="front", template="places.html.j2", context=contexts.places),
    Section(key="assets", page="front", template="assets.html.j2", context=contexts.assets),
    Section(key="schemes", page="front", template="schemes.html.j2", context=contexts.schemes),
    Section(key="cautions", page="front", template="cautions.html.j2", context=contexts.cautions),
    Section(key="method", page="method", template="method.html.j2", context=contexts.method),
    Section(key="methods", page="annex", template="methods.html.j2", context=contexts.methods),
    Section(key="asked", page="annex", template="asked.html.j2", context=contexts.asked),
    Section(key="checks", page="annex", template="checks.html.j2", context=contexts.checks),
    Section(key="sources", page="sources", template="sources.html.j2", context=contexts.sources),
    Section(key="downloads", page="sources", template="downloads.html.j2",
            context=contexts.downloads),
    Section(key="corrections", page="corrections", template="corrections.html.j2",
            context=corrections.listed),
)  # fmt: skip
"""Every section of the pages of a whole study, in order."""
