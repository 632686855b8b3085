"""The public pages: they open from a disk, say the answer first, and call nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from assetmap.publish import rows, style
from assetmap.publish.atomic import whole_file
from assetmap.publish.moving import leaflet_script, leaflet_style
from assetmap.publish.plain import email_address, plain, shown
from assetmap.publish.rounding import hundredths
from assetmap.publish.scene import Scene
from assetmap.publish.sealed import Sealed
from assetmap.publish.sections import FILES, SECTIONS
from assetmap.publish.summary import answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.sections import PageName, Section


def write_pages(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """The pages of an edition in ``folder``, the first of them ``index.html``.

    The same edition gives the same bytes. Nothing that people typed reaches a script, an address
    or a style: names are text, everywhere.

    Raises
    ------
    StudyError
        Where the study's public words are not complete.
    WriteError
        Where a file cannot be written, for one because it is open in another program.
    """
    pages = _pages(Scene.of(edition))
    for name, text in pages.items():
        with whole_file(folder / name) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in pages)


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


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section as it stands on its page."""

    key: str
    heading: str
    body: Markup
    css: str
    listed: bool
    script: str


def _pages(scene: Scene) -> dict[str, str]:
    """Each page's text by the name of its file."""
    environment = _environment()
    shared = _shared(scene)
    parts: dict[PageName, list[Part]] = {page: [] for page in FILES}
    for section in SECTIONS:
        found = section.context(scene)
        if found is not None:
            parts[section.page].append(_part(environment, section, {**shared, **found}))
    written = {page: FILES[page] for page, its in parts.items() if its}
    return {
        file: environment.get_template("page.html.j2").render(
            **shared,
            **_top(scene, page),
            page=page,
            parts=parts[page],
            links=written,
            sealed=_sealed(environment, page, parts[page]),
            defs=Markup(style.pattern_defs()),  # noqa: S704 - our own constants
        )
        for page, file in written.items()
    }


def _part(environment: jinja2.Environment, section: Section, found: Mapping[str, object]) -> Part:
    say = found["say"]
    heading = found.get("heading") or say(f"{section.key}.heading")  # type: ignore[operator]
    body = environment.get_template(section.template).render(**found)
    return Part(
        key=section.key,
        heading=str(heading),
        body=Markup(body),  # noqa: S704 - a template's own, its values escaped
        css=section.css,
        listed=section.listed,
        script=str(found.get("script", "")),
    )


def _top(scene: Scene, page: PageName) -> Mapping[str, object]:
    """A page's title, heading and description."""
    facts, say = scene.edition.facts, scene.words.say
    title = shown(facts.title)
    if page == "front":
        said = say("page.description", place=shown(facts.place))
        return {"title": title, "heading": title, "description": said, "about": facts.about}
    heading = say(f"page.{page}")
    said = say("page.description_of", heading=heading, title=title)
    return {"title": f"{heading}: {title}", "heading": heading, "description": said, "about": ""}


def _shared(scene: Scene) -> Mapping[str, object]:
    """What every section and every page may use."""
    words, contact = scene.words, scene.edition.facts.contact
    return {
        "say": words.say,
        "count": words.count,
        "date": words.date,
        "language": words.language,
        "facts": scene.edition.facts,
        "judged": scene.judged,
        "marks": style.MARKS,
        "contact": contact,
        "email": email_address(contact.email) if contact else "",
    }


def _sealed(environment: jinja2.Environment, page: PageName, parts: list[Part]) -> Sealed:
    """A page's scripts and styles: only the front page has scripts."""
    styles = [_colours(environment), _shipped(environment, "page.css")]
    if page != "front":
        return Sealed.of([], styles)
    drawn = [part.script for part in parts if part.script]
    return Sealed.of(
        [
            _shipped(environment, "table.js"),
            leaflet_script(),
            *drawn,
            _shipped(environment, "map.js"),
        ],
        [leaflet_style(), *styles],
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assetmap.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    environment.filters["lines"] = partial(plain, longest=rows.LONG)
    environment.filters["hundredths"] = hundredths
    environment.filters["capfirst"] = _capfirst
    return environment


def _capfirst(text: str) -> str:
    """The text with its first letter large; the rest as it was written."""
    return text[:1].upper() + text[1:]


def _shipped(environment: jinja2.Environment, name: str) -> str:
    """A style sheet or script of ours, as it is."""
    loader = environment.loader
    if loader is None:  # pragma: no cover - the environment above has one
        raise LookupError(name)
    return loader.get_source(environment, name)[0]


def _colours(environment: jinja2.Environment) -> str:
    return environment.get_template("colours.css.j2").render(
        light=style.variables(style.LIGHT),
        dark=style.variables(style.DARK),
        system=style.variables(style.SYSTEM),
        more=style.variables(style.MORE_CONTRAST),
        codes=range(1, 7),
        steps=range(1, style.STEPS + 1),
    )
