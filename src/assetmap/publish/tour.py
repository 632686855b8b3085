"""A guided tour: stops with text and pictures, as an article that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish.locator import Backdrop, view
from assetmap.publish.plain import plain, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.scene import Scene
    from assetmap.publish.tour_stops import Look, Picture, Stop
    from assetmap.publish.words import Words

LONG = 3000


@dataclass(frozen=True, kw_only=True)
class ToldStop:
    """A stop as the page sets it; ``slug`` is of the page of its neighbourhood."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    drawn: Markup
    name: str
    slug: str
    picture: Picture | None
    alternative: str


def tour(scene: Scene) -> Mapping[str, object] | None:
    """The tour's article; nothing where the study has none."""
    given = scene.edition.tour
    if given is None:
        return None
    words = scene.words
    backdrop = Backdrop.of(scene.edition, scene.places)
    slugs = {place.area_id: place.slug for place in scene.places}
    return {
        "heading": words.told(shown(given.title)),
        "intro": _paragraphs(given.text, words),
        "stops": [
            _told(number, stop, scene, backdrop, slugs)
            for number, stop in enumerate(given.stops, start=1)
        ],
        "tallies": [tally for tally, _ in scene.groups] if scene.judged else [],
    }


def _told(
    number: int, stop: Stop, scene: Scene, backdrop: Backdrop, slugs: Mapping[str, str]
) -> ToldStop:
    words, look = scene.words, stop.look
    seen = stop.picture
    return ToldStop(
        number=number,
        title=words.told(shown(stop.title)),
        paragraphs=_paragraphs(stop.text, words),
        drawn=_drawn(look, scene, backdrop) if look else Markup(),
        name=shown(look.name) if look else "",
        slug=slugs.get(look.area_id, "") if look else "",
        picture=seen,
        alternative=words.told(plain(seen.alternative)) if seen else "",
    )


def _drawn(look: Look, scene: Scene, backdrop: Backdrop) -> Markup:
    label = _label(look, scene)
    return view(backdrop, look.shape, label=label, outlined=look.kind != "box")


def _label(look: Look, scene: Scene) -> str:
    """What the map of a stop shows, in words."""
    place = shown(scene.edition.facts.place)
    name = shown(look.name)
    return scene.words.say(f"tour.map_{look.kind}", name=name, place=place)


def _paragraphs(text: str, words: Words) -> tuple[str, ...]:
    parts = (plain(part, longest=LONG) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(words.told(part) for part in parts if part)
