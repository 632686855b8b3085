"""The public pages: they open from a disk, say the answer first, and call nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import StudyError
from assetmap.publish.atomic import whole_file
from assetmap.publish.bundle import BUNDLE, bundle
from assetmap.publish.locator import Backdrop
from assetmap.publish.moving import leaflet_style
from assetmap.publish.page import Press, Switch, Top
from assetmap.publish.plain import shown
from assetmap.publish.profiles import Desk
from assetmap.publish.scene import Scene
from assetmap.publish.sealed import Sealed
from assetmap.publish.sections import FILES, PROFILE, SECTIONS
from assetmap.publish.subjects import FOLDER
from assetmap.publish.summary import answers
from assetmap.publish.translation import faults_of_phrases

PICTURE = "picture.png"

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.page import Part
    from assetmap.publish.sections import PageName
    from assetmap.publish.subjects import Subject


def write_pages(edition: Edition, folder: Path, *, single: bool = False) -> tuple[Path, ...]:
    """The pages of an edition in ``folder``, the first of them ``index.html``.

    The map lies beside the first page as a script of its own, and each neighbourhood, ward and
    authority has a page in ``places/``. With ``single`` every page is one file that works alone
    in an empty folder. Pages in a further language are in a folder of its tag, each with a way to
    the same page in the other languages. The same edition gives the same bytes. Nothing that
    people typed becomes markup, an address of ours or a style: names are text, everywhere.

    Raises
    ------
    StudyError
        Where the study's public words are not complete in any of its languages.
    WriteError
        Where a file cannot be written, for one because it is open in another program.
    """
    scenes = [Scene.of(edition, alone=single)]
    scenes += [Scene.abroad(edition, one, alone=single) for one in edition.translations]
    switch = () if single or len(scenes) == 1 else tuple(map(_way, scenes))
    pages = {
        folder / scene.folder / name: text
        for scene in scenes
        for name, text in _files(scene, switch)
    }
    _refuse_silence(edition, scenes)
    for path, text in pages.items():
        with whole_file(path) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
    if edition.facts.base_url and not single:
        _write_pictures(scenes[0], folder)
    return tuple(pages)


def unsaid_in(scene: Scene) -> tuple[str, ...]:
    """The texts of tables and of the study that the pages of a scene have no words for."""
    for _ in _files(scene, ()):
        pass
    return tuple(scene.words.book.unknown) if scene.words.book else ()


def _refuse_silence(edition: Edition, scenes: list[Scene]) -> None:
    """A refusal where a text of any page has no words in the page's language."""
    files = ["", *(one.where for one in edition.translations)]
    faults = [
        fault
        for scene, where in zip(scenes, files, strict=True)
        for fault in faults_of_phrases(scene.words, where)
    ]
    if faults:
        raise StudyError(faults)


def _way(scene: Scene) -> Switch:
    words = scene.words
    return Switch(language=words.language, name=words.say("languages.name"), folder=scene.folder)


def _write_pictures(scene: Scene, folder: Path) -> None:
    """A picture beside the first page and each page of a place, for messages that link there."""
    from assetmap.publish.pictures import picture  # noqa: PLC0415 - matplotlib, only where links are known

    backdrop = Backdrop.of(scene.edition, scene.places)
    drawn: list[tuple[str, Subject | None]] = [(PICTURE, None)]
    drawn += [(f"{FOLDER}/{subject.slug}.png", subject) for subject in scene.subjects]
    for name, subject in drawn:
        with whole_file(folder / name) as draft:
            draft.write_bytes(picture(backdrop, subject))


def answer_of(edition: Edition) -> str:
    """The page's answer in a few sentences, for a command line or a message.

    Raises
    ------
    StudyError
        As :func:`write_pages`.
    """
    scene = Scene.of(edition)
    said = answers(edition, scene.places, scene.words)
    return " ".join(part.lead for part in said)


def _files(scene: Scene, switch: tuple[Switch, ...]) -> Iterator[tuple[str, str]]:
    """Each file's name and text, the first page first."""
    press = Press(scene, switch)
    parts: dict[PageName, list[Part]] = {page: [] for page in FILES}
    scripts: list[str] = []
    for section in SECTIONS:
        found = section.context(scene)
        if found is not None:
            parts[section.page].append(press.part(section, found))
        if found is not None and section.key == "map":
            drawn = press.shipped("map.js")
            scripts.append(bundle(scene, found["drawing"], found["themes"], script=drawn))  # type: ignore[arg-type]
    written = {page: FILES[page] for page, its in parts.items() if its}
    links: dict[str, str] = {} if scene.alone else {str(page): written[page] for page in written}
    for page, file in written.items():
        sealed = _sealed_front(press, scene, parts["front"], scripts)
        if page != "front":
            sealed = Sealed.of([], press.styles("page.css", "study.css"))
        yield file, press.page(_top(scene, page), parts[page], sealed=sealed, links=links)
    if not scene.alone:
        yield from ((BUNDLE, f"{text}\n") for text in scripts)
    yield from _profiles(press, scene, links)


def _profiles(press: Press, scene: Scene, links: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The page of each neighbourhood, ward and authority."""
    desk = Desk.of(scene)
    sealed = Sealed.of([], press.styles("page.css"))
    above = {page: f"../{file}" for page, file in links.items()}
    for subject in scene.subjects:
        told = [(section, section.context(desk, subject)) for section in PROFILE]
        parts = [press.part(one, found, root="../") for one, found in told if found is not None]
        top = _top_of(scene, subject)
        yield f"{FOLDER}/{subject.slug}.html", press.page(top, parts, sealed=sealed, links=above)


def _sealed_front(press: Press, scene: Scene, parts: list[Part], scripts: list[str]) -> Sealed:
    """The first page's scripts: search, table and map; the map waits until it is asked for."""
    inline = [f"function assetmapLoad(){{\n{text}\n}}" for text in scripts] if scene.alone else []
    return Sealed.of(
        [press.shipped("table.js"), *inline, press.shipped("load.js")],
        press.styles("page.css", "study.css", "map.css"),
        early=[str(part.script) for part in parts if part.script],
        later=[leaflet_style()],
        loads=not scene.alone,
    )


def _top(scene: Scene, page: PageName) -> Top:
    """What a page of the whole study says of itself."""
    facts, say = scene.edition.facts, scene.words.say
    title = shown(facts.title)
    file = FILES[page]
    if page == "front":
        said = say("page.description", place=shown(facts.place))
        return Top(
            name=page, title=title, heading=title, description=said, about=facts.about,
            subject=title, file=file, **_addresses(scene, file, PICTURE),
        )  # fmt: skip
    heading = say(f"page.{page}")
    said = say("page.description_of", heading=heading, title=title)
    return Top(
        name=page, title=f"{heading}: {title}", heading=heading, description=said,
        subject=heading, file=file, **_addresses(scene, file, PICTURE),
    )  # fmt: skip


def _top_of(scene: Scene, subject: Subject) -> Top:
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


def _addresses(scene: Scene, page: str, image: str) -> dict[str, str]:
    """Where a page and its picture will be found; nothing where nobody knows yet."""
    base = "" if scene.alone else scene.edition.facts.base_url
    return {"address": f"{base}{scene.folder}{page}", "picture": f"{base}{image}"} if base else {}
