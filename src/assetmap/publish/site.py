"""The public pages: they open from a disk, say the answer first, and call nobody."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from assetmap.errors import StudyError
from assetmap.publish.atomic import whole_file
from assetmap.publish.authorities import AUTHORITIES
from assetmap.publish.bundle import drawing, library
from assetmap.publish.leaflet import leaflet_style
from assetmap.publish.locator import Backdrop
from assetmap.publish.page import Press, Switch
from assetmap.publish.profiles import Desk
from assetmap.publish.scene import MAP, Scene
from assetmap.publish.sealed import Sealed
from assetmap.publish.sections import COUNTRY, FILES, PART, PROFILE, SECTIONS
from assetmap.publish.subjects import FOLDER
from assetmap.publish.summary import answers
from assetmap.publish.tops import top_of, top_of_part, top_of_subject
from assetmap.publish.translation import faults_of_phrases

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
    authority has a page in ``places/``. A study with more areas than a page can carry is told by
    authority: the first page tells of them, and each has a page of its own in ``authority/``.
    With ``single`` every page is one file that works alone in an empty folder. Pages in a further
    language are in a folder of its tag, each with a way to the same page in the other languages.
    The same edition gives the same bytes. Nothing that people typed becomes markup, an address of
    ours or a style: names are text, everywhere.

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
    abroad = {
        folder / scene.folder / name: text
        for scene in scenes[1:]
        for name, text in _files(scene, switch)
    }
    _refuse_silence(edition, scenes)
    ours = ((folder / name, text) for name, text in _files(scenes[0], switch))
    paths = [_written(path, text) for path, text in chain(ours, abroad.items())]
    if edition.facts.base_url and not single:
        _write_pictures(scenes[0], folder)
    return tuple(paths)


def _written(path: Path, text: str) -> Path:
    """A page is written as soon as it is made: those of a country together are hundreds of MB."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    return path


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
    drawn: list[tuple[str, Subject | None]] = [(scene.picture, None)]
    drawn += [(f"{FOLDER}/{subject.slug}.png", subject) for subject in scene.subjects]
    for name, subject in drawn:
        with whole_file(folder / name) as draft:
            draft.write_bytes(picture(backdrop, subject))
    for part in scene.parts():
        _write_pictures(part, folder)


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
    for section in COUNTRY if scene.country else SECTIONS:
        found = section.context(scene)
        if found is not None:
            parts[section.page].append(press.part(section, found))
        if found is not None and section.key == "map":
            scripts = [drawing(scene, found), library(press.shipped("map.js"))]
    written = {page: FILES[page] for page, its in parts.items() if its}
    links: dict[str, str] = {} if scene.alone else {str(page): written[page] for page in written}
    for page, file in written.items():
        sealed = _sealed_front(press, scene, parts["front"], scripts)
        if page != "front":
            sealed = Sealed.of([], press.styles("page.css", "study.css"))
        yield file, press.page(top_of(scene, page), parts[page], sealed=sealed, links=links)
    if not scene.alone:
        yield MAP, "\n".join((*scripts, ""))
    yield from _profiles(press, scene, links)
    yield from _authorities(scene, switch, links)


def _authorities(
    country: Scene, switch: tuple[Switch, ...], links: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The page of each authority of a country, with what is on its map; what draws them once."""
    above = {page: f"../{file}" for page, file in links.items()}
    if not country.authorities:
        return
    drawn = library(Press(country, switch).shipped("map.js"))
    for scene in country.parts():
        press = Press(scene, switch)
        told = [(section, section.context(scene)) for section in PART]
        held = [(section, found) for section, found in told if found is not None]
        parts = [press.part(section, found, root="../") for section, found in held]
        on_map = next(found for section, found in held if section.key == "map")
        scripts = [drawing(scene, on_map), drawn]
        sealed = _sealed_front(press, scene, parts, scripts)
        yield scene.file, press.page(top_of_part(scene), parts, sealed=sealed, links=above)
        if not scene.alone:
            yield f"{AUTHORITIES}/{scene.part}-{MAP}", f"{scripts[0]}\n"
    if not country.alone:
        yield f"{AUTHORITIES}/{MAP}", f"{drawn}\n"


def _profiles(press: Press, scene: Scene, links: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The page of each neighbourhood, ward and authority; a country has them elsewhere."""
    if not scene.subjects:
        return
    desk = Desk.of(scene)
    sealed = Sealed.of([], press.styles("page.css"))
    above = {page: f"../{file}" for page, file in links.items()}
    for subject in scene.subjects:
        told = [(section, section.context(desk, subject)) for section in PROFILE]
        parts = [press.part(one, found, root="../") for one, found in told if found is not None]
        top = top_of_subject(scene, subject)
        yield f"{FOLDER}/{subject.slug}.html", press.page(top, parts, sealed=sealed, links=above)


def _sealed_front(press: Press, scene: Scene, parts: list[Part], scripts: list[str]) -> Sealed:
    """The first page's scripts: search, table and map; the map waits until it is asked for."""
    whole = "\n".join(scripts)
    inline = [f"function assetmapLoad(){{\n{whole}\n}}"] if scene.alone else []
    return Sealed.of(
        [press.shipped("table.js"), *inline, press.shipped("load.js")],
        press.styles("page.css", "study.css", "map.css"),
        early=[str(part.script) for part in parts if part.script],
        later=[leaflet_style()],
        loads=not scene.alone,
    )
