"""What each page says of itself: in its head, in a message, and over its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.page import Top
from assetmap.publish.plain import shown
from assetmap.publish.sections import FILES
from assetmap.publish.subjects import FOLDER

if TYPE_CHECKING:
    from assetmap.publish.scene import Scene
    from assetmap.publish.sections import PageName
    from assetmap.publish.subjects import Subject


def top_of(scene: Scene, page: PageName) -> Top:
    """What a page of the whole study says of itself."""
    facts, say = scene.edition.facts, scene.words.say
    title = shown(facts.title)
    file = FILES[page]
    if page == "front":
        said = say("page.description", place=shown(facts.place))
        return Top(
            name=page, title=title, heading=title, description=said, about=facts.about,
            subject=title, file=file, **_addresses(scene, file, scene.picture),
        )  # fmt: skip
    heading = say(f"page.{page}")
    said = say("page.description_of", heading=heading, title=title)
    return Top(
        name=page, title=f"{heading}: {title}", heading=heading, description=said,
        subject=heading, file=file, **_addresses(scene, file, scene.picture),
    )  # fmt: skip


def top_of_subject(scene: Scene, subject: Subject) -> Top:
    """What the page of a place says of itself; it stands alone in a message."""
    words, facts = scene.words, scene.edition.facts
    said = words.say("profile.description", name=subject.name, place=shown(facts.place),
                     people=subject.about)  # fmt: skip
    if subject.place and scene.judged:
        said = f"{said} {subject.place.short}."
    return Top(
        name="place",
        title=f"{subject.name}: {shown(facts.title)}",
        heading=subject.name,
        description=said,
        subject=subject.name,
        about=words.say(
            "profile.about_dated" if subject.vintage else "profile.about",
            kind=subject.kind, place=shown(facts.place), vintage=subject.vintage,
        ),
        root="../",
        file=f"{FOLDER}/{subject.slug}.html",
        **_addresses(scene, f"{FOLDER}/{subject.slug}.html", f"{FOLDER}/{subject.slug}.png"),
    )  # fmt: skip


def top_of_part(scene: Scene) -> Top:
    """What the page of an authority of a country says of itself."""
    facts, say = scene.edition.facts, scene.words.say
    name = shown(facts.place)
    return Top(
        name="front",
        title=f"{name}: {shown(facts.title)}",
        heading=name,
        description=say("page.description", place=name),
        subject=name,
        about=say("profile.about", kind=say("profile.kind_authority"), place=shown(facts.among)),
        root="../",
        file=scene.file,
        **_addresses(scene, scene.file, scene.picture),
    )


def _addresses(scene: Scene, page: str, image: str) -> dict[str, str]:
    """Where a page and its picture will be found; nothing where nobody knows yet."""
    base = "" if scene.alone else scene.edition.facts.base_url
    return {"address": f"{base}{scene.folder}{page}", "picture": f"{base}{image}"} if base else {}
