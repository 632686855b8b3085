"""What changed since an earlier edition, on the page of each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assetmap.frames.results import LEVELS
from assetmap.publish.earlier import CAUSE_KEYS, SAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.profiles import Desk
    from assetmap.publish.subjects import Subject
    from assetmap.publish.words import Words

    Row = Mapping[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A neighbourhood whose result is another: then, now, and what lies behind it."""

    name: str
    slug: str
    before: str
    after: str
    why: str


def since(desk: Desk, subject: Subject) -> Mapping[str, object] | None:
    """What changed here since the edition that the study names; nothing where it names none.

    Of one neighbourhood its result then and now; of several, those whose result is another.
    """
    scene = desk.scene
    given = scene.edition.since
    if given is None:
        return None
    rows = given.table.set_index("area_id").to_dict("index")
    moved = tuple(
        Moved(
            name=place.place,
            slug=place.slug,
            before=_level(rows[place.area_id]["level_before"], scene.words),
            after=_level(rows[place.area_id]["level_after"], scene.words),
            why=scene.words.say(f"since.{CAUSE_KEYS[str(rows[place.area_id]['cause'])]}"),
        )
        for place in subject.members
        if place.area_id in rows and rows[place.area_id]["cause"] != SAME
    )
    return {
        "day": scene.words.date(given.day),
        "moved": moved,
        "one": subject.place is not None,
        "areas": len(subject.members),
        "short": subject.place.short if subject.place else "",
    }


def _level(level: object, words: Words) -> str:
    return words.short(str(level)) if level in LEVELS else words.say("monitor.absent")
